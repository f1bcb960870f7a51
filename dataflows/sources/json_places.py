"""A JSON tokenizer with places and plain words, for when something is wrong; the library reads the rest."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from dataflows.sources.base import printable
from dataflows.sources.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(
    r"""(?P<space>[ \t\n\r]+)
    |(?P<sign>[{}\[\],:])
    |(?P<text>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")
    |(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.]))
    |(?P<word>(?:true|false|null)(?!\w))""",
    re.VERBOSE,
)
_WORDS = {"true": True, "false": False, "null": None}
_LONGEST_NUMBER = 4000


class _Piece(NamedTuple):
    kind: str
    start: int
    text: str


class _BrokenError(Exception):
    """The text is no JSON from here on."""

    def __init__(self, at: int, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.at = at
        self.message = message
        self.hint = hint


def json_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a JSON text; a syntax fault is the last one."""
    reader = _Tokens(text)
    try:
        yield from reader.whole()
    except _BrokenError as broken:
        line, column = reader.place(broken.at)
        yield Token("stop", line, column, broken.message, broken.hint)


class _Tokens:
    """Checks the grammar without recursion, so that no depth can overflow the stack."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = 1
        self._line_start = 0
        self._counted = 0
        self._open: list[_Piece] = []

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column of an offset; offsets come in rising order."""
        self._line += self._text.count("\n", self._counted, at)
        newline = self._text.rfind("\n", self._counted, at)
        self._line_start = newline + 1 if newline >= 0 else self._line_start
        self._counted = max(at, self._counted)
        return self._line, at - self._line_start + 1

    def whole(self) -> Iterator[Token]:
        """Yield all tokens of one value and nothing after it."""
        pieces = self._pieces()
        state = "value"
        for piece in pieces:
            token, state = self._take(piece, state)
            if token:
                yield token
        if state != "end":
            self._refuse_end()

    def _take(self, piece: _Piece, state: str) -> tuple[Token | None, str]:
        """Return the token of a piece, if it is one, and what may come next."""
        if state == "end":
            raise _BrokenError(piece.start, "Something stands after the end of the catalog.", "Take it out.")
        if state == "colon":
            return None, self._expect(piece, ":", "value", "A colon is missing between a key and its value.")
        if piece.text in ("}", "]") and piece.kind == "sign":
            return self._close(piece, state)
        if state == "comma":
            return None, self._take_comma(piece)
        if state.startswith("key"):
            if piece.kind != "text":
                raise _BrokenError(piece.start, f"A key in quotation marks is missing before {_name(piece)}.", _KEYS)
            return self._token("scalar", piece), "colon"
        return self._take_value(piece)

    def _take_value(self, piece: _Piece) -> tuple[Token, str]:
        if piece.kind == "sign":
            if piece.text not in ("{", "["):
                raise _BrokenError(piece.start, f"A value is missing before {_name(piece)}.")
            self._open.append(piece)
            return self._token(piece.text, piece), "key or end" if piece.text == "{" else "value or end"
        if piece.kind == "number" and len(piece.text) > _LONGEST_NUMBER:
            raise _BrokenError(
                piece.start, f"The number has {len(piece.text)} digits.", "Put a text in quotation marks."
            )
        return self._token("scalar", piece), self._after_value()

    def _close(self, piece: _Piece, state: str) -> tuple[Token, str]:
        if state in ("key", "value") and self._open and self._text[: piece.start].rstrip().endswith(","):
            raise _BrokenError(piece.start, f"A comma stands before the closing {piece.text}.", "Take the comma out.")
        if state == "value" or not self._open:
            raise _BrokenError(piece.start, f"A value is missing before {_name(piece)}.")
        opened = self._open.pop()
        if {"{": "}", "[": "]"}[opened.text] != piece.text:
            where = self._text.count("\n", 0, opened.start) + 1
            raise _BrokenError(piece.start, f"The {opened.text} of line {where} is closed by a {piece.text}.")
        return self._token(piece.text, piece), self._after_value()

    def _take_comma(self, piece: _Piece) -> str:
        after = "key" if self._open[-1].text == "{" else "value"
        return self._expect(piece, ",", after, f"A comma is missing before {_name(piece)}.")

    def _expect(self, piece: _Piece, sign: str, after: str, message: str) -> str:
        if piece.kind != "sign" or piece.text != sign:
            raise _BrokenError(piece.start, message)
        return after

    def _after_value(self) -> str:
        return "comma" if self._open else "end"

    def _token(self, kind: str, piece: _Piece) -> Token:
        value: object = None
        if piece.kind == "word":
            value = _WORDS[piece.text]
        elif piece.kind in ("text", "number"):
            value = json.loads(piece.text)
        line, column = self.place(piece.start)
        return Token(kind, line, column, value)

    def _pieces(self) -> Iterator[_Piece]:
        at, text, match = 0, self._text, _PIECE.match
        while at < len(text):
            found = match(text, at)
            if found is None:
                raise _explain(text, at)
            kind = str(found.lastgroup)
            if kind != "space":
                yield _Piece(kind, at, found.group())
            at = found.end()

    def _refuse_end(self) -> None:
        if not self._open:
            raise _BrokenError(len(self._text), "The file ends before the catalog does.")
        opened = self._open[-1]
        line = self._text.count("\n", 0, opened.start) + 1
        message = f"The file ends, but the {opened.text} of line {line} is not closed."
        raise _BrokenError(len(self._text), message, "Perhaps the file was cut off.")


_KEYS = 'Write "key": value.'
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*')


def _name(piece: _Piece) -> str:
    return printable(piece.text if len(piece.text) <= 30 else f"{piece.text[:27]}...")


def _explain(text: str, at: int) -> _BrokenError:
    """Say what is wrong with a piece that no JSON has."""
    here = text[at]
    if here == '"':
        return _explain_string(text, at)
    if here in "'\u2018\u2019\u201c\u201d":
        return _BrokenError(at, f"JSON knows no quotation mark {here}.", 'Use the straight double one: ".')
    if text.startswith(("//", "/*"), at) or here == "#":
        return _BrokenError(at, "JSON knows no comments.", "Take it out, or write the catalog in YAML.")
    if word := re.match(r"[-+.\w]+", text[at : at + 60]):
        return _BrokenError(at, *_explain_word(word.group()))
    return _BrokenError(at, f"The character {printable(here)!r} can't stand here in JSON.")


def _explain_word(word: str) -> tuple[str, str]:
    if word.lstrip("+-") in ("NaN", "Infinity"):
        return f"{word} is no number that a catalog holds.", "Write null."
    if word in ("True", "False", "None"):
        return f"JSON has no {word}.", "Write true, false or null."
    if word[0] in "+-.0123456789":
        return f"{word!r} is not written as JSON writes numbers.", "Put it in quotation marks."
    return f"The text {word!r} stands without quotation marks.", 'Write "text".'


def _explain_string(text: str, at: int) -> _BrokenError:
    found = _STRING.match(text, at)
    end = found.end() if found else at
    if end >= len(text):
        return _BrokenError(at, "The quotation mark that opens here is never closed.", "Close it.")
    if text[end] == "\\":
        return _BrokenError(end, "A backslash begins no known escape here.", r"Write \\ for a backslash.")
    if text[end] in "\r\n":
        return _BrokenError(
            at, "The quotation mark that opens here is not closed in its line.", r"Write a newline as \n."
        )
    code = f"U+{ord(text[end]):04X}"
    return _BrokenError(end, f"The text holds the control character {code}.", r"Write a tab as \t, a newline as \n.")
