"""`publish --verify`: is a package what it was? Every missing, altered and extra file, and the district's record.

It needs no catalog.  Where one is at hand, the manifest is set beside what the log's chain keeps, for
a folder alone can't show that somebody didn't write files and digests anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.actions.publish_folder import digest_of, look_into, read_small
from dataflows.actions.publish_making import package_digest
from dataflows.actions.publish_record import LIST, expected_rows, find_recorded, without_signatures
from dataflows.catalog.database import connect
from dataflows.catalog.snapshots import list_districts, read_bodies
from dataflows.errors import OutputError, UsageError
from dataflows.model.manifests import (
    INDEX,
    MANIFEST,
    NOTE,
    SUMS,
    ManifestError,
    find_unsafe_path,
    read_manifest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dataflows.actions.publish_folder import Found
    from dataflows.catalog.database import Address
    from dataflows.catalog.snapshots import Bodies
    from dataflows.model.manifests import Manifest

Body = dict[str, Any]
MOST_MANIFEST = 100_000_000
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedPackage:
    """What was found in a folder; `recorded` is None where it was not set beside a catalog."""

    folder: str
    manifest: Manifest | None
    missing: tuple[str, ...]
    altered: tuple[str, ...]
    extra: tuple[str, ...]
    problems: tuple[str, ...]
    recorded: bool | None
    note: str = ""
    """Why it was not set beside a catalog."""

    @property
    def ok(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.missing or self.altered or self.extra or self.problems)

    def to_json(self) -> dict[str, Any]:
        """Return the shape of `publish --verify --format json`."""
        package = f"sha256:{self.manifest.package_sha256}" if self.manifest else None
        return {
            "folder": self.folder,
            "ok": self.ok,
            "package": package,
            "missing": list(self.missing),
            "altered": list(self.altered),
            "extra": list(self.extra),
            "problems": list(self.problems),
            "recorded": self.recorded,
        }


def verify_package(
    folder: Path, address: Address | None, district: str | None = None, *, is_asked: bool = False
) -> VerifiedPackage:
    """Compare a folder with its manifest and digests, and with a catalog where an address is given.

    `is_asked`: somebody named the catalog, so that one that knows nothing of the district is a fault.
    Raises OutputError where there is no package, CatalogError where the catalog can't be read.
    """
    if not folder.exists():
        raise UsageError(f"There is no folder {folder}.")
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name the folder of a package.")
    found = look_into(folder)
    if MANIFEST not in found.files and SUMS not in found.files:
        raise UsageError(f"{folder} holds no package: there is neither {MANIFEST} nor {SUMS} in it.")
    problems: list[str] = []
    manifest, body = _read_manifest(found, problems)
    sums = _read_sums(found, problems)
    listed = manifest.listed if manifest else {}
    problems += _disagreements(listed, sums) if manifest and SUMS in found.files else ()
    wanted = {**sums, **listed}
    missing, altered, extra = _compare(found, wanted)
    if manifest and package_digest(body) != manifest.package_sha256:
        problems.append(f"{MANIFEST}: The digest that names the package is not that of what it lists.")
    recorded, said, note = _compare_with_record(address, district, manifest, body, is_asked=is_asked)
    return VerifiedPackage(
        folder=str(folder),
        manifest=manifest,
        missing=tuple(missing),
        altered=tuple(altered),
        extra=tuple(extra),
        problems=(*problems, *said),
        recorded=recorded,
        note=note,
    )


def _read_manifest(found: Found, problems: list[str]) -> tuple[Manifest | None, Body]:
    if MANIFEST not in found.files:
        return None, {}
    try:
        return read_manifest(read_small(found.files[MANIFEST], MOST_MANIFEST))
    except ManifestError as error:
        problems += [f"{MANIFEST}: {fault}" for fault in error.faults]
    except OutputError as error:
        problems.append(str(error))
    return None, {}


def _read_sums(found: Found, problems: list[str]) -> dict[str, str]:
    """Return the digests of the list for `sha256sum`; a line that is none, or leaves the folder, is a problem."""
    if SUMS not in found.files:
        return {}
    try:
        lines = read_small(found.files[SUMS], MOST_MANIFEST).decode(errors="replace").splitlines()
    except OutputError as error:
        problems.append(str(error))
        return {}
    sums: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        matched = _SUM.fullmatch(line)
        if not matched:
            problems.append(f"{SUMS}:{number}: The line is no digest and file.")
        elif why := find_unsafe_path(matched[2]):
            problems.append(f"{SUMS}:{number}: The file {matched[2]!r} {why}; it was not looked at.")
        elif matched[2] in sums:
            problems.append(f"{SUMS}:{number}: The file {matched[2]} stands there twice.")
        else:
            sums[matched[2]] = matched[1]
    return sums


def _disagreements(listed: dict[str, str], sums: dict[str, str]) -> Iterator[str]:
    """Yield where manifest and digests speak of different packages."""
    for name in sorted({*listed, MANIFEST, INDEX} - set(sums)):
        yield f"{SUMS}: {name} is not listed."
    for name in sorted(set(sums) - {*listed, MANIFEST, INDEX}):
        yield f"{SUMS}: {name} is listed, and the manifest does not name it."
    for name in sorted(set(listed) & set(sums)):
        if listed[name] != sums[name]:
            yield f"{SUMS}: {name} has another digest than in {MANIFEST}."


def _compare(found: Found, wanted: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """Return the missing, altered and extra files; a link or a device in a file's place is an altered one."""
    own = (SUMS, MANIFEST)
    missing = sorted(name for name in (*wanted, *own) if name not in found.files and name not in found.odd)
    altered = [
        name
        for name, digest in sorted(wanted.items())
        if name in found.odd or (name in found.files and digest_of(found.files[name]) != digest)
    ]
    extra = sorted(name for name in found.files if name not in wanted and name not in (*own, NOTE))
    extra += [f"{name} ({what})" for name, what in sorted(found.odd.items()) if name not in wanted]
    return list(dict.fromkeys(missing)), altered, extra


