"""How each party is called on a map: by its name, and by its id too where the eye can't tell two names apart."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from dataflows.maps.labels import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.snapshot import Snapshot


def shown_names(snapshot: Snapshot, parties: Iterable[str]) -> dict[str, str]:
    """Return what each of the parties is called, so that no two are called alike."""
    names = {id: clean(snapshot.name_of(id)) or id for id in parties}
    alike = Counter(_folded(name) for name in names.values())
    return {id: name if alike[_folded(name)] == 1 else f"{name} ({id})" for id, name in names.items()}


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
