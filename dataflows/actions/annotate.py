"""A copy of a workbook with what `plan` found wrong marked in its cells."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.errors import InputError, OutputError, UsageError
from dataflows.sources.files import is_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.errors import Problem


def choose_workbook(files: Sequence[str], target: str) -> str:
    """Return the one workbook among files that can be marked; raises UsageError."""
    books = [name for name in files if is_workbook(name)]
    if len(books) != 1:
        said = "none of the files is one" if not books else f"here are {len(books)}"
        raise UsageError(f"--annotate marks one workbook, and {said}. Plan one .xlsx file with it.")
    if Path(target).suffix.lower() != Path(books[0]).suffix.lower():
        raise UsageError(f"--annotate writes a workbook. Call it something that ends in {Path(books[0]).suffix}.")
    if Path(target).exists() and Path(target).samefile(books[0]):
        raise UsageError(f"--annotate never writes over the workbook itself. Give another name than {target}.")
    return books[0]


def annotate_workbook(book: str, problems: Sequence[Problem], target: str) -> tuple[int, int]:
    """Write the marked copy; return how many problems stand in it, and how many have no cell.

    Raises OutputError where the book can't be read, or the copy can't be written.
    """
    from dataflows.sources.xlsx_marks import Mark, mark_workbook

    own = [problem for problem in problems if problem.location.file == book]
    marks = [
        Mark(place.sheet, place.line or 1, place.column or 1, " ".join(filter(None, (problem.message, problem.hint))))
        for problem in own
        if (place := problem.location).sheet is not None
    ]
    path = Path(target)
    partial = path.with_name(f".{path.name}.partial")
    try:
        mark_workbook(book, Path(book), partial, marks)
        partial.replace(path)
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror or error}.") from None
    except (InputError, ValueError):
        raise OutputError(f"{book} can't be read well enough to mark it, so {path} was not written.") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return len(marks), len(problems) - len(marks)
