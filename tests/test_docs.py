"""The docs can't fall behind: made pages are up to date, links lead somewhere, README's commands run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from dataflows.commands import COMMANDS, cli
from docs.make_reference import make_all
from tests.console import lines_of, run_page
from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import DataflowsIn

PAGES = sorted([*CHECKOUT.glob("docs/**/*.md"), *CHECKOUT.glob("*.md")])


def test_the_made_pages_and_schemas_are_what_the_code_says(golden: Callable[[Path, str], None]) -> None:
    for name, text in make_all().items():
        golden(CHECKOUT / name, text)


def commands_of(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below a group, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from commands_of(command, (*words, name))


def test_every_command_and_every_option_has_its_heading() -> None:
    headings = re.findall(
        r"^#+ (.*)$", (CHECKOUT / "docs/reference/commands.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    for words, command in commands_of(cli):
        assert " ".join(words) in headings
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert [line for line in headings if option.opts[0] in line], (words, option.opts)


def test_every_option_says_what_it_does() -> None:
    for words, command in commands_of(cli):
        assert command.help, words
        for option in command.params:
            assert not isinstance(option, click.Option) or option.hidden or option.help, (words, option.opts)


def headings_of(path: Path) -> set[str]:
    """Return the anchors of a page, as most renderers of Markdown make them."""
    lines = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name) if name else page
        assert path.exists(), target
        assert not anchor or anchor in headings_of(path), target


def test_the_index_leads_to_every_page() -> None:
    index = (CHECKOUT / "docs/index.md").read_text(encoding="utf-8")
    pages = {page.relative_to(CHECKOUT / "docs").as_posix() for page in CHECKOUT.glob("docs/*/*.md")}
    decisions = {page for page in pages if page.startswith("decisions/")} - {"decisions/README.md"}

    assert {page for page in pages - decisions if f"]({page})" not in index} == set()


@pytest.mark.parametrize("page", sorted(CHECKOUT.glob("docs/**/*.md")), ids=lambda page: page.stem)
def test_the_commands_of_a_page_run_in_their_order(page: Path, tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    run_page(page, tmp_path, dataflows_in)


def test_the_readme_opens_with_the_two_commands() -> None:
    lines = lines_of(CHECKOUT / "README.md")

    assert lines[0] == "python -m pip install . && dataflows demo"
    assert "python -m tests" in lines


def test_no_page_speaks_of_a_command_that_is_not_there() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for name in re.findall(r"`dataflows ([a-z-]+)", text):
            assert name in COMMANDS, f"{page.name}: dataflows {name}"
