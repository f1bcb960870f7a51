"""Writes a document as HTML: landmarks, headings with anchors, tables with scope, no script.

`write_html` gives the body; reports/shared/page.html.j2 is the page around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from dataflows.model.text import make_slug
from dataflows.reporting.markdown import bare_address
from dataflows.reporting.pictures import find_picture
from dataflows.reporting.tree import Kind, Node, UnknownTokenError, direction_of, plain_text
from dataflows.reporting.writers.labels import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dataflows.reporting.pictures import Picture


@dataclass(frozen=True, slots=True)
class HtmlParts:
    """The three landmarks of a page."""

    header: str
    main: str
    footer: str


@dataclass(slots=True)
class _Page:
    anchors: set[str] = field(default_factory=set)
    labels: list[str] = field(default_factory=list)
    """The column heads of the table that is being written."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    language: str = "en"


def write_html(document: Node, pictures: Mapping[str, Picture] | None = None, language: str = "en") -> HtmlParts:
    """Return the header, the main part and the footer of a document."""
    page = _Page(pictures=pictures or {}, language=language)
    by_landmark: dict[str, list[str]] = {"letterhead": [], "main": [], "footer": []}
    for node in document.children:
        landmark = node.name if node.name in by_landmark else "main"
        by_landmark[landmark].append(_children(node, page) if landmark != "main" else _write(node, page))
    return HtmlParts(*("\n".join(parts) for parts in by_landmark.values()))


def _write(node: Node, page: _Page) -> str:
    if node.kind not in _WRITERS:
        raise UnknownTokenError(node.kind)
    return _WRITERS[node.kind](node, page)


def _children(node: Node, page: _Page) -> str:
    parts = [_write(child, page) for child in node.children]
    is_block = any(part.startswith(("<p", "<h", "<ul", "<ol", "<div", "<section", "<blockquote")) for part in parts)
    return ("\n" if is_block and node.kind in _HOLDERS else "").join(parts)


_HOLDERS = (Kind.DOCUMENT, Kind.SECTION, Kind.QUOTE, Kind.ITEM)


def _section(node: Node, page: _Page) -> str:
    inside = _children(node, page)
    if node.lang:
        return f'<div lang="{escape(node.lang)}" dir="{direction_of(node.lang)}">\n{inside}\n</div>'
    if node.name == "contents":
        title = next((plain_text(child) for child in node.children if child.kind is Kind.HEADING), "")
        return f'<nav class="contents" aria-label="{escape(title)}">\n{inside}\n</nav>'
    reach = ' tabindex="0"' if node.name == "drawing" else ""  # it can be pushed sideways, by keys too
    return f'<div class="{escape(node.name)}"{reach}>\n{inside}\n</div>'


def _heading(node: Node, page: _Page) -> str:
    anchor = anchor_of(node, page.anchors)
    return f'<h{node.level} id="{anchor}">{_children(node, page)}</h{node.level}>'


def anchor_of(heading: Node, taken: set[str]) -> str:
    """Return by what a heading is linked to, and take it: a second one of the same words gets a number."""
    base = heading.target or make_slug(plain_text(heading)) or "part"
    anchor, number = base, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    taken.add(anchor)
    return anchor


def _paragraph(node: Node, page: _Page) -> str:
    return _children(node, page) if node.is_tight else f"<p>{_children(node, page)}</p>"


def _bullets(node: Node, page: _Page) -> str:
    lengths = [len(plain_text(child)) for child in node.children]
    many = ' class="many"' if len(lengths) > 5 and max(lengths) < 75 else ""
    return f"<ul{many}>\n{_lines(node, page)}\n</ul>"


def _numbers(node: Node, page: _Page) -> str:
    start = f' start="{node.level}"' if node.level != 1 else ""
    return f"<ol{start}>\n{_lines(node, page)}\n</ol>"


def _lines(node: Node, page: _Page) -> str:
    return "\n".join(_write(child, page) for child in node.children)


