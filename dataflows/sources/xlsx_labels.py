"""The words that our workbooks show and understand beside ids: sheets that are no lists, and bases with their names."""

from __future__ import annotations

from functools import cache

from dataflows.law.bases import legal_bases

EXPLAINS = "read me"
"""The first sheet, which says in plain words how to work in the book."""
CHOICES = "choices"
"""The hidden sheet with what drop-downs offer."""
PROBLEMS = "problems"
"""The sheet that an annotated copy has."""
OWN_SHEETS = (EXPLAINS, CHOICES, PROBLEMS)


@cache
def basis_labels() -> dict[str, str]:
    """Return the bases as a drop-down offers them, `99.31(a)(2) enrollment-transfer`, with their citations."""
    return {f"{citation} {basis.name}": citation for citation, basis in legal_bases().items()}
