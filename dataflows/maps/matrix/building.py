"""Makes a view from facts: columns, rows with their cells, exceptions, letters and key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dataflows.maps.matrix.beside import sorted_findings
from dataflows.maps.matrix.clustering import choose_centres, cluster, median_of
from dataflows.maps.matrix.codes import category_codes
from dataflows.maps.matrix.facts import sort_methods
from dataflows.maps.matrix.seriation import seriate
from dataflows.maps.matrix.shapes import METHODS, Cells, Coarsening, Column, MatrixGroup, MatrixParty, MatrixView
from dataflows.maps.merging import category_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dataflows.maps.matrix.facts import Facts


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profile of each party as a whole number, a bit for each column by a method."""

    by: str
    cells: Mapping[str, Cells]
    columns: tuple[str, ...]
    bits: Mapping[str, int]

    def cells_in(self, profile: int) -> Cells:
        """Return the cells that a profile stands for."""
        found: Cells = {}
        for place, column in enumerate(self.columns):
            part = profile >> place * len(METHODS) & 0b1111
            if part:
                found[column] = tuple(method for number, method in enumerate(METHODS) if part >> number & 1)
        return found


def profiles_of(facts: Facts, by: str) -> Profiles:
    """Return the profiles of all parties that something reaches straight from the sources."""
    cells = {party: facts.cells_of(party, by) for party in facts.direct}
    changed = (facts.cells_by(by, reached) for parts in facts.changes.values() for reached in parts.values())
    used = {column for own in (*cells.values(), *changed) for column in own}
    columns = facts.snapshot.taxonomy.sorted(used) if by == "element" else facts.sorted_categories(used)
    places = {
        (column, method): 1 << place * len(METHODS) + number
        for place, column in enumerate(columns)
        for number, method in enumerate(METHODS)
    }
    bits = {
        party: sum(places[column, method] for column, methods in own.items() for method in methods)
        for party, own in cells.items()
    }
    return Profiles(by, cells, tuple(columns), bits)


Row = tuple[str, int, list[str]]
"""The kind of a row, its profile, its parties."""


class Grouping:
    """Puts parties into rows; for several numbers of rows, so that the largest that fits can be found."""

    def __init__(self, facts: Facts, profiles: Profiles, most: int) -> None:
        self._facts, self._profiles = facts, profiles
        self._sources = [party for party in profiles.bits if facts.snapshot.is_source(party)]
        self._bits = {party: own for party, own in profiles.bits.items() if party not in self._sources}
        self._weights = Counter(self._bits.values())
        self._centres = choose_centres(self._weights, most)

    def rows(self, most: int) -> list[Row]:
        """Return at most `most` rows, in an order in which blocks show."""
        extra = extra_rows(self._facts)
        room = max(1, most - len(self._sources) - len(extra))
        home, medians = {}, []
        for number, members in enumerate(cluster(self._weights, self._centres[:room])):
            medians.append(median_of(members, self._weights))
            home.update(dict.fromkeys(members, number))
        parties: list[list[str]] = [[] for _ in medians]
        for party, own in self._bits.items():
            parties[home[own]].append(party)
        sources: list[Row] = [("source", self._profiles.bits[party], [party]) for party in self._sources]
        rows: list[Row] = [("group", medians[number], parties[number]) for number in seriate(medians)]
        return [*sources, *rows, *extra]


def extra_rows(facts: Facts) -> list[Row]:
    """Return the rows of parties that nothing reaches straight from the sources."""
    kinds = (("onward", facts.others), ("sender", facts.only_send), ("former", facts.former))
    return [(kind, 0, list(parties)) for kind, parties in kinds if parties]


def single_rows(facts: Facts, profiles: Profiles) -> list[Row]:
    """Return a row for each party, ordered so that blocks show; parties of one profile stand by name."""
    alike: dict[int, list[str]] = {}
    sources = [party for party in profiles.bits if facts.snapshot.is_source(party)]
    for party in sorted(profiles.bits.keys() - set(sources), key=lambda party: name_order(facts, party)):
        alike.setdefault(profiles.bits[party], []).append(party)
    distinct = sorted(alike)
    return [
        *(("source", profiles.bits[party], [party]) for party in sources),
        *(("group", distinct[place], [party]) for place in seriate(distinct) for party in alike[distinct[place]]),
        *(
            (kind, 0, [party])
            for kind, _, parties in extra_rows(facts)
            for party in sorted(parties, key=lambda party: name_order(facts, party))
        ),
    ]


