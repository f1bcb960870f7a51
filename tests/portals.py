"""Makes a portal from a catalog in a test's own text, and reads every file of one as text."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pypdf

from dataflows.actions.portal import Asked, Portal, write_site
from dataflows.reporting.portal.changes import Changes
from tests.snapshots import bodies_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dataflows.reporting.look import Look

Bodies = dict[str, list[tuple[str, dict[str, Any]]]]
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
CLOSES_P = frozenset(
    {"p", "ul", "ol", "dl", "div", "table", "section", "nav", "form", "h1", "h2", "h3", "pre", "details"}
)


def make_portal(
    given: str | Bodies,
    folder: Path,
    day: str = "2026-10-01",
    *,
    look: Look | None = None,
    changes: Changes | None = None,
) -> Portal:
    """Write the site of a catalog, given in YAML or as rows, into a folder."""
    on = date.fromisoformat(day)
    bodies = bodies_of(given) if isinstance(given, str) else given
    return write_site(bodies, folder, Asked(as_of=on, look=look), changes or Changes(on.replace(year=on.year - 1), on))


def files_of(folder: Path) -> dict[str, Path]:
    """Return every file of a site by its place."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def text_of(path: Path) -> str:
    """Return all that a file says, of a PDF and a Word file what is packed in it too."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        reader = pypdf.PdfReader(BytesIO(content))
        return "\n".join([page.extract_text() for page in reader.pages] + [str(reader.metadata), str(reader.outline)])
    if path.suffix == ".docx":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


class PageFaults(HTMLParser):
    """Collects what is wrong with a page, its links, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]
        self.faults += [f"the id {id} stands {count} times" for id, count in Counter(self.ids).items() if count > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        self.faults += [f"<{tag}> has {name} {count} times" for name, count in names.items() if count > 1]
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag}> has the attribute {name}")
            if name in ("href", "src", "srcset", "action") and value is not None:
                self.links.append(value)
            if name == "id":
                self.ids.append(value or "")
        if tag in CLOSES_P and "p" in self._open:
            self.faults.append(f"<{tag}> stands in a <p>")
        if tag == "a" and "a" in self._open:
            self.faults.append("a link stands in a link")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1:] != [tag]:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        if tag in self._open:
            while self._open.pop() != tag:
                pass


def page_faults(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the pages of a site: their form, and links that lead nowhere."""
    pages = {path: PageFaults(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    for path, page in pages.items():
        here = path.relative_to(folder).as_posix()
        yield from (f"{here}: {fault}" for fault in page.faults)
        for link in page.links:
            address = urlsplit(link)
            if address.scheme in ("http", "https", "mailto", "tel", "data"):
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            if address.scheme or address.netloc or not target.is_file() or not target.is_relative_to(folder.resolve()):
                yield f"{here}: {link} leads nowhere"
            elif address.fragment and target in pages and address.fragment not in pages[target].ids:
                yield f"{here}: {link} names no place of that page"


__all__ = ["Bodies", "Portal", "files_of", "make_portal", "page_faults", "text_of"]
