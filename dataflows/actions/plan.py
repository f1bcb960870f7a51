"""What files would change, and changing it: a plan first, then one transaction with its log entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dataflows.actions.loading import Loader
from dataflows.catalog.database import connect
from dataflows.errors import InputError, Problem, UsageError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.text import find_refused_character, has_social_security_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dataflows.catalog.database import Address, Connection
    from dataflows.catalog.log import Entry
    from dataflows.catalog.writing import Signature
    from dataflows.model.changes import Change
    from dataflows.sources.district_list.mapping import Mapping as ColumnMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What files would add, change and remove, and what is wrong with them."""

    adds: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    removes: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[Problem, ...] = ()
    """What of a district's own list was not understood, or says nothing; the rest was read."""
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What rows of such a list say in a few words, and what renamed rows were or become, by kind and id."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.adds or self.changes or self.removes)

    def to_json(self) -> dict[str, Any]:
        """Return the shape that INTERFACE fixes for `plan`."""
        return {
            "adds": [{"kind": kind, "id": id} for kind, id in self.adds],
            "changes": [
                {"kind": c.kind, "id": c.id, "fields": {name: list(pair) for name, pair in c.fields.items()}}
                for c in self.changes
            ],
            "removes": [{"kind": kind, "id": id} for kind, id in self.removes],
            "problems": [_placed(problem) for problem in self.problems],
            "left_out": [_placed(problem) for problem in self.left_out],
            "notes": list(self.notes),
        }


def _placed(problem: Problem) -> dict[str, Any]:
    place = problem.location
    found = {"file": place.file, "line": place.line, "column": place.column, "where": place.where}
    return {**found, "message": problem.message, "hint": problem.hint}


@dataclass(frozen=True, slots=True)
class Request:
    """Which files to read, and how: `replace` removes what they no longer name; `mapping` is a file, too."""

    files: Sequence[str]
    replace: bool = False
    district: str | None = None
    progress: Callable[[str, int, float | None], None] | None = None
    mapping: str | None = None


def plan_files(address: Address, request: Request) -> Plan:
    """Return what files would change; its problems are in it. Raises CatalogError, UsageError."""
    with connect(address) as connection:
        return _plan(connection, request)[0]


def apply_files(address: Address, request: Request, signed: Signature) -> tuple[Plan, tuple[Entry, ...]]:
    """Change the catalog to what files say, in one transaction; raises InputError with every problem."""
    from dataflows.catalog.writing import write_district

    check_words(signed)
    with connect(address, writes=True) as connection:
        plan, loader = _plan(connection, request)
        if plan.problems:
            raise InputError(plan.problems)
        entries = [
            write_district(
                loader.staging,
                district,
                signed,
                renames=loader.renames_of(district),
                taxonomy=builtin_taxonomy(),
            )
            for district in loader.changed_districts()
        ]
    return plan, tuple(entries)


def check_words(signed: Signature) -> None:
    """Refuse what no text of a catalog may hold in the words of the log too: they are there for good."""
    for name, text in (("message", signed.message), ("name of who applies", signed.by)):
        if code := find_refused_character(text):
            raise UsageError(f"The {name} holds the control character {code}. Leave it out.")
        if has_social_security_number(text):
            raise UsageError(
                f"The {name} holds what is written like a social security number. The log is kept for good and never"
                " holds a student's record; take the number out."
            )


def _read_mapping(file: str) -> ColumnMapping:
    from dataflows.sources.district_list.map_reader import read_mapping

    return read_mapping(file)


def _plan(connection: Connection, request: Request) -> tuple[Plan, Loader]:
    if request.mapping and request.replace:
        message = (
            "A list of your own holds no row of the catalog whole, so --replace would clear what it does not know."
        )
        raise UsageError(f"{message} Leave out --replace, or --mapping.")
    mapping = _read_mapping(request.mapping) if request.mapping else None
    loader = Loader(connection, request.district, request.progress, mapping)
    for name in request.files:
        loader.read_file(name)
    loader.finish(replace=request.replace)
    loader.label_renames()
    plan = Plan(
        adds=loader.listed("add"),
        changes=tuple(loader.changes),
        removes=loader.listed("remove"),
        problems=loader.located_problems(),
        notes=tuple(loader.notes),
        left_out=tuple(loader.left_out),
        labels=loader.labels,
    )
    return plan, loader
