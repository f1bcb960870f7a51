"""Making a package: every document in every language and format, the catalog, and the manifest over them.

The same catalog, day and version give the same bytes: nothing here asks the clock, the locale, or
where the folder is.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dataflows import __version__
from dataflows.actions.publish_choice import kinds_of_package, languages_of
from dataflows.errors import DataflowsError, DocumentHoleError, NotOwedError, UsageError
from dataflows.model.manifests import CATALOG, GENERATED, INDEX, MANIFEST, SUMS, VERSION, format_manifest, read_manifest
from dataflows.reporting.composing import compose
from dataflows.reporting.document import SUFFIXES, TABLE_SUFFIX, write_document
from dataflows.reporting.documents.leaving_out import why_too_late
from dataflows.reporting.kinds import Order
from dataflows.reporting.package_index import render_index
from dataflows.reporting.telling import notice_year
from dataflows.reporting.tree import title_of
from dataflows.sources.yaml_writer import write_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from dataflows.catalog.snapshots import Bodies
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document
    from dataflows.reporting.look import Look

Body = dict[str, Any]
JOINED = "package"
"""The document that joins others: a hole of one that is not published by itself leaves it out, and nothing else."""


class PackageHolesError(DataflowsError):
    """Documents of the package can't be written; every reason is named."""

    def __init__(self, holes: Mapping[str, list[str]]) -> None:
        lines = "\n".join(f"  {where}: {why}" for why, places in holes.items() for where in [", ".join(places)])
        super().__init__(
            f"The package can't be published, and nothing was written. What is missing:\n{lines}\n"
            "Add it to the catalog; or leave a document out with --without KIND, and `audit` says that it is owed."
        )


@dataclass(slots=True)
class Made:
    """A package's generated part: the body of its manifest, and the content of each file by its place."""

    manifest: Body
    contents: dict[str, bytes]


@dataclass(slots=True)
class _Making:
    """What has been made so far."""

    contents: dict[str, bytes]
    documents: list[Body] = field(default_factory=list)
    not_written: list[Body] = field(default_factory=list)
    left_out: list[Body] = field(default_factory=list)
    holes: dict[str, list[str]] = field(default_factory=dict)


def make_package(
    snapshot: Snapshot,
    bodies: Bodies,
    *,
    without: Collection[str] = (),
    look: Look | None = None,
    progress: Callable[[str], None] | None = None,
) -> Made:
    """Return all that a district's families get on the snapshot's day, `without` some kinds, in its own `look`.

    Raises PackageHolesError with every hole of every document, UsageError.
    """
    making = _Making({CATALOG: catalog_text(bodies)})
    making.left_out += [{"kind": kind, "why": "It was left out with --without."} for kind in without]
    for kind in kinds_of_package(snapshot, without):
        if late := why_too_late(snapshot, kind):
            making.left_out.append({"kind": kind, "why": late})
            continue
        able, lacking = languages_of(snapshot, kind)
        try:
            for language in able:
                if progress:
                    progress(f"{kind} ({language})")
                _make_one(Order(kind, snapshot, language, snapshot.valid_on, look=look), making)
        except NotOwedError as error:
            making.left_out.append({"kind": kind, "why": str(error)})
            continue
        why = "this program has no translation of it"
        making.not_written += [{"kind": kind, "language": tag, "why": why} for tag in lacking]
    if standing := {why: kinds for why, kinds in making.holes.items() if set(kinds) != {JOINED}}:
        raise PackageHolesError({why: list(dict.fromkeys(places)) for why, places in standing.items()})
    if making.holes:
        why = f"It joins documents of which one lacks something: {'; '.join(making.holes)}."
        making.left_out.append({"kind": JOINED, "why": why})
    if not making.documents:
        raise UsageError("There is no document left that families of this district get; nothing was written.")
    return Made(_manifest(snapshot, making), making.contents)


def _make_one(order: Order, making: _Making) -> None:
    try:
        making.documents.append(_make_document(order, making.contents))
    except NotOwedError:
        raise
    except DocumentHoleError as error:
        for name, why in error.holes:
            making.holes.setdefault(f"{name}: {why}", []).append(order.kind)
    except DataflowsError as error:
        making.holes.setdefault(str(error), []).append(f"{order.kind} ({order.language})")


def catalog_text(bodies: Bodies) -> bytes:
    """Return the catalog as `plan` reads it; it holds no publications and no log."""
    stream = io.StringIO(newline="\n")
    write_yaml(bodies, stream)
    return stream.getvalue().encode()


def _make_document(order: Order, contents: dict[str, bytes]) -> Body:
    document = compose(order)
    files = []
    for suffix in (*SUFFIXES, *((TABLE_SUFFIX,) if document.table else ())):
        place = f"{order.kind}/{order.kind}.{document.language}{suffix}"
        contents[place] = write_document(document, suffix)
        files.append(_file(place, suffix, contents[place]))
    return _described(document, files)


def _file(place: str, suffix: str, content: bytes) -> Body:
    return {
        "format": suffix.removeprefix("."),
        "file": place,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "state": GENERATED,
    }


def _described(document: Document, files: list[Body]) -> Body:
    body: Body = {
        "kind": document.kind,
        "language": document.language,
        "title": title_of(document.tree),
        "state": GENERATED,
        "files": files,
    }
    if document.missing_translations:
        body["in_another_language"] = list(document.missing_translations)
    if document.gaps:
        body["not_known_yet"] = list(document.gaps)
    if not document.is_reviewed:
        body["translation_reviewed"] = False
    return body


def _manifest(snapshot: Snapshot, making: _Making) -> Body:
    catalog = making.contents[CATALOG]
    body: Body = {
        "manifest": VERSION,
        "program": f"dataflows {__version__}",
        "district": {"id": snapshot.district.id, "name": snapshot.district.name},
        "school_year": notice_year(snapshot.district.school_year, snapshot.valid_on),
        "as_of": snapshot.valid_on.isoformat(),
        "package_sha256": "",
        "catalog": {"file": CATALOG, "sha256": hashlib.sha256(catalog).hexdigest(), "bytes": len(catalog)},
        "documents": making.documents,
    }
    if making.not_written:
        body["not_written"] = making.not_written
    if making.left_out:
        body["left_out"] = making.left_out
    body["package_sha256"] = package_digest(body)
    return body


def package_digest(manifest: Body) -> str:
    """Return the SHA-256 that names a package: over its generated files and its catalog, whatever was sent."""
    rows = [file for document in manifest["documents"] for file in document.get("files", ())]
    lines = sorted(f"{row['sha256']}  {row['file']}\n" for row in (manifest["catalog"], *rows))
    head = f"{manifest['district']['id']} {manifest['as_of']}\n"
    return hashlib.sha256((head + "".join(lines)).encode()).hexdigest()


def seal(manifest: Body, digests: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files that speak of all others: the manifest, its index, and the digests for `sha256sum -c`."""
    text = format_manifest(manifest)
    sealed = {MANIFEST: text, INDEX: render_index(read_manifest(text)[0]).encode()}
    known = {**digests, **{name: hashlib.sha256(content).hexdigest() for name, content in sealed.items()}}
    sealed[SUMS] = "".join(f"{known[name]}  {name}\n" for name in sorted(known)).encode()
    return sealed
