"""Words of a district's list for what the catalog has a word of its own for: decisions, contracts, grades, bases."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import NamedTuple

from dataflows import assets
from dataflows.law.bases import UnknownBasisError, resolve_basis
from dataflows.model.grades import format_grades, parse_grade, parse_grade_range
from dataflows.sources.district_list.words import is_mark, is_yes, plain

STATUS = {
    "approved": "approved", "active": "approved", "vetted": "approved", "accepted": "approved", "allowed": "approved",
    "aprobado": "approved", "aprobada": "approved", "approve": "approved",
    "denied": "prohibited", "prohibited": "prohibited", "rejected": "prohibited", "blocked": "prohibited",
    "banned": "prohibited", "do not use": "prohibited", "not allowed": "prohibited", "not permitted": "prohibited",
    "declined": "prohibited", "disapproved": "prohibited", "denegado": "prohibited", "prohibido": "prohibited",
    "not approved": "known_unapproved", "unapproved": "known_unapproved", "no aprobado": "known_unapproved",
    "retired": "retired", "discontinued": "retired", "no longer used": "retired", "inactive": "retired",
    "not in use": "retired", "no longer in use": "retired", "sunset": "retired", "expired": "retired",
}  # fmt: skip
_ASKS = re.compile(r"approv|vetted|aprob", re.IGNORECASE)
_MARKED = {True: "approved", False: "known_unapproved"}
"""What yes and no say below a heading that asks whether it is approved."""
_CONDITION = re.compile(r"\s*(?:[-–—:;,(]\s*|\b(?=(?:with|for|only|if|when|w/)\b))", re.IGNORECASE)
_LISTED = frozenset((
    "app", "apps", "tool", "site", "website", "vendor", "list", "software", "program", "resource", "product", "the",
    "application", "our", "service", "provider", "of", "aplicacion", "aplicacione", "lista", "de",
))  # fmt: skip
"""Words for what a sheet lists."""
HOSTED = {
    "district": "district", "self hosted": "district", "self": "district", "on premise": "district",
    "on prem": "district", "onsite": "district", "on site": "district", "local": "district", "in house": "district",
    "local server": "district", "district server": "district", "district hosted": "district", "internal": "district",
    "vendor": "vendor", "vendor hosted": "vendor", "cloud": "vendor", "hosted": "vendor", "saa": "vendor",
    "saas": "vendor", "web": "vendor", "web based": "vendor", "external": "vendor", "cloud hosted": "vendor",
}  # fmt: skip
MANDATES = {"federal": "federal", "state": "state", "local": "local", "lea": "local", "district": "local"}
_MANDATE_WORDS = re.compile(r"required|requirement|mandated?|law|decision|justification|by|the|or|policy|\W+")
CONTRACT_KINDS = {
    "ndpa": "ndpa", "national data privacy agreement": "ndpa", "national dpa": "ndpa", "dpa": "dpa",
    "data privacy agreement": "dpa", "student data privacy agreement": "dpa", "data protection addendum": "dpa",
    "data protection agreement": "dpa", "data sharing agreement": "dpa", "dsa": "dpa", "sdpa": "dpa",
    "data privacy addendum": "dpa", "privacy agreement": "dpa", "data agreement": "dpa", "ed law 2 d agreement": "dpa",
    "student data agreement": "dpa", "mou": "mou", "memorandum of understanding": "mou", "moa": "mou",
    "memorandum of agreement": "mou", "term of service": "terms", "term": "terms", "tos": "terms", "eula": "terms",
    "term of use": "terms", "click through": "terms", "click wrap": "terms", "clickwrap": "terms",
    "on demand": "terms", "exhibit e": "ndpa", "research agreement": "research", "consent": "consent",
    "contract": "contract", "signed contract": "contract", "license agreement": "contract",
    "purchase order": "contract",
    "service agreement": "contract", "master service agreement": "contract", "msa": "contract",
}  # fmt: skip
"""Sorts of contracts by the words for them."""
_CONTRACT_TAILS = re.compile(
    r"^(?:signed|executed|current|active|has|have|is there an?|an?|(?:a[lkrz]|c[aot]|de|fl|ga|hi|i[adln]|k[sy]|la"
    r"|m[adeinost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]|t[nx]|ut|v[at]|w[aivy]|dc)) "
    r"| (?:signed|executed|on file|in place|complete|completed|exist|received|status|y n|yes no|available|needed"
    r"|standard|required|exhibit e|v(?:ersion)? ?\d(?: \d)?(?: ?r ?\d+)?|\d(?: \d)?(?: ?r ?\d+)?)$"
)
"""What is taken off to find the sort of contract: words that say that it is there, a state's letters, a version."""
_SIGNED = frozenset((
    "signed", "approved", "executed", "fully executed", "active", "in place", "on file", "complete", "completed",
    "in effect", "current", "received", "firmado", "vigente",
))  # fmt: skip
_NOT_SIGNED = frozenset((
    "not required", "not needed", "none needed", "none required", "not signed", "declined", "vendor declined",
    "refused", "will not sign", "vendor will not sign", "no agreement", "no contract", "no dpa", "none on file",
    "in negotiation", "negotiating", "under negotiation", "draft", "drafted", "requested", "sent", "sent to vendor",
    "out for signature", "awaiting signature", "pending signature", "in progress", "pending", "in process", "not sent",
    "under review", "in review", "none", "no", "pendiente", "sin firmar",
))  # fmt: skip
ALL_SCHOOLS = frozenset((
    "all", "all school", "district", "districtwide", "district wide", "all site", "all campus", "all campuse",
    "all building", "everywhere", "system wide", "systemwide", "division wide", "todo", "toda", "toda la escuela",
    "all location", "entire district", "whole district",
))  # fmt: skip
_GRADE_WORDS = re.compile(
    r"\b(?:grades?|levels?|grados?|gr)\b\.?\s*:?|(?<=\d)(?:st|nd|rd|th|ro|do|to|º|°)\b", re.IGNORECASE
)
_HIGH_SCHOOL = re.compile(r"\bh\.?s\.?(?=[\s,;&]|$)|\bhigh(?: school)?s?\b", re.IGNORECASE)
"""High school is grades 9 to 12; which grades elementary and middle schools have, each district says for itself."""
_LONGEST_LIST = 20
"""Words; a longer text is sentences, of which only citations are read."""
_CITATION = re.compile(r"99\.\d+(?:\([A-Za-z0-9]+\))*")


