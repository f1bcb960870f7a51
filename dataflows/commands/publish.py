"""publish: freezes what families were given, so that it can be shown later, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from dataflows.commands.completing import complete_file
from dataflows.commands.options import (
    DayType,
    as_of_option,
    catalog_option,
    district_option,
    format_option,
    now,
    today,
    user_name,
    warn,
    warn_of_place,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dataflows.actions.publish import Published, Wanted
    from dataflows.actions.publish_verify import VerifiedPackage
    from dataflows.catalog.database import Address

CHANNELS = ("handbook", "mail", "email", "web", "newspaper")
"""The words of `notices.means`; a test holds them against the model's."""


@click.command("publish")
@click.argument("folder", metavar="DIR", required=False, shell_complete=complete_file)
@click.option(
    "--sent", multiple=True, metavar="KIND[:LANG]=FILE", help="The file that really went out; may be said again."
)
@click.option("--channel", multiple=True, type=click.Choice(CHANNELS), help="How it went out; may be said again.")
@click.option("--on", type=DayType(), help="The day on which it went out.")
@click.option("--url", metavar="URL", help="Where it is posted.")
@click.option(
    "--despite", metavar="WHY", help="Publish it although `notice check` finds something wrong; kept in the record."
)
@click.option(
    "--without", multiple=True, metavar="KIND", help="Leave a document out of the package; may be said again."
)
@click.option("--look", metavar="FOLDER", type=click.Path(path_type=Path), help="Your own templates, style and words.")
@click.option("--verify", "verifies", is_flag=True, help="Say whether anything in DIR was changed since.")
@click.option("--diff", "years", nargs=2, metavar="YEAR YEAR", help="Write what changed between two published years.")
@click.option("--language", metavar="TAG", help="With --diff: in which language (default: the first home language).")
@click.option("-o", "--output", metavar="FILE", help="With --diff: where to, .html .pdf .docx .md .txt, or - .")
@click.option("--by", metavar="WHO", help="By whom, for the record (default: your user name).")
@click.option("--message", default="", metavar="WHY", help="A word more for the log.")
@format_option("table", "json")
@catalog_option
@district_option
@as_of_option
@click.pass_context
def publish_command(
    ctx: click.Context,
    /,
    folder: str | None,
    *,
    verifies: bool,
    years: tuple[str, str] | None,
    format_: str,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    **words: Any,
) -> int:
    """Freeze the year's notices in DIR: documents, catalog, digests, and a record in the log.

    \b
    publish DIR                         the package of today, in all home languages and formats
    publish DIR --sent annual=FILE      what really went out, checked and kept beside ours
    publish --verify DIR                what is missing, altered or extra (exit code 1)
    publish --diff 2025-26 2026-27      what changed, for parents
    """  # noqa: D301  (click's mark for lines that stay as they are)
    _check_words(ctx)
    if years:
        _write_changes(catalog, district, years, folder, output=words["output"], language=words["language"])
        return 0
    if folder is None:
        raise click.UsageError("Name the folder of the package: publish DIR.")
    if verifies:
        return _verify(ctx, Path(folder), catalog, district, format_)
    wanted = _read_wanted(as_of, words)
    _publish(catalog, district, Path(folder), wanted, by=words["by"], message=words["message"], format_=format_)
    return 0


_FREEZING = ("sent", "channel", "on", "url", "despite", "without", "look", "by", "message")
_OF_SENDING = ("channel", "on", "url", "despite")


def _check_words(ctx: click.Context) -> None:
    """Refuse options that do not go together."""
    given = {name for name in ctx.params if ctx.get_parameter_source(name) not in (ParameterSource.DEFAULT, None)}
    acts = [word for name, word in (("verifies", "--verify"), ("years", "--diff")) if name in given]
    if len(acts) > 1:
        raise click.UsageError("--verify and --diff are two questions. Ask one of them.")
    wrong = [name for name in _FREEZING if acts and name in given]
    if not acts and "sent" not in given:
        wrong = [name for name in _OF_SENDING if name in given]
        if wrong:
            raise click.UsageError(f"{_option(wrong[0])} says how a file went out. Name it with --sent KIND=FILE.")
    if wrong:
        raise click.UsageError(f"{_option(wrong[0])} does not go with {acts[0]}. Leave it out.")
    if {"years", "format_"} <= given:
        raise click.UsageError("--diff writes a document for parents. Leave --format out; -o FILE chooses its form.")
    for name in ("language", "output"):
        if name in given and "years" not in given:
            raise click.UsageError(f"{_option(name)} goes with --diff only. Leave it out.")


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _read_wanted(as_of: date | None, words: Mapping[str, Any]) -> Wanted:
    """Return what is asked for. The package is of the day that is given, else of that on which files went out."""
    from dataflows.actions.publish import Wanted
    from dataflows.actions.publish_sent import Way, parse_address, parse_sent
    from dataflows.reporting.look import read_look

    on, url, despite = words["on"], words["url"], words["despite"]
    if on is not None and on > today():
        raise click.UsageError(f"--on {on} is yet to come. Say when the file has gone out, not before.")
    if despite is not None and not despite.strip():
        raise click.UsageError("--despite says nothing. Say why it is published all the same.")
    address = parse_address(url) if url is not None else None
    return Wanted(
        as_of=as_of or on or today(),
        is_day_given=as_of is not None,
        without=words["without"],
        look=read_look(words["look"]) if words["look"] else None,
        sent=tuple(parse_sent(text) for text in words["sent"]),
        way=Way(channels=words["channel"], date=on, url=address, despite=despite),
    )


