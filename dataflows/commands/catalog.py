"""Making a catalog, and bringing an older one up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dataflows.commands.options import DEFAULT_CATALOG, AddressType, CatalogArgument, catalog_option, now, warn_of_place

if TYPE_CHECKING:
    from dataflows.catalog.database import Address


@click.command("init")
@click.argument("path", cls=CatalogArgument, type=AddressType(), envvar="DATAFLOWS_CATALOG", default=DEFAULT_CATALOG)
def init_command(path: Address) -> None:
    """Make an empty catalog at PATH (dataflows.db), at the newest schema.

    A catalog that is there already, and newest, is left as it is.
    """
    from dataflows.catalog.migrate import create_catalog

    warn_of_place(path)
    made = create_catalog(path, now())
    click.echo(f"Made an empty catalog: {path}" if made else f"{path} is a catalog already, at the newest schema.")


@click.command("upgrade")
@catalog_option
def upgrade_command(catalog: Address) -> None:
    """Bring an older catalog to this program's schema, in one transaction."""
    from dataflows.catalog.migrate import upgrade_catalog

    changed = upgrade_catalog(catalog, now())
    click.echo(f"{catalog} is now at the newest schema." if changed else f"{catalog} is at the newest schema already.")