class Decision(NamedTuple):
    """What a district decided of a product, and under which condition."""

    status: str
    condition: str = ""


@lru_cache(maxsize=4096)
def find_grades(text: str) -> str | None:
    """Return the grades that a cell names, in the short form; `all`, or None where it names none."""
    plain_text = _GRADE_WORDS.sub("", text)
    plain_text = re.sub(r"(?i)\b(pre-?k|k)[\s-]?(?=1[0-2]\b)", r"\1-", plain_text)
    plain_text = re.sub(r"(?i)\b(?:through|thru|hasta|a)\b", "-", plain_text)
    plain_text = _HIGH_SCHOOL.sub("9-12", plain_text)
    if plain_text.strip().lower() in ("all", "", "todos", "todas"):
        return "all" if plain_text.strip() else None
    found: set[str] = set()
    try:
        for part in re.split(r"[,;&\n]|\b(?:and|y)\b", plain_text):
            if part.strip():
                found.update(parse_grade_range(part.strip()))
    except ValueError:
        return None
    return format_grades(found) if found else None


def find_grade(text: str) -> str | None:
    """Return the one grade that a cell of the lowest or the highest grades names."""
    try:
        return parse_grade(_GRADE_WORDS.sub("", text).strip())
    except ValueError:
        return None


def find_decision(text: str, heading: str = "") -> Decision | None:
    """Return what a cell says was decided; a mark says yes or no to a heading that asks for approval."""
    if is_mark(text):
        return Decision(_MARKED[is_yes(text)]) if _ASKS.search(heading) or is_yes(text) else None
    if (status := STATUS.get(plain(text))) is not None:
        return Decision(status)
    for cut in _CONDITION.finditer(text):
        word = text[: cut.start()]
        found = STATUS.get(plain(word)) or (
            _MARKED.get(is_yes(word)) if is_mark(word) and _ASKS.search(heading) else None
        )
        if found:
            return Decision(found, text[cut.end() :].strip(" ().-–—"))
    return None


