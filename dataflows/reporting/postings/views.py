"""What the templates of postings are given: fields in the state's order, each with the parts that are known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dataflows.reporting.disclosure_views import HolderView, KeptUseView, NoDataView
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.postings.missing import MissingFact
    from dataflows.reporting.views import ElementView, PurposeView

_OPEN = ("elements", "uses", "whole uses", "bases", "lines", "link", "contact", "agreement", "words")


@dataclass(frozen=True, slots=True)
class PartView:
    """One known thing; `kind` says how it is told, `value` is what."""

    kind: str
    value: object

    @property
    def is_open(self) -> bool:
        """Tell whether it ends without a full stop."""
        return self.kind in _OPEN

    @property
    def is_block(self) -> bool:
        """Tell whether it is a text of several paragraphs, which stands below the label."""
        return self.kind == "blocks"


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field that a law asks for."""

    id: str
    label: str
    parts: tuple[PartView, ...]
    lacks: tuple[str, ...]
    """Which fields of the catalog are empty of those that it wants, such as `signed`."""
    is_gap: bool
    """Whether something that the law asks for is not known."""


@dataclass(frozen=True, slots=True)
class AgreementLinkView:
    """Where an agreement is posted; None: it is not, or nobody wrote down where."""

    number: str | None
    url: str | None
    redacted: bool


@dataclass(frozen=True, slots=True)
class TermView:
    """Something that an agreement says yes or no to."""

    term: str
    value: bool


@dataclass(frozen=True, slots=True)
class OnwardView:
    """To whom a receiver passes data on, and to whom its agreement lets it."""

    passed_on: tuple[PurposeView, ...]
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """One contract, or one receiver, that is in use."""

    name: str
    full_name: str
    is_vendor: bool
    relationship: str | None
    category: str | None
    has_agreement: bool
    number: str | None
    """The contract's, where the block is about one of several."""
    fields: tuple[FieldView, ...]
    kept: tuple[KeptUseView, ...]


@dataclass(frozen=True, slots=True)
class OwnUseView:
    """What the district itself collects for one purpose, or keeps as it comes back."""

    purpose: Told | None
    elements: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class BreachView:
    """One breach of the list that a state wants posted."""

    party: str
    first_day: date | None
    last_day: date | None
    students: int | None
    is_counted: bool
    """False: the law wants no number here, for the general breach law is concerned too."""


@dataclass(frozen=True, slots=True)
class PostingView:
    """All that a posting says; how it is said stands in its template."""

    cite: str
    is_by_contract: bool
    """Whether each block is about one contract."""
    blocks: tuple[BlockView, ...]
    left: tuple[HolderView, ...]
    """Who gets nothing any more, and may still have data."""
    no_data: tuple[NoDataView, ...]
    not_known: tuple[str, ...]
    """Vendors of which the records do not say what they get, by name."""
    fields: tuple[FieldView, ...]
    """What is about the district, not about one receiver."""
    own: tuple[OwnUseView, ...]
    breaches: tuple[BreachView, ...]
    kinds: tuple[ElementView, ...]
    """Every kind of data that somebody gets, once."""
    gaps: int
    """How many facts are not there yet."""
    texts: dict[str, Told | None] = field(default_factory=dict)
    """The district's own texts that it needs, by name; None: not there yet."""
    dropped: tuple[NoDataView, ...] = ()
    """Vendors taken by a click, with those of their products that are not used any more."""

    def with_gaps(self, missing: Iterable[MissingFact]) -> PostingView:
        """Return the same with all that is missing counted."""
        return replace(self, gaps=len(set(missing)))

    @property
    def contracts(self) -> int:
        """Return how many of the blocks are about a contract."""
        return sum(block.has_agreement for block in self.blocks)

    @property
    def vendors(self) -> tuple[BlockView, ...]:
        """Return the blocks about vendors."""
        return tuple(block for block in self.blocks if block.is_vendor)

    @property
    def others(self) -> tuple[BlockView, ...]:
        """Return the blocks about everybody else."""
        return tuple(block for block in self.blocks if not block.is_vendor)
