"""A map in another language has its words in it, all of them, and the same facts."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from dataflows.actions.draw_map import FORMS, SUFFIXES, Marks, Since, Style, draw_map
from dataflows.actions.draw_matrix import draw_matrix
from dataflows.actions.draw_summary import SUMMARY_FORMS
from dataflows.errors import UsageError
from dataflows.maps.wording import our_wording
from dataflows.reporting.map_words import map_languages, map_messages, map_wording, tell_snapshot
from dataflows.reporting.messages import translations
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import CARRIED, VIDEO, large_district
from tests.unit.maps.matrix.catalogs import tame, wild

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.snapshot import Snapshot

SPANISH = Style(language="es")
TRANSLATED = map_languages()[1:]
DATED = """
vendors: [{id: mathly, name: Mathly}, {id: host, name: Host}, {id: idle, name: Idle}]
agreements: [{id: dpa, vendor: mathly, kind: dpa, effective: 2026-01-01, expires: 2027-01-01}]
flows:
  - {id: old, to: mathly, elements: [first-name], ends: 2026-05-01}
  - {id: new, to: mathly, method: provided, elements: [email, ssn], starts: 2026-06-01, agreement: dpa}
  - {id: asked, from: students, to: mathly, method: collected, elements: [ip-address, click-events]}
  - {id: made, from: students, to: mathly, method: contributed, elements: [essays]}
  - {id: on, from: mathly, to: host, elements: [email]}
  - {id: back, from: mathly, to: oak, elements: [email]}
  - {id: through, to: host, via: mathly, elements: [email]}
