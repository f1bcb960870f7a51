"""The first sheet of a workbook: how to work in it, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.sources.flat import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = tuple[str, str, str]
"""Kind (`title`, `name`, `head`, `line`), left and right cell."""

_ABOUT = {
    "district": "Your district itself, in one line: its name, state and the texts that its notices state.",
    "district.guidance": "What families are told beside the data.",
    "contacts": "Offices and roles that families can turn to.",
    "regulations": "District rules and state laws that families are pointed to.",
    "schools": "Your schools, with their grades and how many students each has.",
    "elements": "Kinds of data of your own, where the built-in list lacks them.",
    "vendors": "Companies that get, hold or pass on student data.",
    "vendors.contacts": "Whom to reach at a company, one line each.",
    "vendors.products": "Products of a company of which more is known than the name.",
    "vendors.seals": "Seals and certificates that a company holds.",
    "vendors.guidance": "What families are told about a company.",
    "parties": "Others that get student data and are no companies: agencies, colleges, researchers.",
    "agreements": "Contracts and terms, with what they allow and until when.",
    "agreements.amendments": "Changes to a contract, one line each.",
    "flows": "Which data goes from whom to whom, what for, on what legal basis, and since when.",
    "releases": "Releases that must be written down, about groups of students and never about one.",
    "notices": "Notices that went out to families by other ways than this program.",
    "waivers": "Findings that the district accepts for a time, and why.",
    "incidents": "Breaches and other incidents.",
    "incidents.notices": "Whom the district told of an incident, and when.",
    "requests": "What parents asked, without any name.",
    "monitoring": "What the district watches on devices that it issues.",
    "sources": "Where a fact is written: list and row say which row, title and url where.",
}


def explain_rows(district: str) -> Iterator[Row]:
    """Yield the rows of the sheet."""
    yield "title", "Student data that we share", ""
    yield "name", district, ""
    yield "line", "", ""
    for left, right in _HOW:
        yield "head", left, right
    yield "line", "", ""
    yield "head", "Sheet", "What stands in it"
    for name in sheets():
        yield "line", name, _ABOUT.get(name, "")


_HOW = (
    ("What this is", "The whole catalog as a workbook. Each sheet below is one list, and each line in it one thing."),
    ("Change something", "Type over it, or add a line at the end. Save the workbook as .xlsx."),
    (
        "See what changes",
        "dataflows plan FILE.xlsx lists every change and every mistake by its cell, and writes nothing.",
    ),
    ("Make it so", "dataflows apply FILE.xlsx writes the changes, all of them or none."),
    ("Mistakes", "dataflows plan FILE.xlsx --annotate marked.xlsx writes a copy with each mistake marked in its cell."),
    ("Red headings", "These columns must be filled in each line. Fill the other ones as far as you know."),
    ("Grey columns", "Columns such as 'to (name)' show names beside ids. What you change there is not read."),
    ("Names", "Where an id belongs, you may write a name that only one thing has. So you may for kinds of data."),
    ("Lists", "Several things in one cell are separated by ; (semicolon). A semicolon within one is written \\;"),
    ("Dates", "Dates are shown as 2026-06-30. Type them as you always do."),
    ("Languages", "A column such as purpose@es holds the Spanish text; purpose is in the first home language."),
    ("Empty cells", "An empty cell takes away what was there. A column that you delete changes nothing."),
    ("Deleted lines", "A line that you delete stays in the catalog, unless you plan and apply with --replace."),
    ("A ' in front", "A text that begins with = + - @ or ' has one more ' in front, so that no program runs it."),
    ("Never", "No student's name or number belongs here. The catalog says which kinds of data go where, never whose."),
)
