"""How a text is written in YAML so that every reader, of YAML 1.1 or 1.2, finds the same text.

Plain only where nothing else could be meant, a literal block where it is exact and no editor
would spoil it, and double quotation marks for all else.  Nothing is ever folded.
"""

from __future__ import annotations

import re

_RESERVED = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"])
_LETTERS = r"[^\W\d_]"
_WITHIN = r"\w .()/+'’“”„«»–—…%$@;!?=*^|<>~&\-"
_BLOCK = re.compile(rf"{_LETTERS}(?:[{_WITHIN},\[\]]|:(?=[^\s:])|(?<=\S)[#])*")
_FLOW = re.compile(rf"{_LETTERS}[{_WITHIN}]*")
_CITATION = re.compile(r"\d+(?:\.\d+)?(?:\([A-Za-z0-9]+\))+")
_SLUG = re.compile(r"\d+(?:-[a-df-z][a-z]*|-[a-z]{2,})+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_PLAIN = 4000

_NAMED = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", "\x85": "\\N",
    "\xa0": "\\_", "\u2028": "\\L", "\u2029": "\\P",
}  # fmt: skip
_JOINERS = "\u200c\u200d"
"""Invisible, but part of how Persian and emoji are written; the other invisible ones are escaped."""


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Tell whether a text means itself without quotation marks."""
    if len(text) > _LONGEST_PLAIN or not text.isprintable() or text.endswith((" ", ":")):
        return False
    if text.lower() in _RESERVED:
        return False
    pattern = _FLOW if in_flow else _BLOCK
    return bool(pattern.fullmatch(text) or _CITATION.fullmatch(text) or _SLUG.fullmatch(text))


def is_day(text: str) -> bool:
    """Tell whether a text is written as days are."""
    return _DAY.fullmatch(text) is not None


def quoted(text: str) -> str:
    """Return a text in double quotation marks, what can't be seen escaped."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if character.isprintable() or character in _JOINERS:
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def is_literal(text: str) -> bool:
    """Tell whether a text of several lines can stand as it is in a literal block."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[0] or not lines[-1]:
        return False
    if lines[0][0] == " ":
        return False
    return all(line.isprintable() and not line.endswith(" ") for line in lines)


def literal(text: str, indent: str) -> str:
    """Return a literal block: its head, then its lines indented."""
    head = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return "\n".join([head, *(f"{indent}{line}" if line else "" for line in lines)])
