"""What PyYAML says of a syntax fault, in words for a person who does not know YAML's grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dataflows.sources.tokens import Token

if TYPE_CHECKING:
    from yaml import YAMLError

    from dataflows.sources.texts import TextSource

_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CLOSE = "Close it, or put a comma between its parts."
_QUOTE = "Put a text that holds ': ', '#' or '- ' in quotation marks."
_LEVELS = "A catalog needs seven levels."


class _Saying(NamedTuple):
    """A fault by what the parser says (`problem` and, before the bar, `context`)."""

    pattern: str
    sentence: str
    """May name `{here}`, the character there, and `{line}`, where the broken piece began."""
    hint: str
    at_start: bool = False
    """Point at where the broken piece began, not at where the parser gave up."""


_SAYINGS = (
    _Saying("a tab|TAB", "A tab can't indent in YAML.", "Indent with spaces."),
    _Saying("cannot start any token", "A text can't begin with {here} unquoted.", "Put it in quotation marks."),
    _Saying(
        "quoted.*(end of stream|document)", "The quotation mark that opens here is never closed.", "Close it.", True
    ),
    _Saying(
        "unknown escape|expected hex|exdecimal",
        "A backslash in quotation marks begins no known escape here.",
        r"Write \\ for a backslash, or use 'single' quotation marks.",
    ),
    _Saying("expected ':'", "Line {line} is no 'key: value': a colon is missing.", _QUOTE, True),
    _Saying(
        "mapping values are not allowed",
        "A colon stands where none can be: a second one in a line, or too deep an indentation.",
        _QUOTE,
    ),
    _Saying(
        "sequence entries are not", "A list can't begin in this line.", "Begin it in the next line, or write [a, b]."
    ),
    _Saying("',' or '\\]'", "The list [ that opens in line {line} is not closed here.", _CLOSE),
    _Saying("',' or '}'", "The mapping {{ that opens in line {line} is not closed here.", _CLOSE),
    _Saying("nesting depth", "Lists and mappings stand too deep in each other here.", _LEVELS),
    _Saying(
        "block.*did not find expected|block.*expected <block end>",
        "The indentation does not fit the rows or fields that begin in line {line}.",
        "Indent what belongs together alike, and close what is open.",
    ),
    _Saying("document start", "Something stands after the end of the catalog.", "Take it out."),
    _Saying("directive", "A line that begins with % is a YAML directive, which is not read.", "Take it out."),
    _Saying("alias|anchor", "An alias or anchor has no name that can be read; aliases are not read.", _QUOTE),
)


def explain(error: YAMLError, source: TextSource) -> Token:
    """Return the token for a syntax fault, in plain words."""
    began = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or began
    if mark is None:
        return _explain_character(source)
    problem = str(getattr(error, "problem", ""))
    said = f"{getattr(error, 'context', None) or ''} | {problem}"
    here = _text_at(source, mark.line, mark.column)
    if here.startswith("\t"):
        said = "a tab"
    line = (began or mark).line + 1
    for saying in _SAYINGS:
        if re.search(saying.pattern, said):
            place = began if saying.at_start and began else mark
            sentence = saying.sentence.format(here=repr(here[:1]), line=line)
            return Token("stop", place.line + 1, place.column + 1, sentence, saying.hint)
    return Token("stop", mark.line + 1, mark.column + 1, f"The YAML can't be read here ({problem}).", _QUOTE)


def _explain_character(source: TextSource) -> Token:
    for number, line in enumerate(source.read().splitlines(keepends=True), 1):
        if found := _NOT_ALLOWED.search(line):
            code = f"U+{ord(found.group()):04X}"
            message = f"The text holds the control character {code}, which YAML can't hold."
            return Token("stop", number, found.start() + 1, message, "Delete it; tab and newline are allowed.")
    return Token("stop", 1, 1, "The text holds a character that YAML can't hold.", "Save the file as UTF-8.")


def _text_at(source: TextSource, line: int, column: int) -> str:
    with source.open() as stream:
        for number, text in enumerate(stream):
            if number == line:
                return text[column:]
    return ""
