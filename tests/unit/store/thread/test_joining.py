"""What saves add to the search index is put together between them: never within one, found all the while."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from sf_desktop.ops.families.search import search
from sf_desktop.ops.office import Office
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import index
from sf_desktop.store.thread.transactions import Tx
from tests.builders.offices import an_office, open_vault, transaction, with_families
from tests.builders.vaults import build_vault
from tests.builders.written import write_note

NOTES = 40
FEW = 8  # segments: less than four of a size, and as many sizes as there can be here
PATIENCE_S = 30.0
BATCHES = 2_100  # more than FTS5 has segments


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(open_vault(tmp_path), random.Random(4))


def segments(connection: Connection) -> int:
    found = connection.execute("SELECT count(DISTINCT segid) FROM record_fts_idx").fetchone()
    assert found is not None
    return int(found[0])


def joined(office: Office) -> int:
    """Join all that can be, and return in how many steps."""
    for steps in range(100):
        with transaction(office.connection):
            if not index.join_small(office.connection):
                return steps
    raise AssertionError("it never ends")


def test_no_save_joins_what_earlier_ones_added_and_all_of_it_is_found_before_and_after(office: Office) -> None:
    held = with_families(office, random.Random(1), count=1, per_family=10)
    before = segments(office.connection)
    for number in range(NOTES):
        body = {"type": "note", "happened_at": "2026-11-20T10:00:00.000000Z", "text": f"Pretend kestrel n{number:03}."}
        with transaction(office.connection):
            write_note(office, held[0].family_id, body)
    assert segments(office.connection) == before + NOTES
    assert len(search(office, "kestrel ").notes) == NOTES
    assert joined(office) > 0
    assert segments(office.connection) <= FEW
    assert len(search(office, "kestrel ").notes) == NOTES
    assert [len(search(office, f"n{number:03} ").notes) for number in range(NOTES)] == [1] * NOTES


def test_where_there_is_nothing_to_join_nothing_is_written(office: Office) -> None:
    with transaction(office.connection):
        index.put_new(office.connection, [(1, "a pretend kestrel")], named=False)
    before = office.connection.execute("SELECT id, block FROM record_fts_data").fetchall()
    assert joined(office) == 0
    assert office.connection.execute("SELECT id, block FROM record_fts_data").fetchall() == before


def test_a_load_in_very_many_batches_never_fills_the_index_beside_what_was_joined_before(office: Office) -> None:
    def put(row: int, words: str = "") -> None:
        office.connection.execute("SAVEPOINT batch")
        index.put_new(office.connection, [(row, f"pretend kestrel n{row:04} {words}")], named=False)
        office.connection.execute("RELEASE batch")

    for row in range(12):
        with transaction(office.connection):
            put(row, " ".join(f"w{row}x{number}" for number in range(3_000)))
        joined(office)
    assert segments(office.connection) >= 3
    with transaction(office.connection):
        index.gather(office.connection)
        for row in range(12, BATCHES):
            put(row)
    found = office.connection.execute("SELECT count(*) FROM record_fts WHERE record_fts MATCH 'kestrel'").fetchone()
    assert found == (BATCHES,)


def test_an_open_vault_joins_a_little_after_the_last_save_and_counts_it_as_a_write(tmp_path: Path) -> None:
    vault = build_vault(tmp_path).open()

    def put(row: int) -> None:
        def work(tx: Tx) -> None:
            index.put_new(tx.connection, [(row, f"pretend kestrel n{row:03}")], named=False)

        vault.do(work).result()

    def now() -> tuple[int, int]:
        head = "SELECT head FROM audit_state"
        return vault.read(lambda tx: (segments(tx.connection), tx.connection.execute(head).fetchall()[0][0])).result()

    for row in range(NOTES):
        put(row)
    many, head = now()
    assert many == NOTES
    until = time.monotonic() + PATIENCE_S
    while now()[0] > FEW:
        assert time.monotonic() < until, "not joined"
    assert now()[1] > head
    assert vault.close()
