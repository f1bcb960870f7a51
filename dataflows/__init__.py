"""dataflows: where every student's data goes, and the notice that says so truly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataflows.actions.api import Catalog as Catalog

__version__ = "0.1.0"
__all__ = ["Catalog", "__version__"]


def __getattr__(name: str) -> Any:
    """Load the Python API only when it is asked for: commands start without it."""
    if name == "Catalog":
        from dataflows.actions.api import Catalog

        return Catalog
    raise AttributeError(name)
