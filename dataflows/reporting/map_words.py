"""The words of maps in a language, and a snapshot in which a reader of it finds the names of everything.

A word's context for translators is its file and its place there: `matrix legend.group`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows.errors import UsageError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.wording import WORD_FILES, Wording, our_wording, read_words_of
from dataflows.model.frozen import frozen
from dataflows.model.parties import STUDENTS
from dataflows.model.snapshot import Snapshot
from dataflows.model.taxonomy import Category, Taxonomy
from dataflows.model.text import Text
from dataflows.reporting.messages import find_language, languages, translations
from dataflows.reporting.postings.naming import element_context, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILE = "map"
"""The file in which the words are translated."""
_NOT_SAID = (*(f"{name} language" for name in WORD_FILES), "summary themes")
"""What language a file is in, and its colours."""
_IDS = ("categories", "kinds")
"""Lists of ids, of what counts as what."""
_FORMS = ("words day",)
"""What has no letters in English, and has some in other languages."""
_PLACE = re.compile(r"\{\w+\}")


def map_languages() -> tuple[str, ...]:
    """Return the languages in which there are maps, the words' own first."""
    return tuple(tag for tag, language in languages().items() if language.has(FILE))


def map_language(snapshot: Snapshot, asked: str | None) -> str:
    """Return the language of a map: as asked, else the first home language that has its words.

    Raises UsageError for one that has none.
    """
    if asked is None:
        homes = (find_language(tag) for tag in snapshot.district.home_languages)
        return next((known.tag for known in homes if known and known.has(FILE)), "en")
    known = find_language(asked)
    if known is None or not known.has(FILE):
        message = f"Maps can't be drawn in {asked!r} yet. Their languages are: {', '.join(map_languages())}."
        raise UsageError(message)
    return known.tag


@cache
def map_wording(language: str) -> Wording:
    """Return the words of maps in a language."""
    if language == our_wording().language:
        return our_wording()
    said = translations(language, FILE)
    files = {name: _turned(read_words_of(name), name, said.pgettext) for name in WORD_FILES}
    return Wording(language=language, **files)


def map_messages() -> Iterator[tuple[str, str, str]]:
    """Yield every word to translate: its context, the English, and the file where it stands."""
    for name in WORD_FILES:
        found: list[tuple[str, str]] = []

        def keep(context: str, words: str, found: list[tuple[str, str]] = found) -> str:
            found.append((context, words))
            return words

        _turned(read_words_of(name), name, keep)
        yield from ((context, words, f"reports/map/{name}.json") for context, words in found)
    for id, category in builtin_taxonomy().categories.items():
        yield f"category {id}", category.name, "schemas/taxonomy/categories.csv"


@frozen
class ToldSnapshot(Snapshot):
    """A snapshot in the words of one language."""

    students: str

    def name_of(self, party: str) -> str:
        """Return the name of a party of any kind."""
        return self.students if party == STUDENTS else Snapshot.name_of(self, party)  # slots leave no super()


def tell_snapshot(snapshot: Snapshot, language: str) -> Snapshot:
    """Return the snapshot as a reader of the language sees it; what a district named itself keeps that name.

    It is for drawing alone: what a rule would find in it is not what it finds in the catalog.
    """
    first = snapshot.district.first_language
    if language == our_wording().language == first.partition("-")[0]:
        return snapshot
    homes = dict.fromkeys(
        (first if first.partition("-")[0] == language else language, *snapshot.district.home_languages)
    )
    told: dict[str, Any] = {name: getattr(snapshot, name) for name in snapshot.__dataclass_fields__}
    told["district"] = replace(snapshot.district, home_languages=tuple(homes))
    told["taxonomy"] = _named(snapshot.taxonomy, language)
    return ToldSnapshot(**told, students=str(map_wording(language).words["names"]["students"]))


def _named(taxonomy: Taxonomy, language: str) -> Taxonomy:
    """Return the taxonomy with the names of its own elements and categories in a language."""
    ours, said = builtin_taxonomy(), translations(language, FILE)
    elements = []
    for id, element in taxonomy.elements.items():
        is_ours = id in ours.elements and element.name == ours.elements[id].name
        name = say(language, element.name.pick("en", "en")[0], element_context(id)) if is_ours else ""
        elements.append(replace(element, name=Text.of(name)) if name else element)
    return Taxonomy(
        elements,
        [
            Category(id, said.pgettext(f"category {id}", category.name))
            if ours.categories.get(id) == category
            else category
            for id, category in taxonomy.categories.items()
        ],
    )


def _turned(tree: Any, place: str, say: Callable[[str, str], str]) -> Any:
    """Return words of a file with each sentence said by `say`, which is given its context."""
    if isinstance(tree, dict):
        return {
            name: part if _is_no_word(place, name, part) else _turned(part, _below(place, name), say)
            for name, part in tree.items()
        }
    if isinstance(tree, list):
        return [_turned(part, _below(place, str(number)), say) for number, part in enumerate(tree, 1)]
    return say(place, tree) if place in _FORMS or any(map(str.isalpha, _PLACE.sub("", tree))) else tree


def _is_no_word(place: str, name: str, part: Any) -> bool:
    return f"{place} {name}" in _NOT_SAID or (name in _IDS and isinstance(part, list))


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if " " in place else f"{place} {name}"
