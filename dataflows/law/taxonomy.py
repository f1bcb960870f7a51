"""The built-in taxonomy, its names in other standards, and the words by which elements are asked for.

`holds` reads this at every start: CSV, no YAML, and the standards' names only where a word needs them.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dataflows import assets
from dataflows.errors import UnknownIdError
from dataflows.model.sensitivities import SENSITIVITIES
from dataflows.model.taxonomy import Category, Taxonomy, TaxonomyElement
from dataflows.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LANGUAGE = "en"
"""The language of the names in schemas/taxonomy."""

_FOLDED = re.compile(r"[\s_\-\u2010-\u2015]+")
_COMPOUND = re.compile(r"[a-z0-9][A-Z]")
_KINDS = ("element", "category", "sensitivity")


class StandardName(NamedTuple):
    """What another standard calls an element; `note` says when, where the name has several meanings."""

    standard: str
    name: str
    code: str
    note: str


@cache
def builtin_taxonomy() -> Taxonomy:
    """Return the elements and categories that every catalog has, in the order of the Schedule of Data."""
    categories = (Category(row["id"], row["name"]) for row in _read("categories"))
    elements = (
        TaxonomyElement(
            id=row["id"],
            name=Text({_LANGUAGE: row["name"]}),
            category=row["category"],
            broader=row["broader"] or None,
            sensitivity=row["sensitivity"],
            also_called=tuple(filter(None, row["also_called"].split(";"))),
        )
        for row in _read("elements")
    )
    return Taxonomy(elements, categories)


def standard_names(element: str) -> tuple[StandardName, ...]:
    """Return what CEDS, Ed-Fi, OneRoster, SIF and fideslang call an element, in that order."""
    return _standards().get(element, ())


@cache
def schedule_rows() -> dict[str, tuple[int, ...]]:
    """Return the rows of the National Data Privacy Agreement's Exhibit B on which each element is marked."""
    return {row["id"]: tuple(_rows(row["schedule_rows"])) for row in _read("elements")}


def find_elements(taxonomy: Taxonomy, word: str) -> tuple[str, ...]:
    """Return the elements that a word asks for, in the order of the taxonomy; raises UnknownIdError.

    `category:attendance` and `sensitivity:high` (that or higher) say what they mean; a bare word is
    an element, then a category, then another name. Case, spaces and hyphens don't matter.
    """
    wanted = word.strip()
    kind, colon, rest = wanted.partition(":")
    if not colon:
        kind, colon, rest = wanted.partition("/")
    kind = kind.strip().lower()
    if not (colon and kind in _KINDS):
        kind, rest = "", wanted
    found = _find(taxonomy, kind, rest.strip())
    if not found:
        raise _unknown(taxonomy, kind, rest.strip())
    return tuple(id for id in taxonomy.elements if id in found)


@cache
def element_words() -> dict[str, frozenset[str]]:
    """Return the built-in elements by each word that asks for them, folded: what `find_elements` finds, at once.

    An id goes before a name, a name before a category, and that before another name; a category names none.
    """
    taxonomy = builtin_taxonomy()
    found: dict[str, set[str]] = {}
    for name, id in _other_names(taxonomy):
        found.setdefault(_fold(name), set()).add(id)
    for category in taxonomy.categories.values():
        found[_fold(category.id)] = found[_fold(category.name)] = set()
    for element in taxonomy.elements.values():
        for name in element.name.by_language.values():
            found[_fold(name)] = {element.id}
    for id in taxonomy.elements:
        found[_fold(id)] = {id}
    return {word: frozenset(ids) for word, ids in found.items()}


def fold_word(word: str) -> str:
    """Return a word without what does not matter: case, spaces, hyphens."""
    return _fold(word)


def _find(taxonomy: Taxonomy, kind: str, word: str) -> frozenset[str]:
    if kind == "sensitivity":
        return _at_least(taxonomy, word.lower())
    if kind == "category":
        return _in_category(taxonomy, word)
    found = _called(taxonomy, word)
    if kind == "element":
        return found
    return found or _in_category(taxonomy, word) or _also_called(taxonomy, word)


def _called(taxonomy: Taxonomy, word: str) -> frozenset[str]:
    if word in taxonomy:
        return frozenset((word,))
    sought = _fold(word)
    by_id = frozenset(id for id in taxonomy.elements if _fold(id) == sought)
    return by_id or frozenset(
        element.id
        for element in taxonomy.elements.values()
        if any(_fold(name) == sought for name in element.name.by_language.values())
    )


def _in_category(taxonomy: Taxonomy, word: str) -> frozenset[str]:
    sought = _fold(word)
    ids = {
        category.id for category in taxonomy.categories.values() if sought in (_fold(category.id), _fold(category.name))
    }
    return frozenset(element.id for element in taxonomy.elements.values() if element.category in ids)


def _at_least(taxonomy: Taxonomy, level: str) -> frozenset[str]:
    if level not in SENSITIVITIES:
        return frozenset()
    levels = SENSITIVITIES[SENSITIVITIES.index(level) :]
    return frozenset(element.id for element in taxonomy.elements.values() if element.sensitivity in levels)


def _also_called(taxonomy: Taxonomy, word: str) -> frozenset[str]:
    sought = _fold(word)
    return frozenset(id for name, id in _other_names(taxonomy) if _fold(name) == sought)


def _other_names(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Yield each other name with its element: the taxonomy's, the district's and the standards'."""
    for element in taxonomy.elements.values():
        for name in element.also_called:
            yield name, element.id
        for known in standard_names(element.id):
            for name in _spellings(known):
                yield name, element.id


def _spellings(known: StandardName) -> Iterator[str]:
    """Yield the ways in which a standard's name is written.

    The last part of a path stands alone only where it is a compound: `birthDate`, but not `title`.
    """
    yield known.name
    last = re.split(r"[./]", known.name)[-1]
    if last != known.name and _COMPOUND.search(last):
        yield last
    if known.code:
        yield known.code
        yield f"P{known.code}"


def _unknown(taxonomy: Taxonomy, kind: str, word: str) -> UnknownIdError:
    if kind == "sensitivity":
        return UnknownIdError("sensitivity", word, _nearest(word, SENSITIVITIES))
    if kind == "category":
        return UnknownIdError("category", word, _nearest(word, taxonomy.categories))
    words = [*taxonomy.elements]
    if not kind:
        words += [*taxonomy.categories, *(name for name, _ in _other_names(taxonomy))]
    return UnknownIdError("element", word, _nearest(word, words))


def _nearest(word: str, words: Iterable[str]) -> str | None:
    from dataflows.model.kinds import nearest

    spellings: dict[str, str] = {}
    for known in words:
        spellings.setdefault(known.lower(), known)
    found = nearest(word, spellings)
    return spellings[found] if found else None


def _fold(word: str) -> str:
    return _FOLDED.sub("", word).casefold()


def _rows(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


@cache
def _standards() -> dict[str, tuple[StandardName, ...]]:
    found: dict[str, list[StandardName]] = {}
    for row in _read("standards"):
        known = StandardName(row["standard"], row["name"], row["code"], row["note"])
        found.setdefault(row["element"], []).append(known)
    return {element: tuple(names) for element, names in found.items()}


def _read(name: str) -> list[dict[str, str]]:
    path = assets.folder("schemas") / "taxonomy" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
