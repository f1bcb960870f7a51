"""The plain programs that ours are set against; each is run as a process of its own."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path


def write_rows(rows: str) -> None:
    """Write flow-element rows by `executemany`, and print the seconds that this alone took."""
    values = [tuple(row) for row in json.loads(Path(rows).read_text(encoding="utf-8"))]
    database = Path("baseline.db")
    database.unlink(missing_ok=True)
    connection = sqlite3.connect(database)
    connection.execute(
        "CREATE TABLE flows (district TEXT, flow TEXT, element TEXT, receiver TEXT, method TEXT, basis TEXT,"
        " starts TEXT, purpose TEXT, PRIMARY KEY (district, flow, element))"
    )
    began = time.process_time()
    connection.executemany("INSERT INTO flows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    connection.commit()
    print(time.process_time() - began)


def draw_dot(dot: str) -> None:
    """Draw a DOT file as SVG by Graphviz alone."""
    import pygraphviz

    graph = pygraphviz.AGraph(string=Path(dot).read_text(encoding="utf-8"))
    Path("baseline.svg").write_bytes(graph.draw(format="svg", prog="dot"))


def read_workbook(book: str) -> None:
    """Pass over every cell of a workbook with openpyxl, in its mode that only reads."""
    import openpyxl

    for sheet in openpyxl.load_workbook(book, read_only=True):
        for _row in sheet.iter_rows(values_only=True):
            pass


if __name__ == "__main__":
    {"write-rows": write_rows, "draw-dot": draw_dot, "read-workbook": read_workbook}[sys.argv[1]](sys.argv[2])
