"""How much harm the loss of a data element does."""

from __future__ import annotations

SENSITIVITIES = ("low", "medium", "high", "critical")
"""From the least to the most sensitive."""
