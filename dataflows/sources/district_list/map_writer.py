"""Writes a mapping for a person to check: what each column is taken for, why, and who is one vendor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.sources.district_list.words import (
    BASIS,
    CONTRACT,
    ELEMENT,
    GIVEN_TO,
    GRADE,
    MANDATE,
    NOTHING,
    SCHOOL,
    meanings,
)
from dataflows.sources.grid import letters
from dataflows.sources.yaml_text import is_plain, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.sources.district_list.mapping import ColumnMap, Mapping, SheetMap, VendorMap

_WIDTH = 110


def format_mapping(mapping: Mapping, target: str = "map.yaml") -> str:
    """Return the text of map.yaml."""
    return "\n".join(_lines(mapping, target)) + "\n"


def _lines(mapping: Mapping, target: str) -> Iterator[str]:
    yield from _comment(f"How {mapping.file} is read. Look at each line, mend what is wrong, and then run:")
    yield f"#   dataflows plan {_one_line(mapping.file)} --mapping {_one_line(target)}"
    yield from _comment("A line that begins with # is not read. To strike a line out, put # in front of it.")
    yield "map: 1"
    yield f"file: {_text(mapping.file)}"
    yield ""
    for remark in mapping.remarks:
        yield from _comment(remark)
    yield "sheets:"
    for sheet in mapping.sheets:
        yield from _sheet_lines(sheet)
    if mapping.agreement_kind:
        yield ""
        yield from _comment(
            "Contracts of which the list does not say of what sort they are. `contract` says no more than that. Write"
            " dpa (data privacy agreement), ndpa (the national one), terms (accepted by a click), mou"
            " (memorandum of understanding), consent, research or audit where all of them are that."
        )
        yield f"agreement_kind: {mapping.agreement_kind}"
    yield ""
    if mapping.vendors:
        yield from _comment("Names that are taken for one vendor. Strike a name out, and it is a vendor of its own.")
        yield "vendors:"
        for vendor in mapping.vendors:
            yield from _vendor_lines(vendor)
    else:
        yield "vendors: []"
    yield from _school_lines(mapping)
    if mapping.sheets:
        yield from _words()


def _school_lines(mapping: Mapping) -> Iterator[str]:
    if mapping.schools:
        yield ""
        yield from _comment("Names that are taken for a school of the catalog. Strike a name out where it is another.")
        yield "schools:"
        for school in mapping.schools:
            yield from _vendor_lines(school)


def _words() -> Iterator[str]:
    """Yield the words for what a column may be."""
    yield ""
    yield "# What a column may be (is: ...):"
    width = max(map(len, meanings()))
    for is_, meaning in meanings().items():
        yield f"#   {is_.ljust(width)}  {meaning.about}"
    yield f"#   {(ELEMENT + 'email').ljust(width)}  a mark in the cell says that this element is given"
    yield f"#   {(BASIS + '99.31(a)(6)').ljust(width)}  a mark in the cell says that this is the legal basis"
    yield f"#   {(MANDATE + 'state').ljust(width)}  a mark says who demands it: federal, state or local rules"
    yield f"#   {(CONTRACT + 'dpa').ljust(width)}  a mark says that there is a contract of this sort"
    yield f"#   {(GIVEN_TO + 'NAME').ljust(width)}  a mark says that this vendor gets the data of the row"
    yield f"#   {(GRADE + '3').ljust(width)}  a mark says that this grade uses it"
    yield f"#   {(SCHOOL + 'NAME').ljust(width)}  a mark says that this school uses it"
    yield "# {column: A, is: vendor, blank: above}: an empty cell stands for the name above it."


def _sheet_lines(sheet: SheetMap) -> Iterator[str]:
    yield f"  - sheet: {_text(sheet.name)}" if sheet.name else '  - sheet: ""'
    for remark in sheet.remarks:
        yield from _comment(remark, "    ")
    yield f"    headings: {sheet.headings if sheet.headings is not None else 'none'}   # the row in which they stand"
    if sheet.dates:
        yield from _comment(f"{sheet.dates_reason}.", "    ")
        yield f"    dates: {sheet.dates}"
    if sheet.status:
        yield from _comment(f"So it stands for all that the sheet lists, by its name, {sheet.name!r}.", "    ")
        yield f"    status: {sheet.status}"
    yield "    columns:"
    for column in sheet.columns:
        yield from _column_lines(column)


def _column_lines(column: ColumnMap) -> Iterator[str]:
    certainty = column.certainty[:1].upper() + column.certainty[1:]
    name = "Not read" if column.is_ == NOTHING else certainty
    yield from _comment(f"{name}: {column.reason}.", "      ")
    heading = f", heading: {_text(' '.join(column.heading.split()))}" if column.heading else ""
    blank = f", blank: {column.blank}" if column.blank else ""
    yield f"      - {{column: {letters(column.column)}{heading}, is: {_text(column.is_)}{blank}}}"


def _vendor_lines(vendor: VendorMap) -> Iterator[str]:
    yield f"  - name: {_text(vendor.name)}"
    if vendor.id:
        yield f"    id: {vendor.id}"
    yield "    also:"
    for other in vendor.also:
        if other.reason:
            yield from _comment(f"{other.reason}.", "      ")
        yield f"      - {_text(other.name)}"


def _text(text: str) -> str:
    return text if is_plain(text, in_flow=True) else quoted(text)


def _comment(text: str, indent: str = "") -> Iterator[str]:
    """Yield a remark as comment lines; a line break in what was found can't end the comment."""
    line = ""
    for word in text.split():
        shown = "".join(sign if sign.isprintable() else " " for sign in word)
        if line and len(indent) + len(line) + len(shown) + 3 > _WIDTH:
            yield f"{indent}# {line}"
            line = shown
        else:
            line = f"{line} {shown}" if line else shown
    yield f"{indent}# {line}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
