"""The options that many commands share, and what they are turned into."""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataflows.catalog.database import Address

F = TypeVar("F", bound="Callable[..., Any]")

DEFAULT_CATALOG = "dataflows.db"
YEARS = range(1900, 2201)
"""The years of days and moments, as in files."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class AddressType(click.ParamType[Any]):
    """A path or an SQLAlchemy URL, turned into an address."""

    name = "URL"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Offer files: most catalogs are one."""
        from dataflows.commands.completing import complete_file

        return complete_file(ctx, param, incomplete)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Address:  # noqa: ARG002
        """Return the address; raises UsageError for what is none."""
        from dataflows.catalog.database import Address

        return value if isinstance(value, Address) else Address.parse(value)


class DayType(click.ParamType[Any]):
    """A day, YYYY-MM-DD."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; fails for what is none."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None:
            self.fail(f"{value!r} is not a day. Write YYYY-MM-DD, as in 2026-06-30.", param, ctx)
        if day.year not in YEARS:
            self.fail(f"The year of {value} lies outside {YEARS[0]} to {YEARS[-1]}.", param, ctx)
        return day


class MomentType(click.ParamType[Any]):
    """A moment in ISO 8601; without a zone it is local time, a day alone is its end."""

    name = "MOMENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment in UTC; fails for what is none."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a moment. Write 2026-06-30T16:00 or 2026-06-30.", param, ctx)
        if moment.year not in YEARS:
            self.fail(f"The year of {value} lies outside {YEARS[0]} to {YEARS[-1]}.", param, ctx)
        if len(value) == 10:
            moment = moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
        return moment.astimezone(UTC)


class SharedOption(click.Option):
    """An option that may stand before the command too; the environment comes last."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """Return what was given before the command, or what the environment says."""
        given = ctx.find_root().params.get(self.name or "")
        return str(given) if given is not None else super().resolve_envvar_value(ctx)


class CatalogArgument(click.Argument):
    """The catalog that a command makes: an argument, or --catalog before the command."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """Return what was given before the command, or what the environment says."""
        given = ctx.find_root().params.get("catalog")
        return str(given) if given is not None else super().resolve_envvar_value(ctx)


def catalog_option(command: F) -> F:
    """Add --catalog."""
    return click.option(
        "--catalog",
        cls=SharedOption,
        type=AddressType(),
        envvar="DATAFLOWS_CATALOG",
        default=DEFAULT_CATALOG,
        show_default=True,
        help="Where the catalog is: a path, or an SQLAlchemy URL.",
    )(command)


def district_option(command: F) -> F:
    """Add --district."""
    help_text = "Which district, where the catalog holds several."
    return click.option("--district", cls=SharedOption, metavar="ID", envvar="DATAFLOWS_DISTRICT", help=help_text)(
        command
    )


def as_of_option(command: F) -> F:
    """Add --as-of; the command gets None for today, and prints the day that it takes."""
    return click.option("--as-of", type=DayType(), help="The day asked about (default: today).")(command)


def known_at_option(command: F) -> F:
    """Add --known-at."""
    return click.option("--known-at", type=MomentType(), help="As the catalog knew it at that moment.")(command)


def format_option(*formats: str) -> Callable[[F], F]:
    """Add --format with the given choices, the first of them the default."""
    kind = click.Choice(formats or ("table", "json", "csv"))
    return click.option("--format", "format_", type=kind, default=kind.choices[0], show_default=True, help="How.")


def today() -> date:
    """Return the local calendar day, or that of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()


def now() -> datetime:
    """Return this moment in UTC, or that of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)


def user_name() -> str:
    """Return who is at the keyboard, as the operating system knows it."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def warn(text: str) -> None:
    """Write a warning to stderr."""
    click.echo(f"Warning: {text}", err=True)


def warn_of_place(address: Address) -> None:
    """Warn where a catalog lies on a network drive or in a synchronised folder."""
    from dataflows.catalog.database import find_risky_place

    if risk := find_risky_place(address):
        warn(risk)


def is_terminal() -> bool:
    """Tell whether a person watches stderr."""
    return sys.stderr.isatty()
