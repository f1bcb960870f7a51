"""What a shell offers at TAB beside options: files, words of the field, and ids of the catalog in use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click
    from click.shell_completion import CompletionItem

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

MOST = 200


def complete_file(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Leave it to the shell to offer files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def complete_element(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the built-in elements, and with a colon in the word categories and sensitivities."""
    from dataflows.law.taxonomy import builtin_taxonomy

    taxonomy = builtin_taxonomy()
    words = [*taxonomy.elements]
    words += [f"category:{id}" for id in taxonomy.categories]
    words += sorted({f"sensitivity:{element.sensitivity}" for element in taxonomy.elements.values()})
    return _offer(words, begun)


def complete_notice(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the kinds of documents."""
    from dataflows.reporting.kinds import KINDS

    return _offer((*KINDS, "check"), begun)


def complete_view(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the maps."""
    from dataflows.actions.draw_map import VIEWS

    return _offer(VIEWS, begun)


def complete_id(*lists: str) -> Completer:
    """Return what offers ids of these lists, or of all; none where the catalog can't be read."""

    def complete(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
        from dataflows.actions.asking import list_ids
        from dataflows.catalog.database import Address
        from dataflows.errors import DataflowsError

        given = ctx.params.get("catalog") or ctx.find_root().params.get("catalog")
        address = given or os.environ.get("DATAFLOWS_CATALOG") or _usual_catalog(ctx)
        try:
            known = list_ids(address if isinstance(address, Address) else Address.parse(address), lists, begun, MOST)
        except DataflowsError:
            return []
        return _offer(known, begun)

    return complete


def _usual_catalog(ctx: click.Context) -> str:
    """Return where the catalog is when nobody says it, as the command's own option has it."""
    return next(str(option.default) for option in ctx.command.params if option.name == "catalog")


def _offer(words: Iterable[str], begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(word) for word in words if word.startswith(begun)][:MOST]
