"""The pages of the site in one language."""

from __future__ import annotations

from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dataflows import assets
from dataflows.reporting.pages import digest_of, read_style
from dataflows.reporting.portal.changes import tell_changes
from dataflows.reporting.portal.feed import write_feed
from dataflows.reporting.portal.kinds_of_data import ElementTeller
from dataflows.reporting.portal.open_data import open_data_paths
from dataflows.reporting.portal.parties import PartyTeller
from dataflows.reporting.portal.paths import letter_of, letter_page, ups
from dataflows.reporting.portal.schools import list_grades, list_schools, tell_grade, tell_school
from dataflows.reporting.portal.sentences import FILE, portal_environment
from dataflows.reporting.portal.site_views import FileView, Letter, Lists, PageView, SiteView, Totals
from dataflows.reporting.telling import contact_view
from dataflows.reporting.tree import direction_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from dataflows.reporting.portal.facts import Facts
    from dataflows.reporting.portal.given import Site
    from dataflows.reporting.portal.site_views import ChangeView, PictureView, Row

MOST_ON_A_PAGE = 400
"""How many parties one list shows; beyond, each letter has a page of its own."""
FEW = 12
"""How many parties the front page names one by one."""
_SINGLE = ("who", "data", "choices", "left", "no-data", "documents", "changes", "about", "search")


