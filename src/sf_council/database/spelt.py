"""Statements that every round or page of events asks: put into words once, given to the driver past SQLAlchemy.

SQLAlchemy finds the words of a statement again each time, looks at every type and wraps every row; for what is asked
hundreds of times a second, or of hundreds of rows, that costs more than the database's part. The connection and its
transaction stay its own.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

# In a connection's ``info``: its cursor for these statements, whose rows are taken before the next one is asked. For a
# driver that takes long to make one; a cursor also remembers how each type is read and written.
KEPT_CURSOR = "sf_cursor"


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    constants: dict[str, Any]
    order: Sequence[str] | None  # of the parameters, where the driver takes them by their place

    def given(self, values: dict[str, Any]) -> Any:
        named = {**self.constants, **values}
        return named if self.order is None else [named[each] for each in self.order]


class Spelt:
    """One statement, or one for each database that spells it its own way; parameters are given by name.

    Values go to the driver and rows come from it as they are: for texts, numbers and bytes only. ``row`` is the class
    of a named tuple; where none is given one is made with the names of the columns.
    """

    def __init__(self, statement: ClauseElement | dict[str, ClauseElement], row: Any = None) -> None:
        self._statement = statement
        self._row = row
        self._words: dict[str, _Words] = {}

    def rows(self, connection: Connection, **values: Any) -> list[Any]:
        """Return all rows, as named tuples."""
        cursor = self._asked(connection, values)
        found = cursor.fetchall()
        if self._row is None:
            names = [each[0] for each in cursor.description]
            self._row = cast(Any, namedtuple)("Row", names)  # noqa: PYI024 - its names are known only now
        return list(map(partial(tuple.__new__, self._row), found))  # as its _make does, which is no part of C

    def row(self, connection: Connection, **values: Any) -> Any | None:
        """Return the only row; None where there is none."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def changed(self, connection: Connection, **values: Any) -> int:
        """Return how many rows a statement changed that returns none."""
        return int(self._asked(connection, values).rowcount)

    def many(self, connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
        """Run a statement that returns no rows once for each of these parameters."""
        self._run(connection, lambda cursor, words: cursor.executemany(words.text, map(words.given, rows)))

    def _asked(self, connection: Connection, values: dict[str, Any]) -> Any:
        return self._run(connection, lambda cursor, words: cursor.execute(words.text, words.given(values)))

    def _run(self, connection: Connection, work: Callable[[Any, _Words], object]) -> Any:
        words = self._words.get(connection.dialect.name) or self._spell(connection.dialect)
        pooled = connection.connection
        driver = cast(Any, pooled.dbapi_connection)
        cursor = pooled.info.get(KEPT_CURSOR) or driver.cursor()
        try:
            work(cursor, words)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_sqlalchemy(connection, driver, words.text, error) from error
        return cursor

    def _spell(self, dialect: Dialect) -> _Words:
        of_all = self._statement
        statement = of_all[dialect.name] if isinstance(of_all, dict) else of_all
        compiled: Any = statement.compile(dialect=dialect)
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        words = self._words[dialect.name] = _Words(str(compiled), constants, compiled.positiontup)
        return words


def _as_sqlalchemy(connection: Connection, driver: Any, text: str, error: Exception) -> Exception:
    """Return the driver's error as SQLAlchemy would raise it, without what was sent; a dead connection is given up."""
    dialect = connection.dialect
    is_gone = dialect.is_disconnect(cast(Any, error), driver, None)
    if is_gone:
        connection.invalidate(error)
    return DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_gone,
        dialect=dialect,
    )
