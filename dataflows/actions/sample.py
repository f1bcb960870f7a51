"""An invented district: vendors of a few archetypes with small differences, the same for the same seed.

Real districts look like this: most vendors get one of a dozen sets of elements, give or take one or two.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

Bodies = dict[str, list[tuple[str, dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Archetype:
    """A kind of service: what it gets, and what for."""

    noun: str
    purpose: str
    kind: str
    provided: tuple[str, ...]
    collected: tuple[str, ...] = ()
    contributed: tuple[str, ...] = ()


_NAME = ("first-name", "last-name")
_ROSTER = (*_NAME, "student-id", "email", "grade-level", "school")
_USE = ("ip-address", "device-information", "app-usage")
ARCHETYPES = (
    Archetype("Learning", "Practice in class and at home", "instruction", _ROSTER, _USE, ("student-work",)),
    Archetype("Reading", "Reading practice", "instruction", (*_NAME, "grade-level"), ("app-usage",)),
    Archetype("Assessment", "Tests of progress", "assessment", (*_ROSTER, "date-of-birth", "ethnicity", "gender",
              "english-learner", "iep-504"), ("assessment-scores", "app-usage")),
    Archetype("Rostering", "Accounts and class lists", "rostering", (*_ROSTER, "username", "course-schedule",
              "teacher-names", "parent-email")),
    Archetype("Messenger", "Messages between school and home", "communication", (*_NAME, "school", "parent-name",
              "parent-email", "parent-phone", "language")),
    Archetype("Transit", "Bus routes", "transport", (*_NAME, "student-id", "home-address", "bus-assignment",
              "pick-up-location", "parent-phone")),
    Archetype("Meals", "School meals", "meals", (*_NAME, "student-id", "school", "free-reduced-lunch", "payment")),
    Archetype("Health", "The nurse's office", "health", (*_NAME, "student-id", "date-of-birth", "health",
              "immunization", "emergency-contact")),
    Archetype("Studio", "Art, music and video made by students", "instruction", ("username", "grade-level"), _USE,
              ("photo", "voice", "student-work")),
    Archetype("Library", "The school library", "operations", (*_NAME, "student-id", "homeroom"), (),
              ("library-records",)),
    Archetype("Safety", "Filtering and safety on devices", "safety", ("email", "device-id"),
              ("web-history", "ip-address")),
    Archetype("Counsel", "College and career planning", "operations", (*_ROSTER, "graduation-year", "course-grades",
              "test-scores", "postsecondary-plans")),
)  # fmt: skip
_FIRST = (
    "Atlas", "Beacon", "Blue", "Bright", "Cedar", "Clear", "Delta", "Echo", "Ever", "Harbor", "Ivy", "Kite", "Lumen",
    "Maple", "North", "Nova", "Open", "Orbit", "Pine", "Prism", "Quill", "River", "Signal", "Spark", "Stone", "Summit",
    "Swift", "Terra", "True", "Vista",
)  # fmt: skip
_SECOND = (
    "bridge", "board", "class", "field", "ford", "grove", "lane", "light", "loom", "mark", "path", "stead", "wise",
    "works",
)  # fmt: skip
_HOSTS = ("Cloudbarn", "Hostmere", "Stackfold", "Datahaven", "Serverley", "Netquay")
_OPTIONAL = ("middle-name", "preferred-name", "homeroom", "gender", "language", "parent-email", "phone", "photo")


def invent_catalog(vendors: int, seed: int) -> Bodies:
    """Return the canonical bodies of an invented district with so many vendors and six hosts behind them."""
    random = Random(seed)  # noqa: S311  (an invented district keeps no secret)
    bodies: Bodies = {
        "district": [("cedar-county", _district())],
        "schools": [(f"school-{n}", _school(n)) for n in range(1, 13)],
        "vendors": [(f"host-{n}", {"id": f"host-{n}", "name": name}) for n, name in enumerate(_HOSTS, 1)],
        "agreements": [],
        "flows": [],
    }
    names = _names(random, vendors)
    for number in range(vendors):
        archetype = random.choice(ARCHETYPES)
        _add_vendor(bodies, random, archetype, f"{names[number]} {archetype.noun}")
    return bodies


def _district() -> dict[str, Any]:
    return {"id": "cedar-county", "name": "Cedar County Schools", "state": "MD", "home_languages": ["en", "es"]}


def _school(number: int) -> dict[str, Any]:
    level, grades = (("Elementary", "K-5"), ("Middle", "6-8"), ("High", "9-12"))[number % 3]
    name = f"{_FIRST[number * 2]}wood {level}"
    return {"id": f"school-{number}", "name": name, "grades": grades, "enrollment": 300 + 97 * number}


def _names(random: Random, count: int) -> list[str]:
    pool = [f"{first}{second}" for first in _FIRST for second in _SECOND]
    random.shuffle(pool)
    return [pool[n % len(pool)] + (f" {n // len(pool) + 1}" if n >= len(pool) else "") for n in range(count)]


def _add_vendor(bodies: Bodies, random: Random, archetype: Archetype, name: str) -> None:
    id = name.lower().replace(" ", "-")
    bodies["vendors"].append((id, {"id": id, "name": name, "domains": [f"{id}.example"]}))
    agreement = f"{id}-dpa"
    year = random.randint(2019, 2025)
    terms = {"direct_control": True, "redisclosure_prohibited": True, "deletion_days": 60, "breach_notice_hours": 72}
    body = {"id": agreement, "vendor": id, "kind": "ndpa", "effective": f"{year}-07-01"}
    bodies["agreements"].append((agreement, {**body, "expires": f"{year + 5}-06-30", "terms": terms}))
    provided = set(archetype.provided)
    for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
        provided ^= {random.choice(_OPTIONAL)}
    for method, sender, elements in (
        ("provided", None, sorted(provided)),
        ("collected", "students", sorted(archetype.collected)),
        ("contributed", "students", sorted(archetype.contributed)),
    ):
        if elements:
            flow: dict[str, Any] = {"id": f"{id}-{method}", "to": id, "method": method, "elements": elements}
            flow |= {"purpose": archetype.purpose, "purpose_kind": archetype.kind, "agreement": agreement}
            flow |= {"legal_basis": "99.31(a)(1)(i)(B)", "starts": f"{year}-07-01"}
            bodies["flows"].append((flow["id"], flow | ({"from": sender} if sender else {})))
    if random.random() < 0.6:
        host = f"host-{random.randint(1, len(_HOSTS))}"
        hosting: dict[str, Any] = {
            "id": f"{id}-hosting",
            "from": id,
            "to": host,
            "method": "provided",
            "elements": sorted(provided),
        }
        hosting |= {
            "purpose": "Hosting",
            "purpose_kind": "hosting",
            "legal_basis": "99.33(b)",
            "starts": f"{year}-07-01",
        }
        bodies["flows"].append((hosting["id"], {**hosting, "onward_basis": "99.31(a)(1)(i)(B)"}))
