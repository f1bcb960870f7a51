"""The declarative base, the names of constraints, and the column types that all tables share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKeyConstraint, Integer, MetaData, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

ID_LENGTH = 100

Key = Annotated[str, mapped_column(String(ID_LENGTH), primary_key=True)]
"""A part of a primary key: the district first, then the file's id."""
Id = Annotated[str, mapped_column(String(ID_LENGTH))]
Word = Annotated[str, mapped_column(String(ID_LENGTH))]
"""A word of a fixed choice, a citation, a code."""
LongText = Annotated[str, mapped_column(Text)]
Day = Annotated[date, mapped_column(Date)]
Number = Annotated[int, mapped_column(Integer)]
Tree = Annotated[Any, mapped_column(JSON().with_variant(JSONB(), "postgresql"))]
"""What is nested, or written by language, as canonical JSON."""


class Base(DeclarativeBase):
    """The one declarative base; its metadata is what the migrations must arrive at."""

    metadata = MetaData(naming_convention=NAMING)


def key_to(table: str, column: str) -> ForeignKeyConstraint:
    """Refer to a row of the same district: the district and `column` name its key.

    Checked at the end of the transaction, so that one apply may write rows in any order.
    """
    remote = [f"{table}.district", f"{table}.id"]
    return ForeignKeyConstraint(["district", column], remote, deferrable=True, initially="DEFERRED")


def of_district() -> ForeignKeyConstraint:
    """Refer to the district that a row belongs to."""
    return ForeignKeyConstraint(["district"], ["districts.id"], deferrable=True, initially="DEFERRED")


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """Allow a few words. Written with OR, as SQLite builds a table of a list of more than two at every insert."""
    return CheckConstraint(" OR ".join(f"{column} = '{word}'" for word in words), name=f"{column}_known")


def slug_check() -> CheckConstraint:
    """Refuse what can't be an id."""
    return CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name="id_slug")
