"""Every word that a family reads is a message, so that a translator can find it."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir

from dataflows import assets
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.reporting.environment import DocumentEnvironment

REPORTS = assets.folder("reports")
TEMPLATES = sorted(path.relative_to(REPORTS).as_posix() for path in REPORTS.rglob("*.j2"))
SIGNS = re.compile(r"^::: [a-z]+$|(?<=\])\{\.(?:line|short|box)\}|(?<=\]\()picture:[a-z-]+(?=\))", re.MULTILINE)
"""What is no word but says what its words are: a section, a line to write on, a box to tick, a picture's name."""
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.endswith(".html.j2")])
def test_a_template_holds_no_words_outside_its_messages(name: str) -> None:
    source = (REPORTS / name).read_text(encoding="utf-8")
    tokens = DocumentEnvironment(str(REPORTS)).lex(source)
    data = "\n".join(text for _, kind, text in tokens if kind == "data")

    assert re.findall(r"[^\W\d_]+", SIGNS.sub("", data)) == []


def test_babel_finds_every_message_and_each_element_by_its_id() -> None:
    found = list(extract_from_dir(str(REPORTS), method_map=[("**.j2", "jinja2")], keywords=KEYWORDS, comment_tags=()))

    messages = {message for _, _, message, _, _ in found}
    assert "Your rights" in messages
    assert ("%(num)s kind that users add", "%(num)s kinds that users add") in messages
    assert {context for *_, context in found if context} >= set(builtin_taxonomy().elements)
