"""From what a file says to canonical bodies: one row at a time, every problem kept with its path.

The fast path keeps no positions: a problem holds the path to the value, and the file's reader
finds line and column afterwards, only where something is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.law.bases import UnknownBasisError, resolve_basis
from dataflows.model.bodies import Path, RowProblem
from dataflows.model.kinds import BadValueError, Slug, did_you_mean
from dataflows.model.parties import STUDENTS
from dataflows.model.records import parse_fields
from dataflows.model.text import make_slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dataflows.model.lists import ListSpec


class Reference(NamedTuple):
    """A row names an id that was not known when the row was read."""

    path: Path
    target: str
    key: str


@dataclass(slots=True)
class Names:
    """Which ids a name stands for, list by list; only tables let a name stand for an id."""

    ids: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def add(self, target: str, name: str, id: str) -> None:
        """Let a name stand for an id."""
        self.add_to((target,), name, id)

    def add_to(self, targets: Iterable[str], name: str, id: str) -> None:
        """Let a name stand for an id of several lists."""
        word = _fold(name)
        for target in targets:
            ids = self.ids.setdefault(target, {})
            if word in ids:
                ids[word].add(id)
            else:
                ids[word] = {id}

    def find(self, target: str, name: str) -> set[str]:
        """Return the ids that a name may stand for."""
        return self.ids.get(target, {}).get(_fold(name), set())


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


class RowReader:
    """Reads the rows of one file for one district. It is the `Reading` that kinds parse with."""

    def __init__(
        self,
        district: str,
        first_language: str,
        known: Mapping[str, Collection[str]],
        names: Names | None = None,
    ) -> None:
        self.district = district
        self.first_language = first_language
        self.path: list[str | int] = []
        self.problems: list[RowProblem] = []
        self.references: list[Reference] = []
        self._known = known
        self._names = names
        self._tree: Mapping[str, Any] = {}

    def read(self, spec: ListSpec, tree: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row's canonical body; what the row clears is None in it."""
        self._tree = tree
        body = parse_fields(spec.record, tree, self)
        if spec.name == "flows" and body.get("from") == self.district:
            body["from"] = None
        return body

    def take(self) -> tuple[list[RowProblem], list[Reference]]:
        """Return and forget the problems and open references found since the last call."""
        found = (self.problems, self.references)
        self.problems, self.references = [], []
        return found

    def known(self, target: str) -> Collection[str]:
        """Return the ids of a list that are known to be there already."""
        return self._known.get(target, _NONE)

    def refer(self, target: str, key: str) -> str:
        """Return the id that a text names, and note it where it is not known yet."""
        if key in self._known.get(target, _NONE):
            return key
        if self._names is not None:
            found = self._names.find(target, key)
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise BadValueError(f"{key!r} is the name of several: {', '.join(sorted(found))}.", "Write the id.")
        if target == "party" and key == STUDENTS:
            return key
        try:
            Slug().parse(key, self)
        except BadValueError:
            slug = make_slug(key)
            known = self.known(target)
            hint = f"Write {slug!r}." if slug in known else did_you_mean(slug, known)
            raise BadValueError(f"There is no {target} called {key!r}.", hint) from None
        self.references.append(Reference(tuple(self.path), target, key))
        return key

    def legal_basis(self, text: str) -> str:
        """Return the citation that a text names, given who receives the flow."""
        receiver = "district" if self._tree.get("to") == self.district else "outside"
        try:
            return resolve_basis(text, receiver)
        except UnknownBasisError as unknown:
            raise BadValueError(unknown.message, unknown.hint) from None

    def refuse(self, message: str, hint: str | None = None, *below: str | int) -> None:
        """Record a problem at the current path, or below it."""
        self.problems.append(RowProblem((*self.path, *below), message, hint))


_NONE: frozenset[str] = frozenset()
