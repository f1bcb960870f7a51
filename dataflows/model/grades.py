"""Grades of school, and numbers of students by grade: how a file says them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from dataflows.model.kinds import BadValueError, Count, Kind, as_text, plain_word, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.kinds import Reading

GRADES = ("PK", "TK", "K", *(str(n) for n in range(1, 14)), "UG", "AE")
_GRADE_WORDS = {
    "kg": "K",
    "k": "K",
    "kindergarten": "K",
    "pk": "PK",
    "prek": "PK",
    "prekindergarten": "PK",
    "tk": "TK",
    "ungraded": "UG",
    "ug": "UG",
    "adult": "AE",
    "ae": "AE",
}


class Grades(Kind):
    """Grades of school: `K-5`, `9-12`, `PK,K`, a list of them, or `all`; kept in the short form."""

    name: ClassVar[str] = "grades"

    def parse(self, raw: object, reading: Reading) -> str:
        parts = raw if isinstance(raw, list) else re.split(r"[,;]", as_text(raw))
        found: set[str] = set()
        for part in parts:
            text = as_text(part).strip()
            if text.lower() == "all" and len(parts) == 1:
                return "all"
            try:
                found.update(parse_grade_range(text))
            except ValueError:
                raise BadValueError(f"{shown(text)} is not a grade.", "Write K-5, 9-12 or PK,K.") from None
        if not found:
            raise BadValueError("No grade is named.", "Write K-5, or all.")
        return format_grades(found)

    def schema(self) -> dict[str, Any]:
        item = {"type": ["string", "integer"]}
        return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


_NO_GRADE = re.compile(r"^\s*[-+\u2010-\u2015\u2212]|\d[^\w\s]+\d")
"""A sign before it, or a fraction: without them `-1` and `1.2` would read as grades 1 and 12."""


def parse_grade(text: str) -> str:
    """Return one grade's code (`PK`, `K`, `1` ... `13`, `UG`, `AE`); raises ValueError."""
    if _NO_GRADE.search(text):
        raise ValueError(text)
    word = plain_word(text).removeprefix("grade")
    grade = _GRADE_WORDS.get(word) or word.lstrip("0")
    if grade not in GRADES:
        raise ValueError(text)
    return grade


def parse_grade_range(text: str) -> tuple[str, ...]:
    """Return the grades of `K-5` or `K`, in order; raises ValueError."""
    first, dash, last = re.sub(r"[\u2010-\u2015]|\bto\b", "-", text.replace("Pre-K", "PK")).partition("-")
    if not dash:
        return (parse_grade(first),)
    low, high = GRADES.index(parse_grade(first)), GRADES.index(parse_grade(last))
    if high < low:
        raise ValueError(text)
    return GRADES[low : high + 1]


def parse_grades(text: str) -> tuple[str, ...]:
    """Return the grades that the canonical short form names, in order."""
    found = {grade for part in text.split(",") for grade in parse_grade_range(part)}
    return tuple(grade for grade in GRADES if grade in found)


def format_grades(grades: Iterable[str]) -> str:
    """Return the short form of a set of grades: `K-5`, `PK,1-3`."""
    wanted, runs = set(grades), list[list[str]]()
    for grade in GRADES:
        if grade not in wanted:
            runs.append([])
        elif runs and runs[-1]:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs if run)


class Enrollment(Kind):
    """How many students: one number, or one a grade."""

    name: ClassVar[str] = "enrollment"

    def parse(self, raw: object, reading: Reading) -> int | dict[str, int]:
        if not isinstance(raw, dict):
            return Count().parse(raw, reading)
        numbers: dict[str, int] = {}
        for key, number in raw.items():
            try:
                grade = parse_grade(str(key))
            except ValueError:
                raise BadValueError(f"{shown(key)} is not a grade.", "Write PK, K or 1 to 13.", (key,)) from None
            if grade in numbers:
                raise BadValueError(f"Grade {grade} is counted twice.", None, (key,))
            try:
                numbers[grade] = Count().parse(number, reading)
            except BadValueError as bad:
                raise BadValueError(bad.message, bad.hint, (key,)) from None
        return {grade: numbers[grade] for grade in GRADES if grade in numbers}

    def schema(self) -> dict[str, Any]:
        number = Count().schema()
        return {"anyOf": [number, {"type": "object", "additionalProperties": number}]}
