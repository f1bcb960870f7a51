"""Frozen values: what `dataclass(frozen=True, slots=True)` gives, its fields, defaults, equality and refusals."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.model.frozen import frozen


@frozen
class Ours:
    """One that we make."""

    name: str
    size: int = 3
    names: tuple[str, ...] = ()
    known: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """The same as the library makes it."""

    name: str
    size: int = 3
    names: tuple[str, ...] = ()
    known: dict[str, int] = field(default_factory=dict, compare=False)


@frozen(kw_only=False)
class InOrder:
    """One that is built in order too."""

    first: int
    second: int = 2


make_ours: Any = Ours
make_theirs: Any = Theirs
make_in_order: Any = InOrder
VALUES = st.fixed_dictionaries(
    {"name": st.text(max_size=3)},
    optional={"size": st.integers(0, 3), "names": st.lists(st.text(max_size=2), max_size=2).map(tuple)},
)


@given(VALUES, VALUES)
def test_two_are_equal_and_hash_alike_where_the_librarys_do(one: dict[str, object], other: dict[str, object]) -> None:
    ours, theirs = (make_ours(**one), make_ours(**other)), (make_theirs(**one), make_theirs(**other))

    assert (ours[0] == ours[1]) is (theirs[0] == theirs[1])
    assert hash(ours[0]) == hash(theirs[0])
    assert repr(ours[0]) == repr(theirs[0]).replace("Theirs", "Ours")
    assert replace(ours[0], size=9) == make_ours(**{**one, "size": 9})
    assert pickle.loads(pickle.dumps(ours[0])) == copy.copy(ours[0]) == ours[0]  # noqa: S301 - our own


def test_a_value_never_changes_and_has_no_other_fields() -> None:
    value = Ours(name="a")

    for name in ("name", "colour"):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, "b")
        with pytest.raises(FrozenInstanceError):
            delattr(value, name)
    assert value.known is not Ours(name="a").known
    assert [item.name for item in fields(value)] == ["name", "size", "names", "known"]
    assert not hasattr(value, "__dict__")


def test_what_is_lacking_unknown_or_twice_is_refused() -> None:
    with pytest.raises(TypeError, match="Ours needs 'name'"):
        make_ours()
    with pytest.raises(TypeError, match="Ours has no 'colour'"):
        make_ours(name="a", colour="red")
    with pytest.raises(TypeError, match="given first twice"):
        make_in_order(1, first=1)
    with pytest.raises(TypeError, match="has 2 fields, and 3 were given"):
        make_in_order(1, 2, 3)
    assert InOrder(1) == InOrder(1, 2) == InOrder(first=1, second=2) != InOrder(2)
    assert make_in_order(1) != Ours(name="a")
