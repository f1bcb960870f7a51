"""notice check: what anybody's annual notice states of 34 CFR 99.7."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from dataflows.checking.notice_check import NoticeCheck
    from dataflows.model.snapshot import Snapshot

FORMATS = ("table", "json", "csv", "html")
_COLUMNS = ("id", "requirement", "present", "evidence", "missing")


def check_file(
    file: str | None, format_: str | None, *, output: str | None, day: date, snapshot: Snapshot | None = None
) -> None:
    """Check a file and print what was found; exits 1 where something is absent or against the law."""
    from dataflows.actions.check_notice import check_notice

    if file is None:
        raise click.UsageError("Name the notice that is to be checked, or - for stdin: notice check FILE.")
    form = _form(format_, output)
    content = sys.stdin.buffer.read() if file == "-" else None
    checked = check_notice("stdin" if file == "-" else file, day=day, content=content, snapshot=snapshot)
    if form == "html":
        _print_html(checked, output)
    else:
        _print(checked, form)
    if not checked.in_order:
        click.get_current_context().exit(1)


def _form(format_: str | None, output: str | None) -> str:
    written = output is not None and output != "-"
    form = (format_ or ("html" if written else "table")).lower()
    if form not in FORMATS:
        raise click.UsageError(f"A check can't be printed as {form!r}. Choose one of: {', '.join(FORMATS)}.")
    if written and (form != "html" or Path(output or "").suffix.lower() not in (".html", ".htm")):
        raise click.UsageError("Only the page is written to a file: -o NAME.html. Redirect the other forms.")
    return form


def _print(checked: NoticeCheck, form: str) -> None:
    from dataflows.commands.printing import print_csv, print_json

    if form == "json":
        print_json(checked.to_json())
    elif form == "csv":
        rows = [item.to_json() for item in checked.items]
        print_csv(_COLUMNS, [[row[name] for name in _COLUMNS] for row in rows])
    else:
        _print_table(checked)


def _print_table(checked: NoticeCheck) -> None:
    """Print what a person reads: each item with the words found or what must be said, then the rest."""
    for item in checked.items:
        place = f" ({item.place})" if item.place else ""
        click.echo(f"{'yes' if item.present else 'NO ':3}  {item.id:14}  {item.title}{place}")
        if item.present:
            _say(f"“{item.evidence}”")
        else:
            for sentence in item.missing:
                _say(f"Must say: {sentence}")
            _say(f"Not enough: {' '.join(item.not_enough)}")
    for other in checked.others:
        click.echo(f"\n{other.title}")
        for entry in other.items:
            absent = "-" if entry.customary else "NO"
            click.echo(f"{'yes' if entry.present else absent:3}  {entry.id:14}  {entry.requirement}")
    if checked.findings:
        click.echo("\nBeside the items")
    for finding in checked.findings:
        place = f" ({finding.place})" if finding.place else ""
        click.echo(f"{finding.severity:7}  {finding.code}  {finding.message}{place} [{finding.citation}]")
        if finding.evidence:
            _say(f"“{finding.evidence}”")
        _say(finding.cure)
    click.echo(f"\n{checked.file}: {_sum_up(checked)}")


def _sum_up(checked: NoticeCheck) -> str:
    """Say in one sentence or two why the check is passed or not."""
    present = sum(item.present for item in checked.items)
    told = f"{present} of {len(checked.items)} items of 34 CFR 99.7 are stated."
    wrong = ", ".join(dict.fromkeys(f"{finding.code} ({finding.citation})" for finding in checked.errors))
    return f"{told} Against the law beside them: {wrong}." if wrong else told


def _say(text: str) -> None:
    import textwrap

    shown = text if len(text) <= 400 else f"{text[:390]} […]"
    click.echo(textwrap.fill(shown, 100, initial_indent="     ", subsequent_indent="     "))


def _print_html(checked: NoticeCheck, output: str | None) -> None:
    from dataflows.actions.check_notice import render_check

    content = render_check(checked)
    if output is None or output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from dataflows.actions.files import write_whole

    write_whole(Path(output), content)
    click.echo(f"Wrote the check of {checked.file}: {output}", err=True)