def find_sheet_decision(name: str) -> str | None:
    """Return what was decided of all that a sheet lists, by its name: `Denied apps`."""
    words = [word for word in plain(name).split() if word not in _LISTED]
    return STATUS.get(" ".join(words))


def find_contract_kind(text: str) -> str | None:
    """Return the sort of contract that words name: `DPA on file` is a dpa."""
    word = plain(text)
    while word and word not in CONTRACT_KINDS:
        shorter = _CONTRACT_TAILS.sub("", word).strip()
        if shorter == word:
            return None
        word = shorter
    return CONTRACT_KINDS.get(word)


def says_signed(text: str) -> bool | None:
    """Tell whether a cell says that a contract is signed, or that there is none; None where it says neither."""
    word = plain(text)
    first = plain(re.split(r"[-–—:;,(]", text, maxsplit=1)[0])
    if word in _SIGNED or first in _SIGNED:
        return True
    return False if word in _NOT_SIGNED or first in _NOT_SIGNED else None


def find_mandate(text: str) -> str | None:
    """Return who demands it: `Federal requirement`, `Local (LEA) decision`, `Required by State Law`."""
    words = set(_MANDATE_WORDS.sub(" ", text.casefold()).split())
    found = {MANDATES[word] for word in words if word in MANDATES}
    return found.pop() if len(found) == 1 and words <= MANDATES.keys() else None


def find_basis(text: str) -> str | None:
    """Return the citation that a text names as it stands; None where it names none."""
    try:
        return resolve_basis(" ".join(text.replace("/", " ").split()), "outside")
    except UnknownBasisError:
        return _basis_phrases().get(plain(re.sub(r"(?i)\b(?:ferpa|exceptions?|exemptions?)\b|\([^)]*\)", " ", text)))


def find_bases(text: str) -> tuple[list[str], list[str]]:
    """Return the legal bases that a text names, in its order, and the pieces that name none."""
    whole = find_basis(text.strip())
    if whole is not None:
        return [whole], []
    found: dict[str, None] = {}
    unread: list[str] = []
    if len(text.split()) > _LONGEST_LIST:
        cited = _CITATION.findall(re.sub(r"\s+(?=\()", "", text))
        return list(dict.fromkeys(basis for word in cited if (basis := _one_basis(word)))), [text]
    for piece in filter(
        None, (part.strip(" .") for part in re.split(r"[;\n|]|,(?![^(]*\))|\band\b|(?<=[a-z])/", text))
    ):
        cited = _CITATION.findall(re.sub(r"\s+(?=\()", "", piece))
        named = [basis for word in (cited or [piece]) if (basis := _one_basis(word)) is not None]
        found.update(dict.fromkeys(named))
        if not named:
            unread.append(piece)
    return list(found), unread


def _one_basis(text: str) -> str | None:
    """Return the basis of a piece; the whole section 99.31 names none of its paragraphs."""
    found = find_basis(text)
    return None if found == "99.31" else found


@cache
def _basis_phrases() -> dict[str, str]:
    path = assets.folder("schemas") / "imports" / "basis-phrases.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {plain(row["phrase"]): row["citation"] for row in csv.DictReader(file)}
