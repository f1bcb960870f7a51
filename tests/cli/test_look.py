"""`--look` on the command line: what a district's own folder does to a notice, and when it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.machine import CHECKOUT
from tests.unit.reporting.test_letterhead import drop_the_complaint, png

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

DAY = ("--as-of", "2026-08-15", "--look", "look")


@pytest.fixture
def folder(tmp_path: Path, dataflows_in: DataflowsIn) -> Path:
    """A folder with a catalog in which every document has something to say, and an empty look."""
    source = (CHECKOUT / "tests" / "data" / "maple.yaml").read_text(encoding="utf-8")
    (tmp_path / "maple.yaml").write_text(f"catalog: 1\n{source}", encoding="utf-8", newline="\n")
    (tmp_path / "look").mkdir()
    assert dataflows_in(tmp_path, "init").returncode == 0
    done = dataflows_in(tmp_path, "apply", "maple.yaml")
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.mark.parametrize("kind", ["annual", "package", "directory"])
def test_letterhead_style_sentence_and_template_stand_together(
    folder: Path, kind: str, dataflows_in: DataflowsIn
) -> None:
    (folder / "look" / "letterhead.png").write_bytes(png(120, 90))
    (folder / "look" / "style.css").write_text("h1 { color: #003366; }\n", encoding="utf-8")
    (folder / "look" / "sentences.csv").write_text(
        "language,sentence,instead\nen,At a glance,In short\n", encoding="utf-8"
    )
    done = dataflows_in(folder, "notice", kind, *DAY, "-o", "made.html")
    page = (folder / "made.html").read_text(encoding="utf-8")

    assert done.returncode == 0, done.stderr
    assert 'alt="Maple Grove Unified School District 21"' in page
    assert "h1 { color: #003366; }" in page
    assert "In short" in page
    assert "At a glance" not in page


@pytest.mark.parametrize("kind", ["annual", "package"])
def test_a_look_that_drops_an_item_refuses_and_a_draft_is_marked(
    folder: Path, kind: str, dataflows_in: DataflowsIn
) -> None:
    drop_the_complaint(folder / "look")
    done = dataflows_in(folder, "notice", kind, *DAY, "-o", "made.html")
    assert (done.returncode, (folder / "made.html").exists()) == (2, False)
    assert "  look: 34 CFR 99.7(a)(2)(iv): " in done.stderr
    assert "--draft" in done.stderr

    done = dataflows_in(folder, "notice", kind, *DAY, "--draft", "-o", "made.html")
    assert done.returncode == 0, done.stderr
    assert "not known yet are 34 CFR 99.7(a)(2)(iv)" in done.stderr
    assert 'data-draft="DRAFT"' in (folder / "made.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("letterhead.png", b"no picture", "look/letterhead.png: This is not a picture"),
        ("letterhead.png", png(40, 30)[:-9], "look/letterhead.png: The picture is cut off"),
        ("notice/annual.md.j2", b"{% if %}", "look/notice/annual.md.j2:1: The template can't be used"),
        ("notice/annual.md.j2", b"a\n{{ notice.nothing }}", "look/notice/annual.md.j2:2: The template can't be used"),
        ("style.css", b"@import 'x';", "look/style.css:1: '@import' may not stand here"),
        ("notice/other.md.j2", b"", "look/notice/other.md.j2: This stands for nothing of ours"),
    ],
)
@pytest.mark.parametrize("suffix", ["pdf", "html"])
def test_what_can_not_be_used_is_named_by_its_place_and_nothing_is_written(
    folder: Path, name: str, content: bytes, said: str, suffix: str, dataflows_in: DataflowsIn
) -> None:
    path = folder / "look" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    done = dataflows_in(folder, "notice", "annual", *DAY, "-o", f"made.{suffix}")

    assert (done.returncode, (folder / f"made.{suffix}").exists()) == (2, False)
    assert said in done.stderr.replace("\\", "/")
    assert "Traceback" not in done.stderr
