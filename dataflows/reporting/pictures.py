"""Pictures that stand in a document: what they show as bytes, and the code that a phone reads.

A document names a picture (`picture:page-code`) and carries it beside its text; each writer takes the
form that its format shows.  Nothing is ever fetched from an address.
"""

from __future__ import annotations

import base64
import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.errors import DataflowsError

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEME = "picture:"
_MOST = 5_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_POINTS_A_PIXEL = 0.75
_TALLEST = 54.0
"""Points; a letterhead's picture is set no taller."""
_WIDEST = 240.0


class UnknownPictureError(DataflowsError):
    """A document shows a picture that it does not carry."""

    def __init__(self, target: str) -> None:
        super().__init__(f"The document shows the picture {target!r}, which is not there; nothing was written.")


class NotAPictureError(DataflowsError):
    """A file that is to stand in a document is no picture that every format can show."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why} Give a PNG or a JPEG picture.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the forms in which it is there."""

    content: bytes
    """A PNG or a JPEG."""
    kind: str
    """`png` or `jpeg`."""
    width: float
    """On paper, in points."""
    height: float

    @property
    def address(self) -> str:
        """Return the picture itself as an address, so that a page asks for nothing."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.content).decode()}"


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
        kind, size = "png", _png_size(content)
    elif content.startswith(_JPEG):
        kind, size = "jpeg", _jpeg_size(content)
    else:
        raise NotAPictureError(name, "This is not a picture that Word, a browser and a PDF can all show.")
    if size is None or not all(0 < side <= 20_000 for side in size):
        raise NotAPictureError(name, "The picture is cut off or damaged.")
    width, height = (side * _POINTS_A_PIXEL for side in size)
    scale = min(1.0, _TALLEST / height, _WIDEST / width)
    return Picture(content, kind, width * scale, height * scale)


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 33:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


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


def page_code(address: str) -> Picture | None:
    """Return the code (QR) that leads a phone to an address; None where no code can hold it."""
    import segno

    try:
        code = segno.make_qr(address, error="m", boost_error=False)
    except segno.DataOverflowError:
        return None
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=8, border=1)
    return Picture(buffer.getvalue(), "png", width=50.0, height=50.0)
