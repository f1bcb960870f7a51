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


def write_list(book: str, count: str) -> None:
    """Write a district's own list: apps with company, website, data, end of contract and schools."""
    kinds = (
        "First name, Last name, Grade level",
        "Student e-mail address; Student ID number",
        "None",
        "?",
        "Name; DOB",
    )
    head = ["App", "Company", "Website", "What it gets", "Contract ends", "Used at", "Status"]
    rows = (
        [f"App {n}", f"Vendor {n // 5} Learning, Inc.", f"https://www.vendor{n // 5}.com/app{n}", kinds[n % len(kinds)],
         f"6/{1 + n % 28}/2027", "All", "Approved"]
        for n in range(int(count))
    )  # fmt: skip
    _write_sheet(book, "Apps", [["Apps of the district"], head, *rows])


def write_narrow(book: str, count: str) -> None:
    """Write a workbook of ours with two columns."""
    district = [["id", "name", "state"], ["oak", "Oak County Schools", "MD"]]
    vendors = [["id", "name"], *([f"vendor-{n}", f"Vendor {n}"] for n in range(int(count)))]
    _write_sheet(book, "vendors", vendors, district=district)


def _write_sheet(path: str, name: str, rows: list[list[str]], **others: list[list[str]]) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for title, cells in {name: rows, **others}.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(row)
    book.save(path)


if __name__ == "__main__":
    programs = {
        "write-rows": write_rows, "draw-dot": draw_dot, "read-workbook": read_workbook, "write-list": write_list,
        "write-narrow": write_narrow,
    }  # fmt: skip
    programs[sys.argv[1]](*sys.argv[2:])
