"""Which schema version this program reads and writes."""

from __future__ import annotations

HEAD = "0003"
"""The newest migration; a test holds it against migrations/versions."""

APPLICATION_ID = 0x64666C77
"""Marks an SQLite file as a catalog of this program (`dflw`)."""
