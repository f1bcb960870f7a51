"""The tables of what was known: the journal of versions, the log that chains them, and its head.

A version is a row's canonical body with its SHA-256, the entry that recorded it and the one that
retired it.  Nothing here is ever updated but `retired_by` and the head.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from dataflows.catalog.columns import Base, Key, LongText, Number, Word


class CatalogInfo(Base):
    """What this database is: one row."""

    __tablename__ = "catalog_info"
    __table_args__ = (CheckConstraint("number = 1", name="one_row"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[Word]
    created_at: Mapped[Word]


class LogEntry(Base):
    """A link of a district's chain: one apply."""

    __tablename__ = "log_entries"

    district: Mapped[Key]
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[Word]
    by: Mapped[LongText]
    message: Mapped[LongText]
    program: Mapped[Word]
    renames: Mapped[LongText]
    added: Mapped[Number]
    changed: Mapped[Number]
    removed: Mapped[Number]
    versions: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the digests of the versions that the entry recorded and retired."""
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class LogHead(Base):
    """The newest entry of a district's chain, kept apart so that a cut tail is noticed."""

    __tablename__ = "log_heads"

    district: Mapped[Key]
    number: Mapped[Number]
    digest: Mapped[str] = mapped_column(String(64))


class Version(Base):
    """One version of one row of one list."""

    __tablename__ = "journal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district", "recorded_by"],
            ["log_entries.district", "log_entries.number"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint("retired_by > recorded_by", name="retired_after_recorded"),
        Index(
            "uq_journal_current",
            "district",
            "list",
            "id",
            unique=True,
            sqlite_where=text("retired_by IS NULL"),
            postgresql_where=text("retired_by IS NULL"),
        ),
    )

    district: Mapped[Key]
    list: Mapped[Key]
    id: Mapped[str] = mapped_column(String(300), primary_key=True)
    recorded_by: Mapped[int] = mapped_column(primary_key=True)
    retired_by: Mapped[Number | None]
    body: Mapped[LongText]
    sha256: Mapped[str] = mapped_column(String(64))


JOURNAL_TABLES = frozenset({"catalog_info", "log_entries", "log_heads", "journal"})
