"""Publications: what `publish` froze, and how it went out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TREE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("school_year", sa.String(length=100), nullable=False),
        sa.Column("languages", TREE, nullable=True),
        sa.Column("formats", TREE, nullable=True),
        sa.Column("package_sha256", sa.String(length=100), nullable=False),
        sa.Column("catalog_sha256", sa.String(length=100), nullable=False),
        sa.Column("files", TREE, nullable=True),
        sa.Column("sent", TREE, nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=100), nullable=False),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_publications_id_slug")),
        sa.ForeignKeyConstraint(
            ["district"],
            ["districts.id"],
            name=op.f("fk_publications_district"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_publications")),
    )
    op.create_index(
        op.f("ix_publications_district_package_sha256"), "publications", ["district", "package_sha256"], unique=False
    )
