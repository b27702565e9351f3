"""Keeps the two full-text indexes true: names apart from notes, each word taken out exactly as it was put in.

Many records that arrive are put in as they come, each batch as a segment of its own; nothing is merged meanwhile. When
all are here the segments are merged into one, in slices, so that a save never waits for it: among the small segments of
saves a large one would be rewritten whole by one of them. An index that is made anew is built in slices too.

Taking words out of the index of notes marks them as gone; they leave the file when its segments are merged into one.
That is done in slices after the next unlocking, and to its end before the vault is written anew under another key, as
the release of a family file does (docs/decisions/0005-words-leave-when-merged.md).

Each save adds a segment of its own. Small ones are put together a little later, never within a save: by
:func:`join_small`, where nobody asks for anything (store/thread/joining.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_desktop.store.tables import meta
from sf_desktop.store.tables.rows import NAMED
from sf_desktop.store.tables.words import again

_BUILT_TO = "index_built_to"
_UNMERGED = "index_unmerged"  # words that were taken out, or segments of a first load, wait to be merged
SLICE_ROWS = 1_000
MERGE_PAGES = 400
JOIN_PAGES = 64
SMALL_ROWS = 5_000
_GATHERING = "index_gathering"  # segments of a first load are not merged: neither by each other nor by a save
# FTS5's own, in everyday use and while segments gather: when it merges, and from how many bytes of words it writes one.
# It takes 2,000 segments in all, and merges only among those of one size: those of other sizes need room beside them.
_EVERYDAY = (("automerge", 0), ("crisismerge", 256), ("hashsize", 1 << 20))
_WHILE_GATHERING = (("automerge", 0), ("crisismerge", 1_500), ("hashsize", 8 << 20))

_FTS = {True: "name_fts", False: "record_fts"}


def is_ready(connection: Connection) -> bool:
    """Say whether a search finds everything."""
    return meta.read(connection, _BUILT_TO) is None


def put(connection: Connection, row: int, words: str, *, named: bool) -> None:
    """Make a row findable under these words; it has none in the index now."""
    put_new(connection, ((row, words),), named=named)


def put_new(connection: Connection, rows: Iterable[tuple[int, str]], *, named: bool) -> None:
    """Make many new rows findable. In their order: the index is written out before each that lies before the last."""
    batch = [each for each in rows if each[1]]
    built_to = None if named else meta.read(connection, _BUILT_TO)
    covered = batch if built_to is None else [each for each in batch if each[0] <= int(built_to)]
    if covered:
        connection.executemany(f"INSERT INTO {_FTS[named]} (rowid, words) VALUES (?, ?)", covered)


def take_out(connection: Connection, row: int, words: str, *, named: bool) -> None:
    """Take a row's words out, exactly as they were put in. Names leave the file at once, notes when it is merged."""
    if words and (named or _covers(connection, row)):
        fts = _FTS[named]
        connection.execute(f"INSERT INTO {fts} ({fts}, rowid, words) VALUES ('delete', ?, ?)", (row, words))
        if not named:
            connection.execute("INSERT OR IGNORE INTO meta (name, value) VALUES (?, 'yes')", (_UNMERGED,))


def gather(connection: Connection) -> None:
    """Many notes are about to come into a small vault: each batch becomes a segment, merged after :func:`gathered`."""
    if is_ready(connection) and _is_small(connection):
        meta.write(connection, _GATHERING, "yes")
        _configure(connection, _WHILE_GATHERING)


def gathered(connection: Connection) -> None:
    """They have come. What is not merged yet is found all the same."""
    if meta.read(connection, _GATHERING) is not None:
        meta.write(connection, _UNMERGED, "yes")


def _configure(connection: Connection, settings: tuple[tuple[str, int], ...]) -> None:
    connection.executemany("INSERT INTO record_fts (record_fts, rank) VALUES (?, ?)", settings)


def _is_small(connection: Connection) -> bool:
    """Say whether merging all of it in the end costs less than merging as it comes."""
    found = connection.execute("SELECT count(*) FROM (SELECT 1 FROM record LIMIT ?)", (SMALL_ROWS,)).fetchone()
    return found is not None and found[0] < SMALL_ROWS


def build_slice(connection: Connection) -> bool:
    """Do one bounded step of building what waits; True once nothing is left. One call is one transaction."""
    built_to = meta.read(connection, _BUILT_TO)
    if built_to is not None:
        _index_next(connection, int(built_to))
        return False
    gathered(connection)  # a load that was broken off may have left it so
    return merge_slice(connection)


def settle_slice(connection: Connection) -> bool:
    """Do one bounded step of merging what a load has brought; True where nothing of one waits."""
    return meta.read(connection, _GATHERING) is None or merge_slice(connection)


def merge_slice(connection: Connection, pages: int = MERGE_PAGES) -> bool:
    """Merge no more than so many pages; True once nothing that was taken out is in the file any more.

    That is when all is one segment: the negative number puts all into one merge, also what came since the last step.
    """
    if meta.read(connection, _UNMERGED) is None:
        return True
    before = connection.total_changes
    connection.execute("INSERT INTO record_fts (record_fts, rank) VALUES ('merge', ?)", (-pages,))
    if connection.total_changes - before >= 2:
        return False
    meta.write(connection, _UNMERGED, None)
    if meta.read(connection, _GATHERING) is not None:
        _configure(connection, _EVERYDAY)
        meta.write(connection, _GATHERING, None)
    return True


def join_small(connection: Connection) -> bool:
    """Put segments together where there are four of a size, a bounded number of pages; False where there are not.

    What a load brings, or is built anew, is left to :func:`build_slice`.
    """
    if meta.read(connection, _GATHERING) is not None or not is_ready(connection):
        return False
    before = connection.total_changes
    connection.execute("INSERT INTO record_fts (record_fts, rank) VALUES ('merge', ?)", (JOIN_PAGES,))
    return connection.total_changes - before >= 2


def _index_next(connection: Connection, built_to: int) -> None:
    found = connection.execute(
        "SELECT max(row), count(*) FROM (SELECT row FROM record WHERE row > ? ORDER BY row LIMIT ?)",
        (built_to, SLICE_ROWS),
    ).fetchone()
    assert found is not None
    last, count = found
    if not count:
        meta.write(connection, _BUILT_TO, None)
        meta.write(connection, _UNMERGED, "yes")
        return
    some = connection.execute(
        "SELECT row, wire, words, fields FROM record JOIN paper ON paper.id = record.paper"
        f" WHERE row > ? AND row <= ? AND kind NOT IN ({marks(len(NAMED))}) ORDER BY row",
        (built_to, last, *sorted(NAMED)),
    ).fetchall()
    meta.write(connection, _BUILT_TO, str(last))
    put_new(connection, [(row, again(*stored)) for row, *stored in some], named=False)


def _covers(connection: Connection, row: int) -> bool:
    built_to = meta.read(connection, _BUILT_TO)
    return built_to is None or row <= int(built_to)
