"""Hypothesis strategies for catalogs that are right: ids point at rows, days are in order, every list has rows."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.kinds import Count, Line
from dataflows.model.list_kinds import ListOf, Ref, SetOf
from dataflows.model.lists import BY_NAME, LISTS
from dataflows.model.records import Nested, Rows, fields_of
from tests.bodies import bodies_of, values_of

Body = dict[str, Any]
Catalog = dict[str, list[tuple[str, Body]]]

_TAXONOMY = builtin_taxonomy()
_ELEMENTS = sorted(_TAXONOMY.elements)[:12]
_CATEGORIES = sorted(_TAXONOMY.categories)
_DAYS = (("starts", "ends"), ("effective", "expires"), ("occurred_from", "occurred_to"))


@st.composite
def whole_catalogs(draw: st.DrawFn, *, with_every_field: bool = False) -> Catalog:
    """Make a catalog with a row or two in every list, each with a few of its fields or with every one."""
    found: Catalog = {}
    taken = {"students"}
    for spec in LISTS:
        rows: list[Body] = []
        made = full_bodies_of(spec.record) if with_every_field else bodies_of(spec.record)
        most = 1 if spec.name == "district" or with_every_field else 2
        for body in draw(st.lists(made, min_size=1, max_size=most)):
            if "id" in body and spec.name in ("district", "vendors", "parties"):
                body["id"] = _free(body["id"], taken)
            if spec.key_of(body) not in map(spec.key_of, rows):
                rows.append(body)
        found[spec.name] = [(spec.key_of(body), body) for body in rows]
    _set_right(draw, found)
    return {name: [(BY_NAME[name].key_of(body), body) for _id, body in rows] for name, rows in found.items()}


@cache
def full_bodies_of(record: type) -> st.SearchStrategy[Body]:
    """Make bodies of a record with every field, and every field within them."""
    return st.fixed_dictionaries(
        {
            name: full_bodies_of(field.kind.record) if isinstance(field.kind, Nested) else values_of(field.kind)
            for name, field in fields_of(record).items()
        }
    )


def _free(id: str, taken: set[str]) -> str:
    while id in taken:
        id = f"{id}0"
    taken.add(id)
    return id


def _set_right(draw: st.DrawFn, found: Catalog) -> None:
    district = found["district"][0][0]
    ids = {name: [id for id, _body in rows] for name, rows in found.items()}
    known = {
        "vendor": ids["vendors"],
        "party": [district, "students", *ids["vendors"], *ids["parties"]],
        "school": ids["schools"],
        "agreement": ids["agreements"],
        "flow": ids["flows"],
        "element": [*_ELEMENTS, *ids["elements"]],
        "category": _CATEGORIES,
    }
    for name, rows in found.items():
        for _id, body in rows:
            _point(draw, BY_NAME[name].record, body, known)
            _order_days(body)
    if found["district"][0][1].get("home_languages") == []:
        found["district"][0][1]["home_languages"] = ["es"]
    for number, (_id, body) in enumerate(found["elements"]):
        _set_element(draw, body, number, ids["elements"])
    agreements = dict(found["agreements"])
    for _id, body in found["flows"]:
        _set_flow(draw, body, district, known, agreements)


def _point(draw: st.DrawFn, record: type, body: Body, known: dict[str, list[str]]) -> None:
    """Let every id of a body name a row, and every number and text be one that its field takes."""
    for name, value in list(body.items()):
        kind = fields_of(record)[name].kind
        item = kind.item if isinstance(kind, SetOf | ListOf) else None
        if isinstance(kind, Ref):
            body[name] = draw(st.sampled_from(known[kind.target]))
        elif isinstance(item, Ref) and value != "all":
            chosen = draw(st.sets(st.sampled_from(known[item.target]), min_size=1, max_size=4))
            body[name] = sorted(chosen)
        elif isinstance(kind, Nested):
            _point(draw, kind.record, value, known)
        elif isinstance(kind, Rows):
            for row in value:
                if isinstance(row, dict):
                    _point(draw, kind.record, row, known)
        elif isinstance(kind, Count):
            body[name] = min(value, kind.most)
        elif isinstance(kind, Line) and kind.most:
            body[name] = value[: kind.most].strip() or "x"


def _order_days(body: Body) -> None:
    for first, last in _DAYS:
        if body.get(first) and body.get(last) and body[last] < body[first]:
            body[first], body[last] = body[last], body[first]


def _set_element(draw: st.DrawFn, body: Body, number: int, ids: list[str]) -> None:
    body.setdefault("name", "An element")
    body.setdefault("category", _CATEGORIES[0])
    body.setdefault("sensitivity", "high")
    if "broader" in body:
        body["broader"] = draw(st.sampled_from([*_ELEMENTS, *ids[:number]]))


def _set_flow(
    draw: st.DrawFn, body: Body, district: str, known: dict[str, list[str]], agreements: dict[str, Body]
) -> None:
    sender = body.get("from") or district
    body["to"] = draw(st.sampled_from([party for party in known["party"] if party != sender]))
    if body.get("via") in (sender, body["to"]):
        del body["via"]
    if body.get("agreement") and agreements[body["agreement"]]["vendor"] not in (sender, body["to"]):
        del body["agreement"]
