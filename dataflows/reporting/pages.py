"""The page around a document in HTML: one file, no script, nothing fetched from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dataflows import assets
from dataflows.reporting.messages import find_language, translations
from dataflows.reporting.tree import Node, direction_of
from dataflows.reporting.writers.html import write_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template

    from dataflows.reporting.tree import PageFacts


def render_page(document: Node, facts: PageFacts, *, kind: str, style: str = "") -> str:
    """Return a whole page, with a style after ours. The policy in its head lets nothing run or be fetched."""
    parts = write_html(document, facts.pictures, facts.language)
    style = read_style("shared/style.css") + _style_of_draft(facts.draft) + style
    return _page().render(
        kind=kind,
        language=facts.language,
        direction=direction_of(facts.language),
        title=facts.title,
        district=facts.author,
        draft=facts.draft,
        style=Markup(style),  # noqa: S704 - our own file
        style_digest=digest_of(style),
        header=Markup(parts.header),  # noqa: S704 - the writer escapes
        main=Markup(parts.main),  # noqa: S704
        footer=Markup(parts.footer),  # noqa: S704
        _=_sentences(facts.language),
    )


def _style_of_draft(word: str) -> str:
    """Return what puts the word of a draft at the top of each printed page; every sign of it is escaped."""
    escaped = "".join(f"\\{ord(sign):x} " for sign in word)
    head = f'@top-center {{ content: "{escaped}"; color: #a1260d; font: 700 10pt sans-serif }}'
    return f"@page {{ {head} }}\n" if word else ""


def _sentences(language: str) -> Callable[[str], str]:
    known = find_language(language)
    return translations(known.tag if known else "en").gettext


def digest_of(text: str) -> str:
    """Return the SHA-256 of a style or a script, as a content security policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def read_style(name: str) -> str:
    """Return a style sheet of reports without its comments and the spaces at its lines' starts."""
    text = (assets.folder("reports") / name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n" + "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def _page() -> Template:
    return html_environment().get_template("shared/page.html.j2")


@cache
def html_environment() -> Environment:
    """Return the environment of our own HTML templates: strict, and escaping everything."""
    environment = Environment(
        loader=FileSystemLoader(str(assets.folder("reports")), encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.globals["_"] = environment.globals["gettext"] = lambda message: message
    return environment
