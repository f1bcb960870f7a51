"""The page of a checked notice: its text with each item marked where it is stated, and what is absent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from markupsafe import Markup

from dataflows import __version__
from dataflows.reporting.pages import digest_of, html_environment, read_style
from dataflows.sources.document_blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dataflows.checking.findings import NoticeFinding
    from dataflows.checking.notice_check import NoticeCheck
    from dataflows.checking.others import CheckedOther
    from dataflows.checking.sentences import Sentence

WHOLE_UP_TO = 6000
"""A longer document is shown in the parts that state something, with what stands around them."""
_AROUND = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item in the list above the text."""

    number: int
    id: str
    title: str
    rule: str
    present: bool
    anchor: str | None
    missing: tuple[str, ...]
    not_enough: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence of the text, with the numbers of the items that it states."""

    text: str
    numbers: tuple[int, ...]
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A heading, a paragraph or an item of the text; `gap` where something was left out before it."""

    tag: str
    kind: str
    pieces: tuple[Piece, ...]
    gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPage:
    """All that the page shows."""

    name: str
    day: date
    present: int
    complete: bool
    wrong: int
    """How many things beside the items are against the law."""
    items: tuple[ItemView, ...]
    findings: tuple[NoticeFinding, ...]
    others: tuple[CheckedOther, ...]
    blocks: tuple[BlockView, ...]
    words: int
    left_out: bool


def render_checked_notice(checked: NoticeCheck) -> str:
    """Return the whole page."""
    styles = [read_style("shared/style.css"), read_style("notice-check/style.css")]
    return (
        html_environment()
        .get_template("notice-check/report.html.j2")
        .render(
            page=build_page(checked),
            version=__version__,
            styles=[Markup(style) for style in styles],  # noqa: S704 - our own files
            style_digests=[digest_of(style) for style in styles],
        )
    )


def build_page(checked: NoticeCheck) -> CheckedPage:
    """Return what the page shows."""
    stated: dict[int, list[int]] = {}
    for number, item in enumerate(checked.items, start=1):
        for sentence in dict.fromkeys(s for made in item.made if item.present for s in made.sentences):
            stated.setdefault(sentence.number, []).append(number)
    words = sum(len(sentence.text.split()) for sentence in checked.sentences)
    return CheckedPage(
        name=PurePath(checked.file).name,
        day=checked.day,
        present=sum(item.present for item in checked.items),
        complete=checked.complete,
        wrong=len(checked.errors),
        items=tuple(_items(checked)),
        findings=checked.findings,
        others=checked.others,
        blocks=tuple(_blocks(checked.sentences, stated, whole=words <= WHOLE_UP_TO)),
        words=words,
        left_out=words > WHOLE_UP_TO,
    )


def _items(checked: NoticeCheck) -> Iterator[ItemView]:
    for number, item in enumerate(checked.items, start=1):
        first = item.made[0].sentences[0].number if item.present else None
        yield ItemView(
            number=number,
            id=item.id,
            title=item.title,
            rule=item.rule,
            present=item.present,
            anchor=None if first is None else f"sentence-{first}",
            missing=item.missing,
            not_enough=item.not_enough,
        )


def _blocks(sentences: Sequence[Sentence], stated: Mapping[int, Sequence[int]], *, whole: bool) -> Iterator[BlockView]:
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        if groups and groups[-1][0].block is sentence.block:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    marked = {place for place, group in enumerate(groups) if any(s.number in stated for s in group)}
    shown = [
        place
        for place in range(len(groups))
        if whole or any(near in marked for near in range(place - _AROUND, place + _AROUND + 1))
    ]
    before = -1
    for place in shown:
        yield _block(groups[place], stated, gap=place != before + 1)
        before = place


def _block(group: Sequence[Sentence], stated: Mapping[int, Sequence[int]], *, gap: bool) -> BlockView:
    kind = group[0].block.kind
    pieces = tuple(
        Piece(
            text=sentence.text,
            numbers=tuple(stated.get(sentence.number, ())),
            anchor=f"sentence-{sentence.number}" if sentence.number in stated else None,
        )
        for sentence in group
    )
    is_heading = kind is BlockKind.HEADING and not any(piece.numbers for piece in pieces)
    return BlockView(
        tag="h3" if is_heading else "p", kind="item" if kind is BlockKind.ITEM else "", pieces=pieces, gap=gap
    )
