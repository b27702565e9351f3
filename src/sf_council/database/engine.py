"""Opens the council's database and runs short pieces of work in it, each in one transaction.

SQLite work runs on the event loop: a hop to a thread costs more than the work itself (2,270 against 315 pages/s).
PostgreSQL work waits for a socket, so it runs in worker threads, each with a connection of the pool.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from sf_council.database.spelt import KEPT_CURSOR
from sf_council.database.threads import Threads
from sf_council.settings import Settings
from sf_record.errors import InputError

T = TypeVar("T")
BUSY_MS = 5_000
_CACHE_KIB = 32_000  # a page of events writes to some 900 pages: with SQLite's 2 MB they were written twice
_LOG_PAGES = 8_000  # 32 MB: moved into the file after eight full pages of events, not after each
_NO_WAIT = "-c synchronous_commit=off"
# What a council asks often lies in memory. PostgreSQL counts with disks that turn, and would go through all family
# files of a council with 20,000 rather than look up the 300 of a supervisor.
_IN_MEMORY = "-c random_page_cost=2"
_OVERTAKEN = "40001"  # PostgreSQL's word for a snapshot that is behind what it would write


class Database:
    """An engine, and the ways to use it: ``read`` sees one snapshot, ``write`` commits or leaves nothing behind."""

    def __init__(self, engine: Engine, quick: Engine, exchanger: Engine) -> None:
        self.engine = engine
        self._quick = quick
        self._exchanger = exchanger
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._reader: Engine
        self._writer: Engine
        self._noter: Engine
        if self.is_sqlite:
            self._reader = engine
            self._writer = engine.execution_options(sf_write=True)
            self._noter = self._exchanger = quick.execution_options(sf_write=True, sf_quick=True)
        else:
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._writer = engine
            self._noter = quick
        self._threads = None if self.is_sqlite else Threads(engine.pool.size(), "database")  # type: ignore[attr-defined]
        self._at_hand: list[Connection] = []  # of rounds on PostgreSQL, between two of them; the newest last

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run work in one snapshot, in this thread."""
        with self._reader.begin() as connection:
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run work in one transaction that holds what it locks until it is committed, in this thread."""
        with self._writer.begin() as connection:
            return work(connection)

    def note(self, work: Callable[[Connection], T]) -> T:
        """Run work like ``write``, but without waiting for the disk: kept if the process dies, not if the power does.

        Only for what is worth nothing ten minutes later.
        """
        with self._noter.begin() as connection:
            return work(connection)

    def exchange(self, work: Callable[[Connection], T]) -> T:
        """Run work that sees one snapshot like ``read`` and notes something like ``note``: a request and its answer.

        PostgreSQL refuses a row that another request has written since the snapshot; then all is done again, once.
        """
        try:
            return self._exchanged(work)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != _OVERTAKEN:
                raise
        return self._exchanged(work)

    def _exchanged(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction whose connection goes to the next one as it is, past the pool, if all went well."""
        if self.is_sqlite:
            with self._exchanger.begin() as connection:
                return work(connection)
        try:
            connection = self._at_hand.pop()
        except IndexError:
            connection = self._exchanger.connect()
        try:
            with connection.begin():
                result = work(connection)
        except BaseException:
            connection.close()  # the pool looks at it first
            raise
        self._at_hand.append(connection)
        return result

    @contextmanager
    def writing_here(self) -> Iterator[Connection]:
        """Hold one transaction in this thread for the length of a ``with``."""
        with self._writer.begin() as connection:
            yield connection

    async def reading(self, work: Callable[[Connection], T]) -> T:
        """Run ``read`` where this database is best run from the event loop."""
        return await self._run(self.read, work)

    async def writing(self, work: Callable[[Connection], T]) -> T:
        """Run ``write`` where this database is best run from the event loop."""
        return await self._run(self.write, work)

    async def noting(self, work: Callable[[Connection], T]) -> T:
        """Run ``note`` where this database is best run from the event loop."""
        return await self._run(self.note, work)

    async def exchanging(self, work: Callable[[Connection], T]) -> T:
        """Run ``exchange`` where this database is best run from the event loop."""
        return await self._run(self.exchange, work)

    def survey(self) -> None:
        """Let PostgreSQL gather at once what it knows of its tables; by itself it does so within some minutes.

        For a database that was just filled: until then it looks for a caseload among all family files of the council.
        """
        if not self.is_sqlite:
            self.write(lambda connection: connection.execute(text("ANALYZE")))

    def close(self) -> None:
        """Close every connection, once what runs has ended."""
        if self._threads is not None:
            self._threads.close()
        while self._at_hand:
            self._at_hand.pop().close()
        for each in (self.engine, self._quick, self._exchanger):
            each.dispose()

    async def _run(self, way: Callable[[Callable[[Connection], T]], T], work: Callable[[Connection], T]) -> T:
        return way(work) if self._threads is None else await self._threads.run(partial(way, work))


