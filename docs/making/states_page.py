"""The reference page of the states' laws, from schemas/law/states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.state_law import StateLaw, known_states, whole_state_law
from dataflows.law.states import states
from dataflows.reporting.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.law.state_law import BreachClock, CalendarEntry, ContractTerm, Fact, Posting

HEAD = """\
# The states' laws

<!-- Made by `python -m docs.make_reference` from schemas/law/states. Change the files there, not this page. -->

What the program knows of each state: the clocks that a breach starts, what agreements must say, what must be posted,
what may not be, and what falls due each year.
Nothing here is legal advice.
A row marked with a question mark was not read in a source, or lawyers may read it otherwise: ask counsel.
A state that is not here is not known; that is not the same as no law.
"""


def make_page() -> str:
    """Return the page."""
    by_name = sorted(known_states(), key=lambda code: states()[code].name)
    return "\n".join([HEAD, *(make_section(whole_state_law(code)) for code in by_name)])


def make_section(law: StateLaw) -> str:
    """Return the section of one state."""
    parts = [
        f"## {states()[law.code].name}",
        "\n".join(f"- {mark(row)}{row.cite}: {row.says}" for row in law.instruments),
    ]
    if law.breach:
        rows = "\n".join(clock_row(clock) for clock in law.breach)
        parts.append(f"| breach: who tells | whom | within | from | cite |\n| --- | --- | --- | --- | --- |\n{rows}")
    parts += list(lists_of(law))
    return "\n\n".join(parts) + "\n"


def mark(fact: Fact) -> str:
    """Return the sign of a fact that is not certain."""
    return "" if fact.certain else "(?) "


def days(fact: Fact) -> str:
    """Return the days between which a fact holds, where they are known."""
    first, last = fact.period.first_day, fact.period.last_day
    text = (f" from {first}" if first else "") + (f" until {last}" if last else "")
    return f" ({text.strip()})" if text else ""


def clock_row(clock: BreachClock) -> str:
    """Return the row of one clock."""
    limit = f"{clock.limit} {clock.unit.replace('_', ' ')}" if clock.limit else clock.words or ""
    if clock.condition:
        limit += f", {clock.condition}"
    if clock.at_least or clock.over:
        number = f"{clock.at_least:,} or more" if clock.at_least else f"more than {clock.over:,}"
        limit += f", if {number} {clock.people}"
    starts = " or ".join(start.replace("_", " ") for start in clock.starts)
    return f"| {clock.by} | {clock.to} | {limit} | {starts} | {mark(clock)}{clock.cite}{days(clock)} |"


def lists_of(law: StateLaw) -> Iterator[str]:
    """Yield the lists below the clocks that have something."""
    groups = (
        ("Agreements", [f"`{row.term}`{wanted(row)}: {mark(row)}{row.cite}{days(row)}" for row in law.terms]),
        ("Postings", [posting_row(row) for row in law.postings]),
        ("Documents of its own", [f"`notice {name}`: {KINDS[name].what}" for name in others_of(law)]),
        ("Bans", [f"`{row.rule}`: {mark(row)}{row.says} {row.cite}{days(row)}" for row in law.bans]),
        ("Rights", [f"{mark(row)}{row.says} {row.cite}" for row in law.rights]),
        ("Each year", [f"{when(row)}: {mark(row)}{row.says} {row.cite}{days(row)}" for row in law.calendar]),
    )
    for title, rows in groups:
        if rows:
            yield f"{title}:\n\n" + "\n".join(f"- {row}" for row in rows)


def posting_row(row: Posting) -> str:
    """Return what is posted, and the command that writes it."""
    written = f" `notice {row.id}` writes it." if row.id in KINDS else ""
    return f"`{row.id}`: {mark(row)}{row.says} {row.cite}{days(row)}{written}"


def others_of(law: StateLaw) -> list[str]:
    """Return the kinds of documents that a state has and that are no posting of its law."""
    posted = {row.id for row in law.postings}
    return [name for name, kind in KINDS.items() if law.code in kind.states and name not in posted]


def wanted(term: ContractTerm) -> str:
    """Return what a term must be, where it is not simply yes."""
    text = f" of {term.at_most} at most" if term.at_most is not None else ""
    if term.value is not True:
        text = f" = {term.value}"
    return text + (" (by law, without a clause)" if term.binds == "law" else "")


def when(entry: CalendarEntry) -> str:
    """Return when something of the calendar falls due."""
    due = entry.when
    if due.month_day:
        return due.month_day
    if due.school_year:
        text = "start of the school year" if due.school_year == "starts" else "middle of the school year"
        return f"{due.plus_days} days after the {text}" if due.plus_days else text
    if due.after:
        return f"{due.limit} {(due.unit or '').replace('_', ' ')} after {due.after}"
    return "every year"
