"""An audit in a terminal: first what to do and who must do it, then every finding where that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dataflows.commands.printing import terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.audit_changes import AuditChanges
    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding


def print_audit(found: Audit, *, list_all: bool, group: str) -> None:
    """Print how much was found, and the first cures or every finding."""
    from dataflows.reporting.findings import count_line

    _say(f"{found.district}, on {found.as_of}: {count_line(found)}")
    if list_all:
        _print_all(found, group)
    elif found.open_findings:
        _print_first(found)
    elif found.findings:
        click.echo("\nWhat is waived: dataflows audit --all")


def print_changes(changes: AuditChanges) -> None:
    """Print what was closed, came and stayed."""
    from dataflows.reporting.findings import count_changes

    _say(f"{changes.district}, from {changes.start} to {changes.end}: {count_changes(changes)}")
    if changes.how_known:
        _say(changes.how_known)
    for _state, title, findings in changes.groups:
        click.echo(f"\n{title} ({len(findings):,})")
        for finding in findings:
            waiver = f" (waived until {finding.waiver.until})" if finding.waiver else ""
            _say(f"  {finding.severity:<7}  {finding.about.code} {finding.rule}: {finding.message}{waiver}", 11)


def _print_first(found: Audit) -> None:
    from dataflows.reporting.findings import first_cures

    groups, more = first_cures(found)
    number = 0
    for title, cures in groups:
        click.echo(f"\n{title}:")
        for cure in cures:
            number += 1
            _say(f"  {number:>2}. {cure.line()}  [{cure.severity}]", 6)
    rest = f"{more} more thing{'' if more == 1 else 's'} to do, and every" if more else "Every"
    _say(f"\n{rest} finding with its law: dataflows audit --all")


def _print_all(found: Audit, group: str) -> None:
    from dataflows.reporting.findings import group_findings

    for title, findings in group_findings(found.open_findings, group):
        _say(f"\n{title} ({len(findings):,})")
        _print_findings(findings)
    if found.waived:
        click.echo(f"\nWaived ({len(found.waived):,}), not counted")
        _print_findings(found.waived)


def _print_findings(findings: Iterable[Finding]) -> None:
    from dataflows.reporting.findings import cited

    for finding in findings:
        told = finding.tell()
        _say(f"  {finding.severity:<7}  {finding.about.code} {finding.rule}: {told.message}", 11)
        details = [str(told.effect), cited(finding), "" if finding.certain else "doubtful in law"]
        shown = " | ".join(detail for detail in details if detail)
        if shown:
            _say(f"           {shown}", 11)
        waiver = finding.waiver
        said = f"waived by {waiver.by} until {waiver.until}: {waiver.why}" if waiver else finding.about.fix
        _say(f"           {said}", 11)


def _say(text: str, indent: int = 0) -> None:
    """Print a line; on a terminal, as several that hang below its beginning where it is too long."""
    room = terminal_width()
    if not room or len(text) <= room:
        click.echo(text)
        return
    from textwrap import wrap

    for _ in range(len(text) - len(text.lstrip("\n"))):
        click.echo()
    below = " " * indent
    for line in wrap(
        text.lstrip("\n"), max(room, 40), subsequent_indent=below, break_long_words=False, break_on_hyphens=False
    ):
        click.echo(line)
