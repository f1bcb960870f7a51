"""Tables that lost their borders when they were pasted: headings that run into one another in one line.

The headings are told apart by the words that are known.  What stands below is cut only where that
is certain: a name, then what is said of it.  Marks without their columns can't be told apart any
more; they are kept as a text of their own, which is listed and not read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dataflows.law.taxonomy import element_words
from dataflows.sources.district_list.domains import find_addresses
from dataflows.sources.district_list.phrases import single_phrases
from dataflows.sources.district_list.words import meanings
from dataflows.sources.grid_line import LONGEST_NAME, NAMES, Found, Line, is_bulleted, make_line_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.sources.grid import Row

_SHORTEST_WORD = 4
_LONGEST_HEAD = 5_000
_MARKED = (
    "federal requirement", "state requirement", "local (LEA) decision", "local decision", "school official",
    "directory information", "audit evaluation", "studies", "accreditation", "child nutrition",
    "juvenile justice services", "written parental consent",
)  # fmt: skip
"""Headings of columns of marks that are no kind of data."""
_BORDER = re.compile(r"(?<=[a-z0-9).;:])(?=[A-Z(])")
_MARKS = re.compile(r"[xX✓sS]{3,}$")
_ADDRESSES = ("website", "privacy policy", "terms of service", "agreement link")


class _Heading(NamedTuple):
    """A heading within a line: its text, and what it means; nothing where it is a kind of data."""

    text: str
    is_: str


def find_joined(lines: Sequence[Line]) -> Found | None:
    """Return the table below the first line of which most is known headings without borders, four or more."""
    for index, line in enumerate(lines):
        headings = _cut_headings(line.text) if len(line.text) <= _LONGEST_HEAD else []
        if sum(map(line.text.count, ",:;")) * 2 >= len(headings):
            continue  # A list, or a label with one: headings that lost their borders have no signs between them.
        kinds = [heading.is_ for heading in headings]
        if len(headings) < 4 or set(NAMES).isdisjoint(kinds) or len(line.text) < 40:
            continue
        body = lines[index + 1 :]
        is_spaced = " " in line.text and not re.search(r"[a-z][A-Z]", line.text)
        rows = list(_paragraphs(body, headings)) if is_spaced else list(_strings(body, headings))
        if rows:
            head = make_line_row(line.number, {n: Line(line.number, h.text) for n, h in enumerate(_shown(headings))})
            return Found([head, *rows], {line.number, *(line.number for line in body)})
    return None


def _shown(headings: list[_Heading]) -> list[_Heading]:
    """Return the headings that a row can be cut by: those before the marks, and one for the marks."""
    first = next((n for n, heading in enumerate(headings) if not heading.is_), len(headings))
    return [*headings[:first], *([_Heading("Marks without columns", "nothing")] if first < len(headings) else [])]


def _cut_headings(text: str) -> list[_Heading]:
    """Return the headings of which a line consists; none where more than a fifth of it is none of them."""
    word, places = _squeezed(text)
    found: list[_Heading] = []
    at = unknown = start = 0
    while at < len(word):
        size, is_ = _longest(word, at)
        if size:
            end = places[at + size] if at + size < len(word) else len(text)
            end -= _begins_with_s(word, at + size) and text[end - 1] in "sS"
            found.append(_Heading(text[start:end].strip(" /-\t"), is_))
            at, start = at + size, end
        else:
            unknown += 1
            at += 1
    return found if unknown * 5 <= len(word) else []


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text, folded, and where each stands; no `s`, as known words have no plural."""
    kept = [(sign.casefold(), place) for place, sign in enumerate(text) if sign.isalnum() and sign not in "sS"]
    return "".join(sign[:1] for sign, _ in kept), [place for _, place in kept]


def _longest(word: str, at: int) -> tuple[int, str]:
    known, most = _known_words()
    for size in range(min(most, len(word) - at), _SHORTEST_WORD - 1, -1):
        if (is_ := known.get(word[at : at + size])) is not None:
            return size, is_
    return 0, ""


def _begins_with_s(word: str, at: int) -> bool:
    """Tell whether the heading that begins here is written with an `s` in front: `STUDENT POPULATION`."""
    size, _ = _longest(word, at)
    return word[at : at + size] in _s_words()


