"""The record of a package in the catalog: one row a kind of document, written through the journal and the log.

The rows say what the manifest says, and besides who and when; `publish --verify` sets the two side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.actions.publish_sent import says_more
from dataflows.catalog.staging import Staging
from dataflows.catalog.writing import write_district
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.manifests import SENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dataflows.catalog.database import Connection
    from dataflows.catalog.log import Entry
    from dataflows.catalog.snapshots import Bodies
    from dataflows.catalog.writing import Signature

Body = dict[str, Any]
LIST = "publications"
_STATED = ("channels", "date", "url", "absent", "faults", "despite")


def expected_rows(manifest: Body) -> dict[str, Body]:
    """Return by kind what the record of a package says, but for its id and for who and when."""
    found: dict[str, Body] = {}
    for document in manifest["documents"]:
        row = found.setdefault(
            document["kind"],
            {
                "kind": document["kind"],
                "issued": manifest["as_of"],
                "school_year": manifest["school_year"],
                "languages": [],
                "formats": [],
                "package_sha256": manifest["package_sha256"],
                "catalog_sha256": manifest["catalog"]["sha256"],
                "files": [],
                "sent": [],
            },
        )
        _add(row, document)
    return {kind: {name: value for name, value in row.items() if value != []} for kind, row in found.items()}


def _add(row: Body, document: Body) -> None:
    language = document["language"]
    if document["files"]:
        row["languages"].append(language)
    for file in document["files"]:
        row["files"].append({"language": language, **{name: file[name] for name in ("format", "file", "sha256")}})
        if file["format"] not in row["formats"]:
            row["formats"].append(file["format"])
    for sent in document.get("sent", ()):
        edited = sent["state"] == SENT
        told = {"language": language, "file": sent["file"], "sha256": sent["sha256"], "edited": edited}
        if edited and "compared_with" in sent:
            told["differences"] = len(sent.get("differences", ()))
        row["sent"].append({**told, **{name: sent[name] for name in _STATED if name in sent}})
    row["sent"].sort(key=_sending_order)


def find_recorded(bodies: Bodies, package: str) -> dict[str, Body]:
    """Return by kind the rows that the catalog has of a package."""
    return {body["kind"]: body for _id, body in bodies.get(LIST, ()) if body["package_sha256"] == package}


def without_signatures(row: Body) -> Body:
    """Return a recorded row as `expected_rows` makes it."""
    plain = {name: value for name, value in row.items() if name not in ("id", "by", "at")}
    if "sent" in plain:
        plain["sent"] = [
            {name: value for name, value in sent.items() if name not in ("by", "at")} for sent in plain["sent"]
        ]
    return plain


def rows_to_record(manifest: Body, bodies: Bodies, signed: Signature) -> list[tuple[str, Body]]:
    """Return the rows that a package adds or changes, each with `add` or `change`; none where all is recorded."""
    known = find_recorded(bodies, manifest["package_sha256"])
    suffix = _suffix(bodies, manifest)
    found = []
    for kind, row in expected_rows(manifest).items():
        before = known.get(kind)
        if before is not None:
            _keep_sendings(row, without_signatures(before))
            if without_signatures(before) == row:
                continue
        by = {"by": signed.by, "at": signed.at}
        first = {name: before[name] for name in ("by", "at")} if before else by
        id = before["id"] if before else f"{kind}-{manifest['as_of']}{suffix}"
        whole = {"id": id, **row, **first}
        if "sent" in row:
            whole["sent"] = [_signed(sent, before, by) for sent in row["sent"]]
        found.append(("change" if before else "add", whole))
    return found


def _keep_sendings(row: Body, before: Body) -> None:
    """Keep what was recorded as sent: a second folder of the same package may not have those files."""
    now = row.get("sent", ())
    others = [sent for sent in before.get("sent", ()) if not any(says_more(one, sent) for one in now)]
    if others:
        row["sent"] = sorted((*row.get("sent", ()), *others), key=_sending_order)


def _sending_order(sent: Body) -> tuple[Any, ...]:
    return (sent["language"], sent.get("date") or "", sent["file"], sent.get("channels") or [], sent.get("url") or "")


def _signed(sent: Body, before: Body | None, by: Body) -> Body:
    """Return a sending with who recorded it: as before, where it was recorded before."""
    for known in (before or {}).get("sent", ()):
        if {name: value for name, value in known.items() if name not in by} == sent:
            return {**sent, **{name: known[name] for name in by}}
    return {**sent, **by}


def _suffix(bodies: Bodies, manifest: Body) -> str:
    """Return what tells the ids of a second package of one day from those of the first."""
    packages = [body["package_sha256"] for _id, body in bodies.get(LIST, ()) if body["issued"] == manifest["as_of"]]
    others = list(dict.fromkeys(packages))
    return f"-{len(others) + 1}" if others and manifest["package_sha256"] not in others else ""


def write_rows(connection: Connection, district: str, rows: Sequence[tuple[str, Body]], signed: Signature) -> Entry:
    """Write rows into journal and tables, with their entry of the log."""
    staging = Staging(connection)
    staging.create()
    for action, row in rows:
        staging.put(district, LIST, row["id"], action, row)
    return write_district(staging, district, signed, renames=(), taxonomy=builtin_taxonomy())


def tell_rows(rows: Sequence[tuple[str, Body]], known: Mapping[str, Body]) -> str:
    """Say in one line for the log what was published and what was marked as sent."""
    parts = []
    made = [row for action, row in rows if action == "add"]
    if made:
        kinds = ", ".join(f"{row['kind']} ({', '.join(row.get('languages', ()))})" for row in made)
        parts.append(f"Published for {made[0]['school_year']} as of {made[0]['issued']}: {kinds}.")
    for _action, row in rows:
        before = without_signatures(known[row["kind"]]).get("sent", ()) if row["kind"] in known else ()
        fresh = (sent for sent in without_signatures(row).get("sent", ()) if sent not in before)
        parts += [_tell_sending(row["kind"], sent) for sent in fresh]
    return " ".join(parts)


def _tell_sending(kind: str, sent: Body) -> str:
    words = [f"Sent: {kind} ({sent['language']})"]
    if sent.get("channels"):
        words.append(f"by {', '.join(sent['channels'])}")
    if sent.get("date"):
        words.append(f"on {sent['date']}")
    if sent.get("url"):
        words.append(f"at {sent['url']}")
    told = " ".join(words) + f", {'another file than ours' if sent['edited'] else 'as generated'}"
    return told + (f", despite what the check found: {sent['despite']}." if sent.get("despite") else ".")
