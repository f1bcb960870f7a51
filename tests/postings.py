"""What the tests of postings share: a district whose records are half known, in the state that asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dataflows.actions.write_notice import WrittenNotice, write_notice
from dataflows.reporting.kinds import POSTINGS
from tests.machine import CHECKOUT
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from dataflows.model.snapshot import Snapshot

DAY = date(2026, 9, 1)
GAP = "Not yet available, asked on September 1, 2026."
KINDS = sorted(POSTINGS)


def lakeview(kind: str) -> Snapshot:
    """Return the district of the tests, in the state that asks for a kind."""
    text = (CHECKOUT / "tests" / "data" / "postings" / "lakeview.yaml").read_text(encoding="utf-8")
    return snapshot_of(text.replace("state: XX", f"state: {POSTINGS[kind].states[0]}"), DAY.isoformat())


def written(kind: str, suffix: str = ".md", language: str = "en") -> str:
    """Return a posting of that district."""
    return write_notice(lakeview(kind), kind, issued=DAY, suffix=suffix, language=language).content.decode()


def post(text: str, kind: str, *, day: date = DAY, **words: Any) -> WrittenNotice:
    """Return a posting of a catalog in YAML; its state is the one that asks."""
    state = POSTINGS[kind].states[0]
    whole = text if "district:" in text else f"district: {{state: {state}, home_languages: [en, es]}}\n{text}"
    snapshot = snapshot_of(whole.replace("state: XX", f"state: {state}"), day.isoformat())
    return write_notice(snapshot, kind, issued=day, **{"suffix": ".md", "language": "en", **words})


def text_of(text: str, kind: str, **words: Any) -> str:
    """Return the same as text."""
    return post(text, kind, **words).content.decode()
