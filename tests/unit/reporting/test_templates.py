"""Templates see what the reference page lists: each kind of document has its variables there, and uses no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import meta, nodes

from dataflows import assets
from dataflows.actions.write_notice import write_notice
from dataflows.reporting.environment import environment_for
from dataflows.reporting.kinds import KINDS
from dataflows.reporting.look import read_look
from dataflows.reporting.seen import MEANINGS, SEEN, UnseenViewError, check_seen
from docs.making.templates_page import classes, fields_of, make_page, names_in, template_of
from tests.notices import DAY, example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = make_page()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_document_has_its_variables_on_the_page(kind: str) -> None:
    section = PAGE.split(f"### `{kind}`\n")[1].split("### ")[0]

    assert f"`{template_of(kind)}`" in section
    for variable in ("document", *SEEN[template_of(kind)]):
        assert f"| `{variable}` | " in section


def test_each_variable_and_each_view_says_what_it_is() -> None:
    assert {variable for kinds in SEEN.values() for variable in kinds} <= set(MEANINGS)
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert [row for row in rows if row.endswith("|  |")] == []
    for line in PAGE.splitlines():
        assert "](#" not in line or all(f"### {name}\n" in PAGE for name in names_in(line) if f"[{name}](#" in line)


def test_every_function_filter_and_test_of_the_environment_is_on_the_page() -> None:
    environment = environment_for("notice/annual.md.j2", "en")

    for name in (*environment.globals, *environment.filters, *environment.tests):
        assert f"| `{name}` | " in PAGE


@pytest.mark.parametrize("template", SEEN)
def test_a_template_of_ours_uses_only_what_the_page_lists(template: str) -> None:
    environment = environment_for(template, "en")
    source = (assets.folder("reports") / template).read_text(encoding="utf-8")
    tree = environment.parse(source)
    kinds = {"document": "DocumentView", **SEEN[template]}

    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}  # of loops, seen in branches too
    assert meta.find_undeclared_variables(tree) - own - set(environment.globals) <= set(kinds)
    for chain in chains_of(tree):
        if chain[0] in kinds:
            follow(kinds[chain[0]], chain[1:], template)


def chains_of(tree: nodes.Template) -> Iterator[list[str]]:
    """Yield each name with the fields that are read from it, one from the other."""
    for found in tree.find_all(nodes.Getattr):
        fields: list[str] = []
        node: nodes.Node = found
        while isinstance(node, nodes.Getattr):
            fields.insert(0, node.attr)
            node = node.node
        if isinstance(node, nodes.Name):
            yield [node.name, *fields]


def follow(kind: str, fields: list[str], template: str) -> None:
    """Fail where a view has no such field; what a list or a mapping holds is not followed."""
    for field in fields:
        if kind.removesuffix(" | None") not in classes():
            return
        known = fields_of(kind.removesuffix(" | None"))
        assert field in known, (template, kind, field)
        kind = known[field][0]


def test_what_a_template_is_given_is_what_the_page_lists() -> None:
    check_seen("notice/annual.md.j2", {"notice"})
    with pytest.raises(UnseenViewError, match=r"given \['notice', 'secret'\], and sees \['notice'\]"):
        check_seen("notice/annual.md.j2", {"notice", "secret"})


@pytest.mark.parametrize("kind", ["annual", "disclosures"])
def test_a_template_can_put_out_every_field_that_the_page_lists(kind: str, tmp_path: Path) -> None:
    """Each field of the views that are there is read once; one that is not there would be an error."""
    lines = [
        f"{{% if {variable}.{field} is defined %}}x{{% endif %}}"
        for variable, view in {"document": "DocumentView", **SEEN[template_of(kind)]}.items()
        for name in names_in(view)
        for field in fields_of(name)
    ]
    path = tmp_path / template_of(kind)
    path.parent.mkdir()
    path.write_text("# Title\n\n" + "".join(lines) + "\n", encoding="utf-8")
    made = write_notice(example(), kind, issued=DAY, look=read_look(tmp_path), suffix=".txt", is_draft=True)

    assert made.content.decode().count("x") == len(lines)
