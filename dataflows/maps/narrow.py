"""Names for narrow places, such as the head of a column: each fits, and no two of them read alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dataflows.maps.wording import Wording

    Fits = Callable[[str], bool]

_CUT = "…"
_TOLD_APART = 16
"""Signs: what is cut off and begins with so many like another one is not told from it at a glance."""


class Named(NamedTuple):
    """What a place is to be called by."""

    name: str
    id: str
    code: str
    """No other one of the places has it."""


def narrow_names(wording: Wording, named: Sequence[Named], fits: Fits) -> list[str]:
    """Return a name for each place: itself where it fits, else a shorter one, else what fits of it.

    Where two would read alike, each keeps the words in which they differ; where it has none, its id, else its code.
    """
    shown = [_fitting(wording, one, fits) for one in named]
    alike: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(shown):
        alike[_glance(text)].append(place)
    used = Counter(map(_folded, shown))
    for places in alike.values():
        if len(places) > 1:
            common = _common_words([named[place].name for place in places])
            for place in places:
                shown[place] = _apart(named[place], common, fits, used)
                used[_folded(shown[place])] += 1
    return shown


def _fitting(wording: Wording, one: Named, fits: Fits) -> str:
    return next((text for text in wording.short_names(one.name, one.id) if fits(text)), "") or cut(one.name, fits)


def _apart(one: Named, common: int, fits: Fits, used: Counter[str]) -> str:
    """Return a name that no other place has."""
    start, rest = one.name[:common], one.name[common:]
    coded = cut(one.name, lambda text: fits(f"{text} [{one.code}]"))
    candidates = (_joined(start, rest, fits), one.id, f"{coded} [{one.code}]")
    return next((text for text in candidates if text and fits(text) and not used[_folded(text)]), candidates[-1])


def _joined(start: str, rest: str, fits: Fits) -> str:
    """Leave out some of what names share; return nothing where they share all of it, or no word."""
    if not start or not rest:
        return ""
    half = start[: len(start) // 2].rstrip()
    while half and not fits(f"{half}{_CUT} {rest}"):
        half = half[:-1].rstrip()
        if len(half) < len(start) // 4:
            break
    return cut(f"{half}{_CUT} {rest}", fits)


def cut(text: str, fits: Fits) -> str:
    """Return a text, cut off where it does not fit; at least a sign of it is left."""
    if fits(text):
        return text
    low, high = 1, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(f"{text[:middle].rstrip()}{_CUT}") else (low, middle)
    return f"{text[:low].rstrip()}{_CUT}"


def _common_words(names: Sequence[str]) -> int:
    """Return how many signs the names begin with alike, up to the word in which they differ."""
    shared = 0
    for signs in zip(*names, strict=False):
        if len(set(signs)) > 1:
            break
        shared += 1
    return names[0].rfind(" ", 0, shared) + 1


def _glance(text: str) -> str:
    """Return what of a name is seen at a glance."""
    folded = _folded(text)
    return folded[:_TOLD_APART] + _CUT if folded.endswith(_CUT) else folded


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
