"""How wide a text is in the program's own typeface, read from the font files themselves.

The pages of the matrix are laid out here and not by the typesetter, so that what fits is known
before anything is drawn, and paper and screen break lines alike.  A sign that the typeface lacks
comes from another font; it is reckoned wide rather than narrow.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, lru_cache

from dataflows import assets

REGULAR, BOLD = "FiraSans-Regular.ttf", "FiraSans-SemiBold.ttf"


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a text in points, without kerning, which only draws letters together."""
    return _ems(text, BOLD if is_bold else REGULAR) * size


def has_sign(sign: str) -> bool:
    """Tell whether the typeface has a sign."""
    return sign in _advances(REGULAR)


@lru_cache(maxsize=50_000)
def _ems(text: str, font: str) -> float:
    known = _advances(font)
    return sum(_width_elsewhere(sign) if (width := known.get(sign)) is None else width for sign in text)


@cache
def _width_elsewhere(sign: str) -> float:
    """Reckon the width of a sign of another font, in ems."""
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.3 if ord(sign) > 0xFFFF else 1.05 if unicodedata.east_asian_width(sign) in "WF" else 0.85


@cache
def _advances(name: str) -> dict[str, float]:
    """Return the width of each sign of a font, in ems (OpenType 1.9: head, hhea, hmtx, cmap format 4)."""
    data = (assets.folder("reports") / "shared" / "fonts" / name).read_bytes()
    tables = {
        tag.decode(): offset
        for tag, _, offset, _ in (
            struct.unpack_from(">4sIII", data, 12 + 16 * number)
            for number in range(struct.unpack_from(">H", data, 4)[0])
        )
    }
    [units] = struct.unpack_from(">H", data, tables["head"] + 18)
    [count] = struct.unpack_from(">H", data, tables["hhea"] + 34)
    advances = struct.unpack_from(f">{2 * count}H", data, tables["hmtx"])[::2]
    return {chr(code): advances[min(glyph, count - 1)] / units for code, glyph in _glyphs(data, tables["cmap"]).items()}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Return the glyph of each code point of the basic plane."""
    [count] = struct.unpack_from(">H", data, cmap + 2)
    records = (struct.unpack_from(">HHI", data, cmap + 4 + 8 * number) for number in range(count))
    start = cmap + next(offset for platform, encoding, offset in records if (platform, encoding) in ((3, 1), (0, 3)))
    half = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{half}H", data, start + 14 + 2 * half * part + (2 if part else 0)) for part in range(4)
    )
    ranges = start + 16 + 6 * half
    found: dict[int, int] = {}
    for number, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                [glyph] = struct.unpack_from(">H", data, ranges + 2 * number + offset + 2 * (code - first))
            if glyph or not offset:
                found[code] = (glyph + delta) & 0xFFFF
    return {code: glyph for code, glyph in found.items() if glyph}
