"""What the tests of documents share: the example catalog, and readers of our formats that are not ours."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from dataflows import assets
from dataflows.actions.write_notice import write_notice
from tests.machine import CHECKOUT
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from dataflows.actions.write_notice import WrittenNotice
    from dataflows.model.snapshot import Snapshot

DAY = date(2026, 9, 1)
MAPLE_DAY = date(2026, 8, 15)
KINDS = [
    ("vendor-letter", "zoom"),
    ("annual", None),
    ("disclosures", None),
    ("directory", None),
    ("ppra", None),
    ("recruiters", None),
    ("disclosures-summary", None),
    ("disposition", "observer"),
    ("checklist", None),
    ("package", None),
]
"""The documents that are read whole: the first three of the shipped example, the others of an invented district."""
OF_THE_EXAMPLE = ("vendor-letter", "annual", "disclosures")
POLICIES = """
    inspection_procedure: "Write to the principal. Say which records you want to see. We will set a time and place."
    amendment_procedure: "Write to the principal. Say which part is wrong and why."
    school_official_criteria: "A school official is a teacher, a principal, or a company that works for us."
    legitimate_educational_interest: "An official has one if he or she needs to review a record to do the job."
"""
DRAWING = "data:image/svg+xml;base64,"
VOID = {"br", "hr", "img", "input", "meta", "link", "source"}
PHRASING_ONLY = {"p", "label", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "em", "a", "bdi", "code", "title"}
BLOCKS = {"p", "div", "ul", "ol", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"}
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "table": {"thead", "tbody"}, "thead": {"tr"}, "tbody": {"tr"}}
CHILDREN["tr"] = {"th", "td"}


def example_text() -> str:
    """Return the example catalog as it is shipped."""
    return (assets.folder("schemas") / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")


def example() -> Snapshot:
    """Return the example catalog on the day that the tests write documents for."""
    return snapshot_of(example_text().replace("\ncatalog: 1\n", "\n"), DAY.isoformat())


def maple(day: date = MAPLE_DAY) -> Snapshot:
    """Return the catalog of an invented district in which every document has something to say."""
    return snapshot_of((CHECKOUT / "tests" / "data" / "maple.yaml").read_text(encoding="utf-8"), day.isoformat())


def write_kind(kind: str, vendor: str | None = None, suffix: str = ".html", language: str = "en") -> WrittenNotice:
    """Return one of the documents of `KINDS`."""
    snapshot = example() if kind in OF_THE_EXAMPLE else maple()
    return write_notice(snapshot, kind, vendor=vendor, issued=snapshot.valid_on, suffix=suffix, language=language)


def letter(text: str, vendor: str = "mathly", suffix: str = ".md", day: date = DAY) -> str:
    """Return the letter about a vendor of a catalog in YAML."""
    snapshot = snapshot_of(text, day.isoformat())
    return write_notice(snapshot, "vendor-letter", vendor=vendor, issued=day, suffix=suffix).content.decode()


def annual(text: str, suffix: str = ".md", day: date = DAY) -> str:
    """Return the annual notice of a catalog in YAML; the policies that it needs are added."""
    whole = text if "policies:" in text else f"district:\n  policies:{POLICIES}{text}"
    return write_notice(snapshot_of(whole, day.isoformat()), "annual", issued=day, suffix=suffix).content.decode()


def disclosures(
    text: str, school: str | None = None, grade: str | None = None, suffix: str = ".md", day: date = DAY
) -> str:
    """Return the disclosures to a school's and grade's students of a catalog in YAML."""
    snapshot = snapshot_of(text, day.isoformat())
    made = write_notice(snapshot, "disclosures", school=school, grade=grade, issued=day, suffix=suffix)
    return made.content.decode()


@dataclass
class Page(HTMLParser):
    """A strict reader of HTML: what browsers would forgive is a fault here."""

    faults: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    """The words of the heads of columns."""
    told: list[str] = field(default_factory=list)
    """The words that stand for drawings of ours."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._open[-1] if self._open else ""
        if parent in CHILDREN and tag not in CHILDREN[parent]:
            self.faults.append(f"<{tag}> in <{parent}>")
        if tag in BLOCKS and (inner := PHRASING_ONLY.intersection(self._open)):
            self.faults.append(f"<{tag}> in {sorted(inner)}")
        if tag == "a" and "a" in self._open:
            self.faults.append("a link in a link")
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"an attribute twice in <{tag}>")
        values = {name: value or "" for name, value in attrs}
        if values.get("id") in self._ids:
            self.faults.append(f"the id {values['id']} twice")
        self._ids.add(values.get("id", ""))
        self._ids.discard("")
        if tag[0] == "h" and tag[1:].isdigit():
            level = int(tag[1:])
            if level > (self.headings[-1] if self.headings else 0) + 1:
                self.faults.append(f"a jump to <{tag}>")
            self.headings.append(level)
        self.tags.append((tag, values))
        if tag == "img" and values["src"].startswith(DRAWING):
            self.told += words_of(values["alt"])
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if "style" in self._open or "title" in self._open or ("skip" in self._classes()):
            return
        self.words += words_of(data)
        if "thead" in self._open:
            self.labels += words_of(data)

    def _classes(self) -> str:
        tag, values = self.tags[-1] if self.tags else ("", {})
        return values.get("class", "") if self._open and self._open[-1] == tag else ""

    def close(self) -> None:
        super().close()
        if self._open:
            self.faults.append(f"never closed: {self._open}")


def read_page(html: str) -> Page:
    """Return a page as the strict reader sees it."""
    page = Page()
    page.feed(html)
    page.close()
    return page


def foreign_tags(page: Page) -> set[str]:
    """Return the elements of a page that none of our documents has, or only as a drawing of ours."""
    return {
        tag
        for tag, values in page.tags
        if tag in ("script", "b", "iframe", "form") or (tag == "img" and not values["src"].startswith(DRAWING))
    }


def words_of(text: str) -> list[str]:
    """Return the words of a text, without the signs around them."""
    found = re.findall(r"\w+", re.sub("[\u2066-\u2069]", "", text))
    return [word for word in found if word.strip("_")]  # a line to write on is no word


def words_of_markdown(text: str) -> Counter[str]:
    """Return the words of Markdown as a plain CommonMark reader shows it."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        for child in token.children or ():
            found += words_of(child.content)
        if token.type == "fence":
            found += words_of(token.content)
    return Counter(found)


def words_of_text(text: str) -> Counter[str]:
    """Return the words of our plain text, without addresses of links and the numbers of lists."""
    bare = re.sub(r"<(https?://|[\w.+-]+@)[^>]*>", "", text)
    return Counter(words_of(re.sub(r"^\s*\d{1,3}\. (?=.*\n(?!---))", "", bare, flags=re.MULTILINE)))
