"""Templates are sandboxed and strict; what goes wrong in one names its file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.reporting.district_texts import Told
from dataflows.reporting.environment import DocumentEnvironment, TemplateFaultError, render_template
from dataflows.reporting.markdown import Markdown

if TYPE_CHECKING:
    from pathlib import Path


def render(folder: Path, source: str, **values: object) -> str:
    (folder / "t.md.j2").write_text(source, encoding="utf-8", newline="\n")
    return render_template("t.md.j2", environment=DocumentEnvironment(folder), **values)


@pytest.mark.parametrize(
    "source",
    [
        '{{ "{0.__class__.__mro__}".format(name) }}',
        '{{ ("{0.__init__}" ~ "").format_map({}) }}',
        '{{ name|attr("__class__") }}',
        "{{ name.__class__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ lipsum }}",
        "{% include '/etc/passwd' %}",
        "{% import '../x' as y %}",
        "{{ missing }}",
        "{{ told.nothing }}",
        "{% for %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in range(99999) %}x{% endfor %}",
    ],
)
def test_a_template_that_reaches_out_or_has_a_hole_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(TemplateFaultError) as caught:
        render(tmp_path, f"line one\n{source}", name="x", told=Told("x", "en"))

    assert str(caught.value).startswith(f"{tmp_path / 't.md.j2'}:2: ")
    assert caught.value.exit_code == 2


def test_everything_that_is_put_out_is_escaped_but_markdown(tmp_path: Path) -> None:
    source = "{{ name }} {{ mark }} {{ mark ~ name }} {{ _('*%(n)s*', n=name) }} {{ name|upper }}"

    assert render(tmp_path, source, name="*a*", mark=Markdown("**")) == r"\*a\* ** \*\*\*a\* *\*a\** \*A\*"


def test_a_macro_escapes_once(tmp_path: Path) -> None:
    source = "{% macro m(x) %}*{{ x }}*{% endmacro %}{% macro n(x) %}{{ m(x) }}!{% endmacro %}{{ n(name) }}"

    assert render(tmp_path, source, name="a*b") == r"*a\*b*!"


def test_sentences_count(tmp_path: Path) -> None:
    source = "{{ ngettext('%(num)s day', '%(num)s days', n) }} {% trans name=name %}for {{ name }}{% endtrans %}"

    assert render(tmp_path, source, n=1, name="<b>") == r"1 day for \<b\>"
    assert render(tmp_path, source, n=2, name="<b>") == r"2 days for \<b\>"
