"""Hypothesis strategies for canonical bodies of every list, made from the records' own kinds."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from dataflows.model.form_kinds import Pattern, Url
from dataflows.model.grades import GRADES, Enrollment, Grades
from dataflows.model.kinds import Choice, Count, Day, Kind, Language, Line, Localized, Moment, PlainText, Slug, YesNo
from dataflows.model.list_kinds import LegalBasis, ListOf, Ref, SetOf
from dataflows.model.lists import LISTS, ListSpec
from dataflows.model.records import Nested, Rows, fields_of

ALLOWED = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n\x85"
)
TRICKY = st.sampled_from(
    ["no", "on", "Off", "y", "~", "null", "Null", "1.10", "12e4", "0x1F", "1:30", "1_000", "=", ".5", "2020-03-30",
     "<<", "- a", "# a", "a # b", "a: b", "a:", "---", "...", "%a", "@a", "`a", "a\n", "\na", " a", "a ", "a\n\n\nb\n",
     "\t", "a\tb", "\x85", "a\u2028b", "\ufeff", "'", "''", "'=1", "=1+1", "+1", "-", "@SUM(A1)", "a;b", "\\;", "\\",
     "a\\", ";", "&a", "*a", "!a", "|", ">", "[a", "{a", '"', "a, b", "é ü 漢字 مرحبا 😀", "x" * 400, "a  b", "?",
     "? a", "K=1", "", "true", "İ"]
)  # fmt: skip
TEXTS = st.one_of(TRICKY, st.text(ALLOWED, max_size=12))
LINES = TEXTS.filter(lambda text: bool(text.strip()))
SLUGS = st.one_of(
    st.sampled_from(["no", "on", "y", "null", "1e5", "0001", "2020-03-30", "504-plan"]),
    st.text("abcxyz0189", min_size=1, max_size=8),
)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(str)
LANGUAGES = st.sampled_from(["en", "es", "no", "zh-Hans", "ar"])
_COUNTS = st.integers(0, 2_000_000)
_SIMPLE: dict[type[Kind], st.SearchStrategy[Any]] = {
    PlainText: TEXTS,
    Line: LINES,
    Slug: SLUGS,
    Ref: SLUGS,
    Day: DAYS,
    Moment: st.one_of(DAYS, DAYS.map(lambda day: f"{day}T16:00")),
    YesNo: st.booleans(),
    Count: _COUNTS,
    Language: LANGUAGES,
    LegalBasis: st.sampled_from(["99.31(a)(1)(i)(B)", "99.30", "not-education-record", "99.31(a)(6)"]),
    Grades: st.sampled_from(["K-5", "9-12", "PK,K", "3"]),
    Enrollment: st.one_of(_COUNTS, st.dictionaries(st.sampled_from(GRADES), _COUNTS, min_size=1, max_size=3)),
    Url: st.sampled_from(["https://example.org/a?b=c&d#e", "mailto:a@example.org", "tel:+1 301-555-0100"]),
    Localized: st.one_of(TEXTS, st.dictionaries(LANGUAGES, TEXTS, min_size=1, max_size=3)),
}


@cache
def values_of(kind: Kind) -> st.SearchStrategy[Any]:
    """Make canonical values of a kind."""
    if isinstance(kind, Nested):
        return bodies_of(kind.record, least=1)
    if isinstance(kind, Rows):
        row = bodies_of(kind.record, least=1)
        return st.lists(st.one_of(LINES, row) if kind.plain else row, min_size=1, max_size=3)
    if isinstance(kind, SetOf | ListOf):
        items = st.lists(values_of(kind.item), max_size=3, unique=True)
        found = items.map(sorted) if isinstance(kind, SetOf) else items
        return st.one_of(st.just("all"), found) if isinstance(kind, SetOf) and kind.or_all else found
    if isinstance(kind, Choice):
        return st.sampled_from(kind.options)
    if isinstance(kind, Pattern):
        return st.from_regex(kind.form, fullmatch=True).filter(str.isascii)
    return _SIMPLE[type(kind)]


@cache
def bodies_of(record: type, least: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Make canonical bodies of a record: all that it needs, and a few of the rest."""
    fields = fields_of(record)
    needed = {name: values_of(field.kind) for name, field in fields.items() if field.required}
    rest = [name for name, field in fields.items() if not field.required]

    @st.composite
    def make(draw: st.DrawFn) -> dict[str, Any]:
        body = {name: draw(strategy) for name, strategy in needed.items()}
        size = 0 if body else least
        for name in draw(st.lists(st.sampled_from(rest), min_size=size, max_size=3, unique=True)) if rest else ():
            body[name] = draw(values_of(fields[name].kind))
        return body

    return make()


def rows_of(spec: ListSpec) -> st.SearchStrategy[list[tuple[str, dict[str, Any]]]]:
    """Make the rows of one list, each with its id; ids are unique."""
    most = 1 if spec.name == "district" else 2
    least = 1 if spec.name == "district" else 0
    rows = st.lists(bodies_of(spec.record), min_size=least, max_size=most, unique_by=spec.key_of)
    return rows.map(lambda found: [(spec.key_of(body), body) for body in found])


@st.composite
def catalogs(draw: st.DrawFn) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Make a district with a few lists; over many draws, every list and field comes up."""
    chosen = draw(st.lists(st.sampled_from(LISTS[1:]), max_size=4, unique_by=lambda spec: spec.name))
    found = {spec.name: draw(rows_of(spec)) for spec in (LISTS[0], *chosen)}
    return {name: rows for name, rows in found.items() if rows}


CATALOGS = catalogs()
