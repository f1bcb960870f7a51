"""Readers of PDF and Word files that are not ours: what a screen reader would be told."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tests.notices import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"(?P<name>[A-Za-z0-9]+)(?: <\w+>)?(?: \"[^\n]*\")?(?: \((?:block|inline)\))?:?")


@dataclass
class Tag:
    """An element of a PDF's structure tree, or a piece of its text, which has no name."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Tag] = field(default_factory=list)

    def walk(self, *leave_out: str) -> Iterator[Tag]:
        """Yield the tag and all below it but those of some names."""
        if self.name not in leave_out:
            yield self
            for child in self.children:
                yield from child.walk(*leave_out)

    def all(self, name: str) -> list[Tag]:
        """Return the tags of a name."""
        return [tag for tag in self.walk() if tag.name == name]

    @property
    def words(self) -> str:
        """Return the text of the tag and all below it."""
        return " ".join(" ".join(tag.text for tag in self.walk()).split())


def poppler(program: str, content: bytes, *words: str) -> str:
    """Return what one of poppler's programs says of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(content)
        done = subprocess.run(
            [program, *words, path, *(["-"] if program == "pdftotext" else [])], check=True, capture_output=True
        )
    return done.stdout.decode(errors="replace")


def structure_of(content: bytes) -> Tag:
    """Return a PDF's structure tree as poppler's pdfinfo reads it."""
    root = Tag("Root")
    stack = [(-1, root)]
    for line in poppler("pdfinfo", content, "-struct-text").splitlines():
        depth, bare = len(line) - len(line.lstrip()), line.strip()
        while stack[-1][0] >= depth:
            stack.pop()
        owner = stack[-1][1]
        if bare.startswith('"'):
            owner.children.append(Tag("", text=f" {bare[1:-1]}"))
        elif bare.startswith("/"):
            name, _, value = bare[1:].partition(" ")
            owner.attributes[name] = value
        elif (found := _TAG.fullmatch(bare)) and not bare.startswith("Object"):
            tag = Tag(found["name"])
            owner.children.append(tag)
            stack.append((depth, tag))
    return root


def words_of_structure(root: Tag) -> Counter[str]:
    """Return the words of a PDF without the signs and numbers of its lists, and without what stands in drawings."""
    return Counter(word for tag in root.walk("Lbl", "Figure") for word in words_of(tag.text))


def part_of(content: bytes, name: str = "word/document.xml") -> etree._Element:
    """Return one part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def words_of_word(content: bytes) -> Counter[str]:
    """Return the words of a Word file, paragraph by paragraph."""
    found: Counter[str] = Counter()
    for paragraph in part_of(content).iter(f"{WORD}p"):
        pieces = (
            node.text or "" if node.tag == f"{WORD}t" else " "
            for node in paragraph.iter(f"{WORD}t", f"{WORD}br", f"{WORD}tab")
        )
        found.update(words_of("".join(pieces)))
    return found
