"""audit: what is wrong, by which rule, and what to do first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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

_GROUPS = ("cure", "vendor", "citation", "rule")


@click.command("audit")
@format_option("table", "json", "csv", "sarif", "html")
@click.option("--all", "list_all", is_flag=True, help="List every finding; else the first things to do.")
@click.option(
    "--group",
    type=click.Choice(_GROUPS),
    default="cure",
    show_default=True,
    help="How --all and HTML group.",
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
@click.option("--compared-with", metavar="FILE", help="With --pack: a list from outside to set beside the vendors.")
@click.option("--sample", type=click.IntRange(min=1), help="With --pack: mark so many flows for a test.")
@click.option("--seed", type=int, help="With --sample: the same seed marks the same flows.  [default: 0]")
@catalog_option
@district_option
@as_of_option
@known_at_option
@click.pass_context
def audit_command(
    ctx: click.Context, /, format_: str, *, fail_on: str, output: str | None, as_of: date | None, **given: Any
) -> int:
    """Say what is wrong, what to do first, and who must do it.

    Every finding names its rule and the paragraph behind it; `dataflows rules NAME` explains one.
    """
    from dataflows.model.findings import Severity

    _check_words(ctx)
    day = as_of or today()
    if given["pack"] is not None:
        found = _pack(day, **given)
    else:
        from dataflows.actions.asking import read_snapshot
        from dataflows.actions.audit import audit_snapshot

        chosen = _format_of(output, format_)
        if _is_given(ctx, "group") and chosen != "html" and not (chosen == "table" and given["list_all"]):
            raise click.UsageError("--group puts the findings of --all, or of HTML, together. Add one of them.", ctx)
        found = audit_snapshot(read_snapshot(given["catalog"], given["district"], day, given["known_at"]))
        if given["compare"] is not None:
            _compare(found, chosen, output, **given)
        else:
            _show(found, chosen, output, **given)
    return int(fail_on != "never" and found.reaches(Severity(fail_on)))


def _show(
    found: Audit, format_: str, output: str | None, *, list_all: bool, group: str, catalog: Address, **_: Any
) -> None:
    """Print an audit for a person, or deliver it in the form that is asked for."""
    if format_ == "table":
        from dataflows.commands.audit_screen import print_audit

        print_audit(found, list_all=list_all, group=group)
        return
    from dataflows.actions.audit import render_audit

    _deliver(render_audit(found, format_, str(catalog), group=group), output, f"the audit of {found.as_of}")


_TOGETHER = (
    ("compare", "pack", "A pack is about one day. Compare in a run of its own."),
    ("output", "pack", "--pack says where the pack goes, and has every form of the audit. Leave -o out."),
    ("format_", "pack", "A pack has every form of the audit. Leave --format out."),
    ("list_all", "pack", "A pack always lists every finding. Leave --all out."),
    ("group", "pack", "A pack's page is grouped by cure. Leave --group out."),
    ("list_all", "compare", "A comparison always lists every finding. Leave --all out."),
    ("group", "compare", "A comparison is grouped by what became of the findings. Leave --group out."),
)
"""Options that don't go together, and why."""
_NEEDS = (
    ("sample", "pack", "--sample marks flows in a pack. Say where to with --pack DIR."),
    ("compared_with", "pack", "--compared-with sets a list beside a pack's vendors. Say where to with --pack DIR."),
    ("seed", "sample", "--seed says which flows --sample marks. Say how many with --sample N."),
)
"""Options that mean nothing without another."""


def _check_words(ctx: click.Context) -> None:
    """Refuse options that do not go together; raises UsageError."""
    for one, other, why in _TOGETHER:
        if _is_given(ctx, one) and _is_given(ctx, other):
            raise click.UsageError(why, ctx)
    for one, needed, why in _NEEDS:
        if _is_given(ctx, one) and not _is_given(ctx, needed):
            raise click.UsageError(why, ctx)


def _is_given(ctx: click.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name not in ("DEFAULT", "DEFAULT_MAP")


def _format_of(output: str | None, format_: str) -> str:
    """Return the form that is asked for: what a file's suffix says goes first."""
    if output is None or output == "-":
        return format_
    suffix = output.rpartition("/")[2].rpartition(".")[2].lower() if "." in output else ""
    if not suffix and format_ == "table":
        raise click.UsageError(f"What form {output!r} should have is not clear. Add .json, .csv, .sarif or .html.")
    return suffix or format_


def _pack(
    day: date,
    *,
    pack: str,
    compared_with: str | None,
    sample: int | None,
    seed: int | None,
    catalog: Address,
    district: str | None,
    known_at: datetime | None,
    **_: Any,
) -> Audit:
    """Write what an auditor takes home, and say where; return the audit in it."""
    from dataflows.actions.audit_pack import Wanted, write_pack

    if not pack.strip():
        raise click.UsageError("--pack needs the name of a folder.")
    wanted = Wanted(as_of=day, made_on=today(), known_at=known_at, compared_with=compared_with, sample=sample or 0,
                    seed=seed or 0)  # fmt: skip
    made = write_pack(catalog, district, Path(pack), wanted)
    text = f"Wrote {len(made.names)} files into {pack}; `sha256sum -c SHA256SUMS` checks them there."
    click.echo(text, err=True)
    if compared_with is None:
        click.echo("The vendors were compared with no outside list; --compared-with FILE names one.", err=True)
    return made.audit


def _compare(
    found: Audit,
    format_: str,
    output: str | None,
    *,
    compare: date,
    catalog: Address,
    district: str | None,
    known_at: datetime | None,
    **_: Any,
) -> None:
    """Set the audit against that of another day, as the catalog knew it at the end of that day."""
    from dataflows.actions.audit import compare_with_day, render_comparison

    end = MomentType().convert(compare.isoformat(), None, None)
    changes = compare_with_day(found, catalog, district, compare, end=end, known_at=known_at)
    if format_ == "table":
        from dataflows.commands.audit_screen import print_changes

        print_changes(changes)
    else:
        if changes.how_known:
            click.echo(changes.how_known, err=True)
        what = f"the audits of {changes.start} and {changes.end}"
        _deliver(render_comparison(found, changes, format_, str(catalog)), output, what)


def _deliver(content: bytes, output: str | None, what: str) -> None:
    from dataflows.commands.delivering import deliver

    deliver(content, output, what)
