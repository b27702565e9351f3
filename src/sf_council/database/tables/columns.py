"""The one metadata of all tables, and the columns that nearly all of them have."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, Text

metadata = MetaData()


def text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def council_id() -> Column[str]:
    return text("council_id")
