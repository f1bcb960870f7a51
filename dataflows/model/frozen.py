"""Frozen values with slots, as `dataclass` makes them, in a tenth of the time at the start.

`dataclass` writes six methods a class as text and compiles them whenever the program starts; that
is most of what a command with a hundred classes spends on them.  Here all classes share the same
few functions.  Fields, defaults, `replace` and `fields` are those of `dataclasses`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError, dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class _Unset:
    """Stands for a default that is made anew each time, or that there is none."""

    def __init__(self, make: Any) -> None:
        self.make = make

    def value(self, cls: type, name: str) -> Any:
        """Return a new default; raises TypeError where the field must be given."""
        if self.make is MISSING:
            raise TypeError(f"{cls.__name__} needs {name!r}.")
        return self.make()


class Caching:
    """Base of frozen values with a `functools.cached_property`: has room for it beside the slots.

    What is kept is no part of the value: it is not compared, shown or copied.
    """

    __slots__ = ("__dict__",)


_PUTS: dict[type, tuple[tuple[str, Callable[[Any, Any], None], Any], ...]] = {}
_COMPARED: dict[type, tuple[str, ...]] = {}


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: type[T] | None = None, *, kw_only: bool = True) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class a frozen value with slots, equal by what it holds, built by keywords or in order too."""
    return _freeze(cls, kw_only) if cls is not None else lambda made: _freeze(made, kw_only)


def _freeze(cls: type[T], kw_only: bool) -> type[T]:
    made: type[T] = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    shared = _SHARED if kw_only else {**_SHARED, "__init__": _init_in_order}
    for name, method in shared.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


def puts_of(cls: Any) -> tuple[tuple[str, Callable[[Any, Any], None], Any], ...]:
    """Return of each field of a class its name, what writes it into a new value, and its default."""
    found = _PUTS.get(cls)
    if found is None:
        fields = dataclasses.fields(cls)
        found = _PUTS[cls] = tuple((item.name, getattr(cls, item.name).__set__, _default(item)) for item in fields)
    return found


def _default(item: dataclasses.Field[Any]) -> Any:
    return item.default if item.default is not MISSING else _Unset(item.default_factory)


def _init(self: Any, **values: Any) -> None:
    cls = self.__class__
    for name, put, default in puts_of(cls):
        value = values.pop(name, default)
        put(self, value.value(cls, name) if value.__class__ is _Unset else value)
    if values:
        raise TypeError(f"{cls.__name__} has no {', '.join(map(repr, values))}.")


def _init_in_order(self: Any, *given: Any, **values: Any) -> None:
    puts = puts_of(self.__class__)
    if len(given) > len(puts):
        raise TypeError(f"{self.__class__.__name__} has {len(puts)} fields, and {len(given)} were given.")
    named = {name: value for (name, _put, _default), value in zip(puts, given, strict=False)}
    if twice := named.keys() & values:
        raise TypeError(f"{self.__class__.__name__} was given {', '.join(sorted(twice))} twice.")
    _init(self, **named, **values)


def _values(self: Any) -> tuple[Any, ...]:
    """Return what makes two values equal."""
    cls = self.__class__
    names = _COMPARED.get(cls)
    if names is None:
        names = _COMPARED[cls] = tuple(item.name for item in dataclasses.fields(cls) if item.compare)
    return tuple([getattr(self, name) for name in names])


def _eq(self: Any, other: object) -> Any:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    shown = (f"{item.name}={getattr(self, item.name)!r}" for item in dataclasses.fields(self) if item.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _setattr(_self: Any, name: str, _value: Any) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_self: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name, _put, _default in puts_of(self.__class__)]


def _setstate(self: Any, state: list[Any]) -> None:
    for (_name, put, _default), value in zip(puts_of(self.__class__), state, strict=True):
        put(self, value)


_SHARED: dict[str, Any] = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
