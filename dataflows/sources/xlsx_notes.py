"""The notes of cells: their texts, and the drawn boxes in which programs show them."""

from __future__ import annotations

import re

from dataflows.sources.xlsx_sheets import letters_of
from dataflows.sources.xlsx_xml import HEAD, MAIN, escape

AUTHOR = "dataflows"
_BEGIN = "[dataflows] "
_OWN_WORDS = re.compile(r"\s*\[dataflows\][^<]*")
_NOTE = re.compile(r"<((?:\w+:)?)comment\b.*?</\1comment>", re.DOTALL)
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
_BOX = (
    '<v:shape id="dataflows_{cell}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:260pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def new_notes() -> str:
    """Return a part without notes."""
    return f'{HEAD}<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'


def new_shapes() -> str:
    """Return a part without boxes."""
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
        '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
    )


def take_notes_out(text: str) -> tuple[str, set[str]]:
    """Return a part without what an earlier marking wrote, and the cells that have no note any more.

    Our words are known by how they begin: other programs keep neither authors nor names of boxes.
    """
    gone: set[str] = set()

    def clean(match: re.Match[str]) -> str:
        kept = _OWN_WORDS.sub("", match[0])
        words = re.sub(r"<[^>]*>", "", kept.partition(f"</{match[1]}text>")[0])
        if kept == match[0] or words.strip():
            return kept
        cell = re.search(r'\bref="([A-Z]+[0-9]+)"', match[0])
        gone.add(cell[1] if cell else "")
        return ""

    return _NOTE.sub(clean, text), gone


def take_boxes_out(text: str, cells: set[str]) -> str:
    """Return a part without the boxes of notes on some cells."""

    def clean(match: re.Match[str]) -> str:
        row, column = re.search(r"<x:Row>(\d+)<", match[0]), re.search(r"<x:Column>(\d+)<", match[0])
        is_gone = row and column and f"{letters_of(int(column[1]) + 1)}{int(row[1]) + 1}" in cells
        return "" if is_gone else match[0]

    return _SHAPE.sub(clean, text) if cells else text


def add_notes(text: str, said: dict[str, str]) -> tuple[str, list[str]]:
    """Return a part with notes by cell, and the cells that had none, which need a box."""
    root = re.search(r"<(\w+:)?comments\b", text)
    prefix = (root[1] or "") if root else ""
    text = re.sub(rf"<{prefix}(authors|commentList)\s*/>", rf"<{prefix}\1></{prefix}\1>", text)
    new: list[str] = []
    for cell, words in said.items():
        own = re.search(rf'<{prefix}comment\b(?=[^>]*\bref="{cell}")[^>]*>.*?</{prefix}text>', text, re.DOTALL)
        if own:
            end = own.end() - len(f"</{prefix}text>")
            run = f'<{prefix}r><{prefix}t xml:space="preserve">\n{_BEGIN}{escape(words)}</{prefix}t></{prefix}r>'
            text = text[:end] + run + text[end:]
        else:
            new.append(cell)
    if new:
        text, author = _author(text, prefix)
        notes = "".join(
            f'<{prefix}comment ref="{cell}" authorId="{author}"><{prefix}text><{prefix}r>'
            f'<{prefix}t xml:space="preserve">{_BEGIN}{escape(said[cell])}</{prefix}t></{prefix}r></{prefix}text>'
            f"</{prefix}comment>"
            for cell in new
        )
        text = text.replace(f"</{prefix}commentList>", f"{notes}</{prefix}commentList>")
    return text, new


def _author(text: str, prefix: str) -> tuple[str, int]:
    """Return a part that names us as an author, and our number among them."""
    authors = re.findall(rf"<{prefix}author\s*/>|<{prefix}author>(.*?)</{prefix}author>", text, re.DOTALL)
    if AUTHOR in authors:
        return text, authors.index(AUTHOR)
    own = f"<{prefix}author>{AUTHOR}</{prefix}author></{prefix}authors>"
    return text.replace(f"</{prefix}authors>", own, 1), len(authors)


def shapes_of(places: dict[str, tuple[int, int]]) -> str:
    """Return the boxes of notes at places, which are rows and columns from 1."""
    return "".join(
        _BOX.format(
            cell=f"{letters_of(column)}{row}", height=90, row=row - 1, column=column - 1, left=column,
            right=column + 4, top=max(row - 2, 0), bottom=row + 4,
        )
        for row, column in places.values()
    )  # fmt: skip
