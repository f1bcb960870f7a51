"""A page of two columns is read column by column, in whichever order its program drew them."""

from __future__ import annotations

from textwrap import wrap

import pytest

from dataflows.sources.document_text import read_document_bytes
from tests.documents import pdf_at

NOTICE = wrap(
    "Under FERPA parents have these rights. They may inspect the education records of their child within 45 days. "
    "They may ask that a record be amended that is inaccurate, misleading, or against the student's privacy.",
    38,
)
OTHER = wrap(
    "The cafeteria opens at eleven and closes at one. Buses leave ten minutes after the last bell. Telephones stay in "
    "lockers while there is class, and the library is open until four in the afternoon each day.",
    38,
)


def words_of(places: list[tuple[int, int, str]]) -> str:
    return " ".join(block.text for block in read_document_bytes(pdf_at(places), "page.pdf").blocks)


def column(lines: list[str], x: int) -> list[tuple[int, int, str]]:
    return [(x, 720 - 14 * number, line) for number, line in enumerate(lines)]


def across(first: list[str], second: list[str]) -> list[tuple[int, int, str]]:
    rows = zip(column(first, 60), column(second, 330), strict=False)
    return [place for row in rows for place in row]


@pytest.mark.parametrize("places", [across(NOTICE, OTHER), column(NOTICE, 60) + column(OTHER, 330)])
def test_two_columns_do_not_run_into_each_other(places: list[tuple[int, int, str]]) -> None:
    text = words_of(places)

    assert "inspect the education records of their child within 45 days." in text
    assert "Telephones stay in lockers while there is class" in text


def test_a_table_of_short_cells_is_read_row_by_row() -> None:
    names = ["Grade", "Attendance", "Address", "Telephone", "Photograph", "Awards", "Height"]
    kept = ["ten years", "five years", "one year", "one year", "two years", "ever", "a season"]

    assert "Attendance five years" in words_of(across(names, kept))


def test_a_page_of_one_column_keeps_its_order() -> None:
    assert words_of(column(NOTICE, 60)) == " ".join(NOTICE)
