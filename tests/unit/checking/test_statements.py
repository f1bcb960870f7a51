"""Each item by short statements: how people state it, and what only looks like it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dataflows.checking.notice_check import check_document
from dataflows.sources.document_text import read_document_bytes

FOLDER = Path(__file__).parents[2] / "data" / "notices" / "statements"
ITEMS = {
    "inspect": "99.7(a)(2)(i)",
    "amend": "99.7(a)(2)(ii)",
    "consent": "99.7(a)(2)(iii)",
    "complain": "99.7(a)(2)(iv)",
    "inspect-procedure": "99.7(a)(3)(i)",
    "amend-procedure": "99.7(a)(3)(ii)",
    "officials": "99.7(a)(3)(iii)",
}


def statements(name: str) -> list[tuple[bool, str]]:
    """Return the statements of a file: `+` states the item, `-` does not; `\\n` is a line's end."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(line[0] == "+", line[2:].replace("\\n", "\n")) for line in lines if line[:2] in ("+ ", "- ")]


def is_stated(text: str, item: str) -> bool:
    checked = check_document(read_document_bytes(text.encode(), "notice.txt"), date(2026, 11, 24))
    return {found.id: found.present for found in checked.items}[item]


@pytest.mark.parametrize("name", ITEMS)
def test_every_statement_is_judged_as_a_reader_would(name: str) -> None:
    wrong = [(stated, text) for stated, text in statements(name) if is_stated(text, ITEMS[name]) != stated]

    assert wrong == []


def test_there_are_many_statements_of_each_kind() -> None:
    counts = {name: [stated for stated, _ in statements(name)] for name in ITEMS}

    assert sum(map(len, counts.values())) > 400
    assert all(min(found.count(True), found.count(False)) >= 15 for found in counts.values())


@pytest.mark.parametrize("name", ITEMS)
def test_a_statement_is_stated_in_capitals_and_with_wrapped_lines_too(name: str) -> None:
    from textwrap import fill

    for stated, text in statements(name):
        if stated and "\n" not in text:
            assert is_stated(text.upper(), ITEMS[name]), text
            assert is_stated(fill(text, 40, break_on_hyphens=False), ITEMS[name]), text
