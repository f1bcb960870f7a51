"""The phrases of the cues: a small language that a reader can follow, turned into patterns.

A sentence is folded first: small letters, no accents, no signs, one space after each word; an
e-mail address is the word `mailaddress`, a web address `webaddress`.
`word*` is any ending, `a|b` one of these words, `(a b|c)` one of these phrases, `( ... )?` may be
absent, `...4` is a gap of at most four words, `{name}` a part that is defined once.  `^` and `$`
are the ends of the sentence.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_ABBREVIATIONS = (
    (re.compile(r"\bu\.\s?s\.(?:\s?a\.)?|\bu\.s\b"), "usa"),
    (re.compile(r"\bunited states(?: of america)?\b"), "usa"),
    (re.compile(r"\bestados unidos(?: de am[eé]rica)?\b"), "eeuu"),
    (re.compile(r"\bee\.?\s?uu\b\.?"), "eeuu"),
    (re.compile(r"\be\.\s?u\.(?:\s?a\.)?"), "eeuu"),
    (re.compile(r"\bd\.\s?c\."), "dc"),
    (re.compile(r"\bc\.\s?f\.\s?r\."), "cfr"),
    (re.compile(r"\be-mail"), "email"),
    (re.compile(r"\bwon['’‘`]t\b"), "will not"),
    (re.compile(r"\bcan['’‘`]t\b"), "cannot"),
    (re.compile(r"(?<=[a-z])n['’‘`]t\b"), " not"),
    (re.compile(r"\bw/o\b"), "without"),
    (re.compile(r"\bw/in\b"), "within"),
    (re.compile(r"\bw/"), "with "),
    (re.compile(r"\beduc\.(?=\s)"), "educational"),
    (re.compile(r"\binfo\b\.?"), "information"),
    (re.compile(r"\bexc\.(?=\s)"), "except"),
    (re.compile(r"(?<=\s)[&+](?=\s)"), "and"),
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:org|edu|com|net|gov|us)(?:/\S*)?\b")
_PLURAL = re.compile(r"(?<=\w)\((?:s|es|n|ren|ies)\)")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`](?=(?:s|t|re|ll|ve|d)\b)|(?<=s)['’](?=\s)")
_BROKEN = re.compile(r"(?<=[a-z]{2})-\s+(?!(?:and|or|to|y|o|u|e)\b)(?=[a-z]{2})")
_TORN = re.compile(r"\b([a-z]{2,}) - ([a-z]{2,})\b")


def fold(text: str, vocabulary: frozenset[str] = frozenset()) -> str:
    """Return a text as the patterns see it; words that a line's end tore apart are put together.

    A hyphen with spaces on both sides is a dash, unless its two halves make a word that is known.
    """
    low = unicodedata.normalize("NFKC", text).casefold()
    low = _WEB.sub(" webaddress ", _MAIL.sub(" mailaddress ", low))
    for pattern, word in _ABBREVIATIONS:
        low = pattern.sub(word, low)
    low = _APOSTROPHE.sub("", _PLURAL.sub("s", low))
    low = _BROKEN.sub("", low)
    low = _TORN.sub(lambda found: found[1] + found[2] if found[1] + found[2] in vocabulary else found[0], low)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", low) if not unicodedata.combining(sign))
    return "".join(f"{word} " for word in re.findall(r"[a-z0-9]+", bare))


def compile_phrases(phrases: Sequence[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern for all phrases of a group; raises ValueError for a phrase that is badly made."""
    try:
        return re.compile("|".join(f"(?:{_anchored(phrase, parts)})" for phrase in phrases))
    except re.error as fault:
        message = f"One of the phrases {', '.join(map(repr, phrases))} is badly made: {fault}."
        raise ValueError(message) from fault


def _anchored(phrase: str, parts: Mapping[str, str]) -> str:
    starts, ends = phrase.startswith("^"), phrase.endswith("$")
    inner = _sequence(_with_parts(phrase.removeprefix("^").removesuffix("$"), parts))
    return ("^" if starts else r"(?:^|(?<= ))") + inner + ("$" if ends else "")


def _with_parts(phrase: str, parts: Mapping[str, str]) -> str:
    def part(found: re.Match[str]) -> str:
        if found[1] not in parts:
            raise ValueError(f"{phrase!r} names the part {found[1]!r}, which is not defined.")
        return f"({parts[found[1]]})"

    return re.sub(r"\{([\w-]+)\}", part, phrase)


def _sequence(phrase: str) -> str:
    return "".join(_token(token) for token in split_outside(phrase, " ") if token)


def _token(token: str) -> str:
    if gap := re.fullmatch(r"\.\.\.(\d+)", token):
        return rf"(?:\S+ ){{0,{gap[1]}}}?"
    if token.startswith("(") and token.endswith((")", ")?")) and _closes_at_end(token):
        inside = token.removesuffix("?")[1:-1]
        either = "|".join(_sequence(alternative) for alternative in split_outside(inside, "|"))
        return f"(?:{either})" + ("?" if token.endswith("?") else "")
    words = "|".join(_word(word) for word in split_outside(token, "|"))
    return f"(?:{words}) "


def _closes_at_end(token: str) -> bool:
    depth = 0
    for place, sign in enumerate(token.removesuffix("?")):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(token.removesuffix("?")) - 1
    raise ValueError(f"{token!r} has a bracket that is never closed.")


def _word(word: str) -> str:
    if not re.fullmatch(r"[\w*?()|\[\]{},-]+", word):
        raise ValueError(f"{word!r} is no word of a phrase.")
    return word.replace("(", "(?:").replace("*", r"\w*")


def split_outside(text: str, sign: str) -> Iterator[str]:
    """Yield what stands between signs that are outside of all brackets."""
    depth, start = 0, 0
    for place, found in enumerate(text):
        depth += (found in "([{") - (found in ")]}")
        if found == sign and depth == 0:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def words_in(phrases: Iterable[str]) -> Iterator[str]:
    """Yield the whole words that phrases are made of; they are the known ones."""
    for phrase in phrases:
        yield from re.findall(r"(?<![\w{])[a-z]{4,}(?![\w*}-])", phrase)
