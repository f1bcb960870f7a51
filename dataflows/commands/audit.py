"""audit: what is wrong, by which rule, and what to do first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dataflows.commands.options import (
    DayType,
    MomentType,
    as_of_option,
    catalog_option,
    district_option,
    format_option,
    known_at_option,
    today,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from dataflows.catalog.database import Address
    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding

_GROUPS = ("cure", "vendor", "citation", "rule")


@click.command("audit")
@format_option("table", "json", "csv", "sarif", "html")
@click.option("--all", "list_all", is_flag=True, help="List every finding; else the first things to do.")
@click.option(
    "--group", type=click.Choice(_GROUPS), default="cure", show_default=True, help="How --all puts findings together."
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "info", "never")),
    default="error",
    show_default=True,
    help="Leave with exit code 1 where a finding is as grave as this; waived ones don't count.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to; the suffix says the format.")
@click.option("--compare", type=DayType(), metavar="DAY", help="Say what was closed, stayed and came since that day.")
@click.option("--pack", metavar="DIR", help="Write what an auditor takes home into a new folder.")
@click.option("--sample", type=click.IntRange(min=0), default=0, help="With --pack: mark so many flows for a test.")
@click.option("--seed", type=int, default=0, help="With --sample: the same seed marks the same flows.")
@catalog_option
@district_option
@as_of_option
@known_at_option
def audit_command(
    format_: str,
    *,
    list_all: bool,
    group: str,
    fail_on: str,
    output: str | None,
    compare: date | None,
    pack: str | None,
    sample: int,
    seed: int,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> int:
    """Say what is wrong, what to do first, and who must do it.

    Every finding names its rule and the paragraph behind it; `dataflows rules NAME` explains one.
    """
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.audit import audit_snapshot
    from dataflows.model.findings import Severity

    found = audit_snapshot(read_snapshot(catalog, district, as_of or today(), known_at))
    if sample and not pack:
        raise click.UsageError("--sample marks flows in a pack. Say where to with --pack DIR.")
    if compare is not None:
        _compare(catalog, district, compare, found, format_)
    elif pack:
        from dataflows.actions.audit_pack import Sampling, write_pack

        names = write_pack(catalog, district, found, Path(pack), Sampling(size=sample, seed=seed))
        click.echo(f"Wrote {len(names)} files into {pack}; `sha256sum -c SHA256SUMS` checks them there.", err=True)
    elif output is None and format_ == "table":
        _print_audit(found, list_all=list_all, group=group)
    else:
        _write(found, output, format_, str(catalog))
    return int(fail_on != "never" and found.reaches(Severity(fail_on)))


def _compare(catalog: Address, district: str | None, day: date, found: Audit, format_: str) -> None:
    """Set the audit against that of another day, as the catalog knew it at the end of that day."""
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.audit import audit_snapshot
    from dataflows.commands.printing import print_json
    from dataflows.model.audit_changes import compare_audits

    if format_ not in ("table", "json"):
        raise click.UsageError("A comparison is shown as a table or as JSON.")
    known_at = MomentType().convert(day.isoformat(), None, None)
    changes = compare_audits(audit_snapshot(read_snapshot(catalog, district, day, known_at)), found)
    if format_ == "json":
        print_json(changes.to_json())
        return
    click.echo(f"{found.district}, from {changes.start} to {changes.end}")
    for title, findings in (("Closed", changes.closed), ("Came", changes.came), ("Stayed", changes.stayed)):
        click.echo(f"\n{title} ({len(findings):,})")
        for finding in findings:
            click.echo(f"  {finding.severity:<7}  {finding.about.code} {finding.rule}: {finding.message}")


def _write(found: Audit, output: str | None, format_: str, artifact: str) -> None:
    """Write the audit in a form for programs or a browser, to a file or to stdout."""
    from dataflows.actions.audit import render_audit
    from dataflows.commands.delivering import deliver

    chosen = format_
    if output not in (None, "-") and "." in str(output):
        chosen = str(output).rpartition(".")[2].lower()
    deliver(render_audit(found, chosen, artifact), output, f"the audit of {found.as_of}")


def _print_audit(found: Audit, *, list_all: bool, group: str) -> None:
    from dataflows.reporting.findings import count_line

    click.echo(f"{found.district}, on {found.as_of}: {count_line(found)}")
    if list_all:
        _print_all(found, group)
    elif found.open_findings:
        _print_first(found)
    elif found.findings:
        click.echo("\nWhat is waived: dataflows audit --all")


def _print_first(found: Audit) -> None:
    from dataflows.reporting.findings import first_cures

    groups, more = first_cures(found)
    number = 0
    for title, cures in groups:
        click.echo(f"\n{title}:")
        for cure in cures:
            number += 1
            click.echo(f"  {number:>2}. {cure.line()}  [{cure.severity}]")
    rest = f"{more} more thing{'' if more == 1 else 's'} to do, and " if more else ""
    click.echo(f"\n{rest}every finding with its law: dataflows audit --all".replace("\nevery", "\nEvery"))


def _print_all(found: Audit, group: str) -> None:
    from dataflows.reporting.findings import group_findings

    for title, findings in group_findings(found.open_findings, group):
        click.echo(f"\n{title} ({len(findings):,})")
        for finding in findings:
            _print_finding(finding)
    if found.waived:
        click.echo(f"\nWaived ({len(found.waived):,}), not counted")
        for finding in found.waived:
            _print_finding(finding)


def _print_finding(finding: Finding) -> None:
    from dataflows.reporting.findings import cited

    click.echo(f"  {finding.severity:<7}  {finding.about.code} {finding.rule}: {finding.message}")
    details = [str(finding.effect), cited(finding), "" if finding.certain else "doubtful in law"]
    shown = " | ".join(detail for detail in details if detail)
    if shown:
        click.echo(f"           {shown}")
    if finding.waiver:
        waiver = finding.waiver
        click.echo(f"           waived by {waiver.by} until {waiver.until}: {waiver.why}")
    else:
        click.echo(f"           {finding.about.fix}")
