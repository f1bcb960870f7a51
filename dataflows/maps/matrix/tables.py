"""The matrix as a table: CSV, a workbook, and a page with a table that a screen reader reads well."""

from __future__ import annotations

import csv
import io
import tempfile
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # writes only

from dataflows import assets
from dataflows.maps.labels import clean
from dataflows.maps.marks import CHANGES
from dataflows.maps.matrix.key import found_lines
from dataflows.maps.matrix.telling import cells_in_words, count_of_findings, method_word
from dataflows.maps.matrix.words import counts_of, language_of, notes_of, subtitle_of, title_of
from dataflows.maps.palettes import page_colours
from dataflows.sources.cells import guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.maps.matrix.shapes import Column, MatrixParty, MatrixView

_SIGNS_A_COLUMN = 6
"""So much of a category's name has room above one column."""


def export_csv(view: MatrixView) -> bytes:
    """Return a row a party, a column an element or category by its id; with a byte order mark, as Excel wants it."""
    said = view.wording.matrix["table"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    heads = [said[name] for name in ("id", "party", "kind", "passes")]
    writer.writerow([*heads, *(column.id for column in view.columns), *beside_heads(view)])
    beside = beside_cells(view)
    for party in view.parties:
        first = [party.id, party.name, party.kind, "; ".join(party.passes_to)]
        cells = [_cell(party, column) for column in view.columns]
        writer.writerow([guard(text) if text else "" for text in (*first, *cells, *beside[party.id])])
    return stream.getvalue().encode("utf-8-sig")


def export_xlsx(view: MatrixView) -> bytes:
    """Return a workbook of one sheet, its heads and names in sight while one scrolls."""
    from dataflows.sources.xlsx_xml import Cell, SheetPlan, Style, write_book

    said = view.wording.matrix["table"]
    heads = [said["party"], said["id"], said["kind"], said["passes"], *(column.name for column in view.columns)]
    heads += beside_heads(view)
    rows: list[list[Cell | None]] = [[Cell(head, Style.HEADER) for head in heads]]
    beside = beside_cells(view)
    for party in view.parties:
        first = [party.shown, party.id, party.kind, "; ".join(view.names[id] for id in party.passes_to)]
        texts = [*first, *(_cell(party, column) for column in view.columns), *beside[party.id]]
        rows.append([Cell(text, Style.PLAIN) if text else None for text in texts])
    last = [Cell(said["total"], Style.WORD), None, None, None]
    rows.append([*last, *(Cell(str(column.parties), Style.NUMBER, is_number=True) for column in view.columns)])
    widths = [(width, Style.PLAIN) for width in (36.0, 24.0, 14.0, 24.0)]
    widths += [(max(12.0, len(column.name) + 2.0), Style.PLAIN) for column in view.columns]
    widths += [(40.0, Style.PLAIN) for _ in beside_heads(view)]
    with tempfile.TemporaryDirectory(prefix="dataflows-") as folder:
        path = Path(folder) / "matrix.xlsx"
        write_book(path, [SheetPlan(said["sheet"], rows, widths, frozen=1)], f"{title_of(view)}, {subtitle_of(view)}")
        return path.read_bytes()


def export_html(view: MatrixView, theme: str) -> bytes:
    """Return a page with the table: every head has its scope, every cell its words, nothing is loaded or run."""
    style = page_colours(theme) + (assets.folder("reports") / "map" / "matrix.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    html = ET.Element("html", {"lang": language_of(view)})
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    ET.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    ET.SubElement(head, "title").text = f"{title_of(view)} · {subtitle_of(view)}"
    ET.SubElement(head, "style").text = style
    main = ET.SubElement(ET.SubElement(html, "body"), "main")
    ET.SubElement(main, "h1").text = title_of(view)
    ET.SubElement(main, "p", {"class": "quiet"}).text = f"{subtitle_of(view)} · {counts_of(view)}"
    if view.parties:
        _legend(main, view)
        _table(main, view)
    for heading, text in notes_of(view):
        if heading:
            ET.SubElement(main, "h2").text = heading
        ET.SubElement(main, "p").text = clean(text)
    if view.findings is not None:
        _findings(main, view)
    return b"<!DOCTYPE html>\n" + ET.tostring(html, encoding="unicode", method="html").encode() + b"\n"


def beside_heads(view: MatrixView) -> list[str]:
    """Return the heads of what stands beside the data of the day: what changed, what an audit finds."""
    said = view.wording.matrix["table"]
    heads = [said["changes"][change].format(day=view.compared_with) for change in CHANGES] if view.compared_with else []
    return heads if view.findings is None else [*heads, str(said["found"])]


def beside_cells(view: MatrixView) -> dict[str, list[str]]:
    """Return each party's cells below these heads."""
    names = {column.id: column.name for column in view.columns}
    found: dict[str, Counter[tuple[str, str]]] = {}
    for finding in view.findings or ():
        found.setdefault(finding.party, Counter())[finding.severity, clean(finding.text)] += 1

    def cells_of(party: MatrixParty) -> Iterator[str]:
        for change in CHANGES if view.compared_with else ():
            changed = party.changes.get(change, {})
            yield "; ".join(
                f"{names[column]} ({', '.join(method_word(view, method) for method in methods)})"
                for column, methods in changed.items()
            )
        if view.findings is not None:
            counted = found.get(party.id, Counter()).items()
            said = view.wording.words["findings"]
            yield "; ".join(f"{said[severity]}: {text}{f' ({n}x)' if n > 1 else ''}" for (severity, text), n in counted)

    return {party.id: list(cells_of(party)) for party in view.parties}


def _cell(party: MatrixParty, column: Column) -> str:
    methods = "; ".join(party.cells.get(column.id, ()))
    if methods and column.kind == "category":
        return f"{methods} {party.counts[column.id]}/{column.size}"
    return methods


def _legend(main: ET.Element, view: MatrixView) -> None:
    said = view.wording.matrix
    ET.SubElement(main, "p").text = f"{said['legend']['row']} {said['table']['legend']}"
    used = {method for party in view.parties for methods in party.cells.values() for method in methods}
    listed = ET.SubElement(main, "ul", {"class": "legend"})
    for method, text in said["method_words"].items():
        if method in used:
            item = ET.SubElement(listed, "li")
            mark = ET.SubElement(item, "span", {"class": f"mark {method} medium", "aria-hidden": "true"})
            mark.text, mark.tail = said["letters"][method], f" {text}"
    levels = {column.sensitivity for column in view.columns}
    for level, text in said["level_words"].items():
        if level in levels:
            item = ET.SubElement(listed, "li")
            mark = ET.SubElement(item, "span", {"class": f"mark {level}", "aria-hidden": "true"})
            mark.text, mark.tail = said["levels"][level], f" {said['table']['sensitivity'].format(level=text)}"


def _table(main: ET.Element, view: MatrixView) -> None:
    said = view.wording.matrix["table"]
    region = {"class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": "caption"}
    table = ET.SubElement(ET.SubElement(main, "div", region), "table")
    caption = ET.SubElement(table, "caption", {"id": "caption"})
    caption.text = said["caption"].format(title=title_of(view), subtitle=subtitle_of(view))
    head = ET.SubElement(table, "thead")
    if view.by == "element":
        _category_heads(ET.SubElement(head, "tr"), view)
    names = ET.SubElement(head, "tr")
    ET.SubElement(names, "th", {"scope": "col"}).text = said["party"]
    levels = view.wording.matrix["levels"]
    for column in view.columns:
        cell = ET.SubElement(names, "th", {"scope": "col"})
        ET.SubElement(cell, "span", {"class": "up"}).text = column.name
        mark = ET.SubElement(cell, "span", {"class": f"mark {column.sensitivity}", "aria-hidden": "true"})
        mark.text = levels[column.sensitivity]
        ET.SubElement(
            cell, "span", {"class": "said"}
        ).text = f", {said['sensitivity'].format(level=view.wording.matrix['level_words'][column.sensitivity])}"
    for text in (said["passes"], *beside_heads(view)):
        ET.SubElement(names, "th", {"scope": "col", "class": "text"}).text = text
    body = ET.SubElement(table, "tbody")
    for party in view.parties:
        _row(ET.SubElement(body, "tr"), view, party)
    foot = ET.SubElement(ET.SubElement(table, "tfoot"), "tr")
    ET.SubElement(foot, "th", {"scope": "row"}).text = said["total"]
    for column in view.columns:
        ET.SubElement(foot, "td").text = f"{column.parties:,}"
    for _ in range(1 + len(beside_heads(view))):
        ET.SubElement(foot, "td")


def _beside_in_short(view: MatrixView, party: MatrixParty) -> Iterator[str]:
    """Say what changed, method by method, and how much an audit finds: what to do stands below the table."""
    for change in CHANGES if view.compared_with else ():
        changed = party.changes.get(change)
        is_all = change == "added" and party.is_new
        yield str(view.wording.matrix["table"]["all"]) if is_all else cells_in_words(view, changed) if changed else ""
    if view.findings is not None:
        yield count_of_findings(view, party)


def _findings(main: ET.Element, view: MatrixView) -> None:
    """Say what an audit finds, and about whom; what to do is English, as the rules are."""
    said = view.wording.matrix["key"]
    ET.SubElement(main, "h2", {"id": "found"}).text = said["found"]
    if not view.findings:
        ET.SubElement(main, "p").text = said["found_nothing"]
        return
    listed = ET.SubElement(main, "ul", {"class": "found"})
    for line in found_lines(view):
        item = ET.SubElement(listed, "li")
        ET.SubElement(item, "strong").text = line.severity
        cure = ET.SubElement(item, "span", {"lang": "en"})
        cure.text, cure.tail = line.text, " "
        ET.SubElement(item, "bdi", {"class": "quiet"}).text = line.names


def _category_heads(row: ET.Element, view: MatrixView) -> None:
    ET.SubElement(row, "td")
    for category, columns in groupby(view.columns, key=lambda column: column.category):
        count, name = len(list(columns)), view.categories.get(category, category)
        head = ET.SubElement(row, "th", {"scope": "colgroup", "colspan": str(count)})
        # Where few columns give it little room, a name is written upwards.
        ET.SubElement(head, "span", {"class": "up"} if len(name) > _SIGNS_A_COLUMN * count else {}).text = name
    for _ in range(1 + len(beside_heads(view))):
        ET.SubElement(row, "td")


def _row(row: ET.Element, view: MatrixView, party: MatrixParty) -> None:
    letters = view.wording.matrix["letters"]
    name = ET.SubElement(row, "th", {"scope": "row"})
    ET.SubElement(name, "bdi").text = party.shown
    for column in view.columns:
        cell = ET.SubElement(row, "td")
        for method in party.cells.get(column.id, ()):
            mark = ET.SubElement(cell, "span", {"class": f"mark {method} {column.sensitivity}", "aria-hidden": "true"})
            mark.text = letters[method]
            ET.SubElement(cell, "span", {"class": "said"}).text = f"{method_word(view, method)} "
        if column.kind == "category" and party.counts.get(column.id):
            ET.SubElement(cell, "span").text = f"{party.counts[column.id]}/{column.size}"
    for text in (", ".join(view.names[id] for id in party.passes_to), *_beside_in_short(view, party)):
        ET.SubElement(ET.SubElement(row, "td", {"class": "text"}), "span").text = text
