"""Keeps the two full-text indexes true: names apart from notes, each word taken out exactly as it was put in.

While many records arrive the index of notes waits; it is then built in slices, so that a save never waits for it. Each
slice is a segment of its own of a few megabytes: one large segment would be rewritten whole by some later save.
"""

from __future__ import annotations

from collections.abc import Iterable

from sf_desktop.store import meta
from sf_desktop.store.connection import Connection

_BUILT_TO = "index_built_to"
_MERGING = "index_merging"
SLICE_ROWS = 1_000
MERGE_PAGES = 400

_TABLES = {True: ("name_words", "name_fts"), False: ("record_words", "record_fts")}


def is_ready(connection: Connection) -> bool:
    """Say whether a search finds everything."""
    return meta.read(connection, _BUILT_TO) is None


def put(connection: Connection, row: int, words: str, *, named: bool) -> None:
    """Make a row findable under these words, in place of those that it had."""
    remove(connection, row, named=named)
    if not words:
        return
    table, fts = _TABLES[named]
    connection.execute(f"INSERT INTO {table} (row, words) VALUES (?, ?)", (row, words))
    if named or _covers(connection, row):
        connection.execute(f"INSERT INTO {fts} (rowid, words) VALUES (?, ?)", (row, words))


def put_new(connection: Connection, rows: Iterable[tuple[int, str]], *, named: bool) -> None:
    """Make many new rows findable."""
    batch = [each for each in rows if each[1]]
    table, fts = _TABLES[named]
    connection.executemany(f"INSERT INTO {table} (row, words) VALUES (?, ?)", batch)
    built_to = None if named else meta.read(connection, _BUILT_TO)
    covered = batch if built_to is None else [each for each in batch if each[0] <= int(built_to)]
    if covered:
        connection.executemany(f"INSERT INTO {fts} (rowid, words) VALUES (?, ?)", covered)


def remove(connection: Connection, row: int, *, named: bool) -> None:
    """Take a row's words out; the pages that held them are overwritten."""
    table, fts = _TABLES[named]
    found = connection.execute(f"SELECT words FROM {table} WHERE row = ?", (row,)).fetchone()
    if found is None:
        return
    if named or _covers(connection, row):
        connection.execute(f"INSERT INTO {fts} ({fts}, rowid, words) VALUES ('delete', ?, ?)", (row, found[0]))
    connection.execute(f"DELETE FROM {table} WHERE row = ?", (row,))


def words_of(connection: Connection, row: int, *, named: bool) -> str:
    """Return the words under which a row is found."""
    found = connection.execute(f"SELECT words FROM {_TABLES[named][0]} WHERE row = ?", (row,)).fetchone()
    return "" if found is None else str(found[0])


def defer(connection: Connection) -> None:
    """Let the index of notes wait: it is emptied, and built again by :func:`build_slice`."""
    if is_ready(connection):
        connection.execute("INSERT INTO record_fts (record_fts) VALUES ('delete-all')")
        connection.execute("INSERT INTO record_fts (record_fts, rank) VALUES ('automerge', 0)")
        meta.write(connection, _BUILT_TO, "-1")


def build_slice(connection: Connection, rows: int = SLICE_ROWS) -> bool:
    """Do one bounded step of building what waits; True once nothing is left. One call is one transaction."""
    built_to = meta.read(connection, _BUILT_TO)
    if built_to is not None:
        _index_next(connection, int(built_to), rows)
        return False
    if meta.read(connection, _MERGING) is not None:
        return not _merge_next(connection)
    return True


def _index_next(connection: Connection, built_to: int, rows: int) -> None:
    found = connection.execute(
        "SELECT max(row), count(*) FROM (SELECT row FROM record_words WHERE row > ? ORDER BY row LIMIT ?)",
        (built_to, rows),
    ).fetchone()
    assert found is not None
    last, count = found
    if not count:
        connection.execute("INSERT INTO record_fts (record_fts, rank) VALUES ('automerge', 4)")
        meta.write(connection, _BUILT_TO, None)
        meta.write(connection, _MERGING, "first")
        return
    connection.execute(
        "INSERT INTO record_fts (rowid, words)"
        " SELECT row, words FROM record_words WHERE row > ? AND row <= ? ORDER BY row",
        (built_to, last),
    )
    meta.write(connection, _BUILT_TO, str(last))


def _merge_next(connection: Connection) -> bool:
    """Merge a bounded number of pages; False once the segments are as few as they should be.

    A negative number in the first step puts all segments into one merge; the later ones go on with it.
    """
    is_first = meta.read(connection, _MERGING) == "first"
    before = _total_changes(connection)
    pages = -MERGE_PAGES if is_first else MERGE_PAGES
    connection.execute("INSERT INTO record_fts (record_fts, rank) VALUES ('merge', ?)", (pages,))
    if _total_changes(connection) - before >= 2:
        meta.write(connection, _MERGING, "next")
        return True
    meta.write(connection, _MERGING, None)
    return False


def _total_changes(connection: Connection) -> int:
    found = connection.execute("SELECT total_changes()").fetchone()
    assert found is not None
    return int(found[0])


def _covers(connection: Connection, row: int) -> bool:
    built_to = meta.read(connection, _BUILT_TO)
    return built_to is None or row <= int(built_to)
