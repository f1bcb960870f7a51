"""Precision and recall of `notice check`, item by item and for both answers, over a folder of labelled texts.

    python -m benchmarks.notice_check [FOLDER]

FOLDER has `labels.csv`: a column `file`, and one an item of 34 CFR 99.7 with 1 (stated), 0 (not stated)
or ? (arguable, not counted).  Without FOLDER, ../shared/data/notices is taken where it is there.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from dataflows.checking.cues import items
from dataflows.checking.notice_check import check_document
from dataflows.sources.document_text import read_document

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "notices"
DAY = date(2026, 11, 24)


def count(folder: Path) -> tuple[Counter[tuple[str, bool, bool]], list[str]]:
    """Count (item, label, answer) over a folder, and list where they differ."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    wrong = []
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as labels:
        for row in csv.DictReader(labels):
            for item in check_document(read_document(folder / row["file"]), DAY).items:
                if row[item.id] == "?":
                    continue
                label = row[item.id] == "1"
                counts[item.id, label, item.present] += 1
                if label != item.present:
                    wrong.append(f"{row['file']}: {item.id} is {'stated' if label else 'not stated'}")
    return counts, wrong


def rate(part: int, whole: int) -> str:
    return f"{part / whole:6.3f}" if whole else "     -"


def main(words: list[str]) -> int:
    folder = Path(words[0]) if words else DEFAULT
    if not (folder / "labels.csv").is_file():
        print(f"There are no labelled texts in {folder}.", file=sys.stderr)
        return 2
    started = time.perf_counter()
    counts, wrong = count(folder)
    print(f"{'item':15} {'stated':>22} {'not stated':>22}")
    print(f"{'':15} {'n  precision  recall':>22} {'n  precision  recall':>22}")
    for item in items():
        cells = []
        for answer in (True, False):
            right = counts[item.id, answer, answer]
            labelled = right + counts[item.id, answer, not answer]
            answered = right + counts[item.id, not answer, answer]
            cells.append(f"{labelled:4} {rate(right, answered)}   {rate(right, labelled)}")
        print(f"{item.id:15} {cells[0]:>22} {cells[1]:>22}")
    right = sum(number for (_, label, answer), number in counts.items() if label == answer)
    print(f"{right} of {counts.total()} answers as labelled, in {time.perf_counter() - started:.1f} s")
    for line in wrong:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
