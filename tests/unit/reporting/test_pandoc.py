"""Pandoc as a second reader: what it finds in our Markdown is what every other format of a document says."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.notices import KINDS, read_page, words_of, write_kind
from tests.paper import structure_of, words_of_structure, words_of_word

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ["en", "es"]
FORMAT = "commonmark+pipe_tables"
SPACES = ("Space", "SoftBreak", "LineBreak")


def words_by_pandoc(markdown: bytes) -> Counter[str]:
    """Return the words that pandoc reads in Markdown, links by their words alone."""
    program = shutil.which("pandoc")
    assert program, "There is no pandoc here. `python -m tests` installs it on Debian; elsewhere install pandoc."
    done = subprocess.run([program, "-f", FORMAT, "-t", "json"], input=markdown, capture_output=True, check=True)
    return Counter(words_of("".join(pieces(json.loads(done.stdout)["blocks"]))))


def pieces(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from pieces(child)
    elif isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind == "Str":
            yield content
        elif kind in SPACES:
            yield " "
        elif kind in ("Code", "CodeBlock"):
            yield content[1]
        elif kind == "Link":
            yield from pieces(content[1])
        elif kind == "Header":
            yield from (*pieces(content[2]), "\n")
        else:
            yield from pieces(content)
            yield "" if kind in ("Emph", "Strong") else "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "vendor"), KINDS)
def test_every_format_says_what_pandoc_reads_in_our_markdown(kind: str, vendor: str | None, language: str) -> None:
    whole = words_by_pandoc(write_kind(kind, vendor, ".md", language).content)
    page = read_page(write_kind(kind, vendor, language=language).content.decode())

    # Markdown says in words what a drawing shows; the others draw it, and the words are its alternative.
    drawings = [values["alt"] for tag, values in page.tags if tag == "img" and "svg" in values["src"].partition(";")[0]]
    drawn = Counter(words_of("\n".join(drawings)))
    read = whole - drawn
    assert whole == read + drawn
    assert read == Counter(page.words)
    assert read == words_of_word(write_kind(kind, vendor, ".docx", language).content)
    # On paper a link's address stands behind it, and a table of contents has the numbers of pages.
    paper = words_of_structure(structure_of(write_kind(kind, vendor, ".pdf", language).content))
    addresses = {word for tag, values in page.tags if tag == "a" for word in words_of(values["href"])}
    assert read - paper == Counter()
    assert all(word in addresses or word.isdigit() for word in paper - read)


def test_pandoc_reads_what_a_district_wrote_as_text() -> None:
    assert words_by_pandoc(b'`#read("x")`{=typst} <b>hi</b>')["read"] == 1