def _table(node: Node, page: _Page) -> str:
    head, *rows = node.children
    if head.kind is not Kind.ROW:
        raise UnknownTokenError(head.kind)
    page.labels = [label_of(plain_text(cell), page.language) for cell in head.children]
    cells = "".join(f'<th scope="col">{_children(cell, page)}</th>' for cell in head.children)
    body = "\n".join(_row(row, page) for row in rows)
    return f"<table>\n<thead>\n<tr>{cells}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _row(node: Node, page: _Page) -> str:
    """Write a row: its first cell heads it; the others carry their column's head for narrow screens."""
    if node.kind is not Kind.ROW:
        raise UnknownTokenError(node.kind)
    first, *others = node.children
    cells = [f'<th scope="row">{_children(first, page)}</th>']
    for cell, label in zip(others, page.labels[1:], strict=True):
        inside = _children(cell, page)
        shown = f' data-head="{escape(label)}"' if inside else ""
        cells.append(f"<td{shown}>{inside}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _link(node: Node, page: _Page) -> str:
    words = _children(node, page)
    is_address = plain_text(node) in (node.target, bare_address(node.target))
    mark = ' class="address"' if is_address or node.target.startswith("tel:") else ""
    return f'<a href="{escape(node.target)}"{mark}>{words}</a>'


def _image(node: Node, page: _Page) -> str:
    """Write a picture with all of it in the page, in the size that it has on paper."""
    picture = find_picture(page.pictures, node.target)
    width, height = round(picture.width / 0.75), round(picture.height / 0.75)
    image = f'<img src="{picture.address}" alt="{escape(node.text)}" width="{width}" height="{height}">'
    if not picture.dark:
        return image
    night = f'<source media="screen and (prefers-color-scheme: dark)" srcset="{picture.dark_address}">'
    return f"<picture>{night}{image}</picture>"


def _line(node: Node, page: _Page) -> str:
    """Write a line that can be filled in on the screen or by hand; nothing is sent anywhere."""
    kind = "line short" if node.name else "line"
    return f'<label class="{kind}"><span>{_children(node, page)}</span> <input type="text" autocomplete="off"></label>'


def _box(node: Node, page: _Page) -> str:
    return f'<label class="box"><input type="checkbox"> <span>{_children(node, page)}</span></label>'


def _span(node: Node, page: _Page) -> str:
    if node.lang:
        return f'<span lang="{escape(node.lang)}" dir="{direction_of(node.lang)}">{_children(node, page)}</span>'
    return f"<bdi>{_children(node, page)}</bdi>"


def _wrapped_in(tag: str) -> Callable[[Node, _Page], str]:
    return lambda node, page: f"<{tag}>{_children(node, page)}</{tag}>"


_WRITERS: dict[Kind, Callable[[Node, _Page], str]] = {
    Kind.SECTION: _section,
    Kind.HEADING: _heading,
    Kind.PARAGRAPH: _paragraph,
    Kind.BULLETS: _bullets,
    Kind.NUMBERS: _numbers,
    Kind.ITEM: _wrapped_in("li"),
    Kind.QUOTE: _wrapped_in("blockquote"),
    Kind.CODE_BLOCK: lambda node, _: f'<pre tabindex="0"><code>{escape(node.text, quote=False)}</code></pre>',
    Kind.RULE: lambda _node, _page: "<hr>",
    Kind.TABLE: _table,
    Kind.TEXT: lambda node, _: escape(node.text, quote=False),
    Kind.SOFT_BREAK: lambda _node, _page: "\n",
    Kind.HARD_BREAK: lambda _node, _page: "<br>\n",
    Kind.EMPHASIS: _wrapped_in("em"),
    Kind.STRONG: _wrapped_in("strong"),
    Kind.CODE: lambda node, _: f"<code>{escape(node.text, quote=False)}</code>",
    Kind.LINK: _link,
    Kind.IMAGE: _image,
    Kind.LINE: _line,
    Kind.BOX: _box,
    Kind.SPAN: _span,
}
