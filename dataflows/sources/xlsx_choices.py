"""What the drop-downs of a workbook offer, and the names that stand beside its ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.law.bases import legal_bases
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.kinds import Choice, YesNo
from dataflows.model.list_kinds import LegalBasis, ListOf, Ref, SetOf
from dataflows.model.lists import BY_NAME
from dataflows.model.parties import STUDENTS
from dataflows.sources.flat import IN, SOURCES
from dataflows.sources.xlsx_labels import CHOICES, basis_labels
from dataflows.sources.xlsx_sheets import letters_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataflows.model.kinds import Kind
    from dataflows.sources.flat import Sheet
    from dataflows.sources.trees import Catalog

_TARGETS = {
    "vendors": ("vendor", "party"), "parties": ("party",), "district": ("party",), "schools": ("school",),
    "elements": ("element",), "agreements": ("agreement",), "flows": ("flow",),
}  # fmt: skip
_LONGEST_INLINE = 250
"""Characters of the words that stand in a drop-down itself; programs allow 255."""


@dataclass(slots=True)
class Choices:
    """Ids with their names, by what they are ids of, and the words of choices."""

    names: dict[str, dict[str, str]]
    columns: dict[str, list[str]] = field(default_factory=dict)
    """The columns of the sheet of choices, by heading, as far as a drop-down uses them."""

    def formula(self, kind: Kind, sheet: Sheet, header: str) -> str:
        """Return what a drop-down for a column offers: words, or a range; empty where there is nothing."""
        if header == IN and sheet.path:
            return self._range(sheet.list, list(self.names.get(sheet.list, ())))
        if header == "list" and sheet.name == SOURCES:
            return _inline(list(BY_NAME))
        item = kind.item if isinstance(kind, SetOf | ListOf) else kind
        if isinstance(item, Ref):
            return self._range(item.target, list(self.names.get(item.target, ())))
        if isinstance(item, LegalBasis):
            return self._range("legal bases", list(basis_labels()))
        options = ["yes", "no"] if isinstance(item, YesNo) else list(item.options) if isinstance(item, Choice) else []
        words = _inline(options) if options else ""
        return words if len(words) <= _LONGEST_INLINE else self._range(header, options)

    def _range(self, heading: str, words: list[str]) -> str:
        if not words:
            return ""
        self.columns.setdefault(heading, words)
        letters = letters_of(2 * list(self.columns).index(heading) + 1)
        return f"{CHOICES}!${letters}$2:${letters}${len(words) + 1}"

    def names_beside(self, kind: Kind, sheet: Sheet, header: str) -> dict[str, str] | None:
        """Return the names of the ids in a column; None where names would say nothing more."""
        if header == IN and sheet.path:
            found = self.names.get(sheet.list, {})
            return found if any(found.values()) else None
        item = kind.item if isinstance(kind, SetOf | ListOf) else kind
        if isinstance(item, LegalBasis):
            return {citation: basis.title for citation, basis in legal_bases().items()}
        if isinstance(item, Ref):
            return self.names.get(item.target) if item.target not in ("agreement", "flow") else None
        return None


def _inline(words: list[str]) -> str:
    return f'"{",".join(words)}"'


def choices_of(catalog: Catalog) -> Choices:
    """Return the ids and names that a catalog and the taxonomy have."""
    taxonomy = builtin_taxonomy()
    names: dict[str, dict[str, str]] = {
        "element": {element.id: _first(element.name.by_language) for element in taxonomy.elements.values()},
        "category": {category.id: category.name for category in taxonomy.categories.values()},
        "party": {STUDENTS: "the students themselves"},
    }
    for list_name, rows in catalog.items():
        spec = BY_NAME[list_name]
        own = names.setdefault(list_name, {})
        for id, body in rows:
            name = _text(body.get("name") or body.get("title"))
            own[id] = name
            for target in _TARGETS.get(list_name, ()):
                names.setdefault(target, {})[id] = name or names.get(target, {}).get(id, "")
        if spec.key != ("id",):
            names[list_name] = dict.fromkeys(own, "")
    return Choices(names)


def _text(value: object) -> str:
    if isinstance(value, dict):
        return _first({tag: text for tag, text in value.items() if tag != "reviewed"})
    return str(value or "")


def _first(texts: Mapping[str, str]) -> str:
    return next(iter(texts.values()), "")