def open_database(settings: Settings) -> Database:
    """Open the database of the settings; an SQLite file is made, for its owner only, if it is not there."""
    if is_url(settings.database):
        # Rounds have connections of their own: a snapshot that each asked for anew would cost more than a statement.
        exchanger = _postgresql(settings, _NO_WAIT, isolation_level="REPEATABLE READ")
        return Database(_postgresql(settings), _postgresql(settings, _NO_WAIT), exchanger)
    engine = _sqlite(Path(settings.database))
    return Database(engine, engine, engine)


def is_url(database: str) -> bool:
    """Say whether a database is named by a URL rather than by a path."""
    return "://" in database


def _postgresql(settings: Settings, *options: str, **more: Any) -> Engine:
    url = _spelt(settings.database)
    said = " ".join((_IN_MEMORY, *options, *url.normalized_query.get("options", ())))  # the last word is the address's
    # hide_parameters: an error's text never carries what was being stored.
    engine = create_engine(
        url,
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=10,
        hide_parameters=True,
        connect_args={"cursor_factory": _BinaryCursor, "options": said},
        **more,
    )
    event.listen(engine, "connect", _keep_a_cursor)
    return engine


def _keep_a_cursor(connection: psycopg.Connection[Any], record: ConnectionPoolEntry) -> None:
    record.info[KEPT_CURSOR] = connection.cursor()


def _spelt(named: str) -> URL:
    """Return a URL of PostgreSQL with the driver that is used; InputError, without what it holds, for any other."""
    scheme, _, rest = named.partition("://")
    try:
        if scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
            return make_url(f"postgresql+psycopg://{rest}")
    except (ValueError, ArgumentError):
        pass
    raise InputError(
        "database_refused",
        "That names no database that a council can use",
        "It is the name of an SQLite file, or postgresql://USER@HOST/DATABASE.",
    ) from None


class _BinaryCursor(psycopg.Cursor[Any]):
    """Asks for rows as PostgreSQL holds them: a record's bytes would come twice as long, spelt in hexadecimal."""

    def __init__(self, connection: psycopg.Connection[Any], **more: Any) -> None:
        super().__init__(connection, **more)
        self.format = psycopg.pq.Format.BINARY


def _sqlite(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True, pool_use_lifo=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, never by the driver
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a transaction that begins as a reader and then writes can fail half-way as busy.
    options = connection.get_execution_options()
    driver: Any = connection.connection.dbapi_connection  # past SQLAlchemy, whose part would cost more than SQLite's
    # One connection for all: what another one writes would take out of its memory whatever it has read.
    begin = "BEGIN IMMEDIATE" if options.get("sf_write", False) else "BEGIN"
    try:
        driver.execute("PRAGMA synchronous=NORMAL" if options.get("sf_quick", False) else "PRAGMA synchronous=FULL")
        driver.execute(begin)
    except sqlite3.Error as error:  # told as SQLAlchemy would: whoever meets a busy database asks for that
        raise DBAPIError.instance(
            begin, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        ) from error
