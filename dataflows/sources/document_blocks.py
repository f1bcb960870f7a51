"""What somebody's document is once it is read: its text in blocks, each with its place.

No reader of a format judges what a text means; it says only where a block begins and ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dataflows.errors import DataflowsError


class BlockKind(StrEnum):
    """How a block stands in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an item of a list, its spaces made single."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    page: int | None = None
    """From 1, where the document has pages."""
    line: int | None = None
    """From 1, where the document has lines."""

    @property
    def place(self) -> str:
        """Where a person finds the block, such as `page 12` or `line 40`; empty where nothing is known."""
        if self.page is not None:
            return f"page {self.page}"
        return f"line {self.line}" if self.line is not None else ""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as it was read; `form` is what its content is, whatever its name says."""

    file: str
    form: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    tagged: bool | None = None
    """Whether a PDF has tags, by which a screen reader reads it in order; None for other forms."""

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(block.text.split()) for block in self.blocks)


class UnreadableDocumentError(DataflowsError):
    """A document holds no text that can be read; the sentence says why, and what would help."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")
