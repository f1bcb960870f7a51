"""A bar on a terminal says how far a long command is, and is gone when it is done."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from dataflows.commands import progress

if TYPE_CHECKING:
    import pytest


def test_a_bar_shows_how_much_was_read() -> None:
    bar = progress.Progress("folder/apps.xlsx")

    bar.tell("folder/apps.xlsx", 12_000, 0.5)

    assert bar.line() == f"[{'#' * 15}{'-' * 15}] 50 %  0:00  apps.xlsx  12,000 rows"


def test_without_a_size_it_shows_that_it_goes_on() -> None:
    bar = progress.Progress("apps.yaml")

    bar.tell("apps.yaml", 500)

    assert bar.line() == f"[#{'-' * 29}]  0:00  apps.yaml  500 rows"


def test_nothing_is_shown_within_the_first_second_and_the_line_is_taken_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "is_terminal", lambda: True)
    with progress.shown_progress(["a.csv"]):
        pass
    assert capsys.readouterr().err == ""

    with progress.shown_progress(["a.csv"]):
        time.sleep(1.5)

    shown = capsys.readouterr().err
    assert "a.csv" in shown
    assert shown.endswith("\r")


def test_no_terminal_sees_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.shown_progress("a.csv"):
        time.sleep(1.3)

    assert capsys.readouterr().err == ""
