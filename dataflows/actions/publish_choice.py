"""Which documents a district's package has, and in which languages each can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import UsageError
from dataflows.law.state_law import postings
from dataflows.model.kinds import nearest
from dataflows.reporting.documents.leaving_out import speaks_of_surveys
from dataflows.reporting.kinds import KINDS, Reader
from dataflows.reporting.messages import find_language, languages

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataflows.model.snapshot import Snapshot

READERS = (Reader.FAMILIES, Reader.PUBLIC)


def kinds_of_package(snapshot: Snapshot, without: Collection[str] = ()) -> tuple[str, ...]:
    """Return the kinds of documents that families of this district may be owed, in the order of the register.

    A document about one vendor or one incident is none of them: nobody can say beforehand which. Raises
    UsageError for a kind that is to be left out and is not there.
    """
    state = snapshot.district.state
    found = tuple(
        name
        for name, kind in KINDS.items()
        if kind.reader in READERS
        and not kind.needs
        and (not kind.states or (state in kind.states and _is_asked_for(snapshot, name)))
        and (name != "ppra" or speaks_of_surveys(snapshot))
    )
    for name in without:
        if name not in found:
            similar = nearest(name, found)
            hint = f" Did you mean {similar!r}?" if similar else f" It has: {', '.join(found)}."
            raise UsageError(f"--without {name}: The package of this district has no such document.{hint}")
    return tuple(name for name in found if name not in without)


def _is_asked_for(snapshot: Snapshot, kind: str) -> bool:
    """Tell whether the state's law asks for a posting on the day, and the catalog has what it is about."""
    known = {posting.id: posting for posting in postings(snapshot.district.state, snapshot.valid_on)}
    if kind not in known:
        return False
    sources = {source.partition(".")[0] for field in known[kind].fields for source in field.from_}
    return sources != {"monitoring"} or bool(snapshot.monitoring)


def languages_of(snapshot: Snapshot, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the home languages in which a document can be written, and those in which it can't.

    Where it can be written in none of them it is written in the program's own first language.
    """
    able, lacking = [], []
    for tag in snapshot.district.home_languages:
        found = find_language(tag)
        if found is not None and found.has(kind):
            able.append("-".join((found.tag, *tag.split("-")[1:])))
        else:
            lacking.append(tag)
    first = next(tag for tag, language in languages().items() if language.has(kind))
    return tuple(dict.fromkeys(able)) or (first,), tuple(lacking)
