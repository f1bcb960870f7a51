"""Reads an overview back from its PDF's own text: words and where they stand, nothing else."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field

from tests.paper import poppler

METHODS = {"P": "provided", "C": "collected", "U": "contributed", "?": "unstated"}
LEVELS = set("LMH!")
FOOT = 38.0
"""The lowest points of a page hold its title and number."""
_MARKS_OF_CELL = r"[PCU?]+(\d+/\d+)?"
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*?)</word>', re.DOTALL)
_ENTRY = re.compile(
    r"(?P<name>“(?:[^”]|””)*”|.*?)(?P<raised>›[a-z,]+)?(?P<marks>(?: [+−]\S+)*)"
    r"(?P<changes>(?: \[(?:new|ended|corrected)[^\]]*\])*)(?P<found>(?: [▲◆●]\d+)*)$"
)
_CHANGE = re.compile(r"\[(new|ended|corrected)([^\]]*)\]")
CHANGES = {"new": "added", "ended": "ended", "corrected": "changed"}
_LEADS = (
    "^(?:Itself a source, not counted|Only by way of others|Only pass data on and get none, not counted"
    "|Nothing any more): "
)
_MARK = re.compile(r"([+−])([^\s/]+)(?:/([PCU?]+))?")


@dataclass
class Word:
    """A word and its box, in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    low: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.low) / 2


@dataclass
class Decoded:
    """What an overview says."""

    cells: set[tuple[str, str, str]] = field(default_factory=set)
    """(name, code, method)"""
    passes: set[tuple[str, str]] = field(default_factory=set)
    """(name, raised letter)"""
    names: list[str] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    changes: set[tuple[str, str, str, str]] = field(default_factory=set)
    """(name, change, code, method)"""
    found: dict[str, str] = field(default_factory=dict)
    """By name the signs of what an audit finds."""


def pages_of(content: bytes) -> list[tuple[float, float, list[Word]]]:
    """Return width, height and words of each page."""
    said = poppler("pdftotext", content, "-bbox")
    return [
        (
            float(width),
            float(height),
            [
                Word(unicodedata.normalize("NFKC", html.unescape(text)), *map(float, box))
                for *box, text in _WORD.findall(body)
            ],
        )
        for width, height, body in _PAGE.findall(said)
    ]


