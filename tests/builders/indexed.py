"""Says of the two full-text indexes whether they hold the words of the records that are there, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sf_desktop.store.connection import Connection, maintenance
from sf_desktop.store.tables import index, records
from sf_desktop.store.tables.rows import RowNumbers, is_named
from sf_record.record import Record
from tests.builders.offices import open_vault, transaction

Place = tuple[str, int, str, int]  # a word, the record's row, the column, the how many-eth word of it


def places(connection: Connection, *, named: bool) -> set[Place]:
    """Return every place of every word that an index knows."""
    name = "name" if named else "record"
    with maintenance(connection):
        connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_place USING fts5vocab (main, {name}_fts, instance)"
        )
    connection.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('integrity-check')")
    return set(connection.execute(f"SELECT term, doc, col, offset FROM temp.{name}_place").fetchall())


def put_as_before(connection: Connection, held: Sequence[Record]) -> None:
    """Put records into a vault of an earlier version, as its program did: with their words beside their texts."""
    with maintenance(connection), transaction(connection):
        had = {each[1] for each in connection.execute("PRAGMA table_info (record)").fetchall()}
        connection.execute("ALTER TABLE paper ADD COLUMN fields TEXT")  # the program of today writes both
        if "is_given" not in had:
            connection.execute("ALTER TABLE record ADD COLUMN is_given INTEGER")
        records.insert_new(connection, [records.held(each) for each in held], RowNumbers(connection))
        for each in records.stored_many(connection, [each.id for each in held]).values():
            connection.execute("UPDATE paper SET words = ? WHERE id = ?", (each.words, each.paper))
        connection.execute("ALTER TABLE paper DROP COLUMN fields")
        if "is_given" not in had:
            connection.execute("ALTER TABLE record DROP COLUMN is_given")


def is_true(connection: Connection) -> bool:
    """Compare the indexes with those of a new vault that is given the words of the records that are here."""
    ids = [str(each[0]) for each in connection.execute("SELECT id FROM record").fetchall()]
    here = sorted(records.stored_many(connection, ids).values(), key=lambda each: each.row)
    with TemporaryDirectory() as folder:
        fresh = open_vault(Path(folder))
        try:
            for named in (True, False):
                words = [(each.row, each.words) for each in here if is_named(each.kind) is named]
                with transaction(fresh):
                    index.put_new(fresh, words, named=named)
                if places(fresh, named=named) != places(connection, named=named):
                    return False
            return True
        finally:
            fresh.close()
