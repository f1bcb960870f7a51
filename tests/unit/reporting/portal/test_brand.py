"""A district's colour, logo and letterhead: what is taken, what is refused, and that it shows."""

from __future__ import annotations

import json
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.reporting.look import LookError, read_look
from dataflows.reporting.portal.brand import contrast, lightened, read_brand
from tests.portals import make_portal

if TYPE_CHECKING:
    from pathlib import Path

OAK = "vendors: [{id: ixl, name: IXL}]\nflows: [{id: f, to: ixl, elements: [email]}]"


def part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 40, height: int = 20) -> bytes:
    pixels = zlib.compress(b"".join(b"\0" + b"\x20\x60\xa0" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", pixels) + part(b"IEND", b"")


def look(folder: Path, said: Any, **files: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    if said is not None:
        (folder / "portal.json").write_text(json.dumps(said), encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def test_colour_logo_and_letterhead_stand_on_every_page(tmp_path: Path) -> None:
    said = {
        "colour": "#7A1020",
        "letterhead": ["Office of Privacy", "1 <b>Oak</b> Road"],
        "address": "https://oak.example/data",
    }
    folder = look(tmp_path / "look", said, logo_png=png())
    make_portal(OAK, tmp_path / "site", look=read_look(folder))

    page = (tmp_path / "site/en/who/ixl.html").read_text(encoding="utf-8")
    assert "--band: #7a1020;" in page
    assert '<img src="../../logo.png" alt="" width="112" height="56">' in page
    assert "<p><bdi>1 &lt;b&gt;Oak&lt;/b&gt; Road</bdi></p>" in page
    assert (tmp_path / "site/logo.png").read_bytes() == png()
    feed = (tmp_path / "site/en/feed.xml").read_text(encoding="utf-8")
    assert 'href="https://oak.example/data/en/feed.xml"' in feed


def test_the_picture_at_the_head_of_documents_stands_in_place_of_an_absent_logo(tmp_path: Path) -> None:
    assert read_brand(look(tmp_path / "one", None, letterhead_png=png(80, 20))).logo is not None
    both = read_brand(look(tmp_path / "two", None, letterhead_png=png(80, 20), logo_png=png()))
    assert both.logo is not None
    assert both.logo.content == png()


def test_a_style_and_sentences_of_the_look_reach_the_portal(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text(".lead { color: #123456; }", encoding="utf-8")
    row = "language,sentence,instead\nen,Who gets data,Who receives data\n"
    (tmp_path / "sentences.csv").write_text(row, encoding="utf-8")
    make_portal(OAK, tmp_path / "site", look=read_look(tmp_path))

    page = (tmp_path / "site/en/who.html").read_text(encoding="utf-8")
    assert ".lead { color: #123456; }" in page
    assert re.search(r"<h1>Who receives data</h1>", page)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"colour": "red"}, r"'red' is no colour. Write six digits, such as #7a1020\."),
        ({"colour": "#ffcc00"}, r"White words on #ffcc00 have a contrast of 1\.5 to 1, and 4\.5 is the least\."),
        ({"colour": "#fff; } body { display: none"}, "is no colour"),
        ({"color": "#7a1020"}, r"There is nothing called 'color' here\. Did you mean 'colour'\?"),
        ({"letterhead": "Office"}, "letterhead: Write a list of lines"),
        ({"address": "javascript:alert(1)"}, "is not where a site can be"),
        ({"address": "https://oak.example/?q=1"}, "is not where a site can be"),
        (["#7a1020"], "Write a mapping"),
    ],
)
def test_what_can_not_be_used_is_refused_in_a_sentence(tmp_path: Path, said: Any, sentence: str) -> None:
    with pytest.raises(LookError, match=sentence):
        read_brand(look(tmp_path, said))


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "\xff\xfe"])
def test_what_is_no_json_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "portal.json").write_bytes(text.encode("latin-1"))

    with pytest.raises(LookError, match=r"This is no (JSON|text in UTF-8)"):
        read_brand(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 100,
        b"",
        png()[:-20],
        png() + b"<script>alert(1)</script>",
        png().replace(b"IDAT", b"IDAT\0", 1),
    ],
)
def test_a_logo_that_is_no_whole_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(LookError, match=r"logo\.png"):
        read_brand(look(tmp_path, None, logo_png=content))


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_colour_can_be_made_light_enough_for_the_dark_page(parts: tuple[int, int, int]) -> None:
    red, green, blue = (
        int(lightened(f"#{parts[0]:02x}{parts[1]:02x}{parts[2]:02x}")[n : n + 2], 16) for n in (1, 3, 5)
    )

    assert contrast((red, green, blue), (19, 24, 27)) >= 7
