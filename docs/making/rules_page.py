"""The reference page of the rules, from their pages in schemas/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.citations import cite_for_readers
from dataflows.rules import FAMILIES
from dataflows.rules.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.rules.pages import Page

HEAD = """\
# Rules

<!-- Made by `python -m docs.make_reference` from schemas/rules. Change the pages there, not this one. -->

What `audit` looks for, family by family.
Each rule has one catalog that fails and one that passes; a test runs both.
What the rules can't answer, and why, is in [rules-not-answered.md](rules-not-answered.md).
A rule's name and its code say the same in `rules`, and in a waiver.

| severity | means |
| --- | --- |
| error | the law is broken, or nothing shows that it is kept |
| warning | it may be broken, or good practice that the law nearly asks for is not kept |
| info | worth knowing |
"""
ACTORS = {"we": "the district", "vendor": "the vendor", "counsel": "counsel"}


def make_page() -> str:
    """Return the page."""
    parts = [HEAD]
    for family, rules in FAMILIES.items():
        parts.append(f"## {family.capitalize()}\n")
        for rule in rules:
            parts += make_section(read_page(rule))
    return "\n".join(parts)


def make_section(page: Page) -> Iterator[str]:
    """Yield the parts of a rule's section."""
    law = cite_for_readers(page.citation)
    yield f"### {page.name}\n"
    yield f"{page.code}, {page.severity}. {page.finds}\n"
    yield f"**Why it matters.** {page.why}\n"
    if page.arguable:
        yield f"**Arguable.** {page.arguable}\n"
    yield f"**The law.** {law or 'None, or that of the state; the finding names it'}.{_days(page)}\n"
    yield f"**How to settle it** ({ACTORS[page.acts.value]}). {page.cure}\n"
    if page.when_to_waive:
        yield f"**When to waive it.** {page.when_to_waive}\n"
    if page.yields_to:
        yield f"**Silent** where one of these speaks of the same: {', '.join(page.yields_to)}.\n"
    yield f"Fails:\n\n```yaml\n{page.fails.rstrip()}\n```\n"
    yield f"Passes:\n\n```yaml\n{page.passes.rstrip()}\n```\n"


def _days(page: Page) -> str:
    doubt = "" if page.certain else " It was not read in a source."
    if page.period.first_day:
        return f" In force from {page.period.first_day}.{doubt}"
    return f" In force until {page.period.last_day}.{doubt}" if page.period.last_day else doubt
