"""How much harm the loss of a data element does."""

SENSITIVITIES = ("low", "medium", "high", "critical")
"""From the least to the most sensitive."""
