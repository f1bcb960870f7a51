"""A district's own face of the portal: its colour, its logo, the lines of its letterhead, its address.

They lie in the folder of `--look`, beside what changes its documents:

    portal.json      {"colour": "#7a1020", "letterhead": ["..."], "address": "https://..."}
    logo.png         or logo.jpg: a real picture, checked before it goes out; without one,
                     letterhead.png, which stands at the head of documents

One colour is enough: it stands behind white words, so it must be dark enough for them, and what the
dark page needs is made from it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.model.kinds import nearest
from dataflows.reporting.look import LETTERHEADS, LOGOS, PORTAL, LookError
from dataflows.reporting.markdown import is_safe_address
from dataflows.reporting.pictures import NotAPictureError, read_picture

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = ("colour", "letterhead", "address")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_WHITE, _DARK = (255, 255, 255), (19, 24, 27)
_READABLE, _EASY = 4.5, 7.0


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture beside the district's name."""

    name: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Brand:
    """What a district puts in place of ours."""

    colour: str | None = None
    dark_colour: str | None = None
    """The same, light enough to be read on the dark page."""
    logo: Logo | None = None
    letterhead: tuple[str, ...] = ()
    address: str | None = None
    """Where the site will be, with a slash at its end."""


def read_brand(folder: Path) -> Brand:
    """Return what a folder holds; raises LookError at the first thing that can't be used."""
    path = folder / PORTAL
    said = _read_json(path) if path.is_file() else {}
    colour = _colour(path, said.get("colour"))
    return Brand(
        colour=colour,
        dark_colour=lightened(colour) if colour else None,
        logo=next((_read_logo(folder / name) for name in (*LOGOS, *LETTERHEADS) if (folder / name).is_file()), None),
        letterhead=_lines(path, said.get("letterhead", [])),
        address=_address(path, said.get("address")),
    )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise LookError(path, None, f"This is no text in UTF-8 (byte {fault.start}). Save it as UTF-8.") from fault
    except (ValueError, RecursionError) as fault:
        raise LookError(path, getattr(fault, "lineno", None), "This is no JSON.") from fault
    if not isinstance(said, dict):
        raise LookError(path, None, 'Write a mapping, such as {"colour": "#7a1020"}.')
    for key in said:
        if key not in _KEYS:
            similar = nearest(key, _KEYS)
            hint = f"Did you mean {similar!r}?" if similar else f"Known are {', '.join(_KEYS)}."
            raise LookError(path, None, f"There is nothing called {key!r} here. {hint}")
    return said


def _colour(path: Path, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise LookError(path, None, f"colour: {value!r} is no colour. Write six digits, such as #7a1020.")
    ratio = contrast(_parts(value), _WHITE)
    if ratio < _READABLE:
        message = f"colour: White words on {value} have a contrast of {ratio:.1f} to 1, and 4.5 is the least."
        raise LookError(path, None, f"{message} Choose a darker one.")
    return value.lower()


def _lines(path: Path, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(line, str) and len(line) <= 200 for line in value):
        raise LookError(path, None, "letterhead: Write a list of lines, each a text of at most 200 signs.")
    return tuple(line.strip() for line in value if line.strip())


def _address(path: Path, value: object) -> str | None:
    if value is None:
        return None
    is_web = isinstance(value, str) and value.lower().startswith(("http://", "https://"))
    if not isinstance(value, str) or not is_web or not is_safe_address(value) or "?" in value or "#" in value:
        message = f"address: {value!r} is not where a site can be. Write https://schools.example.org/data/, say."
        raise LookError(path, None, message)
    return value.removesuffix("/") + "/"


def _read_logo(path: Path) -> Logo:
    content = path.read_bytes()
    try:
        picture = read_picture(path.name, content)
    except NotAPictureError as fault:
        raise LookError(path, None, fault.said) from fault
    scale = 56 / picture.height
    name = "logo.png" if picture.kind == "png" else "logo.jpg"
    return Logo(name, content, round(picture.width * scale), 56)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast of two colours as WCAG 2.2 reckons it: from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightened(colour: str) -> str:
    """Return the colour mixed with as much white as the dark page needs."""
    parts = _parts(colour)
    for share in range(101):
        red, green, blue = (round(part + (255 - part) * share / 100) for part in parts)
        if contrast((red, green, blue), _DARK) >= _EASY:
            break
    return f"#{red:02x}{green:02x}{blue:02x}"
