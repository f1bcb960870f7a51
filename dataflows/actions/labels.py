"""What rows of a plan say in a few words: a person knows names, and the ids of her own list are new to her."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Labels(Mapping[tuple[str, str], str]):
    """Texts by kind and id, of which there may be some hundred thousand: kept once, kind by kind."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, str]] = {}

    def add(self, kind: str, texts: dict[str, str]) -> None:
        """Add the texts of rows of a kind; the dictionary is taken over, not copied, where it is the first."""
        if kind in self._texts:
            self._texts[kind].update(texts)
        else:
            self._texts[kind] = texts

    def __getitem__(self, key: tuple[str, str]) -> str:
        """Return the text of a row; raises KeyError where it has none."""
        kind, id = key
        return self._texts[kind][id]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield kind and id of the rows that have a text."""
        return ((kind, id) for kind, texts in self._texts.items() for id in texts)

    def __len__(self) -> int:
        """Return how many rows have a text."""
        return sum(map(len, self._texts.values()))
