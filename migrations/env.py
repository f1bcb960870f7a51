"""Runs the migrations on the connection that the program gives; one transaction for all of them."""

from __future__ import annotations

from alembic import context

from dataflows.catalog import journal_tables, tables  # noqa: F401  (they fill the metadata)
from dataflows.catalog.columns import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
context.run_migrations()
