"""Packages that `publish` froze, and the files that went out: what tests of it share."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

DAY = "2026-08-14"
DISTRICT = """\
catalog: 1
district:
  id: oak
  name: Oak County Schools
  state: AK
  esea: false
  home_languages: [en, es]
  note: Internal, for the office
  contacts:
    - {role: records_custodian, title: Records Office, email: records@oak.example, phone: "555-0100"}
    - {role: privacy_officer, title: Privacy Office, email: privacy@oak.example}
  policies:
    school_official_criteria: >-
      A school official is a person whom we employ, a member of the board, or a contractor, consultant
      or volunteer who does work for us that our staff would otherwise do and is under our direct control.
    legitimate_educational_interest: >-
      A school official has a legitimate educational interest if he or she needs to review a record
      to do his or her job.
    inspection_procedure: >-
      Write to the principal and say which records you want to see. The school tells you the time and place.
    amendment_procedure: >-
      Write to the principal, say which part you want changed, and why it is inaccurate, misleading
      or against your child's privacy.
schools:
  - {id: elm, name: Elm Elementary, grades: K-5, enrollment: 540}
vendors:
  - {id: mathly, name: Mathly, category: curriculum}
  - {id: hostly, name: Hostly}
flows:
  - id: rosters
    to: mathly
    method: provided
    elements: [first-name, last-name]
    purpose: Accounts
    legal_basis: 99.31(a)(1)(i)(B)
    starts: 2025-08-01
  - {id: hosting, from: mathly, to: hostly, elements: [first-name], legal_basis: 99.33(b), starts: 2025-08-01}
"""
"""A district of a state that asks for no posting, without surveys, high schools or directory information."""
KINDS = ("annual", "disclosures")
COMPLAINT = "You have the right to file a complaint with the U.S. Department of Education"


def begin(folder: Path, run: DataflowsIn, text: str = DISTRICT) -> None:
    """Make a catalog in a folder and fill it."""
    (folder / "catalog.yaml").write_text(text, encoding="utf-8", newline="\n")
    for words in (("init",), ("apply", "catalog.yaml", "--by", "Tester")):
        done = run(folder, *words)
        assert done.returncode == 0, done.stderr


def edit_word(content: bytes, *changes: tuple[str, str]) -> bytes:
    """Return a Word document as somebody edited it: each old text, which must be there, becomes a new one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            data = before.read(member)
            if member.filename == "word/document.xml":
                text = data.decode()
                for old, new in changes:
                    assert old in text, old
                    text = text.replace(old, new)
                data = text.encode()
            after.writestr(member.filename, data)
    return stream.getvalue()


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what every file below a folder holds, by its place."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def check_sums(folder: Path) -> list[str]:
    """Do what `sha256sum -c SHA256SUMS` does; return the files that fail."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    return [name for digest, name in pairs if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest]


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return a package's manifest."""
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def document_of(folder: Path, kind: str, language: str) -> dict[str, Any]:
    """Return what the manifest says of one document in one language."""
    rows = manifest_of(folder)["documents"]
    [found] = [row for row in rows if (row["kind"], row["language"]) == (kind, language)]
    return dict(found)
