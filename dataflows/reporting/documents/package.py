"""The package that every family gets in a year: its documents behind a title page and a table of contents.

A document that the law doesn't ask this district for is left out, and so is what `publish` leaves out on the
day, with a caution; a draft has it.  One with a hole refuses the whole package, as it would refuse by itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.errors import DocumentHoleError, NotOwedError
from dataflows.reporting.composing import compose as compose_kind
from dataflows.reporting.document import make_document
from dataflows.reporting.documents.leaving_out import why_left_out
from dataflows.reporting.kinds import KINDS, Reader
from dataflows.reporting.telling import Teller
from dataflows.reporting.tree import Kind, Node, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order

_DEEPEST = 6
_ONCE = ("letterhead", "draft", "code")
"""Sections that the cover has for all parts."""


def compose(order: Order) -> Document:
    """Return the package; raises DocumentHoleError with the holes of all its documents."""
    parts, cautions = _compose_parts(order)
    teller = Teller(order.snapshot, order.language)
    gaps = tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
    is_draft = order.is_draft or any(part.is_draft for part in parts)
    cover = make_document(replace(order, is_draft=is_draft), "notice/package.md.j2", teller, gaps=gaps)
    return replace(
        cover,
        tree=_joined(cover.tree, parts),
        gaps=gaps,
        is_draft=is_draft,
        is_reviewed=cover.is_reviewed and all(part.is_reviewed for part in parts),
        missing_translations=tuple(sorted({field for part in parts for field in part.missing_translations})),
        missing=tuple(dict.fromkeys(fact for part in parts for fact in part.missing)),
        cautions=tuple(dict.fromkeys((*cautions, *(caution for part in parts for caution in part.cautions)))),
        pictures={name: picture for part in (cover, *parts) for name, picture in part.pictures.items()},
    )


def kinds_of_package(snapshot: Snapshot) -> list[str]:
    """Return the kinds of document that families of a district may get in a year, in the order of the package."""
    state = snapshot.district.state
    own = [name for name, kind in KINDS.items() if kind.in_package]
    return own + [name for name, kind in KINDS.items() if state in kind.states and kind.reader is Reader.FAMILIES]


def _compose_parts(order: Order) -> tuple[list[Document], list[str]]:
    """Return the documents, and why others are left out."""
    parts: list[Document] = []
    cautions: list[str] = []
    holes: list[tuple[str, str]] = []
    cures: list[str] = []
    for kind in kinds_of_package(order.snapshot):
        if not order.is_draft and (why := why_left_out(order.snapshot, kind)):
            cautions.append(f"{kind} is left out. {why}")
            continue
        try:
            parts.append(compose_kind(replace(order, kind=kind)))
        except NotOwedError:
            continue
        except DocumentHoleError as refused:
            holes += refused.holes
            cures.append(refused.cure)
    if holes:
        raise DocumentHoleError("package", list(dict.fromkeys(holes)), cures[0])
    return parts, cautions


def _joined(cover: Node, parts: Iterable[Document]) -> Node:
    """Put the parts behind the cover, each a section whose headings stand one level lower."""
    sections: list[Node] = []
    links: list[Node] = []
    for number, part in enumerate(parts, 1):
        anchor = f"part-{number}"
        words = Node(Kind.TEXT, text=title_of(part.tree))
        line = Node(Kind.PARAGRAPH, (Node(Kind.LINK, (words,), target=f"#{anchor}"),), is_tight=True)
        links.append(Node(Kind.ITEM, (line,)))
        inside = tuple(node for node in _within(part.tree, anchor) if node not in cover.children)
        sections.append(Node(Kind.SECTION, inside, name="part"))
    return replace(cover, children=(*_with_links(cover.children, Node(Kind.BULLETS, tuple(links))), *sections))


def _with_links(nodes: Iterable[Node], links: Node) -> Iterable[Node]:
    """Yield the cover's blocks, with the links in its contents."""
    for node in nodes:
        yield replace(node, children=(*node.children, links)) if node.name == "contents" else node


def _within(tree: Node, anchor: str) -> Iterable[Node]:
    """Yield the blocks of a document as they stand in a package: without letterhead, its end an end of a part."""
    for node in tree.children:
        if node.name in _ONCE:
            continue
        if node.name == "footer":
            yield _lowered(replace(node, name="colophon"))
        elif node.kind is Kind.HEADING and node.level == 1:
            yield replace(_lowered(node), target=anchor)
        else:
            yield _lowered(node)


def _lowered(node: Node) -> Node:
    level = min(node.level + 1, _DEEPEST) if node.kind is Kind.HEADING else node.level
    return replace(node, level=level, children=tuple(_lowered(child) for child in node.children))
