"""The manifest of a published package: what is in the folder, and of each document whether ours or another went out.

It is written as JSON and read back as data from anywhere: every field is checked, and a place that
leaves the folder is refused.  Who published and when is not in it, so that the same catalog gives
the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from dataflows.model.form_kinds import Url
from dataflows.model.kinds import BadValueError, Choice, Count, Day, Kind, Language, PlainText, Slug, YesNo, as_text
from dataflows.model.list_kinds import ListOf, SetOf
from dataflows.model.publications import CHANNELS
from dataflows.model.records import Nested, Rows, field_of, load_record, missing_fields, parse_fields, record
from dataflows.model.shared import DIGEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from dataflows.model.kinds import Reading

MANIFEST = "manifest.json"
INDEX = "index.html"
SUMS = "SHA256SUMS"
NOTE = "published.txt"
"""Who published and when: beside the manifest, and in no digest."""
CATALOG = "catalog.yaml"
VERSION = 1

GENERATED = "as generated"
SENT = "as sent"
STATES = (GENERATED, SENT)
CHANGES = ("added", "removed", "changed")

_WORDS = PlainText(contact=True)
"""Words out of a document: what is in them is not ours to refuse."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:]")


def find_unsafe_path(path: str) -> str | None:
    """Say why a place in a package can't be one; None where it can."""
    parts = path.split("/")
    if not path or len(path) > 400:
        return "is empty or too long"
    if path.startswith("/") or _UNSAFE.search(path):
        return "is not a plain place in the folder"
    if any(part in ("", ".", "..") or part != part.strip() for part in parts):
        return "leaves the folder, or is not written plainly"
    return None


class PackagePath(Kind):
    """The place of a file in a package, with `/` between folders."""

    name: ClassVar[str] = "place in the package"

    def parse(self, raw: object, reading: Reading) -> str:  # noqa: ARG002
        """Return the place; raises BadValueError for one that leaves the folder."""
        text = as_text(raw)
        if why := find_unsafe_path(text):
            raise BadValueError(f"{text!r} {why}.")
        return text


_SIZE = Count(most=1 << 50)


@record
class ManifestFile:
    """One generated file."""

    format: str = field_of(_WORDS, "html, pdf, docx, md or txt", required=True, default="")
    file: str = field_of(PackagePath(), "its place in the folder", required=True, default="")
    sha256: str = field_of(DIGEST, "of its bytes", required=True, default="")
    bytes: int = field_of(_SIZE, "its size", required=True, default=0)
    state: str = field_of(Choice(STATES), "as generated", required=True, default=GENERATED)


@record
class Difference:
    """One place at which the text that went out differs from ours."""

    change: str = field_of(Choice(CHANGES), "what was done to our text", required=True, default="changed")
    ours: str = field_of(_WORDS, "what ours says there", default="", standard="")
    sent: str = field_of(_WORDS, "what went out", default="", standard="")
    place: str = field_of(_WORDS, "where in the file that went out, as far as that is known", default="", standard="")


@record
class ManifestSending:
    """One file that went out, and how."""

    format: str = field_of(_WORDS, "html, pdf, docx, md or txt", required=True, default="")
    file: str = field_of(PackagePath(), "its place in the folder", required=True, default="")
    sha256: str = field_of(DIGEST, "of its bytes", required=True, default="")
    bytes: int = field_of(_SIZE, "its size", required=True, default=0)
    state: str = field_of(Choice(STATES), "as sent, where it has other bytes than ours", required=True, default=SENT)
    channels: tuple[str, ...] = field_of(SetOf(Choice(CHANNELS)), "how it went out", default=(), standard=[])
    date: date | None = field_of(Day(), "the day on which it went out")
    url: str | None = field_of(Url(), "where it is posted")
    checked: str | None = field_of(_WORDS, "by what it was checked; absent: only that it has a text")
    absent: tuple[str, ...] = field_of(ListOf(_WORDS), "what that check found absent", default=(), standard=[])
    undecided: tuple[str, ...] = field_of(
        ListOf(_WORDS), "what that check does not find in ours either", default=(), standard=[]
    )
    faults: tuple[str, ...] = field_of(
        ListOf(_WORDS), "what that check found against the law beside the items", default=(), standard=[]
    )
    despite: str | None = field_of(_WORDS, "why it was published all the same")
    compared_with: str | None = field_of(PackagePath(), "the file of ours that it was compared with")
    differences: tuple[Difference, ...] = field_of(Rows(Difference), "where its text differs", default=(), standard=[])


@record
class ManifestDocument:
    """One document in one language."""

    kind: str = field_of(Slug(), "annual, directory, disclosures, ...", required=True, default="")
    language: str = field_of(Language(), "in which it is written", required=True, default="")
    title: str = field_of(_WORDS, "its first heading", default="", standard="")
    state: str = field_of(
        Choice(STATES), "what went out: ours as generated, or another file", required=True, default=""
    )
    files: tuple[ManifestFile, ...] = field_of(Rows(ManifestFile), "as generated", default=(), standard=[])
    sent: tuple[ManifestSending, ...] = field_of(Rows(ManifestSending), "what went out", default=(), standard=[])
    in_another_language: tuple[str, ...] = field_of(
        ListOf(_WORDS), "texts of the district that lack the language", default=(), standard=[]
    )
    not_known_yet: tuple[str, ...] = field_of(ListOf(_WORDS), "marked gaps in it", default=(), standard=[])
    translation_reviewed: bool = field_of(YesNo(), "by a qualified person", default=True, standard=True)


