"""A language that is offered is whole, settled and in the words of its glossary."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from dataflows import assets
from dataflows.actions.write_notice import write_notice
from dataflows.reporting.messages import catalog_files, catalog_path, compile_catalog, languages, translations
from docs.make_messages import find_messages, messages_for, read_catalog, write_catalog
from tests.notices import DAY, KINDS, read_page, write_kind
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from babel.messages.catalog import Message

TRANSLATED = [*languages()][1:]
LIKE_ENGLISH = str.maketrans("。；？！，：؟؛،።፤፣፡", ".;?!,:?;,.;,:")
FILES = [(tag, file) for tag in TRANSLATED for file in messages_for(tag)]
OFFERED = [(tag, kind, vendor) for tag in TRANSLATED for kind, vendor in KINDS if languages()[tag].has(kind)]


def messages(tag: str) -> Iterator[Message]:
    return (message for file in catalog_files(tag) for message in read_catalog(tag, file) if message.id)


def parts(told: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


def test_every_language_but_the_templates_own_has_a_file_for_each_of_its_documents() -> None:
    assert "es" in TRANSLATED
    assert {(tag, file) for tag in TRANSLATED for file in catalog_files(tag)} == set(FILES)


@pytest.mark.parametrize(("tag", "file"), FILES)
def test_every_sentence_has_a_translation_that_nobody_doubts(tag: str, file: str) -> None:
    wanted = {(message.context, parts(message.id)) for message in messages_for(tag)[file] if message.id}
    there = {(message.context, parts(message.id)): message for message in read_catalog(tag, file) if message.id}

    assert wanted - set(there) == set(), "run python -m docs.make_messages and translate what is new"
    assert set(there) - wanted == set(), "run python -m docs.make_messages: these are gone from the templates"
    assert [message.id for message in there.values() if message.fuzzy or not all(parts(message.string))] == []
    assert read_catalog(tag, file).obsolete == {}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_translation_fills_the_same_places_and_ends_in_the_same_way(tag: str) -> None:
    for message in messages(tag):
        one, many = parts(message.id)[0], parts(message.id)[-1]
        for told in parts(message.string):
            assert places(told) in (places(one), places(many)), message.id
            assert told.strip() == told or many.strip() != many, message.id
            assert ending(told) == ending(one), (message.id, told)


def ending(text: str) -> str:
    """Return how a sentence ends, in the signs of English; a greeting may end in a colon for a comma."""
    last = text[-1].translate(LIKE_ENGLISH)
    return last.replace(",", ":") if last in ".;?!,:" else ""


def places(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|%.", text))


@pytest.mark.parametrize(("tag", "file"), FILES)
def test_the_catalog_is_as_the_tool_writes_it(tag: str, file: str, golden: Callable[[object, str], None]) -> None:
    golden(catalog_path(tag, file), write_catalog(read_catalog(tag, file)))


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_words_of_the_law_are_those_of_the_glossary(tag: str) -> None:
    path = assets.folder("reports") / "locale" / tag / "glossary.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 15
    for message in messages(tag):
        english, told = " ".join(parts(message.id)).casefold(), " ".join(parts(message.string)).casefold()
        for row in rows:
            if re.search(rf"\b{re.escape(row['english'].casefold())}s?\b", english) and row["translation"]:
                assert any(word.casefold() in told for word in row["translation"].split("|")), (
                    row["english"],
                    message.id,
                )
            for word in filter(None, row["avoid"].split("|")):
                assert not re.search(rf"\b{word.casefold()}", told), (word, told)


@pytest.mark.parametrize(("tag", "kind", "vendor"), OFFERED)
def test_a_document_in_a_language_has_no_sentence_of_another(tag: str, kind: str, vendor: str | None) -> None:
    files = find_messages().values()
    english = {
        part for file in files for message in file for part in parts(message.id) if "%" not in part and " " in part
    }
    shown = write_kind(kind, vendor, ".txt", tag).content.decode()
    text = " ".join(shown.split())

    assert [sentence for sentence in english if len(sentence) > 8 and sentence in text] == []
    assert ":::" not in text


@pytest.mark.parametrize(("tag", "kind", "vendor"), OFFERED)
def test_the_translated_documents_are_as_they_were_read(
    tag: str, kind: str, vendor: str | None, golden: Callable[[str, str], None]
) -> None:
    made = write_kind(kind, vendor, ".txt", tag)

    golden(f"notice/{kind}.{tag}.txt", made.content.decode())


FILE = b"""msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "See"
msgstr "Ver"

