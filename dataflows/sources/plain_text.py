"""Text and Markdown: bytes to characters, lines to blocks.

Lines are joined where a sentence goes on: a text that was wrapped by hand, copied from a PDF, or
has blank lines within a sentence reads as one that was never broken.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.sources.document_blocks import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MARKER = re.compile(
    r"(?:[-*+•●▪▫◦■□➢➤►‣∙·–—\uf0b7\uf0a7]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[IVX]{1,4})[.)]|\[[ xX]?\])\s+(?=\S)"
)
_MOST_TITLE_LINES = 3
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")
_ENDS = re.compile(r"[.:;!?][\"'”’)\]]*$")
_WIDEST_WRAP = 130
"""A line longer than this was not wrapped by hand: it is a paragraph."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, with where it stands."""

    text: str
    line: int | None = None
    page: int | None = None


def decode_text(data: bytes, declared: str | None = None) -> str:
    """Return the characters of a text file: by its mark, as declared, as UTF-8, else line by line.

    A file that was put together from several may change its encoding within, so that each line
    that is not UTF-8 is taken for Windows-1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    if (unmarked := _unmarked_utf16(data)) is not None:
        return data.decode(unmarked, errors="replace")
    for name in ("utf-8", declared or "utf-8"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return "".join(_decode_line(line) for line in data.splitlines(keepends=True))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the encoding of UTF-16 without its mark: every other byte of Latin text is zero."""
    sample = data[:2000]
    if len(sample) < 8:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.7 * len(zeros):
            return encoding
    return None


def read_plain(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text."""
    lines = [Line(line, number) for number, line in enumerate(text.splitlines(), start=1)]
    return tuple(join_lines(lines))


def read_markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks of Markdown, its marks, its addresses and its comments left out."""
    kept = re.sub(r"<!--.*?-->", lambda match: "\n" * match[0].count("\n"), text, flags=re.DOTALL)
    lines = [Line(_bare_line(line), number) for number, line in enumerate(kept.splitlines(), start=1)]
    return tuple(join_lines(lines))


def _bare_line(line: str) -> str:
    line = re.sub(r"^\s*(?:```|~~~|\[[^\]]+\]:\s|[*_]{3,}\s*$|\|?[\s:|-]+\|[\s:|-]*$).*", "", line)
    line = re.sub(r"!\[([^\]]*)\]\([^)]*\)", "", line)
    line = re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", line)
    line = re.sub(r"<(https?://[^>\s]+|[\w.+-]+@[\w.-]+)>", r"\1", line)
    line = re.sub(r"</?[a-zA-Z][^>\n]*>", " ", line)
    line = re.sub(r"^(\s*)>\s?", r"\1", line)
    line = re.sub(r"(\*\*|__|`+|~~)(.+?)\1", r"\2", line)
    line = re.sub(r"(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*])", r"\2", line)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", line.replace("|", " ") if line.count("|") > 1 else line)


@dataclass(slots=True)
class _Open:
    """The block that is being put together."""

    first: Line
    kind: BlockKind
    parts: list[str] = field(default_factory=list)
    last: str = ""
    page: int | None = None
    """The page of its last line."""
    after_blank: bool = False


def join_lines(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield blocks: a line goes on where the sentence before it has not ended."""
    width = _width_of(lines)
    block: _Open | None = None
    for line in lines:
        text = " ".join(line.text.split())
        if not any(map(str.isalnum, text)) and not text.strip("-–—=_~*. #|:"):
            if block:
                if _UNDERLINE.fullmatch(text) and _is_under_title(text, block):
                    block.kind = BlockKind.HEADING
                block.after_blank = True
            continue
        if block and _goes_on(block, text, width, is_new_page=line.page != block.page):
            block.parts.append(text)
        else:
            if block:
                yield _closed(block)
            block = _begin(line, text)
        block.last, block.page, block.after_blank = text, line.page, False
    if block:
        yield _closed(block)


def _is_under_title(underline: str, block: _Open) -> bool:
    """Tell whether signs underline a title: one line, or several of which the longest is as long as they are."""
    if block.after_blank:
        return False
    is_wrapped = len(block.parts) <= _MOST_TITLE_LINES and len(underline) == max(map(len, block.parts))
    return len(block.parts) == 1 or is_wrapped


def _width_of(lines: Iterable[Line]) -> int:
    """Return the length of a full line, where a text is wrapped; else 0."""
    lengths = sorted(len(line.text.strip()) for line in lines if line.text.strip())
    if not lengths:
        return 0
    usual = lengths[int(len(lengths) * 0.9)]
    return usual if usual <= _WIDEST_WRAP else 0


def _begin(line: Line, text: str) -> _Open:
    if found := re.match(r"#{1,6}\s+(.*?)\s*#*$", text):
        return _Open(line, BlockKind.HEADING, [found[1]])
    kind = BlockKind.ITEM if _MARKER.match(text) else BlockKind.PARAGRAPH
    return _Open(line, kind, [text])


def _goes_on(block: _Open, text: str, width: int, *, is_new_page: bool) -> bool:
    """Tell whether a line belongs to the block that is open."""
    if block.kind is BlockKind.HEADING or text.startswith("#") or _MARKER.match(text):
        return False
    ended = _ENDS.search(block.last) is not None
    if text[0].islower():
        return not ended or not block.after_blank
    if block.after_blank:
        return False
    if ended and is_new_page:
        return False  # so that a place names the right page
    if ended:
        return 0 < 0.75 * width <= len(block.last)
    return len(block.last) >= (0.6 * width if width else 45) and not is_heading(" ".join(block.parts))


def is_heading(text: str) -> bool:
    """Tell whether a line stands for itself: short, in capitals or title case, with no end of a sentence."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    if not words or len(text) > 90 or _ENDS.search(text) or text.endswith(","):
        return False
    return all(word[0].isupper() for word in words)


def _closed(block: _Open) -> Block:
    text = join_hyphens(" ".join(part for part in block.parts if part))
    kind = block.kind
    if kind is BlockKind.PARAGRAPH and len(block.parts) == 1 and is_heading(text):
        kind = BlockKind.HEADING
    return Block(text, kind, block.first.page, block.first.line)


def join_hyphens(text: str) -> str:
    """Return a text without the soft hyphens that mark where a word may break."""
    return re.sub(r"\u00ad\s?", "", text)


def without_marker(text: str) -> str:
    """Return a block's text without the bullets and numbers before it."""
    while found := _MARKER.match(text):
        text = text[found.end() :]
    return text
