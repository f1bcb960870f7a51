"""What goes wrong, said so that a person can mend it.

What a district wrote wrong is a `Problem`, collected in a list beside the result.
What stops the program is a `DataflowsError`; its `exit_code` is the one the interface promises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: line and column from 1, and the path or the cell there."""

    file: str
    line: int | None = None
    column: int | None = None
    where: str = ""
    sheet: int | None = None
    """In a workbook, which of its sheets, from 1; `where` names sheet and cell, as a person finds them."""

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.file}: {self.where}"
        numbers = "".join(f":{n}" for n in (self.line, self.column) if n is not None)
        place = f"{self.file}{numbers}"
        return f"{place}: {self.where}" if self.where else place


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file, its place, and what would be right."""

    location: Location
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.location}: {self.message}{hint}"


class DataflowsError(Exception):
    """Anything that stops the program; its text is for the user."""

    exit_code = 2


class UsageError(DataflowsError):
    """A command was given words that do not go together."""


class InputError(DataflowsError):
    """Files have problems; all of them are listed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"{count} {noun}; nothing was written.")


class UnknownIdError(DataflowsError):
    """An id names nothing in the catalog."""

    def __init__(self, kind: str, key: str, similar: str | None = None) -> None:
        hint = f" Did you mean {similar!r}?" if similar else ""
        super().__init__(f"There is no {kind} called {key!r}.{hint}")


class AmbiguousIdError(DataflowsError):
    """An id names several things of different kinds."""

    def __init__(self, key: str, kinds: Sequence[str]) -> None:
        spellings = " or ".join(f"{kind}/{key}" for kind in kinds)
        super().__init__(f"{key!r} names more than one thing. Say {spellings}.")


class OutputError(DataflowsError):
    """A result can't be written where the user wants it."""


class DocumentHoleError(DataflowsError):
    """A text that the law makes part of a document is absent from the catalog."""

    def __init__(
        self, document: str, holes: Sequence[tuple[str, str]], cure: str = "Put them into the catalog"
    ) -> None:
        self.holes, self.cure = tuple(holes), cure
        lines = "\n".join(f"  {field}: {why}" for field, why in holes)
        hint = f"{cure}, or write a draft that marks each gap: --draft."
        super().__init__(f"The {document} can't be written; these texts are absent:\n{lines}\n{hint}")


class NotOwedError(DataflowsError):
    """A document that the law asks this district for under conditions that the catalog does not show."""

    def __init__(self, document: str, why: str) -> None:
        super().__init__(f"The {document} is not written: {why}")


class CatalogError(DataflowsError):
    """The catalog can't be reached, read or written, or is at another schema version."""

    exit_code = 3
