"""Which ids names stand for: only tables let a name stand for an id, where it is unique."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.parties import STUDENTS
from dataflows.sources.district_list.phrases import single_phrases
from dataflows.sources.rows import Names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.sources.table_file import TableFile

ALIAS = "alias"
"""Marks another name of a vendor: it stands for the id where nothing is called so."""
_TARGETS = {"vendors": ("vendor", "party"), "parties": ("party",), "schools": ("school",), "elements": ("element",)}

_NAMING = frozenset(("id", "name", "aliases"))


def collect_names(file: TableFile, known: Iterable[tuple[str, str, str]]) -> Names:
    """Return the names of a table's own rows, of the taxonomy, and of `known`: target, name, id."""
    names = Names()
    for element in builtin_taxonomy().elements.values():
        for text in (*element.name.by_language.values(), *element.also_called):
            names.add("element", text, element.id)
    for category in builtin_taxonomy().categories.values():
        names.add("category", category.name, category.id)
    names.add("party", STUDENTS, STUDENTS)
    district = file.district() or {}
    if isinstance(district.get("id"), str) and isinstance(district.get("name"), str):
        names.add("party", district["name"], district["id"])
    aliases: list[tuple[str, str]] = []
    for target, name, id in known:
        if target == ALIAS:
            aliases.append((name, id))
            continue
        names.add(target, name, id)
        if target == "vendor":
            names.add("party", name, id)
    _add_aliases(names, [*aliases, *_add_own(names, file)])
    _add_phrases(names)
    return names


def _add_own(names: Names, file: TableFile) -> list[tuple[str, str]]:
    """Add the names of a table's own rows; return the other names of its vendors, with their ids."""
    aliases: list[tuple[str, str]] = []
    for list_name, tree in file.fields_of_rows(_TARGETS, _NAMING):
        row_id, title = tree.get("id"), tree.get("name")
        if not isinstance(row_id, str):
            continue
        if isinstance(title, str):
            names.add_to(_TARGETS[list_name], title, row_id)
        if list_name == "vendors":
            aliases += [(name, row_id) for name in _listed(tree.get("aliases"))]
    return aliases


def _listed(value: object) -> list[str]:
    """Return the other names that a cell or a list holds."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def _add_aliases(names: Names, aliases: Iterable[tuple[str, str]]) -> None:
    """Add other names of vendors that nothing is called by; those of two vendors stand for neither."""
    own = [(name, id) for name, id in aliases if not names.find("party", name)]
    for name, id in own:
        for target in ("vendor", "party"):
            names.add(target, name, id)


def _add_phrases(names: Names) -> None:
    """Add what districts call elements, where nothing else is called so."""
    for phrase, id in single_phrases().items():
        if not names.find("element", phrase):
            names.add("element", phrase, id)
