"""How citations are written: the many spellings on input, and the one for readers.

A citation is kept in the field's own form: `99.31(a)(1)(i)(B)` of 34 CFR, `20-USC-7908` of the United States Code.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_TOKEN = re.compile(r"\d+|[a-z]+")
_CODE = re.compile(r"(\d+)-USC-(.+)")
_PARAGRAPH = re.compile(r"\([^()]*\)$")
_AROUND = frozenset((
    "34", "20", "10", "c", "f", "r", "cfr", "u", "s", "us", "usc", "uscode", "code", "section", "sections", "sec",
    "secs", "sect", "ss", "par", "para", "paragraph", "subsection", "ferpa", "idea", "esea", "essa", "nclb", "act",
    "part", "parts", "title", "under", "the", "of", "reg", "regs", "regulation",
))  # fmt: skip
"""What may stand around a citation without changing which one is meant."""


class CitationKey(NamedTuple):
    """What is left of a citation when titles, marks and spaces are taken off."""

    parts: tuple[str, ...]
    joined: tuple[str, ...]
    """The same with neighbouring letters in one: `(i)(B)` and `iB` are alike."""


def citation_key(text: str) -> CitationKey | None:
    """Return the key of a text that may be a citation; None where it holds no number."""
    plain = unicodedata.normalize("NFKC", text).lower()
    tokens = _TOKEN.findall(plain)
    while len(tokens) > 1 and (tokens[0] in _AROUND or _is_part(tokens)):
        tokens.pop(0)
    while len(tokens) > 1 and len(tokens[-1]) > 1 and tokens[-1] in _AROUND and tokens[-1].isalpha():
        tokens.pop()
    if not tokens or not tokens[0].isdigit():
        return None
    joined: list[str] = []
    for token in tokens:
        if joined and joined[-1].isalpha() and token.isalpha():
            joined[-1] += token
        else:
            joined.append(token)
    return CitationKey(tuple(tokens), tuple(joined))


def _is_part(tokens: list[str]) -> bool:
    """Tell whether the first token is the part alone, as in "part 99, section 99.31"."""
    return tokens[0] == "99" and (tokens[1] == "99" or (tokens[1].isalpha() and tokens[1] in _AROUND))


def paragraphs_above(citation: str) -> list[str]:
    """Return the paragraphs that hold this one, nearest first: `99.31(a)(1)` has `99.31(a)`, `99.31`."""
    found = []
    while _PARAGRAPH.search(citation):
        citation = _PARAGRAPH.sub("", citation)
        found.append(citation)
    return found


def format_citation(citation: str) -> str:
    """Write a citation for readers: `34 CFR 99.31(a)(1)(i)(B)`, `20 U.S.C. 7908`."""
    code = _CODE.fullmatch(citation)
    if code:
        return f"{code[1]} U.S.C. {code[2]}"
    if citation == "not-education-record":
        return "not an education record (34 CFR 99.3)"
    return f"34 CFR {citation}" if citation[:1].isdigit() and " " not in citation else citation


_SECTION = re.compile(r"(?<![\w.])(?:98|99|300)\.\d")


def cite_for_readers(citations: str | None) -> str:
    """Write one or more citations for readers: a bare section of 34 CFR gets its title, the rest stays as it is."""
    return _SECTION.sub(lambda found: f"34 CFR {found.group()}", citations or "").replace("34 CFR 34 CFR", "34 CFR")
