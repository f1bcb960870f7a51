"""Short codes for elements and categories: unique, and the same in every catalog.

They are given over the whole taxonomy in its order, the district's own elements last; so `fn` is the
first name on every district's page.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.model.taxonomy import Taxonomy


def element_codes(taxonomy: Taxonomy, others: Iterable[str]) -> dict[str, str]:
    """Return the code of each element, in lower case; `others` are elements that the taxonomy lacks."""
    return make_codes([*taxonomy.elements, *sorted(set(others) - set(taxonomy.elements))])


def category_codes(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the code of each category, in capitals, `other` among them."""
    ids = dict.fromkeys((*taxonomy.categories, *(e.category for e in taxonomy.elements.values()), "other"))
    return {id: code.upper() for id, code in make_codes(ids).items()}


def make_codes(ids: Iterable[str]) -> dict[str, str]:
    """Return a code for each id: the initials of its words where they are free, else letters of it."""
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for id in ids:
        code = next(code for code in _spellings(id) if code not in taken)
        codes[id] = code
        taken.add(code)
    return codes


def _spellings(id: str) -> Iterator[str]:
    words = [word for word in id.split("-") if word] or ["x"]
    initials = "".join(word[0] for word in words)
    if len(words) > 1:
        yield initials[:2]
    letters = "".join(words)
    for later in letters[1:]:
        yield letters[0] + later
    for place, middle in enumerate(letters[1:], 2):
        for later in letters[place:]:
            yield letters[0] + middle + later
    for number in count(2):
        yield f"{letters[0]}{number}"