def squeezed(name: str) -> str:
    """Leave out spaces: a long name is broken over lines."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def decode(content: bytes) -> Decoded:
    """Read the rows of a grouped overview, and the list of raised letters."""
    found = Decoded()
    for _, height, every in pages_of(content):
        if any(word.text == "Key:" for word in every):
            break
        words = [word for word in every if word.y < height - FOOT]
        _decode_page(words, found)
        _decode_letters(words, found)
    return found


def _decode_page(words: list[Word], found: Decoded) -> None:
    label = next((word for word in words if word.text == "Who" and _next(words, word) == "gets what is marked"), None)
    if label is None:
        _decode_full_page(words, found)
        return
    names_x = label.left
    chips = _line_of_chips(words, names_x)
    low = max(chip.low for chip in chips)
    codes = [_above(words, chip) for chip in chips]
    below = [word for word in words if word.top > low - 1]
    left = min(chip.left for chip in chips)
    total = next((w.y for w in below if w.text == "parties" and abs(w.left - names_x) < 2), float("inf"))
    counts = [w for w in below if w.right < left and re.fullmatch(r"[\d,]+|…|–", w.text) and w.y < total - 3]
    counts.sort(key=lambda word: word.y)
    for number, count in enumerate(counts):
        end = counts[number + 1].top - 1 if number + 1 < len(counts) else total - 3
        row = [word for word in below if count.top - 3 <= word.y < end]
        marks = [w for w in row if count.right < w.left < names_x - 20 and abs(w.y - count.y) < 4]
        cells = _cells(marks, codes)
        _decode_names([word for word in row if word.left > names_x - 2], cells, found)


def _decode_full_page(words: list[Word], found: Decoded) -> None:
    """Read a page with a row a party: its name at the left, how many columns it has at the right."""
    label = next((word for word in words if word.text == "Party"), None)
    if label is None:
        return
    chips = _line_of_chips(words, float("inf"))
    low = max(chip.low for chip in chips)
    codes = [_above(words, chip) for chip in chips]
    below = [word for word in words if word.top > low - 1]
    named = label.left - 2
    total = next(
        (
            w.y
            for w in below
            if w.text == "parties" and abs(w.left - label.left) < 2 and _next(words, w).startswith("in all")
        ),
        float("inf"),
    )
    edge = max((w.right for w in below if w.y < total - 3), default=0.0)
    counts = [w for w in below if edge - w.right < 1 and w.text.isdigit() and w.y < total - 3]
    counts.sort(key=lambda word: word.y)
    room = chips[1].x - chips[0].x if len(chips) > 1 else 20.0
    first = [w.left for w in below if chips[0].x - room < w.left < chips[0].x and re.fullmatch(_MARKS_OF_CELL, w.text)]
    left = min([chips[0].x - 4, *first]) - 1
    for number, count in enumerate(counts):
        end = counts[number + 1].top - 1 if number + 1 < len(counts) else total - 3
        row = [word for word in below if count.top - 3 <= word.y < end and word is not count]
        marks = [w for w in row if w.left > left and abs(w.y - count.y) < 4]
        _decode_names([word for word in row if named < word.left <= left], _cells(marks, codes), found)


def _next(words: list[Word], word: Word) -> str:
    place = words.index(word)
    return " ".join(other.text for other in words[place + 1 : place + 5])


def _line_of_chips(words: list[Word], names_x: float) -> list[Word]:
    """Return the letters of sensitivity below the heads: the longest line of them left of the names."""
    letters = [word for word in words if word.text in LEVELS and word.x < names_x]
    lines = [[other for other in letters if abs(other.y - word.y) < 1] for word in letters]
    return sorted(max(lines, key=len), key=lambda word: word.x)


def _above(words: list[Word], chip: Word) -> tuple[str, float]:
    code = min(
        (w for w in words if abs(w.x - chip.x) < 2 and 2 < chip.y - w.y < 20 and w.right - w.left < 30),
        key=lambda word: chip.y - word.y,
    )
    return code.text, chip.x


def _cells(marks: list[Word], codes: list[tuple[str, float]]) -> dict[str, set[str]]:
    cells: dict[str, set[str]] = {}
    for word in marks:
        letters = re.match(r"[PCU?]+", word.text)
        if letters:
            code = min(codes, key=lambda code: abs(code[1] - word.x))[0]
            cells.setdefault(code, set()).update(METHODS[letter] for letter in letters[0])
    return cells


def _decode_names(words: list[Word], cells: dict[str, set[str]], found: Decoded) -> None:
    text = " ".join(_lines(words))
    text = re.sub(_LEADS, "", text)
    for entry in re.split(r" ?· ", text.removesuffix(" ·")):
        parts = _ENTRY.match(entry.strip())
        assert parts, entry
        name = squeezed(parts["name"])
        if name.startswith("“"):
            name = name[1:-1].replace("””", "”")
        own = {code: set(methods) for code, methods in cells.items()}
        # What a party lacks is written behind what it has besides, but comes first.
        for sign, code, letters in sorted(_MARK.findall(parts["marks"]), key=lambda mark: mark[0] != "−"):
            methods = {METHODS[letter] for letter in letters} if letters else None
            if sign == "−":
                own[code] = own[code] - methods if methods else set()
            else:
                own.setdefault(code, set()).update(methods or {"provided"})
        found.names.append(name)
        found.cells |= {(name, code, method) for code, methods in own.items() for method in methods}
        for change, text in _CHANGE.findall(parts["changes"]):
            for word in text.split():
                code, _, how = word.partition("/")
                found.changes |= {(name, CHANGES[change], code, METHODS[letter]) for letter in how or "P"}
            if not text:
                found.changes |= {(name, "added", code, method) for code, methods in own.items() for method in methods}
        if parts["found"]:
            found.found[name] = parts["found"].strip()
        letters = (parts["raised"] or "")[1:].split(",")
        found.passes |= {(name, letter) for letter in letters if letter}


def _lines(words: list[Word]) -> list[str]:
    """Join words to lines; a raised word belongs to the line that it stands in."""
    joined = []
    for line in _grouped(words):
        text = ""
        for word in line:
            text += word.text if word.text.startswith("›") or not text else f" {word.text}"
        joined.append(text)
    return joined


def _grouped(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.low):
        if lines and word.low - lines[-1][0].low < 4:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _decode_letters(words: list[Word], found: Decoded) -> None:
    head = next((w for w in words if w.text == "Whom" and _next(words, w).startswith("data is passed on")), None)
    if head is None:
        return
    block = [w for w in words if w.top > head.low - 2 and head.left - 2 < w.left < head.left + 370]
    text, last = [], head.low
    for line in _grouped(block):
        if line[0].low - last > 13:
            break
        last = line[0].low
        text += [word.text for word in line]
    for item in " ".join(text).split(" · "):
        letter, _, name = item.partition(" ")
        found.letters[letter] = squeezed(name)
