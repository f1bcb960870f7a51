"""The files that really went out: read, checked, set beside ours, and frozen byte for byte.

Counsel, a translator or a printer changes what we wrote; what parents got is the file that is shown later.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from dataflows.actions.publish_differences import find_differences
from dataflows.errors import UsageError
from dataflows.model.form_kinds import Url
from dataflows.model.kinds import BadValueError, Language, nearest
from dataflows.model.manifests import GENERATED, SENT, parse_value
from dataflows.model.text import find_refused_character, make_slug
from dataflows.reporting.document import SUFFIXES
from dataflows.reporting.kinds import KINDS
from dataflows.sources.document_text import MOST_BYTES, read_document_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dataflows.sources.document_blocks import DocumentText

Body = dict[str, Any]
CHECKED_BY = "34 CFR 99.7"
OURS = "the program, which wrote it from the catalog"
_CHECKED = ("annual", "package")
"""Documents that hold the annual notice."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_(][A-Za-z0-9 ._()+,@=-]*\.[A-Za-z]+")
_READ_SUFFIXES = (*SUFFIXES, ".htm", ".markdown")


@dataclass(frozen=True, slots=True)
class SentFile:
    """What somebody says went out: `KIND[:LANG]=FILE`, taken apart."""

    kind: str
    language: str | None
    """None: the first home language."""
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the files went out; what is not stated is not guessed."""

    channels: tuple[str, ...] = ()
    date: date | None = None
    url: str | None = None
    despite: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found in a file that went out."""

    absent: tuple[str, ...] = ()
    """Items of 99.7 that it does not state."""
    faults: tuple[str, ...] = ()
    """What in it is against the law beside them, each with its citation."""

    @property
    def words(self) -> str:
        """What was found, in words; none where the file is in order."""
        lists = (("absent are", self.absent), ("against the law is", self.faults))
        return "; ".join(f"{words} {', '.join(found)}" for words, found in lists if found)


class UncheckedNoticeError(UsageError):
    """Files that went out don't state what the law wants in them, or state what is against it."""

    def __init__(self, found: Sequence[tuple[str, Checked]]) -> None:
        lines = "\n".join(f"  {file}: {checked.words}" for file, checked in found)
        super().__init__(
            f"Not published, and nothing was written: what went out fails the check by {CHECKED_BY}.\n{lines}\n"
            "See what it must say: dataflows notice check FILE. Mend it, or say --despite WHY; the why is kept."
        )


def parse_sent(text: str) -> SentFile:
    """Read `KIND[:LANG]=FILE`; raises UsageError."""
    what, equals, file = text.partition("=")
    kind, colon, language = what.partition(":")
    if not equals or not kind or not file:
        raise UsageError(f"{text!r} does not say which document went out. Write --sent annual=FILE, or annual:es=FILE.")
    if kind not in KINDS:
        similar = nearest(kind, KINDS)
        hint = f" Did you mean {similar!r}?" if similar else ""
        raise UsageError(f"There is no document called {kind!r}.{hint} The kinds are: {', '.join(KINDS)}.")
    suffix = PurePath(file).suffix.lower()
    if suffix not in _READ_SUFFIXES:
        wanted = ", ".join(SUFFIXES)
        raise UsageError(f"{file}: What went out is one of {wanted}, and {suffix or 'no ending'!r} is none of them.")
    return SentFile(kind, _read_language(language, text) if colon else None, Path(file))


def _read_language(text: str, given: str) -> str:
    try:
        return str(parse_value(Language(), text))
    except BadValueError as bad:
        raise UsageError(f"{given!r}: {bad.message} {bad.hint or ''}".strip()) from None


def find_document(manifest: Body, sent: SentFile, home_languages: Sequence[str]) -> Body:
    """Return the manifest's document that a file stands for, added where the district wrote the language itself.

    Raises UsageError for a kind that the package has not, and a language that nobody there speaks.
    """
    kinds = list(dict.fromkeys(row["kind"] for row in manifest["documents"]))
    if sent.kind not in kinds:
        raise UsageError(f"The package holds no {sent.kind!r}. It holds: {', '.join(kinds)}.")
    wanted = sent.language or home_languages[0]
    rows: list[Body] = [row for row in manifest["documents"] if row["kind"] == sent.kind]
    for row in rows:
        if row["language"] == wanted:
            return row
    near = [row for row in rows if _primary(row["language"]) == _primary(wanted)]
    if near:
        return near[0]
    lacking = {_primary(row["language"]): row["language"] for row in manifest.get("not_written", ())}
    homes = {_primary(tag): tag for tag in home_languages} | lacking
    if _primary(wanted) not in homes:
        names = ", ".join(dict.fromkeys((*(row["language"] for row in rows), *homes.values())))
        raise UsageError(f"{wanted!r} is no home language of this district; its languages are: {names}.")
    added: Body = {"kind": sent.kind, "language": wanted, "state": SENT, "files": []}
    place = manifest["documents"].index(rows[-1]) + 1
    manifest["documents"].insert(place, added)
    return added


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def read_sent(sent: SentFile) -> bytes:
    """Return the bytes of a file that went out; raises UsageError where there are none."""
    try:
        if sent.file.is_dir():
            raise UsageError(f"{sent.file} is a folder. Name the file that went out.")
        if sent.file.stat().st_size > MOST_BYTES:
            raise UsageError(f"{sent.file} is larger than {MOST_BYTES // 1_000_000} MB.")
        return sent.file.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{sent.file}: There is no such file.") from None
    except OSError as error:
        raise UsageError(f"{sent.file} can't be read: {error.strerror or error}.") from None


