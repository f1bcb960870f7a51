"""How large a box of a map is made."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class BoxSize:
    """How wide boxes are: in points at least, in columns of text at most, and in names that stand side by side."""

    points: int
    columns: int
    across: int = 1

    @property
    def head_columns(self) -> int:
        """The columns of a name, which is larger and bold."""
        return self.columns * 7 // 10

    def in_type(self, text: int, usual: int, *, stretch: float = 1.0) -> BoxSize:
        """Return the box in a larger type: stretched, and with as many columns as fit it then."""
        columns = int(self.columns * stretch * usual / text)
        return replace(self, points=round(self.points * stretch), columns=columns)
