"""When are two names one vendor? Legal suffixes, brackets, forms of one character, and look-alikes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from dataflows.model.text import make_slug

_LEGAL = re.compile(
    r"[\s,]+(?:(?i:inc(?:orporated)?|p?l\.?l\.?c|ltd|limited|l\.?l\.?p|l\.?p|corp(?:oration)?|co(?:mpany)?|plc|gmbh|pbc"
    r"|pty|p\.c|d/?b/?a|a/s|aps|sarl|s\.a\.r\.l|s\.?r\.?l|s\.?p\.?a|pte|ulc|kft|sp\. ?z ?o\.? ?o|o[üu]|oyj?|k\.k"
    r"|s\.a\.?s?|b\.v|n\.v|a\.g|a\.s|l3c|public benefit corporation)"
    r"|S\.?A\.?S?|B\.?V|N\.?V|A\.?B|A\.?G|A\.?S|S\.?E|P\.?C|L\.?C)\.?$"
)
"""Ends of names that say what sort of company it is; the short ones only in capitals, as `as` is a word too."""
_MARKS = re.compile(r"[®™©℠]|\((?:r|tm|c|sm)\)", re.IGNORECASE)
_ACCENTS = re.compile("[\u0300-\u036f]")
_WHAT_IT_IS = re.compile(
    r",?\s+(?P<told>(?:an?|the)\s+(?:[\w-]+\s+){0,5}?(?:corporation|company|non-?profit|organization|entity|partnership"
    r"|division|subsidiary|affiliate|brand|unit|part|product)(?:\s+of\s+\S.*)?)$",
    re.IGNORECASE,
)
"""What stands behind a name and says what it is: `NWEA, a division of HMH`."""
_SIGNS = re.compile(r"[®™©℠()\[\]]")
_BY = re.compile(r"\s+by\s+(?=\S)")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_FORMERLY = re.compile(r"^(?:formerly|fka|f/k/a|aka|a/k/a|dba|d/b/a|now)\s+", re.IGNORECASE)
_DBA = re.compile(r"\s+(?:d/?b/?a|a/?k/?a|f/?k/?a|formerly|doing business as|also known as)\.?\s+", re.IGNORECASE)
_PAIRS = (
    "аa вb еe сc ԁd һh іi јj кk ӏl мm оo рp ԛq ѕs тt уy хx ԝw ѵv ёe ոn օo հh ցg զq սu "
    "АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT УY ХX ҮY ԜW "
    "αa εe ιi κk νv οo ρp τt υu χx γy ωw ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX"
)
LOOKS_LIKE = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
"""Letters of Cyrillic, Greek and Armenian that look like Latin ones (Unicode's list of confusables)."""


_ALIKE = str.maketrans("I1|0", "lllo")


def without_suffix(name: str) -> str:
    """Return a name without Inc., LLC, Ltd and their kin."""
    plain = _MARKS.sub("", name).strip()
    while (shorter := _LEGAL.sub("", plain).strip(" ,.")) and shorter != plain:
        plain = shorter
    return plain or name.strip()


@cache
def vendor_key(name: str) -> str:
    """Return what two spellings of one vendor share: no case, no punctuation, no legal suffix, one form of letters."""
    words = _ACCENTS.sub("", unicodedata.normalize("NFKD", without_suffix(name))).casefold()
    key = re.sub(r"[\W_]+", "", words.replace("&", "and").replace(" + ", "and").removeprefix("the "))
    return key or words.strip()


class Name(NamedTuple):
    """A name as a cell writes it, taken apart."""

    name: str
    others: tuple[str, ...] = ()
    """What it is called too: after `d/b/a`, or in brackets after `formerly`."""
    brackets: tuple[str, ...] = ()
    """What else stands in brackets: another name, a maker, or a remark."""


@lru_cache(maxsize=4096)
def split_name(text: str) -> Name:
    """Return a name without brackets, its other names, and what stands in brackets."""
    if (told := _WHAT_IT_IS.search(text)) and text[: told.start()].strip(" ,"):
        name = split_name(text[: told.start()])
        return Name(name.name, name.others, (*name.brackets, told["told"]))
    if not _SIGNS.search(text) and not _DBA.search(text):
        return Name(text.strip(" ,") or text.strip())
    unmarked = _MARKS.sub("", text)
    outer = _BRACKET.sub(" ", unmarked).strip(" ,")
    inner = [part.strip() for part in _BRACKET.findall(unmarked) if part.strip()]
    first, *others = (part.strip(" ,") for part in _DBA.split(outer))
    formerly = tuple(_FORMERLY.sub("", part) for part in inner if _FORMERLY.match(part))
    rest = tuple(part for part in inner if not _FORMERLY.match(part))
    return Name(first or text.strip(), (*filter(None, others), *formerly), rest)


def split_maker(name: str) -> tuple[str, str | None]:
    """Return a product's name and its maker: `Duolingo by Duolingo, Inc.`; no maker where it can't be told."""
    first, *rest = _BY.split(name)
    maker = rest[-1].strip() if rest else ""
    if first and maker and without_suffix(maker) != maker:
        return " by ".join((first, *rest[:-1])).strip(" ,"), maker
    return name, None


def is_other_name(name: str, other: str) -> bool:
    """Tell whether a bracket's words are the vendor's own short name: its beginning, or its first letters."""
    key, short = vendor_key(name), vendor_key(other)
    letters = "".join(word[0] for word in re.findall(r"\w+", name)).casefold()
    if not short:
        return False
    return key.startswith(short) or short.startswith(key) or short == letters or _is_short_for(name, short)


def _is_short_for(name: str, words: str) -> bool:
    """Tell whether a name in capitals, such as NWEA, is made of letters of other words, in their order."""
    if not (name.isupper() and 2 <= len(name) <= 6 and words[:1] == name[0].casefold()):
        return False
    rest = iter(words)
    return all(letter in rest for letter in name.casefold())


def skeleton(name: str) -> str:
    """Return what a name looks like: look-alike letters as Latin ones, and I, l and 1, 0 and O as one."""
    return vendor_key(without_suffix(name).translate(LOOKS_LIKE).translate(_ALIKE))


def foreign_letters(name: str) -> list[str]:
    """Return the letters of a name that only look Latin, as `о (U+043E)`."""
    return [f"{sign} (U+{ord(sign):04X})" for sign in dict.fromkeys(name) if ord(sign) in LOOKS_LIKE]


def is_mixed(name: str) -> bool:
    """Tell whether one word of a name has Latin letters and others that look like them."""
    for word in re.findall(r"\w+", name):
        scripts = {_script(sign) for sign in word if sign.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN"}:
            return True
    return False


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


def vendor_slug(name: str) -> str:
    """Return the id that a vendor's name makes."""
    return make_slug(without_suffix(name))
