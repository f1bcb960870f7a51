"""Pictures that stand in a document: what they show as bytes, and the code that a phone reads.

A document names a picture (`picture:page-code`) and carries it beside its text; each writer takes the
form that its format shows.  Nothing is ever fetched from an address.
"""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dataflows.errors import DataflowsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCHEME = "picture:"
_MOST = 5_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"
_JPEG_HEADS = (b"JFIF", b"Exif")
_MOST_PIXELS = 40_000_000
_POINTS_A_PIXEL = 0.75
_TALLEST = 54.0
"""Points; a letterhead's picture is set no taller."""
_WIDEST = 240.0
_BANNER = 4
"""From so many times as wide as high on, a picture goes across the page, over the district's name."""
_LINE = 482.0
_TALLEST_BANNER = 90.0
_MASK = 2
"""Of the eight patterns in which a code may be drawn: all can be read, and to try which is prettiest takes long."""
_DOTS = 8
"""How many dots a square of a code is wide."""
_BITS = ("1" * _DOTS, "0" * _DOTS)


class UnknownPictureError(DataflowsError):
    """A document shows a picture that it does not carry."""

    def __init__(self, target: str) -> None:
        super().__init__(f"The document shows the picture {target!r}, which is not there; nothing was written.")


class NotAPictureError(DataflowsError):
    """A file that is to stand in a document is no picture that every format can show."""

    def __init__(self, name: str, why: str) -> None:
        self.said = f"{why} Give a PNG or a JPEG picture."
        super().__init__(f"{name}: {self.said}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the forms in which it is there."""

    content: bytes
    """A PNG, a JPEG, or a drawing of ours."""
    kind: str
    """`png`, `jpeg` or `svg`."""
    width: float
    """On paper, in points."""
    height: float
    dark: bytes = b""
    """The same for a dark screen; nothing where it stands on white there too."""

    @property
    def is_banner(self) -> bool:
        """Tell whether it goes across the page, with nothing beside it."""
        return self.width >= _BANNER * self.height

    @property
    def address(self) -> str:
        """Return the picture itself as an address, so that a page asks for nothing."""
        return self._address_of(self.content)

    @property
    def dark_address(self) -> str:
        """Return the same for the dark one, or nothing where there is none."""
        return self._address_of(self.dark) if self.dark else ""

    def _address_of(self, content: bytes) -> str:
        kind = "svg+xml" if self.kind == "svg" else self.kind
        return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def find_picture(pictures: Mapping[str, Picture], target: str) -> Picture:
    """Return the picture that an image shows; raises UnknownPictureError."""
    picture = pictures.get(target.removeprefix(SCHEME)) if target.startswith(SCHEME) else None
    if picture is None:
        raise UnknownPictureError(target)
    return picture


def read_picture(name: str, content: bytes) -> Picture:
    """Return a district's own picture, for its letterhead; raises NotAPictureError."""
    if len(content) > _MOST:
        raise NotAPictureError(name, f"The picture has {len(content):,} bytes, and {_MOST:,} are the most.")
    if content.startswith(_PNG):
        kind, size, is_whole = "png", _png_size(content), _is_whole_png(content)
    elif content.startswith(_JPEG):
        kind, size, is_whole = "jpeg", _jpeg_size(content), content.rstrip(b"\0").endswith(_JPEG_END)
    else:
        raise NotAPictureError(name, "This is not a picture that Word, a browser and a PDF can all show.")
    if size is None or not is_whole or not all(0 < side <= 20_000 for side in size):
        raise NotAPictureError(name, "The picture is cut off or damaged, or something else stands behind it.")
    if kind == "jpeg" and content[6:10] not in _JPEG_HEADS:
        raise NotAPictureError(
            name, "This JPEG is made for a press, and Word does not show it. Save it for the screen."
        )
    width, height = _on_paper(*size)
    return Picture(content, kind, width, height)


def _on_paper(width: int, height: int) -> tuple[float, float]:
    """Return the size of a letterhead's picture: a banner goes across the page, any other stands beside the name."""
    is_banner = width >= _BANNER * height
    widest, tallest = (_LINE, _TALLEST_BANNER) if is_banner else (_WIDEST, _TALLEST)
    scale = min(1.0, tallest / (height * _POINTS_A_PIXEL), widest / (width * _POINTS_A_PIXEL))
    return width * _POINTS_A_PIXEL * scale, height * _POINTS_A_PIXEL * scale


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 33:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _is_whole_png(content: bytes) -> bool:
    """Tell whether every part of a PNG is whole, its pixels unpack, and nothing stands behind its end."""
    place, packed, kind = len(_PNG), [], b""
    while place + 12 <= len(content) and kind != b"IEND":
        length = int.from_bytes(content[place : place + 4], "big")
        kind, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length
        if place > len(content) or zlib.crc32(kind + data) != int.from_bytes(content[place - 4 : place], "big"):
            return False
        if kind == b"IDAT":
            packed.append(data)
    size = _png_size(content)
    is_ended = kind == b"IEND" and place == len(content)
    return is_ended and size is not None and size[0] * size[1] <= _MOST_PIXELS and _unpacks(b"".join(packed))


def _unpacks(packed: bytes) -> bool:
    unpacking = zlib.decompressobj()
    try:
        return bool(unpacking.decompress(packed, _MOST_PIXELS * 8)) and unpacking.eof
    except zlib.error:
        return False


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height from the frame's head, which stands behind segments of any kind."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        mark = content[place + 1]
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return None


@lru_cache(maxsize=1024)
def page_code(address: str) -> Picture | None:
    """Return the code (QR) that leads a phone to an address; None where no code can hold it."""
    import segno

    try:
        code = segno.make_qr(address, error="m", boost_error=False, mask=_MASK)
    except segno.DataOverflowError:
        return None
    return Picture(_code_png(code.matrix), "png", width=50.0, height=50.0)


def _code_png(rows: Sequence[Sequence[int]]) -> bytes:
    """Return a code as a PNG of one bit a dot, with a white rim."""
    side = (len(rows) + 2) * _DOTS
    white = "1" * side
    lines = [white, *("1" * _DOTS + "".join(_BITS[dark] for dark in row) + "1" * _DOTS for row in rows), white]
    width = (side + 7) // 8
    packed = b"".join((b"\0" + int(line.ljust(8 * width, "1"), 2).to_bytes(width, "big")) * _DOTS for line in lines)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(packed)), (b"IEND", b""))
    return _PNG + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
