"""Words that were taken out of the search index leave the file: when it is merged, and before a new data key."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sf_desktop.ops import tidying, writing
from sf_desktop.ops.families.search import search
from sf_desktop.ops.office import Office
from sf_desktop.store import migrations
from sf_desktop.store.connection import Connection, open_connection
from sf_desktop.store.lifecycle.migrating import migrate
from sf_desktop.store.tables import index, records
from sf_desktop.store.thread.transactions import Tx
from tests.builders import indexed
from tests.builders.offices import an_office, open_vault, pretend_records, transaction, with_families
from tests.builders.vaults import build_vault
from tests.builders.written import write_note

# No other word begins with a z and a q, so that nothing of it can hide in what its neighbour in the index spells out.
FIRST, SECOND = "zqalabasterword", "zqbergamotword"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(open_vault(tmp_path), random.Random(4))


def in_the_index(connection: Connection, word: str) -> bool:
    """Look for a word in the index's own rows: at least its end is spelt out there, wherever it stands."""
    blocks = connection.execute("SELECT block FROM record_fts_data").fetchall()
    return any(word[3:].encode() in bytes(each[0]) for each in blocks)


def an_edited_note(office: Office) -> str:
    """Write a note, then other words in place of its first ones."""
    held = with_families(office, random.Random(1), count=2, per_family=40)
    body = {"type": "note", "happened_at": "2026-11-20T10:00:00.000000Z", "text": f"About the {FIRST}"}
    with transaction(office.connection):
        record_id = write_note(office, held[0].family_id, body, sign=False).record_id
    with transaction(office.connection):
        writing.change(office, record_id, body | {"text": f"About the {SECOND}"})
    return record_id


def merged(office: Office) -> None:
    while True:
        with transaction(office.connection):
            if index.merge_slice(office.connection):
                return


def upkeep(office: Office) -> None:
    while True:
        with transaction(office.connection):
            if tidying.tidy(office):
                return


def test_words_of_an_older_version_are_not_found_and_leave_when_the_index_is_merged(office: Office) -> None:
    an_edited_note(office)
    assert not search(office, FIRST).notes
    assert len(search(office, SECOND).notes) == 1
    assert in_the_index(office.connection, FIRST)
    merged(office)
    assert not in_the_index(office.connection, FIRST)
    assert in_the_index(office.connection, SECOND)
    assert len(search(office, SECOND).notes) == 1


def test_nothing_of_a_destroyed_record_is_left_in_the_index_nor_of_what_it_said_before(office: Office) -> None:
    record_id = an_edited_note(office)
    with transaction(office.connection):
        records.delete(office.connection, (record_id,))
    merged(office)
    assert not in_the_index(office.connection, FIRST)
    assert not in_the_index(office.connection, SECOND)


def test_words_taken_out_while_the_index_is_merged_leave_too(office: Office) -> None:
    record_id = an_edited_note(office)
    with transaction(office.connection):
        assert not index.merge_slice(office.connection, pages=1)
    with transaction(office.connection):
        records.delete(office.connection, (record_id,))
    merged(office)
    assert not in_the_index(office.connection, FIRST)
    assert not in_the_index(office.connection, SECOND)


def test_upkeep_after_an_unlocking_merges_what_was_taken_out_and_leaves_a_merged_index_alone(office: Office) -> None:
    an_edited_note(office)
    upkeep(office)
    assert not in_the_index(office.connection, FIRST)
    before = office.connection.execute("SELECT id, block FROM record_fts_data").fetchall()
    upkeep(office)
    assert office.connection.execute("SELECT id, block FROM record_fts_data").fetchall() == before


