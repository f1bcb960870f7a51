"""The Jinja environment of the portal in one language: strict, and escaping everything.

A sentence is put together from the translator's words and escaped values, as HTML; whatever a template
puts out beside sentences is escaped as well, and the marks that turn writing round are taken out of it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dataflows import assets
from dataflows.reporting.customs import customs_of
from dataflows.reporting.dialect import parse_district_text
from dataflows.reporting.markdown import bare_address, is_safe_address, without_direction_marks
from dataflows.reporting.messages import languages, translations
from dataflows.reporting.tree import Kind, Node, build_tree, direction_of
from dataflows.reporting.writers.html import write_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from gettext import NullTranslations

    from dataflows.reporting.customs import Customs
    from dataflows.reporting.district_texts import Told

FILE = "portal"
"""The file in which the portal's sentences are translated."""


def portal_environment(language: str, said: NullTranslations | None = None) -> Environment:
    """Return the templates of the portal with the sentences and customs of a language."""
    environment = Environment(
        loader=FileSystemLoader(str(assets.folder("reports")), encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    customs = customs_of(languages()[language].format)
    environment.globals.update(_message_functions(said or translations(language, FILE), customs))
    environment.globals.update(day=customs.day, language_name=customs.language, number=customs.number)
    environment.filters.update(told=show_told, text=show_text, apart=show_apart, bare=bare_address)
    environment.tests["safe_address"] = lambda address: address is not None and is_safe_address(address)
    return environment


def _shown(value: Any) -> Any:
    if type(value) is str and not value.isascii():
        return without_direction_marks(value)
    return value


def _message_functions(said: NullTranslations, customs: Customs) -> dict[str, Callable[..., Markup]]:
    """Return what templates call for a sentence; numbers in it are written as the language does."""

    @cache
    def marked(message: str) -> Markup:
        return Markup(escape(message))  # noqa: S704 - escaped right here

    def filled(message: str, values: Mapping[str, Any]) -> Markup:
        shown = {name: customs.number(value) if type(value) is int else _shown(value) for name, value in values.items()}
        return marked(message) % shown if shown else marked(message)

    def gettext(message: str, **values: Any) -> Markup:
        return filled(said.gettext(message), values)

    def ngettext(one: str, many: str, number: int, **values: Any) -> Markup:
        return filled(said.ngettext(one, many, number), {"num": number, **values})

    def pgettext(context: str, message: str, **values: Any) -> Markup:
        return filled(said.pgettext(context, message), values)

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}


def show_apart(name: object) -> Markup:
    """Return a name kept apart, so that its script can't turn round what stands beside it."""
    return Markup("<bdi>{}</bdi>").format(without_direction_marks(str(name)))


def show_told(told: Told) -> Markup:
    """Return a text in a line, marked with its language where that is another than the page's."""
    words = without_direction_marks(told.text)
    if not told.is_foreign:
        return Markup("<bdi>{}</bdi>").format(words)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(told.language, direction_of(told.language), words)


def show_text(told: Told) -> Markup:
    """Return a text of the district as blocks: paragraphs, lists, emphasis and links.

    Its headings are strong words: a text may not break the order of a page's headings.
    """
    tree = _without_headings(build_tree(parse_district_text(without_direction_marks(told.text).strip())))
    block = Markup(write_html(tree).main)  # noqa: S704 - the writer escapes
    mark = Markup(' lang="{}" dir="{}"').format(told.language, direction_of(told.language)) if told.is_foreign else ""
    return Markup('<div class="text"{}>{}</div>').format(mark, block)


def _without_headings(node: Node) -> Node:
    children = tuple(_without_headings(child) for child in node.children)
    if node.kind is Kind.HEADING:
        return Node(Kind.PARAGRAPH, (Node(Kind.STRONG, children),))
    return replace(node, children=children)
