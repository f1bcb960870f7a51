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
from dataflows.reporting.tree import Kind, Node, plain_text, walk
from dataflows.reporting.writers.html import direction_of, write_html

if TYPE_CHECKING:
    from jinja2 import Template


def render_page(document: Node, *, kind: str, language: str, district: str) -> str:
    """Return a whole page. The policy in its head lets nothing run, and only its own style apply."""
    parts = write_html(document)
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _page().render(
        kind=kind,
        language=language,
        direction=direction_of(language),
        title=_title_of(document),
        district=district,
        style=Markup(style),  # noqa: S704 - our own file
        style_digest=digest,
        header=Markup(parts.header),  # noqa: S704 - the writer escapes
        main=Markup(parts.main),  # noqa: S704
        footer=Markup(parts.footer),  # noqa: S704
    )


def _title_of(document: Node) -> str:
    return next((plain_text(node) for node in walk(document) if node.kind is Kind.HEADING), "")


@cache
def _style() -> str:
    """Return the style sheet without its comments and the spaces at its lines' starts."""
    text = (assets.folder("reports") / "shared" / "style.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n" + "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


@cache
def _page() -> Template:
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
    return environment.get_template("shared/page.html.j2")
