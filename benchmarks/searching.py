"""Who holds student numbers: our search inside one process, against recursive SQL written by hand."""

from __future__ import annotations

import gc
import sqlite3
import time
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.measure import Ratio, Run
from dataflows.actions.asking import ask_holds
from dataflows.catalog.database import Address
from dataflows.law.taxonomy import builtin_taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 10, 1)
SQL = """
WITH RECURSIVE
carrying AS (
  SELECT DISTINCT f.id, f.sender, f.receiver, x.value AS element
  FROM json_each(:elements) x
  JOIN json_each(x.value) b
  JOIN flow_elements e ON e.district = :district AND e.element = b.value
  JOIN flows f ON f.district = e.district AND f.id = e.flow
  WHERE (f.starts IS NULL OR f.starts <= :day) AND (f.ends IS NULL OR f.ends >= :day)
),
reach(party, element, hops) AS (
  SELECT receiver, element, 1 FROM carrying WHERE sender IN (:district, 'students')
  UNION
  SELECT c.receiver, c.element, r.hops + 1 FROM reach r
  JOIN carrying c ON c.sender = r.party AND c.element = r.element WHERE r.hops < 20
)
SELECT r.party, p.name, group_concat(DISTINCT r.element), min(r.hops), group_concat(DISTINCT c.id)
FROM reach r JOIN parties p ON p.district = :district AND p.id = r.party
JOIN carrying c ON c.receiver = r.party AND c.element = r.element
GROUP BY r.party ORDER BY min(r.hops), r.party
"""


def compare_searches(catalog: Path, size: int) -> Iterator[Ratio]:
    """Time both on one catalog, in turn; neither start nor imports are counted."""
    gc.disable()
    pairs = []
    for number in range(8):
        ours, found = _timed(lambda: ask_holds(Address.parse(str(catalog)), ["student-id"], None, DAY).holders)
        base, rows = _timed(lambda: _ask_by_hand(catalog))
        if len(found) != len(rows):
            raise RuntimeError(f"The two disagree: {len(found)} and {len(rows)} holders.")
        if number:
            pairs.append((Run(ours, 0), Run(base, 0)))
    yield Ratio(f"search of holds, {size:,} rows / SQL by hand", 2.0, tuple(pairs))


def _timed(ask):  # noqa: ANN001, ANN202  (any question, any answer)
    began = time.process_time()
    answer = ask()
    return time.process_time() - began, answer


def _ask_by_hand(catalog: Path) -> list[tuple[object, ...]]:
    import json

    taxonomy = builtin_taxonomy()
    wanted = [json.dumps(taxonomy.broader_than(element)) for element in taxonomy.narrower_than("student-id")]
    connection = sqlite3.connect(catalog)
    try:
        values = {"elements": json.dumps(wanted), "district": "big", "day": DAY.isoformat()}
        return connection.execute(SQL, values).fetchall()
    finally:
        connection.close()
