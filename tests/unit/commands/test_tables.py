from __future__ import annotations

import io
import json
import sys

import pytest

from dataflows.commands.printing import print_csv, print_json, show_value
from dataflows.commands.tables import format_field, format_table, width_of

HEADINGS = ("FLOW", "ELEMENTS", "ENDS")
ROWS = (
    ("zoom-accounts", "email, student-id, first-name, last-name", "-"),
    ("zoom-usage", "usage-times, login-events, click-events, content-viewed", "2027-06-30"),
)


def lines_of(room: int) -> list[str]:
    return list(format_table(HEADINGS, ROWS, room))


def test_a_table_in_a_file_has_a_line_for_each_row() -> None:
    assert len(lines_of(0)) == 4
    assert lines_of(0) == lines_of(1000)


@pytest.mark.parametrize("room", [40, 45, 60, 80])
def test_a_table_on_a_terminal_is_no_wider_and_loses_no_word(room: int) -> None:
    lines = lines_of(room)

    assert max(map(width_of, lines)) <= room
    words = sorted(" ".join(lines).split())
    assert [word for row in ROWS for cell in row if cell != "-" for word in cell.split() if word not in words] == []


def test_where_even_the_words_do_not_fit_each_row_is_a_block_without_its_empty_cells() -> None:
    assert lines_of(30)[:5] == [
        "FLOW      zoom-accounts",
        "ELEMENTS  email, student-id,",
        "          first-name,",
        "          last-name",
        "",
    ]


def test_wide_characters_are_counted_as_the_terminal_shows_them() -> None:
    assert [width_of(text) for text in ("abc", "中文", "e\u0301", "é")] == [3, 4, 1, 1]
    assert list(format_table(("A", "B"), (("中文", "x"), ("abcd", "y")), 0))[2:] == ["中文  x", "abcd  y"]


def test_the_parts_of_a_value_stand_below_each_other() -> None:
    value = [{"topic": "risk", "text": {"en": "x" * 60, "es": "y" * 60}}, {"topic": "more", "text": "z"}]
    lines = list(format_field("Guidance", value, width=8, room=0, show=show_value))

    assert lines == [
        "  Guidance  - topic: risk",
        "              text:",
        f"                en: {'x' * 60}",
        f"                es: {'y' * 60}",
        "            - topic: more; text: z",
    ]


def test_data_for_programs_is_utf8_whatever_the_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="cp1252", errors="backslashreplace", newline="\r\n")
    monkeypatch.setattr(sys, "stdout", stream)

    print_json({"name": "مدرسة 🏫"})
    print_csv(("name",), [("Łódź",)])
    stream.flush()

    data = written.getvalue().decode("utf-8")
    assert json.loads(data.partition("name\n")[0]) == {"name": "مدرسة 🏫"}
    assert data.endswith("name\nŁódź\n")
