"""What a person asks for is written, or a sentence says what would be right."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.actions.write_notice import WrittenNotice, write_notice
from dataflows.errors import UnknownIdError, UsageError
from tests.snapshots import snapshot_of

DAY = date(2026, 9, 1)
CATALOG = """
district: {home_languages: [es, en], guidance: [{topic: risk, text: Hola}, {topic: conduct, text: {es: Uno, en: One}}]}
schools: [{id: elm, name: Elm Elementary, grades: K-5}]
vendors: [{id: mathly, name: Mathly}]
flows: [{id: a, to: mathly, elements: [email], purpose: Cuentas}]
"""


def ask(kind: str, **words: str) -> WrittenNotice:
    return write_notice(snapshot_of(CATALOG), kind, issued=DAY, **words)


@pytest.mark.parametrize(
    ("kind", "words", "message"),
    [
        ("vendor-leter", {}, "Did you mean 'vendor-letter'"),
        ("vendor-letter", {}, "--vendor ID"),
        ("annual", {"vendor": "mathly"}, "Leave out --vendor"),
        ("annual", {"suffix": ".odt"}, r"\.html, \.pdf, \.docx, \.md, \.txt"),
        ("annual", {"language": "sw"}, "'sw'"),
        ("annual", {"school": "elm"}, "Leave out --school"),
        ("vendor-letter", {"vendor": "mathly", "grade": "7"}, "disclosures-summary can be. Leave out --grade"),
        ("disclosures", {"vendor": "mathly"}, "Leave out --vendor"),
        ("disclosures", {"grade": "14"}, "'14' is not a grade"),
        ("disclosures", {"grade": "-1"}, "'-1' is not a grade"),
        ("disclosures", {"grade": "1.2"}, "'1.2' is not a grade"),
        ("disclosures", {"grade": "7"}, "no grade 7 here: no school has it"),
        ("disclosures", {"school": "elm", "grade": "7"}, "Elm Elementary has the grades K-5"),
    ],
)
def test_words_that_do_not_go_together_are_refused(kind: str, words: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ask(kind, **words)


def test_an_unknown_vendor_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="Did you mean 'mathly'"):
        ask("vendor-letter", vendor="mathy")


def test_an_unknown_school_is_answered_with_the_nearest_and_its_kind_may_be_said() -> None:
    with pytest.raises(UnknownIdError, match=r"no school called 'ellm'\. Did you mean 'elm'"):
        ask("disclosures", school="ellm")
    page = ask("disclosures", school="school/elm", grade="Grade 3", language="en").content.decode()
    assert "Grade 3 at Elm Elementary" in page


def test_a_text_that_lacks_the_language_is_shown_marked_and_listed() -> None:
    made = ask("vendor-letter", vendor="vendor/mathly", language="en")
    page = made.content.decode()

    assert made.language == "en"
    assert made.missing_translations == ("district.guidance[0].text", "flows.a.purpose")
    assert '<html lang="en"' in page
    assert '<div lang="es" dir="ltr">\n<p>Hola</p>' in page
    assert '<span lang="es" dir="ltr">Cuentas</span>' in page
    assert "Some parts of this letter are in Spanish" in page
    assert "<p>One</p>" in page


def test_the_first_home_language_is_the_one_to_write_in_and_a_region_stays() -> None:
    assert ask("vendor-letter", vendor="mathly").language == "es"
    assert ask("vendor-letter", vendor="mathly", language="ES-MX").language == "es-MX"
    assert b'<html lang="es-MX"' in ask("vendor-letter", vendor="mathly", language="ES-MX").content


def test_the_same_question_gives_the_same_bytes() -> None:
    assert ask("vendor-letter", vendor="mathly") == ask("vendor-letter", vendor="mathly")