_Compared = tuple["bool | None", list[str], str]


def _compare_with_record(
    address: Address | None, district: str | None, manifest: Manifest | None, body: Body, *, is_asked: bool
) -> _Compared:
    if address is None:
        return None, [], "no catalog is at hand"
    if manifest is None:
        return None, [], "the manifest can't be read"
    id = manifest.district.id
    if district is not None and district != id:
        return None, [f"The package is of the district {id!r}, not of {district!r}."], ""
    with connect(address) as connection:
        if id not in list_districts(connection):
            said = f"The catalog at {address} knows no district {id!r}, whose package this is."
            return None, [said] if is_asked else [], said
        bodies = read_bodies(connection, id)
    faults = [*_faults_of_record(bodies, body)]
    return not faults, faults, ""


def _faults_of_record(bodies: Bodies, manifest: Body) -> Iterator[str]:
    """Yield what the manifest says otherwise than the record of the same package, or of the same day."""
    wanted = expected_rows(manifest)
    known = find_recorded(bodies, manifest["package_sha256"])
    if not known:
        same_day = [row for _id, row in bodies.get(LIST, ()) if row["issued"] == manifest["as_of"]]
        yield "The catalog has no record of this package: it was not published from it, or digests were written anew."
        known = {row["kind"]: row for row in same_day}
        if not known:
            return
    for kind in sorted({*wanted, *known}):
        if kind not in known:
            yield f"The record has no {kind}, which the manifest lists."
        elif kind not in wanted:
            yield f"The manifest lists no {kind}, which the record {known[kind]['id']} has."
        else:
            yield from _faults_of_row(known[kind], wanted[kind])


def _faults_of_row(recorded: Body, told: Body) -> Iterator[str]:
    plain = without_signatures(recorded)
    for name in sorted({*plain, *told} - {"files", "sent", "package_sha256"}):
        if plain.get(name) != told.get(name):
            yield f"The record {recorded['id']} has another {name} than the manifest."
    for name, what in (("files", "generated"), ("sent", "sent")):
        for row in plain.get(name, ()):
            if row not in told.get(name, ()):
                yield f"The record {recorded['id']} has {row['file']} as {what}, and the manifest says otherwise."
        for row in told.get(name, ()):
            if row not in plain.get(name, ()):
                yield f"The manifest has {row['file']} as {what}, and the record {recorded['id']} says otherwise."
