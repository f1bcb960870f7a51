"""The taxonomy: every data element that a catalog may name, and which is broader than which.

It is light on purpose: `holds` reads it at every start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.elements import Element


@dataclass(frozen=True, slots=True)
class Category:
    """A heading of the National Data Privacy Agreement's Schedule of Data."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TaxonomyElement:
    """One fact about a student, such as `student-id`."""

    id: str
    name: Text
    category: str
    broader: str | None = None
    sensitivity: str = "medium"
    also_called: tuple[str, ...] = ()
    definition: Text | None = None
    necessity: str | None = None
    is_builtin: bool = True


class Taxonomy:
    """The built-in elements and the district's own, in the order of the Schedule of Data."""

    def __init__(self, elements: Iterable[TaxonomyElement], categories: Iterable[Category]) -> None:
        self.elements: dict[str, TaxonomyElement] = {element.id: element for element in elements}
        self.categories: dict[str, Category] = {category.id: category for category in categories}
        self._order = {id: number for number, id in enumerate(self.elements)}

    def __contains__(self, element: str) -> bool:
        """Tell whether the taxonomy has an element of this id."""
        return element in self.elements

    def __getitem__(self, element: str) -> TaxonomyElement:
        """Return the element of this id; raises KeyError."""
        return self.elements[element]

    def broader_than(self, element: str) -> tuple[str, ...]:
        """Return the element and all that are broader, nearest first. Cycles end."""
        chain: list[str] = []
        current: str | None = element
        while current is not None and current in self.elements and current not in chain:
            chain.append(current)
            current = self.elements[current].broader
        return tuple(chain)

    def narrower_than(self, element: str) -> tuple[str, ...]:
        """Return the element and all that are narrower, in the taxonomy's order."""
        return tuple(id for id in self.elements if element in self.broader_than(id))

    def sorted(self, elements: Iterable[str]) -> list[str]:
        """Sort elements in the order of the Schedule of Data; unknown ones last, by id."""
        return sorted(elements, key=lambda id: (self._order.get(id, len(self._order)), id))

    def with_rows(self, rows: Iterable[Element]) -> Taxonomy:
        """Return the taxonomy with a district's rows: new elements, and additions to its own."""
        return self._with([_added(self.elements.get(row.id), row) for row in rows])

    def with_bodies(self, bodies: Iterable[dict[str, Any]]) -> Taxonomy:
        """Return the same from canonical bodies, without importing the record classes."""
        return self._with([_added(self.elements.get(body["id"]), _LightRow(body)) for body in bodies])

    def _with(self, added: Iterable[TaxonomyElement]) -> Taxonomy:
        elements = self.elements | {element.id: element for element in added}
        place = {id: number for number, id in enumerate(self.categories)}
        ordered = sorted(elements.values(), key=lambda element: place.get(element.category, len(place)))
        return Taxonomy(ordered, self.categories.values())


class _LightRow:
    """A canonical body of an element, read like its record."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.id: str = body["id"]
        self.category: str | None = body.get("category")
        self.broader: str | None = body.get("broader")
        self.sensitivity: str | None = body.get("sensitivity")
        self.necessity: str | None = body.get("necessity")
        self.also_called: tuple[str, ...] = tuple(body.get("also_called", ()))
        self.name = Text.of(body["name"]) if "name" in body else None
        self.definition = Text.of(body["definition"]) if "definition" in body else None


def _added(known: TaxonomyElement | None, row: Element | _LightRow) -> TaxonomyElement:
    """Add a district's row to an element of the taxonomy; its category and broader stay."""
    base = known or TaxonomyElement(row.id, Text.of(row.id), row.category or "other", row.broader, is_builtin=False)
    return TaxonomyElement(
        id=base.id,
        name=row.name or base.name,
        category=base.category,
        broader=base.broader,
        sensitivity=row.sensitivity or base.sensitivity,
        also_called=tuple(dict.fromkeys((*base.also_called, *row.also_called))),
        definition=row.definition or base.definition,
        necessity=row.necessity or base.necessity,
        is_builtin=base.is_builtin,
    )
