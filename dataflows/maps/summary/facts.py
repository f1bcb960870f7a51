"""What the summary counts: a kind of data that one party gets, by how it comes, is one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.maps.groups import MOST_GROUPS, cluster, traits_of
from dataflows.maps.merging import category_of
from dataflows.maps.wording import our_wording
from dataflows.model.flows import Method
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dataflows.maps.wording import Wording
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

MOST_GROUPS_SHOWN = 8
_LARGE = 0.5
"""The share of parties beyond which a group says too little, and is divided by what the parties get."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A source, a family of data, or a group of receivers: a bar of the picture."""

    id: str
    label: str
    count: int
    parties: tuple[str, ...] = ()
    """Of a group: the names of all."""


@dataclass(frozen=True, slots=True)
class Band:
    """So many kinds of data of a family come so to the parties of a group, each party counted by itself."""

    source: str
    family: str
    group: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The picture of one day."""

    as_of: date
    district: str
    sources: tuple[Bar, ...]
    families: tuple[Bar, ...]
    groups: tuple[Bar, ...]
    bands: tuple[Band, ...]
    words: Mapping[str, Any]
    """In which it is told: those of `summary_words`, or the same said otherwise."""

    @property
    def bars(self) -> tuple[tuple[Bar, ...], tuple[Bar, ...], tuple[Bar, ...]]:
        """Return the three columns."""
        return self.sources, self.families, self.groups

    @property
    def labels(self) -> dict[str, str]:
        """Return the label of every bar by its id."""
        return {bar.id: bar.label for bars in self.bars for bar in bars}

    def joined(self, left: str, right: str) -> Counter[tuple[str, str]]:
        """Count what goes between the bars of two columns, which are named as a band's ends are."""
        found: Counter[tuple[str, str]] = Counter()
        for band in self.bands:
            found[getattr(band, left), getattr(band, right)] += band.count
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the bars and bands; the counts of a bar's bands add up to its own."""
        return {
            "view": "summary",
            "as_of": self.as_of.isoformat(),
            "sources": [{"id": bar.id, "label": bar.label, "count": bar.count} for bar in self.sources],
            "families": [{"id": bar.id, "label": bar.label, "count": bar.count} for bar in self.families],
            "groups": [
                {"id": bar.id, "label": bar.label, "count": bar.count, "parties": list(bar.parties)}
                for bar in self.groups
            ],
            "bands": [
                {"source": band.source, "family": band.family, "group": band.group, "count": band.count}
                for band in self.bands
            ],
        }


def read_summary_words() -> Mapping[str, Any]:
    """Return the words, families, groups and colours of the summary (reports/map/summary.json)."""
    return our_wording().summary


def summary_words(snapshot: Snapshot, wording: Wording) -> dict[str, Any]:
    """Return the words of a summary in a language, with the line that names the district and the day."""
    said = wording.words["subtitle"].format(district=snapshot.district.name, day=wording.day(snapshot.valid_on))
    language = wording.language_for(snapshot.district.first_language)
    return {**wording.summary, "subtitle": said, "language": language}


def summarize(snapshot: Snapshot, words: Mapping[str, Any] | None = None) -> Summary:
    """Return the summary of the flows in force on the snapshot's day, in our words or in those given."""
    words = words or summary_words(snapshot, our_wording())
    families = {category: id for id, family in words["families"].items() for category in family["categories"]}
    groups = _groups(snapshot, words)
    home = {party: id for id, (_, parties) in groups.items() for party in parties}
    counted = {
        (_source(snapshot, flow), families.get(category_of(snapshot, element), "other"), flow.receiver, element)
        for flow in snapshot.flows
        for element in flow.elements
        if flow.receiver in home
    }
    bands = Counter((source, family, home[party]) for source, family, party, _ in counted)
    order = [*words["sources"]], [*words["families"]], [*groups]
    ordered = sorted(bands.items(), key=lambda item: [o.index(id) for o, id in zip(order, item[0], strict=True)])
    return Summary(
        as_of=snapshot.valid_on,
        district=snapshot.district.name,
        sources=_bars(bands, 0, words["sources"]),
        families=_bars(bands, 1, {id: family["label"] for id, family in words["families"].items()}),
        groups=tuple(
            Bar(id, label, sum(n for key, n in bands.items() if key[2] == id), _names(snapshot, parties))
            for id, (label, parties) in groups.items()
        ),
        bands=tuple(Band(*key, count) for key, count in ordered),
        words=words,
    )


def _names(snapshot: Snapshot, parties: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((snapshot.name_of(id) for id in parties), key=lambda name: (name.casefold(), name)))


def _bars(bands: Mapping[tuple[str, str, str], int], place: int, labels: Mapping[str, str]) -> tuple[Bar, ...]:
    counts: Counter[str] = Counter()
    for key, count in bands.items():
        counts[key[place]] += count
    return tuple(Bar(id, label, counts[id]) for id, label in labels.items() if counts[id])


def _source(snapshot: Snapshot, flow: Flow) -> str:
    """Say how data comes by a flow."""
    sender = snapshot.sender_of(flow)
    if flow.how is Method.COLLECTED:
        return "collected"
    if not snapshot.is_source(sender):
        return "passed"
    return "made" if sender == STUDENTS or flow.how is Method.CONTRIBUTED else "given"


def _groups(snapshot: Snapshot, words: Mapping[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Return the receivers by what they are; a group of most of them is divided by what they get."""
    kinds = {kind: id for id, group in words["groups"].items() for kind in group["kinds"]}
    direct = {flow.receiver for flow in snapshot.flows if snapshot.is_source(snapshot.sender_of(flow))}
    found: dict[str, list[str]] = {id: [] for id in words["groups"]}
    for party in sorted({flow.receiver for flow in snapshot.flows if not snapshot.is_source(flow.receiver)}):
        vendor = snapshot.vendors.get(party)
        kind = (vendor.category or "vendor") if vendor else "party"
        found[kinds.get("subprocessor" if vendor and party not in direct else kind, "public")].append(party)
    groups = {id: (words["groups"][id]["label"], parties) for id, parties in found.items() if parties}
    return _divided(snapshot, groups, str(words["like"]))


def _divided(
    snapshot: Snapshot, groups: dict[str, tuple[str, list[str]]], like: str
) -> dict[str, tuple[str, list[str]]]:
    everyone = sum(len(parties) for _, parties in groups.values())
    _, large = groups.get("company", ("", []))
    if len(large) <= max(MOST_GROUPS_SHOWN, everyone * _LARGE):
        return groups
    room = min(MOST_GROUPS_SHOWN - len(groups) + 1, MOST_GROUPS)
    parts = cluster(large, traits_of(snapshot), room)
    divided: dict[str, tuple[str, list[str]]] = {}
    for id, group in groups.items():
        if id == "company":
            for number, part in enumerate(parts, 1):
                name = snapshot.name_of(part[0])
                label = like.format(name=name, count=len(part)) if len(part) > 1 else name
                divided[f"company-{number}"] = (label, part)
        else:
            divided[id] = group
    return divided
