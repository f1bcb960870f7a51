"""Loads catalog files into the staging table and collects every problem of all of them in one run.

The order: read and stage each row, look up the ids that were not seen in the files, merge what
differs from a known row, take out what `--replace` no longer names, follow renames, and check
what only shows across rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from dataflows.actions import crosschecks, renames
from dataflows.actions.alikes import find_alikes, find_shared_domains
from dataflows.actions.headers import find_contradictions, join_said
from dataflows.actions.labels import Labels
from dataflows.actions.mapped import as_own_list, open_file, tell_known
from dataflows.actions.references import find_unknown, nearest_known
from dataflows.actions.refused import RefusedRow, find_more
from dataflows.actions.row_places import Place, Rename
from dataflows.actions.speaking import Speaking
from dataflows.catalog.bulk import fetch
from dataflows.catalog.snapshots import choose_district, list_districts
from dataflows.catalog.staging import Staging
from dataflows.errors import InputError, Location, Problem
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.bodies import RowProblem, check_body, merge_bodies
from dataflows.model.changes import Change, compare_bodies
from dataflows.model.kinds import is_slug
from dataflows.model.lists import BY_NAME, PARTY_LISTS, ListSpec
from dataflows.model.text import make_slug
from dataflows.sources.names import collect_names
from dataflows.sources.rows import RowReader
from dataflows.sources.table_file import TableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dataflows.catalog.database import Connection
    from dataflows.catalog.staging import StagedRow
    from dataflows.model.bodies import Path
    from dataflows.sources.base import CatalogFile, RawRow
    from dataflows.sources.district_list.mapping import Mapping


_TARGETS = {
    "district": ("party",), "vendors": ("vendor", "party"), "parties": ("party",), "schools": ("school",),
    "elements": ("element",),
}  # fmt: skip
"""The names under which rows of a list are referred to; agreements and flows are known by their places."""

_ORDER = {name: number for number, name in enumerate(BY_NAME)}


class Loader:
    """One run over files: what they say, what that changes, and what is wrong."""

    def __init__(
        self,
        connection: Connection,
        district: str | None,
        progress: Callable[[str, int, float | None], None] | None,
        mapping: Mapping | None = None,
    ) -> None:
        self.staging = Staging(connection)
        self.staging.create()
        self.changes: list[Change] = []
        self.notes: list[str] = []
        self.left_out: list[Problem] = []
        """What a district's own list says that was not understood, or says nothing."""
        self.labels = Labels()
        """What rows of such a list say in a few words, by kind and id."""
        self._mapping = mapping
        self._connection = connection
        self._wanted = district
        self._progress = progress or (lambda _name, _rows, _share: None)
        self._files: list[CatalogFile] = []
        self._problems: list[tuple[Place, RowProblem]] = []
        self._refused: list[RefusedRow] = []
        self._doubles: list[tuple[Place, str, str, Place]] = []
        self._file_problems: list[Problem] = []
        self._districts: dict[str, Speaking] = {}
        self._taxonomy = builtin_taxonomy()

    def read_file(self, name: str) -> None:
        """Read one file and stage its rows."""
        try:
            file = open_file(name, self._mapping)
        except InputError as error:
            self._file_problems += error.problems
            return
        self._files.append(file)
        place = len(self._files) - 1
        header = file.district()
        speaking = self._district_of(file, header)
        own = as_own_list(file, self._mapping, self.labels)
        known = tell_known(self._connection, speaking.id, own, self._known_names(speaking)) if file.is_table else ()
        names = collect_names(file, known) if isinstance(file, TableFile) else None
        reader = RowReader(speaking.id, speaking.first_language, speaking.known, names)
        if header is not None:
            self._read_district(speaking, reader, header, place)
        for count, row in enumerate(file.rows()):
            self._read_row(speaking, reader, row, place)
            if count % 500 == 0:
                share = file.share if isinstance(file, TableFile) else None
                self._progress(name, count, share)
        speaking.lists |= file.lists()
        self._file_problems += file.problems
        self.notes += file.notes
        if own is not None:
            self.left_out += own.left_out

    def _district_of(self, file: CatalogFile, header: dict[str, Any] | None) -> Speaking:
        id = self._wanted
        languages: Any = None
        if header is not None and header.get("id") is not None:
            id = str(header["id"])
            languages = header.get("home_languages")
        elif file.is_table or header is None:
            id = self._district_of_table() if file.is_table else id
        if id is None or not is_slug(id):
            id = make_slug(id or "") or "district"
        if id not in self._districts:
            speaking = Speaking(id, self._first_language(id, languages))
            speaking.named["element"] |= set(self._taxonomy.elements)
            speaking.named["category"] |= set(self._taxonomy.categories)
            speaking.named["party"].add(id)
            self._districts[id] = speaking
            self._districts[id].agreements.district = id
        return self._districts[id]

    def _first_language(self, district: str, languages: Any) -> str:
        if isinstance(languages, list) and languages and isinstance(languages[0], str):
            return languages[0]
        sql = "SELECT body FROM journal WHERE district = ? AND list = 'district' AND retired_by IS NULL"
        rows = fetch(self._connection, sql, (district,))
        if rows and languages is None:
            return str((json.loads(rows[0][0]).get("home_languages") or ["en"])[0])
        return "en"

    def _district_of_table(self) -> str:
        """Return the district chosen, or the only one that the catalog or the files so far speak of."""
        if self._wanted in self._districts:
            return str(self._wanted)
        known = {*list_districts(self._connection), *self._districts}
        if self._wanted is None and len(known) == 1:
            return known.pop()
        return choose_district(self._connection, self._wanted)

    def _known_names(self, speaking: Speaking) -> Iterable[tuple[str, str, str]]:
        """Yield the names that the catalog holds, and note their ids: an id goes before a name."""
        for target, table in (("vendor", "vendors"), ("party", "parties"), ("school", "schools")):
            sql = f"SELECT id, name FROM {table} WHERE district = ?"  # noqa: S608  (our own names)
            for id, name in fetch(self._connection, sql, (speaking.id,)):
                speaking.named[target].add(id)
                yield target, name, id

    def _read_district(self, speaking: Speaking, reader: RowReader, header: dict[str, Any], number: int) -> None:
        place = Place(number, "district", 0)
        said = reader.read(BY_NAME["district"], {key: value for key, value in header.items() if key != "was"})
        refused = bool(reader.problems)
        self._take(speaking, reader, place)
        if refused:
            self._set_aside(speaking, place, speaking.id, said)
        if header.get("id") is None:
            self._problems.append((place, RowProblem(("id",), "The district has no 'id'.", "Each district needs one.")))
        record = BY_NAME["district"].record
        if header.get("was") is not None:
            message = "A district keeps its id: its record and its log go by it."
            self._problems.append((place, RowProblem(("was",), message, "Leave `was` out.")))
        for path in find_contradictions(record, speaking.said, said):
            what = f"the district's {'.'.join(path)!r}"
            self._refuse_contradiction(place, path, what, speaking.places.get("district", speaking.id))
        speaking.said = join_said(record, speaking.said, said)
        if speaking.id not in speaking.places.ids("district"):
            speaking.places.put("district", speaking.id, number, 0)

    def _read_row(self, speaking: Speaking, reader: RowReader, row: RawRow, file: int) -> None:
        list_name, number, tree = row
        spec = BY_NAME[list_name]
        was = tree.get("was")
        if "was" in tree:
            tree = {key: value for key, value in tree.items() if key != "was"}
        said = reader.read(spec, tree)
        refused = bool(reader.problems)
        if refused or reader.references:
            self._take(speaking, reader, Place(file, list_name, number))
        if any(said.get(name) is None for name in spec.key):
            self._refuse_keyless(speaking, tree, said, Place(file, list_name, number))
            return
        id = spec.key_of(said)
        if was is not None:
            speaking.renames.append(Rename(list_name, str(was), id, Place(file, list_name, number)))
        if spec.within_district and self._is_said_before(speaking, spec, said, Place(file, list_name, number)):
            return
        if self._is_double(speaking, spec, id, file, number):
            return
        if not refused:
            self._stage(speaking, id, said, Place(file, list_name, number), is_renamed=was is not None)
        elif was is None:
            self._set_aside(speaking, Place(file, list_name, number), id, said)

    def _stage(self, speaking: Speaking, id: str, said: dict[str, Any], place: Place, *, is_renamed: bool) -> None:
        spec = BY_NAME[place.list]
        body = merge_bodies({}, said, spec) if None in said.values() or spec.has_nested(said) else said
        is_whole = body == said and not is_renamed
        is_whole = is_whole and not check_body(spec, body, self._taxonomy, district=speaking.id)
        if place.list == "agreements":
            speaking.agreements.sign(id, said.get("vendor"))
        elif place.list == "flows" and is_whole and "agreement" in body:
            speaking.agreements.use(body, place)
        self.staging.add(speaking.id, place.list, id, place.file, place.number, said, is_whole=is_whole)

    def _refuse_keyless(self, speaking: Speaking, tree: dict[str, Any], said: dict[str, Any], place: Place) -> None:
        for name in BY_NAME[place.list].key:
            if tree.get(name) is None:
                self._problems.append((place, RowProblem((name,), f"The row has no {name!r}.", "Each row needs it.")))
        self._set_aside(speaking, place, make_slug(str(tree.get("id"))), said)

    def _is_double(self, speaking: Speaking, spec: ListSpec, id: str, file: int, number: int) -> bool:
        places = speaking.places
        for name in PARTY_LISTS[1:] if spec.name in PARTY_LISTS else (spec.name,):
            if id not in places.ids(name):
                continue
            first = places.get(name, id)
            self._doubles.append((Place(file, spec.name, number), spec.key[0], id, first))
            return True
        places.put(spec.name, id, file, number)
        for target in _TARGETS.get(spec.name, ()):
            speaking.named[target].add(id)
        return False

    def _set_aside(self, speaking: Speaking, place: Place, id: str, said: dict[str, Any]) -> None:
        """Keep a row out of the plan whose values were refused just now."""
        here = takewhile(lambda item: item[0] == place, reversed(self._problems))
        fields = frozenset(str(problem.path[0]) for _place, problem in here if problem.path)
        self._refused.append(RefusedRow(speaking.id, id, place, said, fields))

    def _is_said_before(self, speaking: Speaking, spec: ListSpec, said: dict[str, Any], place: Place) -> bool:
        """Tell whether another file's header has the row already; refuse what it says otherwise."""
        id = spec.key_of(said)
        first = speaking.places.get(spec.name, id) if id in speaking.places.ids(spec.name) else None
        if first is None or first.file == place.file:
            speaking.within[spec.name, id] = said
            return False
        before = speaking.within[spec.name, id]
        if said != before:
            path = next(iter(find_contradictions(spec.record, before, said)), ())
            self._refuse_contradiction(place, path, f"the {spec.kind} {id!r}", first)
        return True

    def _refuse_contradiction(self, place: Place, path: Path, what: str, first: Place) -> None:
        message = f"The files say two things about {what}; the other is in {self._files[first.file].name}."
        self._problems.append((place, RowProblem(path, message, "Say it once, or twice the same.")))

    def _take(self, speaking: Speaking, reader: RowReader, place: Place) -> None:
        problems, references = reader.take()
        self._problems += [(place, problem) for problem in problems]
        speaking.references += [(place, reference) for reference in references]

    def _check_doubles(self) -> None:
        """Refuse ids that stand twice, each with the place of the first; one look at a file finds all of its places."""
        firsts: defaultdict[int, list[Path]] = defaultdict(list)
        for _place, _key, _id, first in self._doubles:
            firsts[first.file].append((first.list, first.number))
        shown = {number: self._files[number].locate(paths) for number, paths in firsts.items()}
        for place, key, id, first in self._doubles:
            location = shown[first.file][(first.list, first.number)]
            where = f"in {location.file}" + (f", line {location.line}" if location.line else "")
            where = where if location.sheet is None else f"at {location.where}"
            message = f"The id {id!r} is there twice; the first is {where}."
            self._problems.append((place, RowProblem((key,), message, "Ids are unique; choose another.")))

    def finish(self, *, replace: bool) -> None:
        """Set what was staged against what is known; call once, after the last file."""
        for speaking in self._districts.values():
            is_refused = any(row.place.list == "district" and row.district == speaking.id for row in self._refused)
            if speaking.said.get("id") is not None and not is_refused:
                place = speaking.places.get("district", speaking.id)
                self.staging.add(speaking.id, "district", speaking.id, place.file, 0, speaking.said, is_whole=False)
        for speaking in self._districts.values():
            self._check_references(speaking)
            renames.check(self._connection, speaking, self.refuse)
            renames.move_waivers(self.staging, speaking)
        self.staging.compare()
        self._check_doubles()
        for row in self._refused:
            found = find_more(self._connection, row, self._taxonomy)
            self._problems += [(row.place, problem) for problem in found]
        self._settle(replace=replace)
        for speaking in self._districts.values():
            if replace:
                self._take_out(speaking)
            self.changes += renames.follow(self.staging, speaking, self._taxonomy, self.refuse)
            crosschecks.check_agreements(self._connection, speaking, self.refuse)
            crosschecks.check_shared_ids(self.staging, speaking, self.refuse)
            crosschecks.check_cycles(self.staging, speaking, self._taxonomy, self.refuse)
            crosschecks.check_dangling(self.staging, speaking, self._taxonomy, self.refuse_anywhere)
            self.notes += crosschecks.find_odd_state(speaking.said)
            self.notes += crosschecks.find_moved_sources(self._connection, speaking.id)
            self.notes += find_alikes(self.staging, speaking)
            self.notes += find_shared_domains(self.staging, speaking)
            speaking.let_go()

    def _check_references(self, speaking: Speaking) -> None:
        unknown = find_unknown(self._connection, speaking.id, speaking.known, [r for _p, r in speaking.references])
        renamed = renames.former_ids(speaking.renames)
        for place, reference in speaking.references:
            if (reference.target, reference.key) not in unknown or (reference.target, reference.key) in renamed:
                continue
            hint = nearest_known(self._connection, speaking.id, speaking.known, reference)
            message = f"There is no {reference.target} called {reference.key!r}."
            self._problems.append((place, RowProblem(reference.path, message, hint)))

    def _settle(self, *, replace: bool) -> None:
        decided: list[tuple[int, str, dict[str, Any] | None]] = []
        for row in self.staging.unsettled():
            decided.append((row.seq, *self._decide(row, replace=replace)))
            if len(decided) >= 5_000:
                self.staging.settle(decided)
                decided.clear()
        self.staging.settle(decided)

    def _decide(self, row: StagedRow, *, replace: bool) -> tuple[str, dict[str, Any] | None]:
        spec = BY_NAME[row.list]
        speaking = self._districts[row.district]
        known = renames.base_of(self._connection, speaking, row)
        body = renames.rename_in(speaking, row.list, merge_bodies({} if replace else known or {}, row.said, spec))
        place = Place(row.file, row.list, row.place)
        cleared = [name for name, value in row.said.items() if value is None]
        found = check_body(spec, body, self._taxonomy, district=row.district, cleared=cleared)
        self._problems += [(place, problem) for problem in found]
        if row.list == "flows":
            speaking.agreements.use(body, place)
        if row.known is None:
            return "add", body
        if body == row.known:
            return "same", None
        self.changes.append(Change(spec.kind, row.id, compare_bodies(spec.record, row.known, body)))
        return "change", body

    def _take_out(self, speaking: Speaking) -> None:
        renamed = {(rename.list, rename.old) for rename in speaking.renames}
        for name in speaking.lists:
            for id in self.staging.find_absent(speaking.id, name):
                if (name, id) not in renamed:
                    self.staging.put(speaking.id, name, id, "remove", None)

    def refuse(self, place: Place, problem: RowProblem) -> None:
        """Record a problem of a row of a file."""
        self._problems.append((place, problem))

    def refuse_anywhere(self, message: str, hint: str | None) -> None:
        """Record a problem of a row that no file holds."""
        name = self._files[0].name if self._files else ""
        self._file_problems.append(Problem(Location(name), message, hint))

    def listed(self, action: str) -> tuple[tuple[str, str], ...]:
        """Return kind and id of the rows with an action (`add`, `remove`), list by list, as the files hold them."""
        found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for district, name, id in self.staging.ids(action):
            found[district, _ORDER[name]].append(id)
        kinds = tuple(spec.kind for spec in BY_NAME.values())
        return tuple((kinds[part[1]], id) for part in sorted(found) for id in found.pop(part))

    def changed_districts(self) -> list[str]:
        """Return the districts in which something changes, sorted."""
        return sorted({where for (where, action) in self.staging.count() if action in ("add", "change", "remove")})

    def renames_of(self, district: str) -> list[tuple[str, str, str]]:
        """Return the renames that take place in a district: list, old id, new id."""
        return [(r.list, r.old, r.new) for r in self._districts[district].renames]

    def label_renames(self) -> None:
        """Add to the labels what a rename says of the rows that come and go by it."""
        renames = [rename for speaking in self._districts.values() for rename in speaking.renames]
        told = [(r.list, r.new, f"was {r.old}") for r in renames] + [(r.list, r.old, f"now {r.new}") for r in renames]
        for list_name, id, text in told:
            self.labels.add(BY_NAME[list_name].kind, id, text)

    def located_problems(self) -> tuple[Problem, ...]:
        """Return every problem with its file, line and column, in the order of the files."""
        by_file: defaultdict[int, list[tuple[Path, RowProblem]]] = defaultdict(list)
        for place, problem in self._problems:
            start: Path = ("district",) if place.list == "district" else (place.list, place.number)
            by_file[place.file].append(((*start, *problem.path), problem))
        found = list(self._file_problems)
        for number, items in sorted(by_file.items()):
            located = self._files[number].locate([path for path, _problem in items])
            found += [Problem(located[path], problem.message, problem.hint) for path, problem in items]
        order = {file.name: number for number, file in enumerate(self._files)}
        found.sort(key=lambda p: (order.get(p.location.file, -1), *_position(p.location)))
        return tuple(dict.fromkeys(found))


def _position(place: Location) -> tuple[int, int, int]:
    return (place.sheet or 0, place.line or 0, place.column or 0)