#, fuzzy
msgid "Correct"
msgstr "Corregir"

msgid "Refuse"
msgstr ""

#~ msgid "Complain"
#~ msgstr "Quejarse"
"""


def test_what_is_fuzzy_empty_or_gone_is_never_used() -> None:
    said = compile_catalog(FILE)

    assert [said.gettext(word) for word in ("See", "Correct", "Refuse", "Complain")] == [
        "Ver", "Correct", "Refuse", "Complain",
    ]  # fmt: skip


def test_the_same_name_is_told_by_what_it_names() -> None:
    said = translations("es")

    assert said.pgettext("email", "Your child’s e-mail address") == "El correo electrónico de su hijo"
    assert said.pgettext("parent-email", "Your child’s e-mail address") == "Your child’s e-mail address"


UNREVIEWED = "Todavía no la ha revisado una persona calificada."
TEXTS = """
district:
  home_languages: [en, es]
  guidance: [{topic: risk, text: {en: Look out, es: Cuidado}}, {topic: conduct, text: Be kind}]
vendors: [{id: mathly, name: Mathly, profile: {en: Sums, es: Sumas, reviewed: {es: {by: Ana, date: 2026-01-01}}}}]
"""


def test_a_translation_says_that_nobody_has_reviewed_it_and_the_original_does_not() -> None:
    snapshot = snapshot_of(TEXTS)
    spanish = write_notice(snapshot, "vendor-letter", vendor="mathly", issued=DAY, language="es", suffix=".txt")
    english = write_notice(snapshot, "vendor-letter", vendor="mathly", issued=DAY, language="en", suffix=".txt")

    assert UNREVIEWED in " ".join(spanish.content.decode().split())
    assert not spanish.is_reviewed
    assert "translation" not in english.content.decode()
    assert english.is_reviewed


def test_a_text_without_spanish_stands_in_the_first_language_marked_and_listed() -> None:
    made = write_notice(snapshot_of(TEXTS), "vendor-letter", vendor="mathly", issued=DAY, language="es")
    page = made.content.decode()

    assert made.missing_translations == ("district.guidance[1].text",)
    assert '<html lang="es" dir="ltr">' in page
    assert '<div lang="en" dir="ltr">\n<p>Be kind</p>' in page
    assert "Algunas partes de esta carta están en inglés." in page
    assert "Ir al texto" in page
    assert read_page(page).faults == []


def test_a_title_in_another_language_can_be_a_link() -> None:
    text = "district: {home_languages: [en], regulations: [{id: r, title: 'Rule [9]', url: 'https://example.org/r'}]}"
    snapshot = snapshot_of(f"{text}\nvendors: [{{id: mathly, name: Mathly}}]")
    made = write_notice(snapshot, "vendor-letter", vendor="mathly", issued=DAY, language="es")

    assert '<span lang="en" dir="ltr"><a href="https://example.org/r">Rule [9]</a></span>' in made.content.decode()


def test_what_a_rule_in_another_language_is_about_stands_below_its_title_without_a_stray_sign() -> None:
    rule = "{id: r, title: Rule 9, about: It holds online too.}"
    text = f"district: {{home_languages: [en], regulations: [{rule}]}}\nvendors: [{{id: mathly, name: Mathly}}]"
    made = write_notice(snapshot_of(text), "vendor-letter", vendor="mathly", issued=DAY, language="es", suffix=".txt")

    assert "- Rule 9\n\n  It holds online too.\n" in made.content.decode()
