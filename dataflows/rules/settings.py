"""The numbers and words that no law gives, from schemas/rules/settings.yaml."""

from __future__ import annotations

from typing import Any

from dataflows.law.documents import read_yaml


def setting(name: str) -> Any:
    """Return the value of a setting; raises KeyError."""
    return read_yaml("rules/settings")[name]["value"]


def days(name: str) -> int:
    """Return a setting that is a number of days, or another number."""
    return int(setting(name))