def test_a_new_data_key_writes_no_word_anew_that_was_taken_out(tmp_path: Path) -> None:
    vault = build_vault(tmp_path).open()
    said = [(row, f"the {FIRST} of {row}") for row in range(4)]

    def put(tx: Tx) -> None:
        index.put_new(tx.connection, said, named=False)

    def take_out(tx: Tx) -> None:
        for row, words in said:
            index.take_out(tx.connection, row, words, named=False)

    vault.do(put).result()
    vault.do(take_out).result()
    assert vault.read(lambda tx: in_the_index(tx.connection, FIRST)).result()
    vault.rotate_key().result()
    assert not vault.read(lambda tx: in_the_index(tx.connection, FIRST)).result()
    assert vault.close()


def settings(connection: Connection) -> tuple[object, ...]:
    config = dict(connection.execute("SELECT k, v FROM record_fts_config").fetchall())
    return config["automerge"], config["crisismerge"], config["hashsize"]


def segments(connection: Connection) -> int:
    found = connection.execute("SELECT count(DISTINCT segid) FROM record_fts_idx").fetchone()
    return int(found[0]) if found else 0


def batches(office: Office, count: int) -> tuple[str, ...]:
    """Let notes arrive in so many transactions, as a load brings them, and return a word of each."""
    words = tuple(f"zq{chr(97 + number)}basalt" for number in range(count))
    with transaction(office.connection):
        index.gather(office.connection)
    for number, word in enumerate(words):
        with transaction(office.connection):
            index.put_new(office.connection, [(number * 2 + turn, word) for turn in range(2)], named=False)
    return words


def found(connection: Connection, word: str) -> int:
    rows = connection.execute("SELECT rowid FROM record_fts WHERE record_fts MATCH ?", (f'"{word}"',))
    return len(rows.fetchall())


def test_what_a_load_brings_is_found_as_it_comes_and_merged_when_it_is_over(office: Office) -> None:
    words = batches(office, 20)
    assert segments(office.connection) == 20  # none of them was written twice
    assert [found(office.connection, each) for each in words] == [2] * 20
    with transaction(office.connection):
        index.gathered(office.connection)
    while True:
        with transaction(office.connection):
            if index.settle_slice(office.connection):
                break
    assert segments(office.connection) == 1
    assert settings(office.connection) == (0, 256, 1 << 20)
    assert [found(office.connection, each) for each in words] == [2] * 20


def test_an_edit_alone_has_nothing_to_settle_after_a_round(office: Office) -> None:
    an_edited_note(office)
    before = office.connection.execute("SELECT id, block FROM record_fts_data").fetchall()
    with transaction(office.connection):
        assert index.settle_slice(office.connection)
    assert office.connection.execute("SELECT id, block FROM record_fts_data").fetchall() == before


def test_a_load_that_was_broken_off_is_settled_by_the_upkeep_after_the_next_unlocking(office: Office) -> None:
    words = batches(office, 3)
    upkeep(office)
    assert segments(office.connection) == 1
    assert settings(office.connection) == (0, 256, 1 << 20)
    assert [found(office.connection, each) for each in words] == [2] * 3


def test_a_vault_of_the_first_version_has_its_index_built_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = open_connection(path, bytearray(b"k" * 32), create=True)
    migrate(connection, path, migrations.STEPS[:1])
    office = an_office(connection, random.Random(4))
    # Visits go into a table that is newer: tests/unit/store/tables/test_seen.py has them from before.
    held = [each for each in pretend_records(office, random.Random(1), 2, 40) if each.kind != "visit"]
    indexed.put_as_before(connection, held)
    note = next(each for each in held if each.kind == "note")
    word = str(note.body["text"]).split()[0]
    migrate(connection, path)
    assert not search(office, word).is_ready
    while True:
        with transaction(connection):
            if index.build_slice(connection):
                break
    found = search(office, word)
    assert found.is_ready
    assert found.notes
    assert indexed.is_true(connection)
    config = dict(connection.execute("SELECT k, v FROM record_fts_config").fetchall())
    assert (config["secure-delete"], config["pgsz"], config["version"]) == (0, 3900, 4)
    assert (config["automerge"], config["crisismerge"]) == (0, 256)
