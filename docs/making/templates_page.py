"""The reference page of what templates see: variables with their types, functions, filters and tests, from the code."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from dataflows.reporting.environment import environment_for
from dataflows.reporting.kinds import KINDS
from dataflows.reporting.seen import MEANINGS, SEEN
from dataflows.reporting.tree import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = """\
# What templates see

<!-- Made by `python -m docs.make_reference` from dataflows/reporting/seen.py and the views. Change those. -->

A template of your own stands in place of ours: see [how to use your own look](../how-to/use-your-own-look.md).
It is given the variables below and nothing else. Each is a view: a fixed set of facts, read by `{{ view.field }}`.
What a template puts out is escaped, so that a name with signs in it stays a name. A field that isn't there is an
error with the template's line.

A template writes Markdown: headings, paragraphs, lists, tables, links, emphasis, quotes and code. Besides:

| written | makes |
| --- | --- |
| `::: glance` ... `:::` | a part of its own look: {sections} |
| `[words]{.line}`, `[words]{.short}` | a line to write on |
| `[words]{.box}` | a box to tick |
| `[palabras]{lang=es}` | words in another language |
| `![words](picture:letterhead)` | a picture that the document carries: `letterhead`, `page-code` |

Sentences are said with `_("...")`, so that they are translated; what changes in them is given by name:
`_("Until %(day)s", day=...)`.
Our parts can be imported: `{% import "shared/phrases.j2" as say %}`, `shared/forms.j2`, `notice/elements.j2`.
"""
_INNER = ("text", "part", "colophon")
"""Sections that the program makes itself."""
OTHERS = {"notice/changes.md.j2": "what changed between two years (`publish --diff`)"}
_MODULES = (
    "views", "district_texts", "vendor_states", "disclosure_views", "incident_views", "changes", "documents.views",
    "documents.summary", "postings.views", "postings.missing", "postings.contract_checklist", "postings.digital_tools",
    "postings.metadata_dictionary", "postings.monitoring",
)  # fmt: skip
_NAME = re.compile(r"\b[A-Z][A-Za-z]+\b")
FUNCTIONS = {
    "_": "a sentence in the document's language; so does `gettext`",
    "gettext": "the same as `_`",
    "ngettext": 'a sentence for one and for many: `ngettext("%(num)s day", "%(num)s days", number)`',
    "pgettext": "a sentence that has several meanings, with which is meant",
    "npgettext": "both of these",
    "link": "a link: `link(words, address)`; words alone where the address may not be linked to",
    "format_day": "a day as the language writes it",
    "format_list": "items in a sentence: `a, b, and c`",
    "language_name": 'what a language is called: `language_name("es")`',
    "language_names": "the same of several",
}
FILTERS = {
    "district_text": "a text of the district as blocks; a number says from which level its headings begin",
    "item": "blocks as they stand in an item of a list",
    "bare": "an address without `https://`",
}
TESTS = {"one_line": "whether a text of the district is one paragraph"}
_OF_JINJA = "as in Jinja"


def make_page() -> str:
    """Return the page."""
    sections = ", ".join(f"`{name}`" for name in SECTIONS if name not in _INNER)
    parts = [HEAD.replace("{sections}", sections), "## Documents\n", *_documents(), "## Views\n"]
    for name in reachable():
        parts += _view(name)
    environment = environment_for("notice/annual.md.j2", "en")
    parts += _listed("Functions", environment.globals, FUNCTIONS)
    parts += _listed("Filters", environment.filters, FILTERS)
    parts += _listed("Tests", environment.tests, TESTS)
    return "\n".join(parts)


def _documents() -> Iterator[str]:
    """Yield a section for each kind of document, with the variables of its template."""
    for name, kind in KINDS.items():
        yield from _document(f"`{name}`", template_of(name), kind.what)
    for template, what in OTHERS.items():
        yield from _document(f"`{template.removesuffix('.md.j2')}`", template, what)


def _document(title: str, template: str, what: str) -> Iterator[str]:
    yield f"### {title}\n"
    yield f"{what[:1].upper()}{what[1:]}: `{template}`.\n"
    yield "| variable | type | what |\n| --- | --- | --- |"
    for variable, kind in {"document": "DocumentView", **SEEN[template]}.items():
        yield f"| `{variable}` | {_linked(kind)} | {MEANINGS[variable]} |"
    yield ""


def template_of(kind: str) -> str:
    """Return the template of a kind of document."""
    return next(name for name in SEEN if name.partition("/")[2] == f"{kind}.md.j2")


def reachable() -> list[str]:
    """Return the names of the views that a template can come to, in order."""
    todo = ["DocumentView", *(name for kinds in SEEN.values() for kind in kinds.values() for name in names_in(kind))]
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [other for kind, _ in fields_of(name).values() for other in names_in(kind)]
    return sorted(found)


def names_in(kind: str) -> list[str]:
    """Return the names of the views that a type names."""
    return [name for name in _NAME.findall(kind) if name in classes()]


@cache
def classes() -> dict[str, type]:
    """Return the views by name."""
    found: dict[str, type] = {}
    for module in _MODULES:
        loaded = import_module(f"dataflows.reporting.{module}")
        for name, value in vars(loaded).items():
            if inspect.isclass(value) and value.__module__ == loaded.__name__ and dataclasses.is_dataclass(value):
                if name in found:
                    raise ValueError(f"Two views are called {name}: in {found[name].__module__} and {loaded.__name__}.")
                found[name] = value
    return found


@cache
def fields_of(name: str) -> dict[str, tuple[str, str]]:
    """Return each field and property of a view with its type and what it is."""
    view = classes()[name]
    [tree] = ast.parse(inspect.getsource(view)).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    found: dict[str, tuple[str, str]] = {}
    for part, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            kind = ast.unparse(part.annotation)
            found[part.target.id] = (kind, _text(after).rstrip(".") or _plain(part.target.id, kind))
        elif isinstance(part, ast.FunctionDef) and part.returns and _is_property(part):
            says = (ast.get_docstring(part) or "").partition("\n")[0]
            found[part.name] = (ast.unparse(part.returns), re.sub(r"^(Return|Tell) ", "", says).rstrip("."))
    return {field: kind for field, kind in found.items() if not field.startswith("_")}


def _text(part: ast.stmt | None) -> str:
    if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
        return " ".join(str(part.value.value).split())
    return ""


def _plain(field: str, kind: str) -> str:
    """Return what a field is that its name alone says."""
    words = field.replace("_", " ")
    return f"whether it {words}" if kind == "bool" else f"the {words}"


def _is_property(part: ast.FunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "property" for mark in part.decorator_list)


def _view(name: str) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{(classes()[name].__doc__ or '').partition(chr(10))[0]}\n"
    yield "| field | type | what |\n| --- | --- | --- |"
    for field, (kind, what) in fields_of(name).items():
        yield f"| `{field}` | {_linked(kind)} | {what} |"
    yield ""


def _linked(kind: str) -> str:
    """Return a type with links to its views; a table's cell ends at a bar."""
    shown = kind.replace("|", "or").replace("tuple[", "list of ").replace(", ...]", "").replace("None", "nothing")
    return _NAME.sub(lambda name: f"[{name[0]}](#{name[0].lower()})" if name[0] in classes() else name[0], shown)


def _listed(title: str, there: Iterable[str], meanings: dict[str, str]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| name | what |\n| --- | --- |"
    for name in sorted(there):
        yield f"| `{name}` | {meanings.get(name, _OF_JINJA)} |"
    yield ""
