"""Reads the YAML files of schemas, those of the law and the pages of the rules, each once."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from dataflows import assets


def read_law(name: str) -> Any:
    """Return the tree of `schemas/law/<name>.yaml`; its days are dates. Callers must not change it."""
    return read_yaml(f"law/{name}")


@cache
def read_yaml(name: str) -> Any:
    """Return the tree of `schemas/<name>.yaml`, as `read_law` does."""
    path = assets.folder("schemas") / f"{name}.yaml"
    # Both loaders are safe; the one in C is ten times as fast and not built everywhere.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
