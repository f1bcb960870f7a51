"""Does a table look like a list of students? The catalog describes flows and never holds a record.

Names beside birth dates, grades or student numbers give it away.  Sheets of our own lists are
known by their headers; a school's name beside its grades is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = re.compile(
    r"((student|pupil|child|learner|legal|preferred|first|last|middle|given|family|full)s? ?)+name"
    r"|name( of)? (student|pupil|child)|students?|pupils?|name|surname|firstname|lastname"
    r"|nombres?( del estudiante)?|apellidos?"
)
_MARKS = (
    (re.compile(r"(date of )?birth( ?da(te|y))?|birthdate|dob|d o b|fecha de nacimiento"), "birth dates"),
    (re.compile(r"(current |student )?grade( level)?|grade ?lvl|grado"), "grades"),
    (
        re.compile(
            r"(student|pupil|state student|state|local|sis|school|lunch)( id| number| no| num| identifier| pin)"
            r"|studentid|student (local|state) id|ssn|social security( number| no)?|ssid|suid|lasid|sasid|matr[ií]cula"
        ),
        "student numbers",
    ),
)

PERSON = re.compile(r"[^\W\d_][\w'’.-]+(?: [\w'’.-]+)?, ?[^\W\d_][\w'’.-]*(?: [^\W\d_]\.?[\w'’-]*)?")
"""A name with the last name first, as lists of students have it."""
_BORN = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:19[89]\d|20[0-3]\d|\d\d)|(?:19[89]\d|20[0-3]\d)-\d{2}-\d{2}(?:[T ].*)?"
    r"|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)


def find_roster(headers: Iterable[str], own: Iterable[str] = ()) -> str | None:
    """Return what stands beside names in a table of students; None for any other table.

    `own` are the headers that belong to one of our lists: by themselves they prove nothing.
    """
    known = {_plain(header) for header in own}
    words = [word for word in map(_plain, headers) if word]
    names = [word for word in words if _NAMES.fullmatch(word)]
    beside = [(word, what) for word in words for pattern, what in _MARKS if pattern.fullmatch(word)]
    if known:
        foreign = [word for word in names if word not in known]
        telling = [word for word, what in beside if word not in known and what != "grades"]
        names = names if foreign or telling else []
    if not names or not beside:
        return None
    *first, last = dict.fromkeys(what for _, what in beside)
    return f"{', '.join(first)} and {last}" if first else last


def is_record(texts: Iterable[str]) -> bool:
    """Tell whether a row is a student's own: `Doe, Jane` beside a day of birth."""
    known = list(texts)
    return any(PERSON.fullmatch(text.strip()) for text in known) and any(
        _BORN.fullmatch(text.strip()) for text in known
    )


def _plain(header: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[\W_]+", " ", spaced).lower().split())
