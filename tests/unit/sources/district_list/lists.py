"""Lists of a test, as CSV text, and what is read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.sources.district_list.map_reader import read_mapping
from dataflows.sources.district_list.map_writer import format_mapping
from dataflows.sources.district_list.mapped_file import MappedFile
from dataflows.sources.district_list.propose import propose_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping as AnyMapping
    from pathlib import Path

    from dataflows.sources.district_list.known import Known


class Read:
    """What was read of a list: rows by list and id, and what was left out or refused, by place."""

    def __init__(self, file: MappedFile) -> None:
        self.rows: dict[str, dict[str, dict[str, Any]]] = {}
        for row in file.rows():
            self.rows.setdefault(row.list, {})[str(row.tree["id"])] = row.tree
        self.left_out = [self._short(str(problem), file.name) for problem in file.left_out]
        self.problems = [self._short(str(problem), file.name) for problem in file.problems]

    @staticmethod
    def _short(text: str, name: str) -> str:
        return text.removeprefix(name).removeprefix(":")

    def ids(self, list_name: str) -> list[str]:
        return list(self.rows.get(list_name, ()))


def write(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def propose(folder: Path, text: str) -> str:
    """Return the mapping that is proposed for a list."""
    return format_mapping(propose_mapping(str(write(folder, text))))


def read(path: Path, known: Known | None = None, edits: AnyMapping[str, str] | None = None) -> Read:
    """Read a file by the mapping that is proposed for it, as a person left it after `edits`."""
    text = format_mapping(propose_mapping(str(path)))
    for old, new in (edits or {}).items():
        assert old in text, text
        text = text.replace(old, new)
    mapping = path.with_name("map.yaml")
    mapping.write_text(text, encoding="utf-8", newline="\n")
    file = MappedFile(str(path), read_mapping(str(mapping)))
    if known is not None:
        file.meet(known)
    return Read(file)


def read_text(folder: Path, text: str, known: Known | None = None, edits: AnyMapping[str, str] | None = None) -> Read:
    return read(write(folder, text), known, edits)
