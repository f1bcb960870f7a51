"""Agreements of the kind `contract`: what a vendor signed that is none of the other kinds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHECK = "ck_agreements_kind_known"
KINDS = ("ndpa", "dpa", "terms", "mou", "consent", "research", "audit", "contract")


def upgrade() -> None:
    known = " OR ".join(f"kind = '{kind}'" for kind in KINDS)
    if op.get_bind().dialect.name == "sqlite":
        _make_again(known)
    else:
        op.drop_constraint(op.f(CHECK), "agreements", type_="check")
        op.create_check_constraint(op.f(CHECK), "agreements", known)


def _make_again(known: str) -> None:
    """Make the table again with the new check.

    The rows go into a table of the same name, not into one that is renamed: deferred foreign keys of the flows
    count them as gone when the old table goes, and as back only when they are inserted where the keys look.
    """
    connection = op.get_bind()
    ((made,),) = connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'agreements'"))
    indexes = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'agreements' AND sql IS NOT NULL"
    made_indexes = [sql for (sql,) in connection.execute(sa.text(f"{indexes} ORDER BY name"))]
    start = made.index("CHECK (", made.index(CHECK)) + len("CHECK (")
    wanted = made[:start] + known + made[made.index(")", start) :]
    op.execute("CREATE TABLE agreements_before AS SELECT * FROM agreements")
    op.drop_table("agreements")
    for sql in (wanted, "INSERT INTO agreements SELECT * FROM agreements_before", *made_indexes):
        connection.exec_driver_sql(sql)
    op.drop_table("agreements_before")