def describe_sent(
    document: Body, sent: SentFile, content: bytes, way: Way, *, ours: Mapping[str, bytes], day: date
) -> tuple[Body, Checked]:
    """Return the manifest's row of a file that went out, and what the check found in it.

    An item that the check doesn't find in our own document either, which has it, is undecided: a person reads it.
    `ours` are our files of that document by their place. Raises UnreadableDocumentError for a scan.
    """
    text = read_document_bytes(content, str(sent.file))
    digest = hashlib.sha256(content).hexdigest()
    same = next((row for row in document["files"] if row["sha256"] == digest), None)
    row: Body = {
        "format": text.form,
        "file": same["file"] if same else _place(document, sent, digest),
        "sha256": digest,
        "bytes": len(content),
        "state": GENERATED if same else SENT,
    }
    known = None if same else _read_ours(document, text, ours)
    found = None if same else _check(document, text, way.date or day)
    in_ours = _check(document, known, way.date or day) if found and found.absent and known else None
    unsure = in_ours.absent if in_ours else ()
    wrong = Checked(tuple(id for id in found.absent if id not in unsure), found.faults) if found else Checked()
    stated = {
        "channels": sorted(way.channels),
        "date": way.date.isoformat() if way.date else None,
        "url": way.url,
        "checked": OURS if same else None if found is None else CHECKED_BY,
        "absent": list(wrong.absent),
        "undecided": [id for id in found.absent if id in unsure] if found else [],
        "faults": list(wrong.faults),
        "despite": way.despite if wrong.words else None,
    }
    row |= {name: value for name, value in stated.items() if value}
    if known:
        differences = find_differences(known.blocks, text.blocks)
        row |= {"compared_with": known.file, **({"differences": differences} if differences else {})}
    return row, wrong


def _place(document: Body, sent: SentFile, digest: str) -> str:
    """Return where a file lies in the package: under its own name, unless another file there has it."""
    name = sent.file.name
    if not _PLAIN_NAME.fullmatch(name) or len(name) > 100 or find_refused_character(name):
        name = f"{make_slug(sent.file.stem)[:60] or 'sent'}{sent.file.suffix.lower()}"
    folder = f"{document['kind']}/sent.{document['language']}"
    taken = {row["file"].casefold() for row in document.get("sent", ()) if row["sha256"] != digest}
    place, number = f"{folder}/{name}", 2
    while place.casefold() in taken:
        path = PurePath(name)
        place = f"{folder}/{path.stem}-{number}{path.suffix}"
        number += 1
    return place


def _check(document: Body, text: DocumentText, day: date) -> Checked | None:
    """Return what is wrong in an annual notice; None where there is no check of that document in that language."""
    from dataflows.checking.cues import LANGUAGES
    from dataflows.checking.notice_check import check_document

    if document["kind"] not in _CHECKED or _primary(document["language"]) not in LANGUAGES:
        return None
    checked = check_document(text, day)
    certain = (f"{finding.name} ({finding.citation})" for finding in checked.errors if finding.certain)
    return Checked(tuple(item.id for item in checked.items if not item.present), tuple(dict.fromkeys(certain)))


def _read_ours(document: Body, text: DocumentText, ours: Mapping[str, bytes]) -> DocumentText | None:
    """Return the text of our file of the same format, or of the one in Markdown; None where we wrote none."""
    by_format = {row["format"]: row["file"] for row in document["files"]}
    place = by_format.get(text.form) or by_format.get("md")
    return read_document_bytes(ours[place], place) if place else None


def says_more(one: Body, other: Body) -> bool:
    """Tell whether a row says of one sending all that another does: what was not stated then may be stated now."""
    if (one["file"], one["sha256"]) != (other["file"], other["sha256"]):
        return False
    return all(not other.get(name) or other[name] == one.get(name) for name in ("channels", "date", "url", "despite"))


def add_sending(document: Body, row: Body) -> None:
    """Put a row into the manifest's document, unless it is there already; it takes the place of one that says less."""
    known: list[Body] = document.setdefault("sent", [])
    if any(says_more(one, row) for one in known):
        return
    known[:] = [one for one in known if not says_more(row, one)]
    known.append(row)
    known.sort(key=lambda one: (one.get("date") or "", one["file"], one.get("channels") or [], one.get("url") or ""))
    edited = any(one["state"] == SENT for one in known)
    document["state"] = SENT if edited or not document["files"] else GENERATED


def find_sent_files(manifest: Body) -> dict[str, str]:
    """Return the digest of each file that went out and is not ours, by its place."""
    rows = (row for document in manifest["documents"] for row in document.get("sent", ()))
    return {row["file"]: row["sha256"] for row in rows if row["state"] == SENT}


def has_sendings(manifest: Body) -> bool:
    """Tell whether anything in the package was marked as sent."""
    return any(document.get("sent") for document in manifest["documents"])


def parse_address(text: str) -> str:
    """Return the address at which a document is posted; raises UsageError for what no browser opens."""
    try:
        address = str(parse_value(Url(), text))
    except BadValueError as bad:
        raise UsageError(f"--url: {bad.message} {bad.hint or ''}".strip()) from None
    if not address.lower().startswith(("http://", "https://")):
        raise UsageError(f"--url: {text!r} is no page of the web. Write https://example.org/page.")
    return address
