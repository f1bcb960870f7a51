"""`publish`: freezes the year's package into a folder and into the record, and what really went out beside it.

First everything is read and made; then, in one transaction, the record is written and the folder
changed.  What goes wrong in between leaves both as they were.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dataflows.actions.plan import check_words
from dataflows.actions.publish_folder import check_target, digest_of, look_into, read_small, staged
from dataflows.actions.publish_making import make_package, seal
from dataflows.actions.publish_record import find_recorded, rows_to_record, tell_rows, write_rows
from dataflows.actions.publish_sent import (
    UncheckedNoticeError,
    Way,
    add_sending,
    describe_sent,
    find_document,
    find_sent_files,
    has_sendings,
    read_sent,
)
from dataflows.catalog.database import connect
from dataflows.catalog.log import read_head
from dataflows.catalog.snapshots import choose_district, read_bodies
from dataflows.catalog.writing import Signature
from dataflows.errors import CatalogError, OutputError, UsageError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.manifests import INDEX, MANIFEST, NOTE, SUMS, ManifestError, read_manifest
from dataflows.model.snapshot import build_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from dataflows.actions.publish_folder import Found, Stage
    from dataflows.actions.publish_sent import SentFile
    from dataflows.catalog.database import Address
    from dataflows.catalog.log import Entry
    from dataflows.catalog.snapshots import Bodies
    from dataflows.reporting.look import Look

Body = dict[str, Any]
MOST_MANIFEST = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be published: as of which day, and what went out how."""

    as_of: date
    is_day_given: bool = False
    """Whether somebody named the day: then it must be that of a package which is there already."""
    without: tuple[str, ...] = ()
    """Kinds of documents that are left out."""
    look: Look | None = None
    """The district's own templates, style and words."""
    sent: tuple[SentFile, ...] = ()
    way: Way = field(default_factory=Way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of it. `entry` is None where the record had it all already."""

    folder: str
    manifest: Body
    entry: Entry | None
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    was_there: bool
    """Whether the folder held this package before, so that only what was sent has been added."""
    catalog_moved_on: bool = False
    """Whether the catalog says something else now than what the package froze."""

    def to_json(self) -> dict[str, Any]:
        """Return the shape of `publish --format json`."""
        manifest = self.manifest
        return {
            "folder": self.folder,
            "district": manifest["district"]["id"],
            "school_year": manifest["school_year"],
            "as_of": manifest["as_of"],
            "package": f"sha256:{manifest['package_sha256']}",
            "catalog": f"sha256:{manifest['catalog']['sha256']}",
            "entry": self.entry.number if self.entry else None,
            "written": list(self.written),
            "removed": list(self.removed),
            "unchanged": self.unchanged,
            "documents": [_document_json(row) for row in manifest["documents"]],
            "not_written": manifest.get("not_written", []),
            "left_out": manifest.get("left_out", []),
        }


def _document_json(row: Body) -> dict[str, Any]:
    sent = [
        {
            "file": one["file"],
            "sha256": one["sha256"],
            "state": one["state"],
            "channels": one.get("channels", []),
            "date": one.get("date"),
            "url": one.get("url"),
            "checked": one.get("checked"),
            "absent": one.get("absent", []),
            "undecided": one.get("undecided", []),
            "faults": one.get("faults", []),
            "despite": one.get("despite"),
            "differences": one.get("differences", []),
        }
        for one in row.get("sent", ())
    ]
    return {
        "kind": row["kind"],
        "language": row["language"],
        "state": row["state"],
        "files": [file["file"] for file in row["files"]],
        "sent": sent,
        "in_another_language": row.get("in_another_language", []),
        "not_known_yet": row.get("not_known_yet", []),
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """The catalog as it was read, and the head of the log then."""

    district: str
    bodies: Bodies
    head: tuple[int, str]


@dataclass(slots=True)
class _Package:
    """What a folder is to hold: the manifest's body, new contents, and digests of all that its files have."""

    manifest: Body
    contents: dict[str, bytes]
    digests: dict[str, str]
    was_there: bool


def publish(
    address: Address,
    district: str | None,
    folder: Path,
    wanted: Wanted,
    signed: Signature,
    *,
    progress: Callable[[str], None] | None = None,
) -> Published:
    """Freeze the package, or mark in one that is there what went out.

    Raises PackageHolesError, UsageError, OutputError, UnreadableDocumentError, CatalogError: nothing is written then.
    """
    check_words(signed)
    check_words(Signature(signed.at, signed.by, wanted.way.despite or "", signed.program))
    check_target(folder)
    known = _read(address, district)
    found = look_into(folder)
    before = _read_package(folder, found)
    if before is not None and wanted.sent:
        package = _keep(folder, found, before, known, wanted)
    else:
        package = _make(known, wanted, progress)
        _check_replaced(folder, found, before, package.manifest)
    _take_sent(package, found, known, wanted)
    return _write(address, folder, found, known, package, signed)


def _read(address: Address, district: str | None) -> _Known:
    with connect(address) as connection:
        chosen = choose_district(connection, district)
        return _Known(chosen, read_bodies(connection, chosen), read_head(connection, chosen))


def _read_package(folder: Path, found: Found) -> Body | None:
    """Return the manifest of the package that a folder holds; raises OutputError for a folder of something else."""
    if not found.files and not found.odd:
        return None
    if found.odd:
        name, what = next(iter(found.odd.items()))
        raise OutputError(f"{folder / name} is {what}. A package has only plain files; take it out first.")
    if MANIFEST not in found.files:
        raise OutputError(f"The folder {folder} is not empty, and holds no package. Name one that is not there yet.")
    try:
        manifest, body = read_manifest(read_small(found.files[MANIFEST], MOST_MANIFEST))
    except ManifestError as error:
        raise OutputError(f"{folder / MANIFEST} is no manifest of a package: {error.faults[0]}") from None
    own = {*manifest.listed, MANIFEST, INDEX, SUMS, NOTE}
    foreign = sorted(set(found.files) - own)
    if foreign:
        raise OutputError(
            f"{folder} holds files that are not the package's: {', '.join(foreign)}. Take them out first."
        )
    return body


def _make(known: _Known, wanted: Wanted, progress: Callable[[str], None] | None) -> _Package:
    snapshot = build_snapshot(known.bodies, taxonomy=builtin_taxonomy(), valid_on=wanted.as_of)
    made = make_package(snapshot, known.bodies, without=wanted.without, look=wanted.look, progress=progress)
    digests = {made.manifest["catalog"]["file"]: made.manifest["catalog"]["sha256"]}
    digests |= {row["file"]: row["sha256"] for document in made.manifest["documents"] for row in document["files"]}
    return _Package(made.manifest, made.contents, digests, was_there=False)


def _check_replaced(folder: Path, found: Found, before: Body | None, manifest: Body) -> None:
    """Let a package take the place of itself, or of one of the same year of which nothing went out."""
    if before is None:
        return
    if before["district"]["id"] != manifest["district"]["id"]:
        raise OutputError(f"{folder} holds a package of the district {before['district']['id']}. Name another folder.")
    if before["package_sha256"] == manifest["package_sha256"]:
        _carry_over(found, before, manifest)
    elif has_sendings(before) or before["school_year"] != manifest["school_year"]:
        why = "documents of it went out" if has_sendings(before) else f"it is that of {before['school_year']}"
        raise OutputError(
            f"{folder} holds the package of {before['as_of']}, which stays as it is: {why}. Name another folder."
        )


def _carry_over(found: Found, before: Body, manifest: Body) -> None:
    """Keep in an equal package what was marked as sent before."""
    for place, digest in find_sent_files(before).items():
        if place not in found.files or digest_of(found.files[place]) != digest:
            raise OutputError(f"{place}, which went out, is missing or altered. See: dataflows publish --verify DIR")
    manifest["documents"][:] = before["documents"]


def _keep(folder: Path, found: Found, before: Body, known: _Known, wanted: Wanted) -> _Package:
    """Return the package that a folder holds, to which only what went out is added."""
    if before["district"]["id"] != known.district:
        raise UsageError(f"{folder} holds a package of {before['district']['id']}, not of {known.district}.")
    if wanted.is_day_given and wanted.as_of.isoformat() != before["as_of"]:
        raise UsageError(
            f"{folder} holds the package of {before['as_of']}, not of {wanted.as_of}. Leave out --as-of, or name"
            " another folder."
        )
    if wanted.without:
        raise UsageError(f"{folder} holds the package of {before['as_of']}, which stays as it is. Leave out --without.")
    if not find_recorded(known.bodies, before["package_sha256"]):
        raise UsageError(f"The catalog has no record of the package in {folder}. Is it that of another catalog?")
    digests = read_manifest(found.files[MANIFEST].read_bytes())[0].listed
    for place, digest in digests.items():
        if place not in found.files or digest_of(found.files[place]) != digest:
            raise OutputError(f"{place} is missing or altered in {folder}. See: dataflows publish --verify {folder}")
    return _Package(before, {}, dict(digests), was_there=True)


def _take_sent(package: _Package, found: Found, known: _Known, wanted: Wanted) -> None:
    """Read, check and add the files that went out; raises UncheckedNoticeError with all that fail their check."""
    homes = known.bodies["district"][0][1].get("home_languages") or ["en"]
    lacking = []
    for sent in wanted.sent:
        content = read_sent(sent)
        document = find_document(package.manifest, sent, homes)
        ours = {row["file"]: _content(package, found, row["file"]) for row in document["files"]}
        row, checked = describe_sent(document, sent, content, wanted.way, ours=ours, day=wanted.as_of)
        if checked.words and not wanted.way.despite:
            lacking.append((str(sent.file), checked))
        add_sending(document, row)
        if row["file"] not in ours:
            package.contents[row["file"]] = content
    if lacking:
        raise UncheckedNoticeError(lacking)
    package.digests |= find_sent_files(package.manifest)


def _content(package: _Package, found: Found, place: str) -> bytes:
    return package.contents[place] if place in package.contents else found.files[place].read_bytes()


def _write(
    address: Address, folder: Path, found: Found, known: _Known, package: _Package, signed: Signature
) -> Published:
    """Write record and folder, both or neither."""
    contents = {**package.contents, **seal(package.manifest, package.digests)}
    changed = {name: content for name, content in contents.items() if not _is_same(found.files.get(name), content)}
    whole = {*package.digests, MANIFEST, INDEX, SUMS, NOTE}
    gone = {name: path for name, path in found.files.items() if name not in whole}
    rows = rows_to_record(package.manifest, known.bodies, signed)
    entry: Entry | None = None
    if rows or changed or gone or NOTE not in found.files:
        with staged(folder) as stage, _writing(address, known, needed=bool(rows)) as connection:
            if connection is not None:
                message = tell_rows(rows, find_recorded(known.bodies, package.manifest["package_sha256"]))
                message = " ".join(part for part in (message, signed.message) if part)
                signed = Signature(signed.at, signed.by, message, signed.program)
                entry = write_rows(connection, known.district, rows, signed)
            _fill(stage, changed, gone, _note(found, package.manifest, signed, entry))
    return Published(
        folder=str(folder),
        manifest=package.manifest,
        entry=entry,
        written=tuple(sorted(changed)),
        removed=tuple(sorted(gone)),
        unchanged=len(whole) - 1 - len(changed),
        was_there=package.was_there,
        catalog_moved_on=package.was_there and _has_moved_on(package, known),
    )


@contextmanager
def _writing(address: Address, known: _Known, *, needed: bool) -> Iterator[Any]:
    """Give a transaction in which the catalog is still what was read, or None where nothing is to be recorded."""
    if not needed:
        yield None
        return
    with connect(address, writes=True) as connection:
        if read_head(connection, known.district) != known.head:
            raise CatalogError("The catalog was changed while the package was made; nothing was written. Try again.")
        yield connection


def _fill(stage: Stage, changed: Mapping[str, bytes], gone: Mapping[str, Path], note: bytes | None) -> None:
    stage.write(changed if note is None else {**changed, NOTE: note})
    stage.move_in(gone)


def _is_same(path: Path | None, content: bytes) -> bool:
    if path is None or path.stat().st_size != len(content):
        return False
    return path.read_bytes() == content


def _has_moved_on(package: _Package, known: _Known) -> bool:
    from hashlib import sha256

    from dataflows.actions.publish_making import catalog_text

    return bool(sha256(catalog_text(known.bodies)).hexdigest() != package.manifest["catalog"]["sha256"])


def _note(found: Found, manifest: Body, signed: Signature, entry: Entry | None) -> bytes | None:
    """Return the note of who published and when, with a line more for each time; None where it stays as it is."""
    lines = found.files[NOTE].read_text(encoding="utf-8", errors="replace") if NOTE in found.files else ""
    if entry is None and lines:
        return None
    head = (
        f"{manifest['district']['name']}: notices to families for {manifest['school_year']},"
        f" as of {manifest['as_of']}\n"
        "Who published them, and when. This note is in no digest; the record of the catalog says the same.\n\n"
    )
    said = signed.message if entry else "Written again from the record."
    where = f" (entry {entry.number} of the log, sha256:{entry.digest})" if entry else ""
    when = signed.at[:19].replace("T", " ")
    return f"{lines or head}{when} UTC, {' '.join(signed.by.split())}: {' '.join(said.split())}{where}\n".encode()
