"""The environment for templates that a district wrote: what they may cost is limited, beside what they may see.

Every body of a loop, a branch, or a macro costs a step, and every text that is put together costs its
length.  A template that spends more than any document needs is stopped, with its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.exceptions import SecurityError
from jinja2.nodes import TemplateData

from dataflows.reporting.environment import DocumentEnvironment, MarkdownGenerator
from dataflows.reporting.markdown import Markdown, as_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2.compiler import Frame
    from jinja2.nodes import Concat, Node
    from jinja2.runtime import Context

MOST_STEPS = 2_000_000
"""Bodies that a template may run: a district of 5,000 vendors needs a tenth."""
MOST_SIGNS = 100_000_000
"""Signs that it may put together, about forty times the longest document."""
LONGEST = 2_000_000
"""Signs that one text may have before it is put out."""


class _CountingGenerator(MarkdownGenerator):
    """Compiles templates that count what they do."""

    def blockvisit(self, nodes: Iterable[Node], frame: Frame) -> None:
        """Count a body each time when it runs, with the signs that stand in it as they are."""
        body = list(nodes)
        signs = sum(len(data.data) for node in body for data in _literals(node))
        self.writeline(f"environment.spend({signs})")
        super().blockvisit(body, frame)

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802 - the name that Jinja looks for
        """Join texts where the sum is counted."""
        self.write("environment.join((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def _literals(node: Node) -> Iterable[TemplateData]:
    return [node] if isinstance(node, TemplateData) else node.find_all(TemplateData)


class GuardedEnvironment(DocumentEnvironment):
    """An environment whose templates come to an end."""

    code_generator_class = _CountingGenerator
    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shown = self.finalize or as_markdown
        self.finalize = self._put_out
        self.filters["replace"] = self._replace
        self._steps = self._signs = 0

    def start(self) -> None:
        """Begin to count anew, for another document."""
        self._steps = self._signs = 0

    def spend(self, signs: int) -> None:
        """Count a step and the signs of a text; raises SecurityError beyond what a document may cost."""
        self._steps += 1
        if signs > LONGEST:
            raise SecurityError("it does not come to an end: a text that it makes grows too long")
        self._signs += signs
        if self._steps > MOST_STEPS:
            raise SecurityError("it does not come to an end: a loop or a macro runs too often")
        if self._signs > MOST_SIGNS:
            raise SecurityError("it does not come to an end: what it puts out grows too long")

    def join(self, parts: Sequence[object]) -> str:
        """Join texts, as `~` does."""
        shown = [str(part) for part in parts]
        self.spend(sum(map(len, shown)))
        return "".join(shown)

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function or a macro, and count what it gives."""
        result = super().call(context, function, *args, **kwargs)
        self.spend(len(result) if isinstance(result, str) else 0)
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers; texts and lists are put together by sentences and loops, and powers never."""
        is_number = isinstance(left, int | float) and isinstance(right, int | float)
        if not is_number or operator == "**":
            raise SecurityError(f"`{operator}` is for numbers here; join texts with `~`")
        return super().call_binop(context, operator, left, right)

    def _put_out(self, value: object) -> Markdown:
        shown = Markdown(self._shown(value))
        self.spend(len(shown))
        return shown

    def _replace(self, text: str, old: str, new: str) -> str:
        old, new, text = str(old), str(new), str(text)
        self.spend(len(text) + text.count(old) * len(new))
        return text.replace(old, new)
