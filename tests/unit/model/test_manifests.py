"""A manifest reads back as it was written, and one from elsewhere is data: nothing in it leaves the folder."""

from __future__ import annotations

import json
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.model.manifests import ManifestError, find_unsafe_path, format_manifest, read_manifest

DIGEST = "0" * 64
FILE = {"format": "md", "file": "annual/annual.en.md", "sha256": DIGEST, "bytes": 3, "state": "as generated"}
SENT = {
    "format": "docx",
    "file": "annual/sent.en/annual 2026.docx",
    "sha256": "1" * 64,
    "bytes": 9,
    "state": "as sent",
    "channels": ["email", "web"],
    "date": "2026-08-14",
    "url": "https://oak.example/",
    "checked": "34 CFR 99.7",
    "compared_with": "annual/annual.en.md",
    "differences": [{"change": "added", "sent": "Hello."}],
}
BODY = {
    "manifest": 1,
    "program": "dataflows 1",
    "district": {"id": "oak", "name": "Oak – Señal"},
    "school_year": "2026-27",
    "as_of": "2026-08-14",
    "package_sha256": DIGEST,
    "catalog": {"file": "catalog.yaml", "sha256": DIGEST, "bytes": 5},
    "documents": [
        {"kind": "annual", "language": "en", "title": "Rights", "state": "as sent", "files": [FILE], "sent": [SENT]}
    ],
    "not_written": [{"kind": "annual", "language": "ko", "why": "no translation"}],
}


def test_a_manifest_reads_back_as_it_was_written() -> None:
    manifest, body = read_manifest(format_manifest(BODY))

    assert body == BODY
    assert format_manifest(body) == format_manifest(BODY)
    assert manifest.listed == {FILE["file"]: DIGEST, SENT["file"]: "1" * 64, "catalog.yaml": DIGEST}


@pytest.mark.parametrize("name", sorted(set(BODY) - {"not_written"}))
def test_a_field_that_is_missing_or_of_another_shape_is_named(name: str) -> None:
    for wrong in ({key: value for key, value in BODY.items() if key != name}, {**BODY, name: ["?"]}):
        with pytest.raises(ManifestError) as refused:
            read_manifest(json.dumps(wrong).encode())
        assert any(fault.startswith(name) for fault in refused.value.faults)


def test_a_key_that_no_manifest_has_is_named() -> None:
    with pytest.raises(ManifestError, match="exec"):
        read_manifest(json.dumps({**BODY, "exec": "rm"}).encode())


@given(st.text(alphabet="ab./\\: \n\x00", max_size=12))
def test_a_place_that_is_let_through_lies_in_the_folder(place: str) -> None:
    if find_unsafe_path(place) is None:
        inside = Path("/package").joinpath(*place.split("/"))
        assert Path("/package") in inside.parents
        assert ".." not in inside.parts
        assert not PureWindowsPath(place).is_absolute()
        assert not PureWindowsPath(place).drive
        assert "\n" not in place