def _publish(
    catalog: Address, district: str | None, folder: Path, wanted: Wanted, *, by: str | None, message: str, format_: str
) -> None:
    from dataflows import __version__
    from dataflows.actions.publish import publish
    from dataflows.catalog.writing import Signature
    from dataflows.commands.printing import print_json
    from dataflows.commands.progress import shown_progress

    warn_of_place(catalog)
    signed = Signature(now().isoformat(timespec="microseconds"), by or user_name(), message, __version__)
    with shown_progress("the package") as progress:
        done = publish(
            catalog, district, folder, wanted, signed, progress=lambda document: setattr(progress, "step", document)
        )
    _warn_of_holes(done, wanted)
    if format_ == "json":
        print_json(done.to_json())
    else:
        _print(done)


def _warn_of_holes(done: Published, wanted: Wanted) -> None:
    for row in done.manifest.get("left_out", ()):
        warn(f"{row['kind']} is not in the package: {row['why']}")
    for row in done.manifest.get("not_written", ()):
        warn(f"{row['kind']} is not written in {row['language']}: {row['why']}.")
    for row in done.manifest["documents"]:
        if fields := row.get("in_another_language"):
            warn(f"{row['kind']} in {row['language']} shows texts in another language: {_some(fields)}.")
        if gaps := row.get("not_known_yet"):
            warn(f"{row['kind']} in {row['language']} says that this is not known yet: {_some(gaps)}.")
        for sent in row.get("sent", ()):
            if sent.get("undecided"):
                unsure = ", ".join(sent["undecided"])
                warn(f"{sent['file']}: the check can't tell whether it states {unsure}, nor in ours. Read it.")
    if wanted.sent and not (wanted.way.channels and wanted.way.date):
        warn("how or when it went out is not stated. Say it again with --channel and --on.")
    if done.catalog_moved_on:
        warn("the catalog says something else now than what this package froze; the package stays as it is.")


_MOST_FIELDS = 4


def _some(fields: list[str]) -> str:
    """Return the first of many fields; all stand in the index of the package."""
    shown, more = fields[:_MOST_FIELDS], len(fields) - _MOST_FIELDS
    return ", ".join(shown) + (f" and {more} more (index.html lists them)" if more > 0 else "")


def _print(done: Published) -> None:
    from dataflows.commands.printing import print_table

    manifest = done.manifest
    click.echo(f"{manifest['district']['name']}, {manifest['school_year']}, as of {manifest['as_of']}: {done.folder}\n")
    rows = []
    for document in manifest["documents"]:
        for sent in document.get("sent") or [dict[str, Any]()]:
            differs = len(sent.get("differences", ())) if sent.get("compared_with") else None
            told = (
                sent.get("file", "").rpartition("/")[2],
                sent.get("channels"),
                sent.get("date"),
                sent.get("url"),
                differs,
            )
            rows.append((document["kind"], document["language"], document["state"], *told))
    print_table(("DOCUMENT", "LANGUAGE", "STATE", "SENT", "CHANNEL", "ON", "AT", "DIFFERS AT"), rows)
    files = f"{len(done.written)} file{'' if len(done.written) == 1 else 's'} written, {done.unchanged} unchanged"
    click.echo(f"\n{files}. Package sha256:{manifest['package_sha256']}")
    if done.entry:
        click.echo(f"Entry {done.entry.number} of the log of {done.entry.district}: sha256:{done.entry.digest}")
    else:
        click.echo("The record has it already.")
    if not any(document.get("sent") for document in manifest["documents"]):
        click.echo("When it has gone out, say so: dataflows publish DIR --sent KIND=FILE --channel email --on DAY")


def _verify(ctx: click.Context, folder: Path, catalog: Address, district: str | None, format_: str) -> int:
    from dataflows.actions.publish_verify import verify_package
    from dataflows.commands.printing import print_json

    is_asked = ctx.get_parameter_source("catalog") is not ParameterSource.DEFAULT
    is_there = catalog.path is None or catalog.path.exists()
    found = verify_package(folder, catalog if is_asked or is_there else None, district, is_asked=is_asked)
    if format_ == "json":
        print_json(found.to_json())
    else:
        _print_verified(found)
    return 0 if found.ok else 1


def _print_verified(found: VerifiedPackage) -> None:
    for what, names in (("missing", found.missing), ("altered", found.altered), ("extra", found.extra)):
        for name in names:
            click.echo(f"{what:<8} {name}")
    for problem in found.problems:
        click.echo(problem)
    if found.manifest is not None:
        of = f"the package of {found.manifest.district.name} of {found.manifest.as_of}"
    else:
        of = "a package whose manifest can't be read"
    state = "whole: every file is what it was" if found.ok else "NOT whole"
    beside = {True: "The record of the catalog says the same.", False: "The record of the catalog says otherwise."}
    said = beside[found.recorded] if found.recorded is not None else f"Not set beside the record: {found.note}."
    click.echo(f"{found.folder}: {of} is {state}. {said}")


def _write_changes(
    catalog: Address,
    district: str | None,
    years: tuple[str, str],
    folder: str | None,
    *,
    output: str | None,
    language: str | None,
) -> None:
    from dataflows.actions.publish_years import write_changes, write_changes_into
    from dataflows.commands.delivering import deliver

    what = f"what changed from {years[0]} to {years[1]}"
    if folder is not None:
        if output is not None or language is not None:
            raise click.UsageError("Into a folder every language and format is written. Leave out -o and --language.")
        names = write_changes_into(catalog, district, years, Path(folder))
        click.echo(f"Wrote {what}: {len(names)} files in {folder}", err=True)
        return
    suffix = Path(output).suffix if output not in (None, "-") else ".txt"
    made = write_changes(catalog, district, years, language=language, suffix=suffix or ".txt")
    for field in made.missing_translations:
        warn(f"{field} has no translation into {made.language}, so it stands in another language.")
    deliver(made.content, output, what)