def build_matrix(facts: Facts, profiles: Profiles, rows: Iterable[Row], *, view: str, is_full: bool) -> MatrixView:
    """Make the view of rows."""
    groups = tuple(
        MatrixGroup(kind, cells := profiles.cells_in(profile), tuple(_members(facts, profiles, cells, parties)))
        for kind, profile, parties in rows
    )
    drawn = {column for group in groups for column in group.cells}
    columns = tuple(_columns(facts, profiles, drawn))
    letters = _letters(facts)
    return MatrixView(
        view=view,
        by=profiles.by,
        is_full=is_full,
        as_of=facts.snapshot.valid_on,
        district=facts.snapshot.district.name,
        district_id=facts.snapshot.district.id,
        language=facts.snapshot.district.first_language,
        wording=facts.wording,
        columns=columns,
        groups=groups,
        key=facts.key,
        letters=letters,
        names=facts.shown,
        elements=facts.elements,
        categories={id: category.name for id, category in facts.snapshot.taxonomy.categories.items()},
        unconnected=facts.unconnected,
        coarsening=Coarsening(
            parties=sum(1 for party in profiles.bits if not facts.snapshot.is_source(party)),
            exceptions=sum(party.exceptions for group in groups for party in group.parties),
            drawn=len(drawn),
            has_little_in_common=False,
        ),
        senders=facts.senders,
        carriers=facts.carriers,
        compared_with=facts.beside.compared_with,
        ended=facts.ended,
        findings=None if facts.beside.findings is None else sorted_findings(facts.beside.findings, facts.shown),
    )


def name_order(facts: Facts, party: str) -> tuple[str, str]:
    """Return what sorts parties by name."""
    return facts.shown[party].casefold(), party


def _members(facts: Facts, profiles: Profiles, cells: Cells, parties: Iterable[str]) -> Iterable[MatrixParty]:
    for party in sorted(parties, key=lambda party: name_order(facts, party)):
        own = profiles.cells.get(party, {})
        yield MatrixParty(
            id=party,
            name=facts.snapshot.name_of(party),
            kind=facts.snapshot.kind_of(party),
            shown=facts.shown[party],
            cells=own,
            adds=_difference(profiles.columns, own, cells),
            removes=_difference(profiles.columns, cells, own),
            counts=facts.counts_of(party, profiles.by),
            passes_to=facts.passes_to.get(party, ()),
            changes=facts.changes_of(party, profiles.by),
            is_new=facts.is_new(party),
            found=facts.found.get(party, {}),
        )


def _difference(columns: Iterable[str], has: Cells, lacks: Cells) -> Cells:
    """Return the cells of the one without those of the other."""
    if has == lacks:
        return {}
    found = {
        column: left
        for column, methods in has.items()
        if methods != (other := lacks.get(column)) and (left := set(methods).difference(other or ()))
    }
    return {column: sort_methods(found[column]) for column in columns if column in found} if found else {}


def _columns(facts: Facts, profiles: Profiles, drawn: set[str]) -> Iterable[Column]:
    is_source = facts.snapshot.is_source
    reached = Counter(column for party, own in profiles.cells.items() if not is_source(party) for column in own)
    if profiles.by == "element":
        for id in profiles.columns:
            yield replace(facts.elements[id], parties=reached[id], is_drawn=id in drawn)
        return
    codes, taxonomy = category_codes(facts.snapshot.taxonomy), facts.snapshot.taxonomy
    sizes = Counter(element.category for element in taxonomy.elements.values())
    gotten = _by_category(facts, facts.direct.values())
    changed = _by_category(facts, (reached for parts in facts.changes.values() for reached in parts.values()))
    for id in profiles.columns:
        name = taxonomy.categories[id].name if id in taxonomy.categories else id
        elements = gotten.get(id) or changed[id]
        level = facts.sensitivity_of(elements)
        size = max(sizes[id], len(elements))
        yield Column(id, "category", codes[id], name, id, level, reached[id], size, is_drawn=id in drawn)


def _by_category(facts: Facts, reached: Iterable[Mapping[str, frozenset[str]]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for element in {element for own in reached for element in own}:
        found.setdefault(category_of(facts.snapshot, element), set()).add(element)
    return found


def _letters(facts: Facts) -> dict[str, str]:
    """Give a raised letter to each party that another passes data on to, by name: a to z, then aa."""
    receivers = {receiver for receivers in facts.passes_to.values() for receiver in receivers}
    ordered = sorted(receivers, key=lambda party: name_order(facts, party))
    return {party: _letter(number) for number, party in enumerate(ordered, 1)}


def _letter(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
