"""Each mistake has a file in tests/data/bad; one listing says what is said of each, and where."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dataflows.errors import InputError
from dataflows.sources.files import open_catalog_file

if TYPE_CHECKING:
    from collections.abc import Callable

BAD = Path(__file__).parents[2] / "data" / "bad"
FORMATS = ("csv", "json", "yaml")
FILES = sorted(path.relative_to(BAD).as_posix() for form in FORMATS for path in BAD.glob(f"{form}/*"))


def problems_of(name: str) -> list[str]:
    """Read a file to its end and return its problems, as a person sees them."""
    try:
        file = open_catalog_file(name)
        file.district()
        for _ in file.rows():
            pass
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in file.problems]


def test_each_mistake_is_named_with_its_place(golden: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)

    lines = [line for name in FILES for line in (name, *(f"    {said}" for said in problems_of(name)))]

    golden("sources/bad-files.txt", "\n".join(lines).replace("\\csv\\", "/csv/") + "\n")


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_within_a_second_and_without_words_of_python(name: str) -> None:
    started = time.perf_counter()
    problems = problems_of(str(BAD / name))

    assert time.perf_counter() - started < 1
    assert problems
    for word in ("Traceback", "Error", "Expecting", "recursion", "token", "0x7f"):
        assert not any(word in problem for problem in problems)


def test_problems_are_said_once_however_often_a_file_is_read() -> None:
    for name in FILES:
        try:
            file = open_catalog_file(str(BAD / name))
        except InputError:
            continue
        file.district()
        list(file.rows())
        first = [str(problem) for problem in file.problems]
        file.district()
        list(file.rows())

        assert [str(problem) for problem in file.problems] == first