"""
CATALOGS = {"video": VIDEO, "carried": CARRIED, "dated": DATED, "large": large_district(40, 4), "none": "vendors: []"}


def drawn(text: str) -> Iterator[tuple[str, str]]:
    """Yield every map of a catalog in Spanish in every form that is text, and what it says."""
    snapshot = snapshot_of(text)
    since = Marks(Since(snapshot.valid_on.replace(month=1), frozenset({"asked"})), is_audited=False)
    for view, subject, forms in (
        ("network", None, (*SUFFIXES, "html")),
        ("vendor", next(iter(snapshot.vendors), None), SUFFIXES),
        ("element", "email", SUFFIXES),
        *((view, None, forms) for view, forms in FORMS.items()),
        ("summary", None, SUMMARY_FORMS),
    ):
        if view == "vendor" and not subject:
            continue
        for form in set(forms) - {"png", "xlsx", "json", "graphml", "csv", "dot"}:
            takes = view != "summary" and (view, form) != ("overview", "html")
            for marks in (Marks(), since) if takes else (Marks(),):
                content = draw_map(snapshot, view, subject, form, marks=marks, style=SPANISH)
                if form == "pdf":
                    yield f"{view}.{form}", " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
                else:
                    # What an audit finds is told in English, and marked so.
                    told = re.sub(r'"rules":.*"said":', "", unescape(content.decode()))
                    yield f"{view}.{form}", told


def sentences(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for part in tree.values():
            yield from sentences(part)
    else:
        for part in tree:
            yield from sentences(part)


@pytest.mark.parametrize("name", CATALOGS)
def test_a_map_in_spanish_says_nothing_in_english(name: str) -> None:
    english = {words for _, words, _ in map_messages()}
    pieces = {piece.strip() for words in english for piece in re.split(r"\{\w+\}|[:;·]", words)}
    told = {piece for piece in pieces if " " in piece and len(piece) > 8}
    spanish = " ".join(sentences([map_wording("es").words, map_wording("es").matrix]))
    told = {piece for piece in told if piece not in spanish}
    assert len(told) > 150

    for place, text in drawn(CATALOGS[name]):
        said = " ".join(text.split())
        assert [piece for piece in told if piece in said] == [], place
        assert "Students and parents" not in said, place


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_word_has_the_places_of_the_english_one(tag: str) -> None:
    said = translations(tag, "map")

    for context, words, _ in map_messages():
        told = said.pgettext(context, words)
        assert sorted(re.findall(r"\{\w+\}", told)) == sorted(re.findall(r"\{\w+\}", words)), context


def test_no_word_of_the_files_is_left_out_of_the_translators_list() -> None:
    listed = {words for _, words, _ in map_messages()}
    ours = our_wording()
    no_words = {"en", *json.dumps(ours.summary["themes"]).split('"')}
    ids = {
        id
        for part in ("families", "groups")
        for row in ours.summary[part].values()
        for id in row.get("categories", row.get("kinds"))
    }
    every = {*sentences(ours.words), *sentences(ours.matrix), *sentences(ours.page), *sentences(ours.summary)}
    lettered = {words for words in every if re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", words))}

    assert lettered - no_words - ids - listed == set()


@pytest.mark.parametrize("catalog", [VIDEO, tame(60, 1), wild(40, 2), large_district(40, 4)])
@pytest.mark.parametrize("view", ["network", "overview", "matrix", "summary"])
def test_the_facts_are_the_same_in_every_language(view: str, catalog: str) -> None:
    def facts(language: str) -> Any:
        tree = json.loads(draw_map(snapshot_of(catalog), view, None, "json", style=Style(language=language)))
        for part in ("nodes", "sources", "families", "groups"):
            for row in tree.get(part, ()):
                row.pop("label", None)
        return tree

    assert facts("es") == facts("en")


def first(language: str) -> Snapshot:
    purpose = "purpose: {es: Cuentas, en: Accounts}"
    flow = f"{{id: f, to: zoom, method: provided, elements: [email, pin], {purpose}}}"
    own = "elements: [{id: pin, name: {es: Clave, en: Code}, category: financial, sensitivity: high}]"
    other = "en" if language == "es" else "es"
    homes = f"district: {{home_languages: [{language}, {other}]}}"
    return snapshot_of(f"{homes}\nvendors: [{{id: zoom, name: Zoom}}]\n{own}\nflows: [{flow}]")


def test_names_and_purposes_are_in_the_language_too() -> None:
    for district in ("en", "es"):
        spanish = draw_map(first(district), "matrix", None, "txt", style=SPANISH).decode()
        english = draw_map(first(district), "matrix", None, "txt", style=Style(language="en")).decode()

        assert "Correo electrónico" in spanish
        assert "Clave" in spanish
        assert "Cuentas" in spanish
        assert "Code" in english
        assert "Accounts" in english
        assert "Correo" not in english


def test_without_a_language_a_map_is_in_the_first_home_language_that_has_maps() -> None:
    asked = (first("es"), first("en"), snapshot_of("district: {home_languages: [vi, es]}\nvendors: []"))

    assert [draw_map(one, "network", None, "txt").decode().split()[0] for one in asked] == ["A", "Where", "A"]


def test_a_name_that_the_district_gave_to_one_of_ours_wins() -> None:
    text = "elements: [{id: email, name: School mail, category: student-contact}]\nvendors: []"
    told = tell_snapshot(snapshot_of(text), "es")

    assert told.taxonomy["email"].name.pick("es", "es")[0] == "School mail"
    assert told.taxonomy["ssn"].name.pick("es", "es")[0] != snapshot_of(text).taxonomy["ssn"].name.pick("en", "en")[0]
    assert told.name_of("students") == "Estudiantes y padres"
    assert told.name_of("oak") == "Oak County Schools"


@pytest.mark.parametrize("language", ["xx", "vi", ""])
@pytest.mark.parametrize("view", ["network", "overview", "summary"])
def test_a_language_without_maps_is_answered_with_those_that_have(view: str, language: str) -> None:
    with pytest.raises(UsageError, match="Their languages are: en, es"):
        draw_map(snapshot_of(VIDEO), view, None, "svg", style=Style(language=language))


def test_the_matrix_by_category_and_its_workbook_are_in_the_language() -> None:
    snapshot = snapshot_of(VIDEO)

    assert "Identificadores" in draw_matrix(snapshot, "matrix", "txt", by="category", language="es").decode()
    assert draw_matrix(snapshot, "matrix", "xlsx", language="es") != draw_matrix(snapshot, "matrix", "xlsx")
