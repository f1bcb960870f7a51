"""What a rule says about one subject: how grave it is, its cure, its effect, and whether somebody accepts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dataflows.model.events import Waiver


class Severity(StrEnum):
    """How grave a finding is; the gravest comes first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Return its place among all, the gravest first."""
        return _RANKS[self]

    def reaches(self, other: Severity) -> bool:
        """Tell whether it is as grave as the other one, or graver."""
        return self.rank <= other.rank


_RANKS = {severity: place for place, severity in enumerate(Severity)}


class Acts(StrEnum):
    """Who must act to settle a finding."""

    WE = "we"
    VENDOR = "vendor"
    COUNSEL = "counsel"


class Subject(NamedTuple):
    """What a finding is about: a row by its list's name in the singular, and a field of the district."""

    kind: str
    id: str
    field: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}" + (f" {self.field}" if self.field else "")

    def to_json(self) -> dict[str, Any]:
        """Return it as INTERFACE.md shapes it."""
        found = {"kind": self.kind, "id": self.id}
        return {**found, "field": self.field} if self.field else found


@frozen
class Effect:
    """Whom and what a fault concerns: elements, students enrolled now (None: not known), and since when."""

    elements: tuple[str, ...] = ()
    students: int | None = None
    since: date | None = None

    def __str__(self) -> str:
        parts = [", ".join(self.elements)] if self.elements else []
        if self.students is not None:
            parts.append(f"{self.students:,} student{'' if self.students == 1 else 's'}")
        elif self.elements:
            parts.append("number of students not known")
        if self.since:
            parts.append(f"since {self.since}")
        return "; ".join(parts)


@frozen
class About:
    """What all findings of one rule share."""

    rule: str
    code: str
    fix: str
    do: str
    """The cure in a few words, by which findings are put together: `State the legal basis`."""
    acts: Acts
    first: bool = False
    """Its cure has a place on the opening screen before others."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a finding: its sentence, and its effect."""

    message: str
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)  # made by the thousand: its own `__init__` is the faster one
class Finding:
    """What a rule says about one subject.  Sentence and effect are made when somebody asks for them."""

    about: About
    severity: Severity
    subject: Subject
    citation: str | None
    tell: Callable[[], Told] = field(compare=False, repr=False)
    parties: tuple[str, ...] = ()
    """Ids of the parties concerned, for those who group by vendor."""
    names: tuple[str, ...] = ()
    """How a reader knows what it is about: the names of those parties, or the subject's own."""
    certain: bool = True
    """False where the law behind it is doubtful or was not read in a source."""
    waiver: Waiver | None = None
    """The waiver that holds on the day."""

    @property
    def rule(self) -> str:
        """Return the rule's name."""
        return self.about.rule

    @property
    def message(self) -> str:
        """Return what is wrong, in the district's own words."""
        return self.tell().message

    @property
    def effect(self) -> Effect:
        """Return whom and what it concerns."""
        return self.tell().effect

    @property
    def waived(self) -> bool:
        """Tell whether somebody accepts it on the day."""
        return self.waiver is not None

    def to_json(self) -> dict[str, Any]:
        """Return the row as INTERFACE.md shapes it, and what was added to it."""
        waiver, told, about = self.waiver, self.tell(), self.about
        accepted = {"by": waiver.by, "why": waiver.why, "until": waiver.until.isoformat()} if waiver else None
        return {
            "rule": about.rule,
            "code": about.code,
            "severity": self.severity.value,
            "subject": self.subject.to_json(),
            "message": told.message,
            "citation": self.citation,
            "fix": about.fix,
            "waived": self.waived,
            "acts": about.acts.value,
            "certain": self.certain,
            "elements": list(told.effect.elements),
            "students": told.effect.students,
            "since": told.effect.since.isoformat() if told.effect.since else None,
            "waiver": accepted,
        }
