"""When are two names one vendor? Legal suffixes, brackets, forms of one character, and look-alikes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from dataflows.model.text import make_slug

_LEGAL = re.compile(
    r"[\s,]+(?:inc(?:orporated)?|l\.?l\.?c|ltd|limited|l\.?l\.?p|l\.?p|corp(?:oration)?|co(?:mpany)?|plc|gmbh|pbc|"
    r"s\.?a\.?|b\.?v|a\.?b|pty|p\.?c|d/?b/?a)\.?$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_FORMERLY = re.compile(r"^(?:formerly|fka|f/k/a|aka|a/k/a|dba|d/b/a|now)\s+", re.IGNORECASE)
_DBA = re.compile(r"\s+(?:d/?b/?a|a/?k/?a|f/?k/?a|formerly|doing business as|also known as)\.?\s+", re.IGNORECASE)
_PAIRS = (
    "аa вb еe сc ԁd һh іi јj кk ӏl мm оo рp ԛq ѕs тt уy хx ԝw ѵv ёe ոn օo հh ցg զq սu "
    "АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT УY ХX ҮY ԜW "
    "αa εe ιi κk νv οo ρp τt υu χx γy ωw ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX"
)
_LOOKS_LIKE = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
"""Letters of Cyrillic, Greek and Armenian that look like Latin ones (Unicode's list of confusables)."""


def without_suffix(name: str) -> str:
    """Return a name without Inc., LLC, Ltd and their kin."""
    plain = name.strip()
    while (shorter := _LEGAL.sub("", plain).strip(" ,.")) and shorter != plain:
        plain = shorter
    return plain or name.strip()


@cache
def vendor_key(name: str) -> str:
    """Return what two spellings of one vendor share: no case, no punctuation, no legal suffix, one form of letters."""
    words = unicodedata.normalize("NFKC", without_suffix(name)).casefold()
    key = re.sub(r"[\W_]+", "", words.replace("&", "and").removeprefix("the "))
    return key or words.strip()


def split_name(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without brackets, and what stands in them or after `dba`: other names, or a remark."""
    outer = _BRACKET.sub(" ", name).strip(" ,")
    inner = [part.strip() for part in _BRACKET.findall(name) if part.strip()]
    first, *others = _DBA.split(outer)
    return (first.strip(" ,") or name.strip()), (*others, *(_FORMERLY.sub("", part) for part in inner))


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
    """Return what a name looks like: look-alike letters as Latin ones."""
    return vendor_key(unicodedata.normalize("NFKD", name.translate(_LOOKS_LIKE)))


def foreign_letters(name: str) -> list[str]:
    """Return the letters of a name that only look Latin, as `о (U+043E)`."""
    return [f"{sign} (U+{ord(sign):04X})" for sign in dict.fromkeys(name) if ord(sign) in _LOOKS_LIKE]


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
