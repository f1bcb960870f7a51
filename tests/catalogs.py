"""A catalog on a database, and the files of a test that are planned and applied to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dataflows import Catalog
from dataflows.actions.export import read_catalog
from dataflows.catalog.database import Address, open_engine
from dataflows.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.actions.plan import Plan

OAK = "catalog: 1\ndistrict: {id: oak, name: Oak County Schools, state: MD}\n"
"""Begins a file of a test; lists follow."""
BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)
"""The moment of a test's first apply; each further one is a day later."""


class Bench:
    """A catalog at an address. What is given is the text of a YAML file, or a path."""

    def __init__(self, url: str, folder: Path, district: str | None = None) -> None:
        self.url = url
        self.folder = folder
        self.catalog = Catalog(url, district)
        self.applied = 0

    def file(self, given: str | Path) -> str:
        """Write a text as a file that no other one of the test is called, and return its path."""
        if not isinstance(given, str):
            return str(given)
        path = self.folder / f"file-{len(list(self.folder.glob('file-*')))}.yaml"
        path.write_text(given, encoding="utf-8", newline="\n")
        return str(path)

    def plan(self, *given: str | Path, replace: bool = False) -> Plan:
        return self.catalog.plan(*map(self.file, given), replace=replace)

    def apply(self, *given: str | Path, replace: bool = False, by: str = "Tester", message: str = "") -> Plan:
        """Apply; every problem of the files fails the test."""
        try:
            plan, _entries = self.catalog.apply(
                *map(self.file, given), by=by, message=message, replace=replace, at=self.moment(self.applied)
            )
        except InputError as error:
            raise AssertionError("\n".join(map(str, error.problems))) from None
        self.applied += 1
        return plan

    @staticmethod
    def moment(number: int) -> datetime:
        """Return the moment of an apply by its number from 0."""
        return BEGAN + timedelta(days=number)

    def problems(self, *given: str | Path, replace: bool = False) -> list[str]:
        """Return what is wrong with files, as a person sees it: `line:column where: message hint`."""
        plan = self.plan(*given, replace=replace)
        return [str(problem).removeprefix(problem.location.file).removeprefix(":") for problem in plan.problems]

    def rows(self, list_name: str) -> dict[str, dict[str, Any]]:
        """Return the canonical bodies of a list by id."""
        return dict(read_catalog(self.catalog.address, self.catalog.district).get(list_name, ()))

    def run(self, sql: str, *values: Any) -> list[Any]:
        """Run a statement behind the catalog's back; keys are not looked at on SQLite."""
        engine = open_engine(Address.parse(self.url))
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.connection.execute("PRAGMA foreign_keys = OFF")
                connection.rollback()
            else:
                sql = sql.replace("?", "%s")
                connection.exec_driver_sql("SET session_replication_role = replica")
            result = connection.exec_driver_sql(sql, values)
            found = list(result.all()) if result.returns_rows else []
            connection.commit()
        return found

    def check_whole(self) -> None:
        """Fail where log, journal and tables don't agree."""
        assert [item for item in self.catalog.verify() if not item.ok] == []


def changed(plan: Plan) -> dict[str, dict[str, list[Any]]]:
    """Return a plan's changes by kind and id, in the shape of its JSON."""
    return {f"{change['kind']}/{change['id']}": change["fields"] for change in plan.to_json()["changes"]}


def added(plan: Plan) -> list[str]:
    return [f"{kind}/{id}" for kind, id in plan.adds]


def removed(plan: Plan) -> list[str]:
    return [f"{kind}/{id}" for kind, id in plan.removes]
