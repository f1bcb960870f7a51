"""A notice for each district of a catalog, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.programs import run

if TYPE_CHECKING:
    from pathlib import Path