@cache
def _s_words() -> frozenset[str]:
    every = (*element_words(), *single_phrases(), *_MARKED, *(text for one in meanings().values() for text in one.sure))
    return frozenset(_squeezed(text)[0] for text in every if text[:1] in "sS")


@cache
def _known_words() -> tuple[dict[str, str], int]:
    """Return headings and kinds of data, squeezed, with what they mean; and how long the longest is."""
    heads: dict[str, str] = {}
    for is_, meaning in meanings().items():
        for text in sorted(meaning.sure):
            heads.setdefault(_squeezed(text)[0], is_)
    data = dict.fromkeys((_squeezed(text)[0] for text in (*element_words(), *single_phrases(), *_MARKED)), "")
    known = {word: is_ for word, is_ in (data | heads).items() if len(word) >= _SHORTEST_WORD}
    return known, max(map(len, known))


def _paragraphs(body: Sequence[Line], headings: list[_Heading]) -> Iterator[Row]:
    """Yield rows of which each cell is paragraphs: a name, its texts, and an address, which is the last."""
    name_at = next(n for n, heading in enumerate(headings) if heading.is_ in NAMES)
    link_at = next((n for n, heading in enumerate(headings) if heading.is_ in _ADDRESSES), None)
    text_at = next((n for n, heading in enumerate(headings) if heading.is_ in ("elements", "student data")), None)
    row: dict[int, list[Line]] = {}
    for line in body:
        is_name = (
            len(line.text) <= LONGEST_NAME and not line.text.endswith((".", ":", ",")) and not is_bulleted(line.text)
        )
        if is_name and not find_addresses(line.text) and (not row or link_at in row):
            yield from _made(row)
            row = {name_at: [line]}
        elif row and link_at is not None and find_addresses(line.text) and len(line.text.split()) < 4:
            row.setdefault(link_at, []).append(line)
        elif row and text_at is not None:
            row.setdefault(text_at, []).append(line)
    yield from _made(row)


def _made(row: dict[int, list[Line]]) -> Iterator[Row]:
    if row:
        cells = {n: Line(lines[0].number, "\n".join(line.text for line in lines)) for n, lines in row.items()}
        yield make_line_row(min(line.number for line in cells.values()), dict(sorted(cells.items())))


def _strings(body: Sequence[Line], headings: list[_Heading]) -> Iterator[Row]:
    """Yield rows whose cells run into one another: cut where a small letter meets a capital, as far as they fit."""
    columns = _shown(headings)
    texts = [n for n, heading in enumerate(columns) if heading.is_ and heading.text != columns[-1].text]
    for line in body:
        number = re.match(r"\d+[xX✓]?(?=[A-Z])", line.text)
        pieces = list(_cut(line.text[number.end() :] if number else line.text))
        wanted = [n for n in texts if n >= len(texts) - _named(columns, texts)]
        marks = next((n for n, piece in enumerate(pieces) if _MARKS.search(piece)), None)
        if number is None or marks is None or marks + 1 < len(wanted):
            continue
        cells = {0: Line(line.number, number[0])}
        cells |= {n: Line(line.number, piece) for n, piece in zip(wanted, pieces, strict=False)}
        last = pieces[len(wanted) - 1]
        cells[wanted[-1]] = Line(line.number, _MARKS.sub("", last).strip())
        marked = " ".join((*_MARKS.findall(last), *pieces[len(wanted) :]))
        cells[len(columns) - 1] = Line(line.number, marked)
        yield make_line_row(line.number, dict(sorted(cells.items())))


def _named(columns: list[_Heading], texts: list[int]) -> int:
    """Return how many columns hold words: those from the category or the name on; numbers and marks go before."""
    first = next(n for n in texts if columns[n].is_ in (*NAMES, "category"))
    return len([n for n in texts if n >= first])


def _cut(text: str) -> Iterator[str]:
    start = 0
    for match in _BORDER.finditer(text):
        before, after = text[start : match.start()], text[match.start() :]
        if re.match(r"[A-Z]{1,2}(?:-|\d|\s|$)", after) or before.endswith("pre") or not before.strip():
            continue
        yield before.strip()
        start = match.start()
    yield text[start:].strip()
