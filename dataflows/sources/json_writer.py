"""Writes a catalog as JSON: one row a line, so that two exports compare line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

from dataflows.sources.trees import Catalog, top_values

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_json(catalog: Catalog, stream: TextIO) -> None:
    """Write a catalog to a text stream in UTF-8 with plain newlines."""
    separator = "{"
    for key, value in top_values(catalog):
        stream.write(f"{separator}\n  {_one_line(key)}: ")
        if isinstance(value, Iterator):
            _write_lines(stream, "[]", (_one_line(row) for row in value))
        elif isinstance(value, dict):
            _write_lines(stream, "{}", (f"{_one_line(k)}: {_one_line(v)}" for k, v in value.items()))
        else:
            stream.write(_one_line(value))
        separator = ","
    stream.write("\n}\n")


def _write_lines(stream: TextIO, brackets: str, lines: Iterable[str]) -> None:
    stream.write(brackets[0])
    separator = "\n    "
    for line in lines:
        stream.write(f"{separator}{line}")
        separator = ",\n    "
    stream.write(f"\n  {brackets[1]}")


def _one_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
