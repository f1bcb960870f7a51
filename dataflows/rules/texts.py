"""What the rules look for in a district's own texts: patterns from schemas/rules/texts.yaml.

They are for short texts of the catalog, in English and Spanish; a whole notice is read by
`notice check`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows.law.documents import read_yaml
from dataflows.model.records import fields_of
from dataflows.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.rules.case import Case


def policy_texts(case: Case, names: tuple[str, ...] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the district's policy texts that are there: field and text in the first home language."""
    policies = case.district.policies
    for name in names or [field.attribute for field in fields_of(type(policies)).values()]:
        value: Any = getattr(policies, name)
        if isinstance(value, Text) and (text := case.say(value)):
            yield f"policies.{name}", text


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in read_yaml("rules/texts")[name]), re.IGNORECASE)


def speaks_of(text: str, name: str) -> bool:
    """Tell whether a text matches one of a group of patterns."""
    return _pattern(name).search(text) is not None


def says_too_many_days(text: str) -> str | None:
    """Return the words of a text that give more than 45 days, or count them otherwise than by the calendar."""
    for found in _pattern("days").finditer(text):
        number = int(found["number"] or found["numero"])
        if number > 45 or (number == 45 and (found["kind"] or found["tipo"])):
            return found.group()
    return None


def names_one_ground_only(text: str) -> bool:
    """Tell whether a text names what is inaccurate and neither what misleads nor what invades privacy."""
    return speaks_of(text, "inaccurate") and not speaks_of(text, "misleading") and not speaks_of(text, "privacy")


@cache
def is_placeholder(text: str) -> bool:
    """Tell whether a text was left for later: dots, TBD, lorem ipsum."""
    return _pattern("placeholder").fullmatch(text.strip()) is not None or speaks_of(text, "filler")
