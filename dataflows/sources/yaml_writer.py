"""Writes a catalog as YAML: rows in blocks, short lists in one line, texts exact to the character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TextIO

from dataflows.sources.trees import Catalog, PlainDay, top_values
from dataflows.sources.yaml_text import is_day, is_literal, is_plain, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 100
"""How long a list in one line may be."""


def write_yaml(catalog: Catalog, stream: TextIO) -> None:
    """Write a catalog to a text stream in UTF-8 with plain newlines."""
    for key, value in top_values(catalog):
        if isinstance(value, Iterator):
            stream.write(f"\n{key}:\n")
            for row in value:
                stream.writelines(_item(row, "  "))
        else:
            stream.writelines(_entry(key, value, ""))


def _entries(tree: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in tree.items():
        yield from _entry(key, value, indent)


def _entry(key: str, value: Any, indent: str) -> Iterator[str]:
    """Yield the lines of one key and its value."""
    name = _text(key)
    if isinstance(value, Mapping) and value:
        yield f"{indent}{name}:\n"
        yield from _entries(value, f"{indent}  ")
    elif isinstance(value, list) and (flow := _in_one_line(value)) is None:
        yield f"{indent}{name}:\n"
        for item in value:
            yield from _item(item, f"{indent}  ")
    elif isinstance(value, list):
        yield f"{indent}{name}: {flow}\n"
    else:
        yield f"{indent}{name}: {_scalar(value, indent)}\n"


def _item(value: Any, indent: str) -> Iterator[str]:
    """Yield the lines of one item of a list in a block."""
    if isinstance(value, Mapping) and value:
        lines = _entries(value, f"{indent}  ")
        yield f"{indent}- {next(lines).removeprefix(f'{indent}  ')}"
        yield from lines
    elif isinstance(value, list):
        yield f"{indent}- {_in_one_line(value) or _nested(value)}\n"
    else:
        yield f"{indent}- {_scalar(value, indent)}\n"


def _in_one_line(items: Iterable[Any]) -> str | None:
    """Return a short flat list as `[a, b]`, or None where it is neither."""
    found = list(items)
    if any(isinstance(item, Mapping | list) for item in found):
        return None
    text = f"[{', '.join(_flow_scalar(item) for item in found)}]"
    return text if len(text) <= _WIDTH or not found else None


def _nested(value: Any) -> str:
    """Return any value in one line: a list in a list, which no record has."""
    if isinstance(value, list):
        return f"[{', '.join(_nested(item) for item in value)}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{quoted(key)}: {_nested(item)}' for key, item in value.items())}}}"
    return _flow_scalar(value)


def _flow_scalar(value: Any) -> str:
    return _flow_text(value) if isinstance(value, str) else _scalar(value, "")


@lru_cache(maxsize=10_000)
def _flow_text(text: str) -> str:
    return text if is_plain(text, in_flow=True) else quoted(text)


def _scalar(value: Any, indent: str) -> str:
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, PlainDay) and is_day(value):
        return value
    if isinstance(value, str):
        return literal(value, f"{indent}  ") if is_literal(value) else _text(value)
    return "null" if value is None else str(value)


@lru_cache(maxsize=10_000)
def _text(text: str) -> str:
    return text if is_plain(text) else quoted(text)
