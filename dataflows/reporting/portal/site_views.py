"""What the templates of the portal are given beside the views that documents share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.reporting.portal.paths import element_page, party_page

if TYPE_CHECKING:
    from datetime import date

    from dataflows.reporting.disclosure_views import CountView, HolderView, NoDataView
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.portal.brand import Brand
    from dataflows.reporting.views import AudienceView, ContactView, ElementView, GuidanceView, LinkView


@dataclass(frozen=True, slots=True)
class FileView:
    """A file to open or take home: what it is, in which language and form, where from the site's root."""

    kind: str
    language: str
    form: str
    """`pdf`, `html`, `docx`, `md`, `txt`, `svg`, ..."""
    href: str
    size: int = 0
    """In bytes."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A map: what it shows, where from the site's root, and how large it is."""

    what: str
    """`network`, `overview`, ... or `vendor`."""
    href: str
    width: int
    height: int
    others: tuple[FileView, ...]
    """The same in other forms."""
    dark: str
    """Where the same is for a dark screen."""
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """One party in a list: enough to answer before its page is opened."""

    id: str
    href: str
    name: str
    full_name: str
    kind: str
    """`company`, or what another party is."""
    state: str
    """`gets`, `kept`, `none` or `unknown`."""
    count: int = 0
    """How many kinds of data."""
    private: int = 0
    """How many of them are the most private."""
    choice: str = "unknown"
    """`yes`, `no`, `senders` (it depends on those from whom it gets data) or `unknown`."""
    is_direct: bool = True
    words: tuple[str, ...] = ()
    """Other words by which it is found."""
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """The rows under one letter, and the page that has them where they are many."""

    letter: str
    href: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PartyPage:
    """All that the page of one party says."""

    row: Row
    holder: HolderView | None
    profile: Told | None
    products: tuple[ProductView, ...]
    links: tuple[LinkView, ...]
    seals: tuple[SealView, ...]
    guidance: tuple[GuidanceView, ...]
    schools: tuple[tuple[str, str], ...]
    """Names and pages of the schools whose students it is about; none where it is about all."""
    letters: tuple[FileView, ...]
    picture: PictureView | None
    senders: tuple[tuple[str, str], ...]
    """Names and pages of other parties from which it gets data."""


@dataclass(frozen=True, slots=True)
class ProductView:
    """What a vendor offers: `yes`, `none`, or None where nobody has said whether it takes data."""

    name: str
    student_data: str | None
    grades: str | None


@dataclass(frozen=True, slots=True)
class SealView:
    """What somebody certifies about a vendor."""

    by: str
    kind: str | None
    url: str | None
    expires: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One party of a chain; `district`, `students` or `other`."""

    kind: str
    name: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a kind of data, by which chain, and why."""

    row: Row
    chain: tuple[Step, ...]
    purposes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One kind of data in a list."""

    element: ElementView
    href: str
    count: int
    is_private: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Several headings together, as the picture of the front page has them: how many get some of it."""

    id: str
    count: int


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A heading of the Schedule of Data with its kinds of data."""

    id: str
    name: str
    rows: tuple[ElementRow, ...]


@dataclass(frozen=True, slots=True)
class ElementPage:
    """All that the page of one kind of data says."""

    row: ElementRow
    category: str
    definition: Told | None
    broader: tuple[ElementRow, ...]
    narrower: tuple[ElementRow, ...]
    receivers: tuple[Receiver, ...]
    kept: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class StudentsRow:
    """One party in the list of a school or a grade."""

    row: Row
    count: int
    grades: str | None = None
    """Of a school: the grades that it is about, where not all."""
    schools: tuple[str, ...] = ()
    """Of a grade: the schools that it is about, where not all."""


@dataclass(frozen=True, slots=True)
class StudentsPage:
    """All that the page of a school or of a grade says."""

    href: str
    school: str | None
    grade: str | None
    grades: tuple[tuple[str, str], ...]
    """Of a school: its grades and their pages."""
    schools: tuple[tuple[str, str], ...]
    """Of a grade: its schools and their pages."""
    rows: tuple[StudentsRow, ...]
    kept: tuple[Row, ...]
    everywhere: int = 0
    """How many more get data of all students, where there are too many to name here."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What began, ended or was corrected between two days."""

    what: str
    """`began`, `ended` or `corrected`."""
    is_part: bool
    """Other data reached the party before what began, or reaches it after what ended."""
    day: date | None
    flow: str
    name: str
    href: str | None
    elements: tuple[ElementView, ...]
    purpose: Told | None
    audience: AudienceView


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of the front page."""

    companies: int
    others: int
    elements: int
    left: int
    no_data: int
    """Vendors all of whose products take none, and such products of others."""
    refusable: int

    @property
    def holders(self) -> int:
        """Return how many get data."""
        return self.companies + self.others


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page says around its text."""

    district: str
    district_url: str | None
    day: date
    language: str
    direction: str
    own_names: dict[str, str]
    """What each language of the site calls itself."""
    brand: Brand
    contacts: dict[str, ContactView]
    privacy_page: str | None
    totals: Totals
    is_reviewed: bool
    has_schools: bool
    has_maps: bool
    since: date


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: its place in its language's folder, and the ways from it to that folder and to the root."""

    path: str
    up: str
    root: str
    twins: tuple[tuple[str, str], ...]
    """The same page in each language: tag and way to it."""

    def element_page(self, id: str) -> str:
        """Return where the page of a kind of data lies."""
        return element_page(id)

    def party_page(self, id: str) -> str:
        """Return where a party's page lies."""
        return party_page(id)


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything that several pages list."""

    gets: tuple[Row, ...]
    left: tuple[Row, ...]
    unknown: tuple[Row, ...]
    no_data: tuple[NoDataView, ...]
    letters: tuple[Letter, ...]
    is_split: bool
    """Whether the letters have pages of their own."""
    categories: tuple[CategoryView, ...]
    families: tuple[FamilyRow, ...]
    private: tuple[CountView, ...]
    schools: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...]
    refusable: tuple[PartyPage, ...]
    changes: tuple[ChangeView, ...]
    documents: tuple[FileView, ...]
    pictures: tuple[PictureView, ...]
    open_data: tuple[FileView, ...]
