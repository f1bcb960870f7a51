"""`rules`: the catalogue of rules, one of them explained, and the law behind them with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.errors import UnknownIdError
from dataflows.law.bases import legal_bases
from dataflows.law.citations import cite_for_readers, format_citation
from dataflows.law.notices import annual_notice_items, complaint_contact, notice_giving
from dataflows.law.state_law import known_states, state_law
from dataflows.model.kinds import nearest
from dataflows.reporting.kinds import KINDS
from dataflows.rules import RULES
from dataflows.rules.pages import Page, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["LawRow", "explain_rule", "list_law", "list_rules", "page_to_json"]


def list_rules(day: date) -> list[Page]:
    """Return the pages of the rules that hold on a day, by code within the order of the families."""
    pages = [read_page(rule) for rule in RULES]
    return [page for page in pages if day in page.period]


def explain_rule(word: str) -> Page:
    """Return the page of a rule by its name or code; raises UnknownIdError."""
    wanted = word.strip().lower()
    for rule in RULES:
        if wanted in (rule.name, rule.code.lower()):
            return read_page(rule)
    spellings = [name for rule in RULES for name in (rule.name, rule.code.lower())]
    raise UnknownIdError("rule", word, nearest(wanted, spellings))


def page_to_json(page: Page) -> dict[str, Any]:
    """Return a page as JSON: what it finds, why, its cure, its examples."""
    period = {"from": page.period.first_day, "until": page.period.last_day}
    return {
        "code": page.code,
        "name": page.name,
        "severity": page.severity.value,
        "citation": page.citation,
        "certain": page.certain,
        **{key: day.isoformat() if day else None for key, day in period.items()},
        "finds": page.finds,
        "why": page.why,
        "arguable": page.arguable,
        "do": page.do,
        "fix": page.cure,
        "acts": page.acts.value,
        "when_to_waive": page.when_to_waive,
        "yields_to": list(page.yields_to),
        "fails": page.fails,
        "passes": page.passes,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """One fact of the law as the program knows it on a day."""

    kind: str
    citation: str
    says: str
    first_day: date | None
    last_day: date | None
    checked: date
    certain: bool

    def to_json(self) -> dict[str, Any]:
        """Return the row for `--format json`."""
        return {
            "kind": self.kind,
            "citation": self.citation,
            "says": self.says,
            "from": self.first_day.isoformat() if self.first_day else None,
            "until": self.last_day.isoformat() if self.last_day else None,
            "checked": self.checked.isoformat(),
            "certain": self.certain,
        }


def list_law(day: date, state: str | None = None) -> list[LawRow]:
    """Return the law that the program knows to hold on a day: federal, then of every state, or of one alone.

    Raises UnknownIdError for a state of which nothing is known.
    """
    if state is not None and state.upper() not in known_states():
        raise UnknownIdError("state with law data", state, nearest(state, known_states()))
    codes = [state.upper()] if state else known_states()
    of_states = [row for code in codes for row in _state(code, day)]
    return of_states if state else [*_bases(day), *_items(day), *_contacts(day), *of_states]


_STATE_KINDS = {
    "instruments": "law",
    "terms": "contract term",
    "breach": "breach clock",
    "postings": "posting",
    "bans": "ban",
    "rights": "right",
    "calendar": "calendar",
}


def _state(code: str, day: date) -> Iterator[LawRow]:
    law = state_law(code, day)
    for part, kind in _STATE_KINDS.items():
        for fact in getattr(law, part):
            written = f" Written by `notice {fact.id}`." if kind == "posting" and fact.id in KINDS else ""
            yield _row(f"{code} {kind}", fact.cite, fact.says + written, fact)


def _bases(day: date) -> Iterator[LawRow]:
    for basis in legal_bases().values():
        if day in basis.period:
            yield _row("legal basis", format_citation(basis.citation), basis.title, basis)
            for condition in basis.conditions:
                if day in condition.period:
                    cite = cite_for_readers(condition.cite)
                    yield LawRow(
                        kind="condition",
                        citation=cite,
                        says=condition.says,
                        first_day=condition.period.first_day or basis.period.first_day,
                        last_day=condition.period.last_day,
                        checked=basis.checked,
                        certain=condition.certain and basis.certain,
                    )


def _items(day: date) -> Iterator[LawRow]:
    for item in annual_notice_items(day):
        yield _row("annual notice", format_citation(item.citation), item.requirement, item)
    for giving in notice_giving(day):
        yield _row("giving the notice", format_citation(giving.citation), giving.says, giving)


def _contacts(day: date) -> Iterator[LawRow]:
    try:
        contact = complaint_contact(day)
    except LookupError:
        return
    yield _row("complaints", format_citation(contact.citation), f"{contact.office}, {contact.address}", contact)


def _row(kind: str, citation: str, says: str, fact: Any) -> LawRow:
    return LawRow(
        kind=kind,
        citation=citation,
        says=says,
        first_day=fact.period.first_day,
        last_day=fact.period.last_day,
        checked=fact.checked,
        certain=fact.certain,
    )