@record
class NotWritten:
    """A home language in which a document can't be written."""

    kind: str = field_of(Slug(), "which document", required=True, default="")
    language: str = field_of(Language(), "which language", required=True, default="")
    why: str = field_of(_WORDS, "the reason", required=True, default="")


@record
class LeftOut:
    """A document that this package does not have."""

    kind: str = field_of(Slug(), "which document", required=True, default="")
    why: str = field_of(_WORDS, "the reason", required=True, default="")


@record
class FrozenCatalog:
    """The catalog as it was frozen."""

    file: str = field_of(PackagePath(), "its place in the folder", required=True, default="")
    sha256: str = field_of(DIGEST, "of its bytes", required=True, default="")
    bytes: int = field_of(_SIZE, "its size", required=True, default=0)


@record
class ManifestDistrict:
    """Whose package it is."""

    id: str = field_of(Slug(), "its id in the catalog", required=True, default="")
    name: str = field_of(_WORDS, "its name", required=True, default="")


@record
class Manifest:
    """What is in a package."""

    manifest: int = field_of(Count(), "the version of this form", required=True, default=VERSION)
    program: str = field_of(_WORDS, "what wrote it", required=True, default="")
    district: ManifestDistrict = field_of(Nested(ManifestDistrict), "whose package it is", required=True)
    school_year: str = field_of(_WORDS, "for which year", required=True, default="")
    as_of: date = field_of(Day(), "the day that the package is of", required=True)
    package_sha256: str = field_of(DIGEST, "of the digests of generated files and catalog", required=True, default="")
    catalog: FrozenCatalog = field_of(Nested(FrozenCatalog), "as it was frozen", required=True)
    documents: tuple[ManifestDocument, ...] = field_of(Rows(ManifestDocument), "by kind and language", required=True)
    not_written: tuple[NotWritten, ...] = field_of(
        Rows(NotWritten), "languages that are lacking", default=(), standard=[]
    )
    left_out: tuple[LeftOut, ...] = field_of(Rows(LeftOut), "documents that are not in it", default=(), standard=[])

    @property
    def listed(self) -> dict[str, str]:
        """Return the SHA-256 of each file that the manifest names, by its place."""
        found = {self.catalog.file: self.catalog.sha256}
        for document in self.documents:
            found |= {row.file: row.sha256 for row in document.files}
            found |= {row.file: row.sha256 for row in document.sent}
        return found


class ManifestError(ValueError):
    """A manifest is none; each line says what is wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(slots=True)
class _Reading:
    """Collects what is wrong with a manifest, each fault with its path."""

    path: list[str | int]
    faults: list[str]
    first_language: str = "en"

    def known(self, target: str) -> Collection[str]:  # noqa: ARG002
        return set()

    def refer(self, target: str, key: str) -> str:  # noqa: ARG002
        return key

    def legal_basis(self, text: str) -> str:
        return text

    def refuse(self, message: str, hint: str | None = None, *below: str | int) -> None:
        place = ".".join(str(part) for part in (*self.path, *below))
        self.faults.append(f"{place}: {message}" + (f" {hint}" if hint else ""))


def parse_value(kind: Kind, raw: object) -> Any:
    """Return the canonical value of one word that stands alone; raises BadValueError."""
    return kind.parse(raw, _Reading([], []))


def read_manifest(content: bytes) -> tuple[Manifest, dict[str, Any]]:
    """Return a manifest and its canonical body; raises ManifestError."""
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        raise ManifestError(["It is no JSON."]) from None
    if not isinstance(tree, dict):
        raise ManifestError(["It is no manifest: a mapping of fields is expected."])
    reading = _Reading([], [])
    body = {key: value for key, value in parse_fields(Manifest, tree, reading).items() if value is not None}
    faults = reading.faults + [f"{name}: The field is missing." for name in missing_fields(Manifest, body)]
    for path, cls, below in _nested_bodies(body):
        faults += [f"{path}.{name}: The field is missing." for name in missing_fields(cls, below)]
    if not faults and body["manifest"] != VERSION:
        faults.append(f"manifest: {body['manifest']} is a form that this program does not know.")
    if faults:
        raise ManifestError(faults)
    return load_record(Manifest, body), body


def _nested_bodies(body: dict[str, Any]) -> Iterator[tuple[str, type, dict[str, Any]]]:
    for name, cls in (("district", ManifestDistrict), ("catalog", FrozenCatalog)):
        if isinstance(body.get(name), dict):
            yield name, cls, body[name]


def format_manifest(body: dict[str, Any]) -> bytes:
    """Return a manifest as a person can read it, always the same bytes."""
    return (json.dumps(body, indent=1, ensure_ascii=False) + "\n").encode()
