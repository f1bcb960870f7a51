"""The Jinja environment in which documents are written: sandboxed, strict, escaping by default.

The one thing to know: every value that a template puts out goes through `as_markdown`, so only
what this program wrote as `Markdown` is taken for Markdown.  Joining texts with `~` or a filter
gives a plain text again, which is escaped: a careless template says too little, never too much.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dataflows import assets
from dataflows.errors import DataflowsError
from dataflows.reporting.customs import customs_of
from dataflows.reporting.district_texts import indent_item, is_one_line, show_district_text
from dataflows.reporting.markdown import Markdown, as_markdown, bare_address, isolate, isolate_citations, link
from dataflows.reporting.messages import file_of, find_language, languages, translations
from dataflows.reporting.tree import direction_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from gettext import NullTranslations

    from jinja2 import Environment

    from dataflows.reporting.customs import Customs

_FILTERS = (
    "length",
    "first",
    "last",
    "upper",
    "lower",
    "replace",
    "sort",
    "unique",
    "selectattr",
    "rejectattr",
    "list",
)
_TESTS = ("defined", "none", "in", "eq", "equalto", "ne", "gt", "lt", "true", "false", "sameas")


class TemplateFaultError(DataflowsError):
    """A template can't be turned into a document."""

    def __init__(self, template: str, line: int | None, message: str) -> None:
        place = template + (f":{line}" if line else "")
        super().__init__(f"{place}: The template can't be used: {message}")


class MarkdownGenerator(CodeGenerator):
    """Compiles templates whose macros return Markdown, for what they put out is escaped already."""

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Wrap the macro that is being defined."""
        self.write("environment.as_markdown_macro(")
        super().macro_def(macro_ref, frame)
        self.write(")")


class _MarkdownMacro:
    """A macro; calling it gives Markdown."""

    __slots__ = ("_macro",)

    def __init__(self, macro: Callable[..., str]) -> None:
        self._macro = macro

    def __call__(self, *args: Any, **kwargs: Any) -> Markdown:
        return Markdown(self._macro(*args, **kwargs))


class _TemplateLoader(FileSystemLoader):
    """Finds templates by name in its folders, the first that has one; other files are none."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text and place; raises TemplateNotFound."""
        if not template.endswith(".j2"):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


class DocumentEnvironment(ImmutableSandboxedEnvironment):
    """Templates in, Markdown out, in one language. Only the filters and tests that documents need are there."""

    code_generator_class = MarkdownGenerator

    def __init__(self, *folders: Path, language: str = "en", said: NullTranslations | None = None) -> None:
        self.folders = folders
        is_turned = direction_of(language) == "rtl"
        super().__init__(
            loader=_TemplateLoader(list(folders), encoding="utf-8"),
            undefined=StrictUndefined,
            finalize=isolate if is_turned else as_markdown,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters |= {"district_text": show_district_text, "item": indent_item, "bare": bare_address}
        tests: dict[str, Any] = {name: self.tests[name] for name in _TESTS}
        self.tests = tests | {"one_line": is_one_line}
        self.globals.clear()
        customs = customs_of(languages()[language].format)
        functions = _message_functions(said or translations(language), customs, is_turned=is_turned)
        self.globals.update(functions, link=_isolated_link if is_turned else link)
        self.globals.update(format_day=customs.day, format_list=customs.listed, language_name=customs.language)
        self.globals["language_names"] = customs.languages

    def as_markdown_macro(self, macro: Callable[..., str]) -> _MarkdownMacro:
        """Return a macro whose result is not escaped again."""
        return _MarkdownMacro(macro)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may read an attribute; the fields of views are what it is there to read."""
        return attr in getattr(type(obj), "__dataclass_fields__", ()) or super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Refuse str.format: the sandbox would let holes through in silence."""
        if getattr(value, "__name__", "") in ("format", "format_map"):
            raise SecurityError("Texts are put together by messages, never by format.")
        return super().wrap_str_format(value)


def _isolated_link(words: object, address: str) -> Markdown:
    return link(isolate(words), address)


def _message_functions(
    said: NullTranslations, customs: Customs, *, is_turned: bool
) -> dict[str, Callable[..., Markdown]]:
    """Return what templates call for a sentence; numbers in it are written as the language does."""

    def filled(message: str, values: Mapping[str, Any]) -> Markdown:
        shown = {name: customs.number(value) if type(value) is int else value for name, value in values.items()}
        if is_turned:
            message = isolate_citations(message)
            shown = {name: isolate(value) for name, value in shown.items()}
        # A name may end in a full stop, as Inc. does, where the sentence ends too: one will do.
        return Markdown((Markdown(message) % shown).replace("\\..", "\\.")) if shown else Markdown(message)

    def gettext(message: str, **values: Any) -> Markdown:
        return filled(said.gettext(message), values)

    def ngettext(one: str, many: str, number: int, **values: Any) -> Markdown:
        return filled(said.ngettext(one, many, number), {"num": number, **values})

    def pgettext(context: str, message: str, **values: Any) -> Markdown:
        return filled(said.pgettext(context, message), values)

    def npgettext(context: str, one: str, many: str, number: int, **values: Any) -> Markdown:
        return filled(said.npgettext(context, one, many, number), {"num": number, **values})

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}


@cache
def _environment(language: str, file: str) -> DocumentEnvironment:
    return DocumentEnvironment(assets.folder("reports"), language=language, said=translations(language, file))


def environment_for(template: str, language: str) -> DocumentEnvironment:
    """Return our own templates with the sentences of a document in a language."""
    found = find_language(language)
    return _environment(found.tag if found else "en", file_of(template))


def render_template(
    template: str, /, *, language: str = "en", environment: DocumentEnvironment | None = None, **views: Any
) -> str:
    """Return the Markdown that a template gives for its views in a language; raises TemplateFaultError."""
    chosen = environment or environment_for(template, language)
    try:
        return chosen.get_template(template).render(**views)
    except TemplateError as fault:
        where, line = _place_of(fault, template, chosen.folders)
        raise TemplateFaultError(where, line, fault.message or str(fault)) from fault
    except (TypeError, KeyError, AttributeError, ValueError, ArithmeticError, RecursionError) as fault:
        where, line = _place_of(fault, template, chosen.folders)
        raise TemplateFaultError(where, line, str(fault)) from fault


def _place_of(fault: Exception, template: str, folders: Sequence[Path]) -> tuple[str, int | None]:
    """Return the template and line at which a fault arose: Jinja rewrites the traceback to them."""
    name, line = getattr(fault, "name", None) or template, getattr(fault, "lineno", None)
    place = next((folder / name for folder in folders if (folder / name).is_file()), folders[-1] / name)
    trace = fault.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if any(file.is_relative_to(folder) for folder in folders):
            place, line = file, trace.tb_lineno
        trace = trace.tb_next
    return _shown(place), line


def _shown(place: Path) -> str:
    """Return where a template lies, ours as in this project and a district's as it was given."""
    ours = assets.folder("reports")
    return f"reports/{place.relative_to(ours).as_posix()}" if place.is_relative_to(ours) else str(place)


__all__ = ["DocumentEnvironment", "MarkdownGenerator", "TemplateFaultError", "environment_for", "render_template"]
