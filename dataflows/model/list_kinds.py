"""The kinds that point at rows or hold several values: ids of other lists, legal bases, sets and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from dataflows.model.frozen import frozen
from dataflows.model.kinds import BadValueError, Kind, as_text, describe

if TYPE_CHECKING:
    from dataflows.model.kinds import Reading


@frozen(kw_only=False)
class Ref(Kind):
    """The id of a row of another list; in tables its name may stand for it."""

    name: ClassVar[str] = "id of"
    target: str

    def parse(self, raw: object, reading: Reading) -> str:
        return reading.refer(self.target, raw if isinstance(raw, str) else as_text(raw))

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


class LegalBasis(Kind):
    """A citation in the field's own form, or its short name."""

    name: ClassVar[str] = "legal basis"

    def parse(self, raw: object, reading: Reading) -> str:
        return reading.legal_basis(as_text(raw))


@frozen(kw_only=False)
class SetOf(Kind):
    """A list whose order and repeats mean nothing: kept sorted."""

    name: ClassVar[str] = "set of"
    item: Kind
    or_all: bool = False

    def parse(self, raw: object, reading: Reading) -> list[Any] | str:
        if self.or_all and isinstance(raw, str) and raw.strip().lower() == "all":
            return "all"
        if type(self.item) is Ref and isinstance(raw, list):
            known = reading.known(self.item.target)
            if all(type(item) is str and item in known for item in raw):
                return sorted(set(raw))
        return sorted(set(parse_items(self.item, raw, reading)))

    def load(self, value: Any) -> tuple[Any, ...] | None:
        return None if value == "all" else tuple(self.item.load(item) for item in value)

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "array", "items": self.item.schema()}
        return {"anyOf": [{"const": "all"}, found]} if self.or_all else found


@frozen(kw_only=False)
class ListOf(Kind):
    """A list whose order is kept."""

    name: ClassVar[str] = "list of"
    item: Kind

    def parse(self, raw: object, reading: Reading) -> list[Any]:
        return list(dict.fromkeys(parse_items(self.item, raw, reading)))

    def load(self, value: Any) -> tuple[Any, ...]:
        return tuple(self.item.load(item) for item in value)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.item.schema()}


def parse_items(kind: Kind, raw: object, reading: Reading) -> list[Any]:
    """Parse each item of a list; a bad one does not hide the next."""
    if not isinstance(raw, list):
        message = f"Expected a list, found {describe(raw)}."
        raise BadValueError(message, f"Write [{raw}]." if isinstance(raw, str) and raw.strip() else "Write [...].")
    found: list[Any] = []
    for index, item in enumerate(raw):
        reading.path.append(index)
        try:
            found.append(kind.parse(item, reading))
        except BadValueError as bad:
            reading.refuse(bad.message, bad.hint, *bad.path)
        reading.path.pop()
    return found
