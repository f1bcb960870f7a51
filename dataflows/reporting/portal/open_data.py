"""What is public as data: the catalog's own tree, tables, and linked data in the words of DPV.

The Data Privacy Vocabulary (W3C Community Group, https://w3id.org/dpv) says with `dpv:Process` what is
done with which data for which purpose, on which basis, and who receives it.  The context is written
out, so that nobody has to fetch one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dataflows.law.bases import basis_groups, find_basis, format_citation
from dataflows.reporting.tables import to_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot
    from dataflows.model.text import Text
    from dataflows.reporting.portal.facts import Facts
    from dataflows.reporting.portal.public_fields import Bodies

JSON, LINKED = "open-data/catalog.json", "open-data/catalog.jsonld"
TABLES = ("vendors", "parties", "schools", "agreements", "flows")
HOLDERS = "open-data/holders.csv"
_WITHIN = ("contacts", "regulations")
_CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": {"@id": "dcterms:title", "@container": "@language"},
    "starts": {"@id": "schema:startDate", "@type": "xsd:date"},
    "ends": {"@id": "schema:endDate", "@type": "xsd:date"},
    "source": {"@id": "dcterms:source"},
}


def write_open_data(bodies: Bodies, facts: Facts) -> Iterable[tuple[str, bytes]]:
    """Yield the files of data with their places, from public bodies and the facts read off them."""
    yield JSON, _dump(tree_of(bodies))
    yield LINKED, _dump(linked_data(facts.snapshot))
    yield HOLDERS, _holders(facts).encode("utf-8-sig")
    for name in TABLES:
        yield f"open-data/{name}.csv", _table(bodies.get(name, ())).encode("utf-8-sig")


def open_data_paths() -> tuple[str, ...]:
    """Return the places of the files of data."""
    return (JSON, LINKED, HOLDERS, *(f"open-data/{name}.csv" for name in TABLES))


def tree_of(bodies: Bodies) -> dict[str, Any]:
    """Return public rows as a catalog file has them."""
    lists = {name: [body for _, body in rows] for name, rows in bodies.items() if name != "district"}
    [(_, district)] = bodies["district"]
    within = {name: lists.pop(name) for name in _WITHIN if name in lists}
    return {"catalog": 1, "district": {**district, **within}, **lists}


def _dump(tree: object) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def _table(rows: Iterable[tuple[str, dict[str, Any]]]) -> str:
    flat = [dict(_flat(body)) for _, body in rows]
    columns = tuple(dict.fromkeys(name for row in flat for name in row))
    return to_csv(columns or ("id",), [[row.get(name, "") for name in columns] for row in flat])


def _flat(body: Mapping[str, Any], path: str = "") -> Iterable[tuple[str, str]]:
    """Yield a row's cells: fields within fields by their path, lists in one cell."""
    for name, value in body.items():
        if isinstance(value, dict):
            yield from _flat({key: item for key, item in value.items() if key != "reviewed"}, f"{path}{name}.")
        elif isinstance(value, list):
            yield f"{path}{name}", "; ".join(map(_cell, value))
        else:
            yield f"{path}{name}", _cell(value)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (
        str(value.get("name") or value.get("text") or value.get("by") or "") if isinstance(value, dict) else str(value)
    )


def _holders(facts: Facts) -> str:
    """Return who has which kinds of data on the day: a line a party and kind."""
    snapshot = facts.snapshot
    rows = [
        (party, snapshot.name_of(party), snapshot.kind_of(party), state, element)
        for state, bits in (("gets", facts.coming), ("may still have", facts.kept))
        for party in sorted(bits)
        for element in facts.elements_in(bits[party])
    ]
    return to_csv(("party", "name", "kind", "state", "element"), sorted(rows))


def linked_data(snapshot: Snapshot) -> dict[str, Any]:
    """Return the flows in force as linked data."""
    parties = {snapshot.district.id} | {
        id for flow in snapshot.flows for id in (flow.receiver, snapshot.sender_of(flow))
    }
    elements = sorted({element for flow in snapshot.flows for element in flow.elements})
    graph: list[dict[str, Any]] = [_party(snapshot, id) for id in sorted(parties)]
    graph += [_element(snapshot, id) for id in elements]
    graph += [_process(snapshot, flow) for flow in snapshot.flows]
    return {"@context": _CONTEXT, "@graph": graph}


def _party(snapshot: Snapshot, id: str) -> dict[str, Any]:
    kind = snapshot.kind_of(id)
    types = {"district": "dpv:DataController", "students": "dpv:DataSubject", "vendor": "dpv:DataProcessor"}
    return {"@id": f"#party-{id}", "@type": types.get(kind, "dpv:ThirdParty"), "title": {"en": snapshot.name_of(id)}}


def _element(snapshot: Snapshot, id: str) -> dict[str, Any]:
    known = snapshot.taxonomy.elements.get(id)
    is_sensitive = known is not None and known.sensitivity in ("high", "critical")
    found: dict[str, Any] = {
        "@id": f"#data-{id}",
        "@type": "dpv:SensitivePersonalData" if is_sensitive else "dpv:PersonalData",
        "title": _by_language(known.name, snapshot) if known else {"en": id},
    }
    if known and known.broader:
        found["dcterms:isPartOf"] = {"@id": f"#data-{known.broader}"}
    return found


def _process(snapshot: Snapshot, flow: Flow) -> dict[str, Any]:
    sender = snapshot.sender_of(flow)
    made: dict[str, Any] = {
        "@id": f"#flow-{flow.id}",
        "@type": "dpv:Process",
        "dpv:hasProcessing": {"@id": "dpv:Collect" if flow.how.value == "collected" else "dpv:Share"},
        "dpv:hasDataController": {"@id": f"#party-{snapshot.district.id}"},
        "dpv:hasDataSource": {"@id": f"#party-{sender}"},
        "dpv:hasRecipient": {"@id": f"#party-{flow.receiver}"},
        "dpv:hasPersonalData": [{"@id": f"#data-{id}"} for id in flow.elements],
    }
    if flow.purpose:
        made["dpv:hasPurpose"] = {"@type": "dpv:Purpose", "title": _by_language(flow.purpose, snapshot)}
    if flow.legal_basis:
        made["dpv:hasLegalBasis"] = _basis(flow.legal_basis)
    return made | {name: day.isoformat() for name, day in (("starts", flow.starts), ("ends", flow.ends)) if day}


def _basis(citation: str) -> dict[str, Any]:
    known = find_basis(citation)
    group = basis_groups().get(citation)
    found: dict[str, Any] = {"@type": "dpv:LegalBasis", "source": format_citation(citation)}
    title = known.title if known else group.title if group else None
    return found | ({"title": {"en": title}} if title else {})


def _by_language(text: Text, snapshot: Snapshot) -> dict[str, str]:
    first = snapshot.district.first_language
    return {tag or first: words for tag, words in text.by_language.items()}
