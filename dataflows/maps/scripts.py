"""Sets each part of a drawing's texts in a font that has its letters, for paper.

The typesetter would set a whole run of text in whatever font has its rarest sign, and of those that it carries
only one for typewriters has Arabic letters.  So what the map's own font lacks is given a font of the machine's.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # of our own drawing

from dataflows.maps.widths import has_sign

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAMILIES = {
    "ARABIC": "Noto Sans Arabic",
    "HEBREW": "Noto Sans Hebrew",
    "ETHIOPIC": "Noto Sans Ethiopic",
    "DEVANAGARI": "Noto Sans Devanagari",
    "CJK": "Noto Sans CJK SC",
    "HIRAGANA": "Noto Sans CJK SC",
    "KATAKANA": "Noto Sans CJK SC",
    "HANGUL": "Noto Sans CJK SC",
}
"""By the first word of a letter's name in Unicode; the families are those of matrix.typ."""
_SVG = "{http://www.w3.org/2000/svg}"


def set_scripts_apart(root: ET.Element) -> bool:
    """Give each run of letters that the map's own font lacks a font that has them; return whether there is any."""
    found = False
    for element in [*root.iter(f"{_SVG}text"), *root.iter(f"{_SVG}tspan")]:
        runs = [(family, "".join(sign for sign, _ in part)) for family, part in _runs(element.text or "")]
        if any(family for family, _ in runs):
            found = True
            _write(element, runs)
    return found


def _write(element: ET.Element, runs: list[tuple[str, str]]) -> None:
    element.text = None
    for name in ("textLength", "lengthAdjust"):  # letters that are joined would be pulled apart
        element.attrib.pop(name, None)
    for place, (family, text) in enumerate(runs):
        part = ET.Element(f"{_SVG}tspan", {"font-family": family} if family else {})
        part.text = text
        element.insert(place, part)


def _runs(text: str) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    """Yield the parts of a text that share a font; spaces and points go with what stands before them."""
    settled: list[tuple[str, str]] = []
    for sign in text:
        family = "" if has_sign(sign) else _FAMILIES.get(unicodedata.name(sign, "").partition(" ")[0], "")
        is_between = not family and not sign.isalnum() and settled
        settled.append((sign, settled[-1][1] if is_between and sign == " " else family))
    return groupby(settled, key=lambda pair: pair[1])