class LanguageSite:
    """Tells the facts in one language and writes its folder."""

    def __init__(self, site: Site, facts: Facts, language: str, own_names: dict[str, str]) -> None:
        self._site, self._facts, self._language, self._own_names = site, facts, language, own_names
        said = site.look.said(language, FILE) if site.look else None
        self.environment = portal_environment(language, said)
        self._parties = PartyTeller(facts, language, letters=site.letters, pictures=site.vendor_pictures)
        self._elements = ElementTeller(facts, self._parties)
        self._templates: dict[str, Template] = {}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the language's folder, with their places from the root."""
        for row in self._parties.rows.values():
            yield self._page("party", row.href, party=self._parties.page(row))
        for id, element in self._elements.rows.items():
            yield self._page("element", element.href, element=self._elements.page(id))
        yield from self._of_students()
        if self._lists.is_split:
            for letter in self._lists.letters:
                yield self._page("letter", letter.href, letter=letter)
        for name in _SINGLE:
            yield self._page(name, f"{name}.html", **self._more(name))
        if self._site.pictures:
            yield self._page("maps", "maps.html")
        yield f"{self._language}/feed.xml", self._feed()
        yield f"{self._language}/index.html", self.front(f"{self._language}/")

    def front(self, folder: str) -> bytes:
        """Return the front page as it lies in a folder: the language's own, or the root."""
        twins = tuple((tag, f"{ups(folder)}{tag}/index.html") for tag in self._own_names)
        page = PageView("index.html", "" if folder else f"{self._language}/", ups(folder), twins)
        return self._render("front", page, picture=self._front_picture())

    def _front_picture(self) -> PictureView | None:
        """Return the map that says most at one look: the summary, or that of everybody where they are few."""
        by_view = {picture.what: picture for picture in self._lists.pictures}
        few = by_view.get("network") if len(self._lists.gets) <= FEW else None
        return by_view.get("summary", few)

    def _of_students(self) -> Iterator[tuple[str, bytes]]:
        facts = self._facts
        if not facts.snapshot.schools:
            return
        yield self._page("schools", "schools.html")
        for id in facts.snapshot.schools:
            students = tell_school(facts, self._parties, id)
            yield self._page("students", students.href, students=students)
        for grade in facts.grades:
            students = tell_grade(facts, self._parties, grade)
            yield self._page("students", students.href, students=students)

    def _more(self, name: str) -> dict[str, Any]:
        """Return what a page is given beside what all are."""
        if name == "left":
            return {"left": [self._parties.page(row) for row in self._lists.left]}
        if name == "documents":
            return {"letters": bool(self._site.letters)}
        if name == "search":
            rows = self._parties.rows.values()
            script = _script()
            products = sorted(
                ((product, row) for row in rows for product in row.products), key=lambda pair: pair[0].casefold()
            )
            return {
                "all_rows": tuple(rows),
                "products": products,
                "script": Markup(script),  # noqa: S704 - our own file
                "policy": _policy(self._style, script),
            }
        return {}

    def _page(self, template: str, path: str, **views: Any) -> tuple[str, bytes]:
        up = ups(path)
        twins = tuple((tag, f"{up}../{tag}/{path}") for tag in self._own_names)
        page = PageView(path, up, f"{up}../", twins)
        return f"{self._language}/{path}", self._render(template, page, **views)

    def _render(self, template: str, page: PageView, **views: Any) -> bytes:
        if template not in self._templates:
            self._templates[template] = self.environment.get_template(f"portal/{template}.html.j2")
        return self._templates[template].render(page=page, **{**self._common, **views}).encode()

    @cached_property
    def _common(self) -> dict[str, Any]:
        return {
            "site": self.view,
            "lists": self._lists,
            "totals": self.view.totals,
            "few": FEW,
            "style": Markup(self._style),  # noqa: S704 - our own file, and six digits of a colour
            "policy": _policy(self._style),
        }

    @cached_property
    def view(self) -> SiteView:
        """Return what every page says around its text."""
        snapshot, site = self._facts.snapshot, self._site
        lists = self._lists
        companies = sum(row.kind == "company" for row in lists.gets)
        return SiteView(
            district=snapshot.district.name,
            district_url=snapshot.district.url,
            day=snapshot.valid_on,
            language=self._language,
            direction=direction_of(self._language),
            own_names=self._own_names,
            brand=site.brand,
            contacts={role: contact_view(contact) for role, contact in snapshot.contacts.items()},
            privacy_page=snapshot.district.links.privacy_page,
            totals=Totals(
                companies=companies,
                others=len(lists.gets) - companies,
                elements=len(self._facts.going_out),
                left=len(lists.left),
                no_data=len(lists.no_data),
                refusable=len(lists.refusable),
            ),
            is_reviewed=self._parties.teller.is_reviewed,
            has_schools=bool(snapshot.schools),
            has_maps=bool(site.pictures),
            since=site.changes.start,
        )

    @cached_property
    def _lists(self) -> Lists:
        parties, site = self._parties, self._site
        gets = parties.rows_of("gets")
        return Lists(
            gets=gets,
            left=parties.rows_of("kept"),
            unknown=parties.rows_of("unknown"),
            no_data=parties.no_data,
            letters=_by_letter(gets),
            is_split=len(gets) > MOST_ON_A_PAGE,
            categories=self._elements.categories,
            families=self._elements.families,
            private=self._elements.private,
            schools=list_schools(self._facts),
            grades=list_grades(self._facts),
            refusable=tuple(parties.page(row) for row in gets if row.choice == "yes"),
            changes=tell_changes(site.changes, parties),
            documents=tuple(site.documents),
            pictures=tuple(view for view in site.pictures if view.language == self._language),
            open_data=tuple(
                FileView(path.rpartition("/")[2], "", path.rpartition(".")[2], path) for path in open_data_paths()
            ),
        )

    @cached_property
    def _style(self) -> str:
        brand = self._site.brand
        style = read_style("portal/style.css")
        if brand.colour:
            style += f":root {{ --accent: {brand.colour}; --band: {brand.colour}; }}\n"
            style += f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {brand.dark_colour}; }} }}\n"
            style += f"@media print {{ :root {{ --accent: {brand.colour}; }} }}\n"
        return style + (self._site.look.style if self._site.look else "")

    def _feed(self) -> bytes:
        sentence = self.environment.get_template("portal/change-words.j2")
        title = sentence.render(change=None).strip()

        def words(change: ChangeView) -> str:
            return unescape(sentence.render(change=change).strip())

        return write_feed(
            self.view,
            self._lists.changes,
            unescape(title),
            sentence=words,
            district=self._facts.snapshot.district.id,
        )


def _by_letter(rows: tuple[Row, ...]) -> tuple[Letter, ...]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(letter_of(row.name), []).append(row)
    return tuple(Letter(letter, letter_page(letter), tuple(some)) for letter, some in sorted(found.items()))


def _script() -> str:
    return (assets.folder("reports") / "portal" / "search.js").read_text(encoding="utf-8")


def _policy(style: str, script: str = "") -> str:
    """Return the content security policy of a page: its own style and script, pictures of this site, nothing else."""
    run = f" script-src 'sha256-{digest_of(script)}';" if script else ""
    allowed = f"style-src 'sha256-{digest_of(style)}'; img-src 'self' data:;{run}"
    return f"default-src 'none'; {allowed} base-uri 'none'; form-action 'self'"
