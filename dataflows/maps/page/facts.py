"""Reads a snapshot for the page: every flow of any day, and whom and what it touches."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataflows.law.bases import find_basis
from dataflows.law.citations import cite_for_readers
from dataflows.maps.labels import clean
from dataflows.maps.matrix.seriation import seriate
from dataflows.maps.merging import category_of
from dataflows.maps.names import shown_names
from dataflows.maps.page.shapes import PageColumn, PageElement, PageFlow, PageParty, PageView
from dataflows.maps.wording import our_wording
from dataflows.model.audiences import grades_of
from dataflows.model.grades import GRADES
from dataflows.model.parties import STUDENTS
from dataflows.model.sensitivities import SENSITIVITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dataflows.maps.page.shapes import PageFinding
    from dataflows.maps.wording import Wording
    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Audience, Flow
    from dataflows.model.snapshot import Snapshot

LEVELS = ("elementary", "middle", "high", "other")
"""Levels of school: to grade 5, 6 to 8, 9 to 13, and ungraded and adult."""
_LAST_GRADES = (GRADES.index("5"), GRADES.index("8"), GRADES.index("13"))
_ALL_LEVELS = (1 << len(LEVELS)) - 1
_MOST_ORDERED = 500
"""Above so many profiles, to order them takes seconds; the fullest come first then."""


def read_page(snapshot: Snapshot, findings: Iterable[PageFinding] = (), wording: Wording | None = None) -> PageView:
    """Read all flows of a snapshot; findings are those of an audit of its day."""
    wording = wording or our_wording()
    flows = tuple(snapshot.all_flows.values())
    used = {element for flow in flows for element in flow.elements}
    columns = _columns(snapshot, used)
    elements = _elements(snapshot, used, {column.id: place for place, column in enumerate(columns)})
    parties = _parties(snapshot, flows, wording)
    places = {party.id: place for place, party in enumerate(parties)}
    known = {element.id: place for place, element in enumerate(elements)}
    touched = {agreement for flow in flows if (agreement := flow.agreement)}
    names = {id: snapshot.name_of(id) for id in {**snapshot.vendors, **snapshot.parties} if id not in places}
    return PageView(
        district=clean(snapshot.district.name),
        language=snapshot.district.first_language,
        wording=wording,
        as_of=snapshot.valid_on,
        columns=columns,
        elements=elements,
        parties=parties,
        flows=tuple(_flow(snapshot, flow, places, known) for flow in flows),
        bases={basis: _basis(basis, wording) for basis in sorted({flow.legal_basis or "" for flow in flows} - {""})},
        agreements={
            id: _agreement(snapshot.agreements[id], wording) for id in sorted(touched) if id in snapshot.agreements
        },
        findings=tuple(findings),
        unconnected=tuple(sorted(clean(name) for name in names.values())),
    )


def _columns(snapshot: Snapshot, used: set[str]) -> tuple[PageColumn, ...]:
    taxonomy = snapshot.taxonomy
    sizes = Counter(element.category for element in taxonomy.elements.values())
    levels: dict[str, int] = {}
    flowing: Counter[str] = Counter()
    for element in used:
        category = category_of(snapshot, element)
        levels[category] = max(levels.get(category, 0), _level(snapshot, element))
        flowing[category] += 1
    order = {id: place for place, id in enumerate(taxonomy.categories)}
    return tuple(
        PageColumn(id, clean(_category_name(snapshot, id)), max(sizes[id], flowing[id]), levels[id])
        for id in sorted(levels, key=lambda id: (order.get(id, len(order)), id))
    )


def _category_name(snapshot: Snapshot, id: str) -> str:
    known = snapshot.taxonomy.categories.get(id)
    return known.name if known else id


def _elements(snapshot: Snapshot, used: set[str], places: Mapping[str, int]) -> tuple[PageElement, ...]:
    language = snapshot.district.first_language
    found = []
    for id in snapshot.taxonomy.sorted(used):
        known = snapshot.taxonomy.elements.get(id)
        name = clean(known.name.pick(language, language)[0]) if known else ""
        found.append(PageElement(id, name or id, places[category_of(snapshot, id)], _level(snapshot, id)))
    return tuple(found)


def _level(snapshot: Snapshot, element: str) -> int:
    known = snapshot.taxonomy.elements.get(element)
    return SENSITIVITIES.index(known.sensitivity) if known else 1


def _parties(snapshot: Snapshot, flows: Iterable[Flow], wording: Wording) -> tuple[PageParty, ...]:
    """Return everyone whom a flow of any day touches, those who get like data beside each other."""
    ids = {snapshot.district.id, STUDENTS}
    for flow in flows:
        ids |= {snapshot.sender_of(flow), flow.receiver} | ({flow.via} if flow.via else set())
    shown = shown_names(snapshot, ids)
    return tuple(_party(snapshot, id, shown[id], wording) for id in _like_beside_like(snapshot, flows, shown))


def _party(snapshot: Snapshot, id: str, name: str, wording: Wording) -> PageParty:
    vendor = snapshot.vendors.get(id)
    products = tuple(clean(product.name) for product in vendor.products) if vendor else ()
    others = tuple(clean(alias) for alias in vendor.aliases) if vendor else ()
    kinds = wording.words["kinds"]
    kind = snapshot.kind_of(id)
    return PageParty(id, name, str(kinds.get(kind, kind)), (*products, *others), snapshot.is_source(id))


def _like_beside_like(snapshot: Snapshot, flows: Iterable[Flow], shown: Mapping[str, str]) -> list[str]:
    categories: dict[str, int] = {}
    profiles = dict.fromkeys(shown, 0)
    for flow in flows:
        if snapshot.valid_on in flow.period and snapshot.is_source(snapshot.sender_of(flow)):
            for element in flow.elements:
                bit = categories.setdefault(category_of(snapshot, element), len(categories))
                profiles[flow.receiver] |= 1 << bit
    alike: dict[int, list[str]] = {}
    for id in sorted(shown, key=lambda id: (shown[id].casefold(), id)):
        alike.setdefault(profiles[id], []).append(id)
    others = alike.pop(0, [])
    distinct = sorted(alike, key=lambda profile: (-profile.bit_count(), profile))
    order = range(len(distinct)) if len(distinct) > _MOST_ORDERED else seriate(distinct)
    return [*(id for place in order for id in alike[distinct[place]]), *others]


def _flow(snapshot: Snapshot, flow: Flow, places: Mapping[str, int], known: Mapping[str, int]) -> PageFlow:
    language = snapshot.district.first_language
    return PageFlow(
        id=flow.id,
        sender=places[snapshot.sender_of(flow)],
        receiver=places[flow.receiver],
        via=places[flow.via] if flow.via else None,
        method=str(flow.how),
        elements=tuple(known[element] for element in snapshot.taxonomy.sorted(flow.elements)),
        basis=flow.legal_basis,
        purpose=clean(flow.purpose.pick(language, language)[0]) if flow.purpose else None,
        agreement=flow.agreement,
        starts=flow.starts,
        ends=flow.ends,
        levels=_levels_of(snapshot, flow.audience),
    )


def _levels_of(snapshot: Snapshot, audience: Audience) -> int:
    if audience.schools is None and audience.grades is None:
        return _ALL_LEVELS
    found = 0
    for grade in grades_of(audience, snapshot.schools):
        place = GRADES.index(grade)
        found |= 1 << next((n for n, last in enumerate(_LAST_GRADES) if place <= last), len(_LAST_GRADES))
    return found or _ALL_LEVELS


def _basis(citation: str, wording: Wording) -> str:
    """Say what a basis is; its title in the law's data is English."""
    known = find_basis(citation)
    cited = cite_for_readers(citation)
    return f"{clean(known.title)} ({cited})" if known and wording is our_wording() else cited


def _agreement(agreement: Agreement, wording: Wording) -> str:
    """Say what an agreement is: its id, its sort, its days."""
    said = wording.page["details"]
    days = [said["since"].format(starts=wording.day(agreement.effective))] if agreement.effective else []
    days += [said["until"].format(ends=wording.day(agreement.expires))] if agreement.expires else []
    return ", ".join([agreement.id, agreement.kind.upper() if len(agreement.kind) <= 4 else agreement.kind, *days])
