"""The same rows, written as a list in any of its forms, become what a slow plain reading of them says."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dataflows.actions.map_columns import map_columns
from dataflows.law.taxonomy import builtin_taxonomy
from tests.catalogs import OAK, Bench

TREES = ("Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Ginkgo", "Hazel")
HEADINGS = {
    "product": ("App", "Application Name", "Software Title", "Digital Tool", "Name of app"),
    "vendor": ("Company", "Vendor", "Provider Name", "Publisher", "Proveedor"),
    "elements": ("Data Elements", "What it gets", "PII Shared", "Student data collected", "Datos recopilados"),
    "grades": ("Grades", "Grade Level", "Grade band"),
}
NOT_KNOWN = ("?", "TBD", "n/a", "", "pending")
NONE = ("None", "none", "No PII collected", "No student data")
ELEMENTS = sorted(
    id
    for id, one in builtin_taxonomy().elements.items()
    if not re.search(r"[,(]|other", "".join(one.name.by_language.values()))
)
"""Those whose name is one piece of a list."""


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw rows: a product, its vendor, and which data it takes: elements, none, or not known."""
    numbers = draw(st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True))
    made = []
    for number in numbers:
        data = draw(
            st.one_of(st.sets(st.sampled_from(ELEMENTS), min_size=1, max_size=5), st.sampled_from(("none", "")))
        )
        tree = draw(st.sampled_from(TREES))
        made.append({"product": f"Tool {number}", "vendor": f"{tree} Systems", "elements": data})
    return made


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """Draw how a list is written."""
    return {
        "form": draw(st.sampled_from(("csv", ";", "\t", "xlsx", "html", "bars"))),
        "titles": draw(st.integers(0, 3)),
        "headings": {name: draw(st.sampled_from(words)) for name, words in HEADINGS.items()},
        "order": draw(st.permutations(("product", "vendor", "elements", "grades"))),
        "is_matrix": draw(st.booleans()),
        "separator": draw(st.sampled_from((", ", "; "))),
        "unknown": draw(st.sampled_from(NOT_KNOWN)),
        "none": draw(st.sampled_from(NONE)),
    }


def name_of(id: str) -> str:
    return next(iter(builtin_taxonomy().elements[id].name.by_language.values()))


def cells_of(listed: list[dict[str, Any]], form: dict[str, Any]) -> list[list[str]]:
    """Return the cells of a list: its titles, its headings, its rows."""
    every = sorted({id for row in listed if isinstance(row["elements"], set) for id in row["elements"]})
    is_matrix = form["is_matrix"] and every
    names = [name for name in form["order"] if not (is_matrix and name == "elements")]
    head = [form["headings"][name] for name in names] + ([name_of(id) for id in every] if is_matrix else [])
    found = [[f"List {number} of the technology office"] for number in range(form["titles"])] + [head]
    for row in listed:
        data = row["elements"]
        text = form["separator"].join(map(name_of, sorted(data))) if isinstance(data, set) else form[data or "unknown"]
        values = {"product": row["product"], "vendor": row["vendor"], "elements": text, "grades": "K-5"}
        marks = [("x" if isinstance(data, set) and id in data else "") for id in every] if is_matrix else []
        found.append([values[name] for name in names] + marks)
    return found


def write(cells: list[list[str]], form: str, folder: Path) -> Path:
    if form == "xlsx":
        book = Workbook()
        assert book.active is not None
        for row in cells:
            book.active.append([cell or None for cell in row])
        book.save(folder / "list.xlsx")
        return folder / "list.xlsx"
    if form == "html":
        text = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
        return text_file(folder / "list.html", f"<html><table>{text}</table></html>")
    if form == "bars":
        width = max(map(len, cells))
        lines = [" | ".join(row) for row in cells]
        at = next(n for n, row in enumerate(cells) if len(row) > 1)
        lines.insert(at + 1, "|".join(["---"] * width))
        return text_file(folder / "list.txt", "\n".join(lines) + "\n")
    stream = io.StringIO()
    csv.writer(stream, delimiter="," if form == "csv" else form, lineterminator="\n").writerows(cells)
    return text_file(folder / ("list.tsv" if form == "\t" else "list.csv"), stream.getvalue())


def text_file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def plain_reading(listed: list[dict[str, Any]], *, is_matrix: bool) -> tuple[Any, Any, Any]:
    """Return vendors with their products, flows, and what takes none: row by row, as a person would."""
    vendors: dict[str, set[str]] = {}
    flows = set()
    none = set()
    for row in listed:
        vendors.setdefault(row["vendor"], set()).add(row["product"])
        if isinstance(row["elements"], set):
            flows.add((row["vendor"], row["product"], frozenset(row["elements"])))
        elif row["elements"] == "none" and not is_matrix:
            none.add(row["product"])
    return vendors, flows, none


@given(rows(), forms())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_list_in_any_form_becomes_what_its_rows_say(
    empty_catalog: Path, listed: list[dict[str, Any]], form: dict[str, Any]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(empty_catalog, folder / "catalog.db")
        bench = Bench(str(folder / "catalog.db"), folder)
        bench.apply(OAK)
        path = write(cells_of(listed, form), form["form"], folder)
        mapping = text_file(folder / "map.yaml", map_columns(str(path)).text)

        bench.catalog.apply(path, by="Tester", mapping=mapping, at=bench.moment(9))

        vendors = bench.rows("vendors")
        products = [
            (body["name"], product if isinstance(product, dict) else {"name": product})
            for body in vendors.values()
            for product in body.get("products", ())
        ]
        found: dict[str, set[str]] = {body["name"]: set() for body in vendors.values()}
        for vendor, product in products:
            found[vendor].add(product["name"])
        flows = {
            (vendors[body["to"]]["name"], body["product"], frozenset(body["elements"]))
            for body in bench.rows("flows").values()
        }
        none = {product["name"] for _, product in products if product.get("student_data") == "none"}
        is_matrix = form["is_matrix"] and any(isinstance(row["elements"], set) for row in listed)
        assert (found, flows, none) == plain_reading(listed, is_matrix=bool(is_matrix))
        assert bench.catalog.plan(path, mapping=mapping).is_empty
