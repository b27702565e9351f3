"""The one place where SQLite and PostgreSQL are spelled differently: an INSERT that may meet a row already there, and
lists that are given as one parameter, so that a statement has the same words however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    ClauseElement,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

_SQLITE = "sqlite"


def insert_into(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return sqlite.insert(table) if connection.dialect.name == _SQLITE else postgresql.insert(table)


def both(make: Callable[[str], ClauseElement]) -> dict[str, ClauseElement]:
    """Return a statement for each database; ``make`` is told the database's name in SQLAlchemy."""
    return {each: make(each) for each in (_SQLITE, "postgresql")}


def texts(name: str, database: str) -> Select[Any]:
    """Return the texts of the list that is given as the parameter ``name`` (see :func:`listed`), for ``in_``."""
    return select(_values(name, database, "json_array_elements_text"))


def pairs(name: str, database: str) -> FromClause:
    """Return the pairs of texts of the list that is given as the parameter ``name``: ``one`` and ``other``."""
    value = _values(name, database, "json_array_elements")
    one, other = (func.json_extract(value, f"$[{at}]") if database == _SQLITE else value.op("->>")(at) for at in (0, 1))
    return select(one.label("one"), other.label("other")).subquery(name)


def listed(values: Iterable[Any]) -> str:
    """Return a list as the one parameter that :func:`texts` and :func:`pairs` read."""
    return msgspec.json.encode(list(values)).decode()


def joined(piece: ColumnElement[str], database: str) -> ColumnElement[str]:
    """Return the texts of all rows of a subquery as one, a line each, in the subquery's order; none without rows."""
    return (func.group_concat if database == _SQLITE else func.string_agg)(piece, "\n")


def _values(name: str, database: str, function: str) -> Any:
    if database == _SQLITE:
        return func.json_each(bindparam(name)).table_valued("value").c.value
    return getattr(func, function)(cast(bindparam(name), JSON)).table_valued("value").c.value
