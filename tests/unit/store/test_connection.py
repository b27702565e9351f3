"""SQLCipher as we open it: every protection on, risky statements denied, and errors that repeat nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from traceback import format_exception

import pytest

from sf_desktop.store.connection import (
    JOURNAL_BYTES,
    Connection,
    maintenance,
    open_connection,
    translated_database,
)
from sf_desktop.store.keys.derivation import new_key
from sf_desktop.store.lifecycle.migrating import migrate, safety_copy, schema_version
from sf_record.errors import SfError, VaultError
from tests.builders.soundness import is_sound

CANARY = "Pretendname Canary"


@pytest.fixture
def key() -> bytearray:
    return new_key()


@pytest.fixture
def connection(tmp_path: Path, key: bytearray) -> Iterator[Connection]:
    opened = open_connection(tmp_path / "vault.db", bytearray(key), create=True)
    yield opened
    opened.close()


def opened(path: Path, key: bytearray) -> Connection:
    return open_connection(path, bytearray(key), create=False)


def test_the_key_is_overwritten_whatever_happens(tmp_path: Path) -> None:
    good, bad = new_key(), new_key()
    open_connection(tmp_path / "vault.db", good, create=True).close()
    assert good == bytes(32)
    with pytest.raises(VaultError):
        open_connection(tmp_path / "missing.db", bad, create=False)
    assert bad == bytes(32)


@pytest.mark.parametrize("key", [bytearray(), bytearray(31), bytearray(32), bytearray(b"x" * 33)])
def test_a_key_of_another_length_or_of_zeros_is_never_taken_as_a_passphrase(tmp_path: Path, key: bytearray) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_connection(tmp_path / "vault.db", key, create=True)


def test_every_setting_is_as_wanted(connection: Connection) -> None:
    wanted = {
        "temp_store": 2, "secure_delete": 1, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1,
        "journal_mode": "persist", "locking_mode": "exclusive", "synchronous": 3, "mmap_size": 0,
        "cipher_page_size": "4096", "cipher_log_level": "NONE", "cipher_memory_security": "0",
    }  # fmt: skip
    with maintenance(connection):
        found = {name: connection.execute(f"PRAGMA {name}").fetchall()[0][0] for name in wanted}
    assert found == wanted


def test_the_journal_stays_as_long_as_a_few_saves_need_and_begins_with_zeros_between_writes(
    connection: Connection, tmp_path: Path
) -> None:
    journal = tmp_path / "vault.db-journal"
    connection.execute("CREATE TABLE pretend (id INTEGER PRIMARY KEY, body TEXT)")
    connection.executemany("INSERT INTO pretend (body) VALUES (?)", [("x" * 3000,) for _ in range(600)])
    for _ in range(2):
        connection.execute("UPDATE pretend SET body = body || 'y' WHERE id < 6")
        assert 5 * 4096 < journal.stat().st_size <= JOURNAL_BYTES
        assert not any(journal.read_bytes()[:28])
        assert CANARY.encode() not in journal.read_bytes()
        connection.execute("UPDATE pretend SET body = body || 'z'")
        assert journal.stat().st_size == JOURNAL_BYTES


def test_the_file_is_not_a_plain_database(connection: Connection, tmp_path: Path) -> None:
    connection.execute("CREATE TABLE pretend (body TEXT)")
    connection.execute("INSERT INTO pretend VALUES (?)", (CANARY,))
    content = (tmp_path / "vault.db").read_bytes()
    assert b"SQLite" not in content
    assert CANARY.encode() not in content


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE 'copy.db' AS copy KEY ''",
        "DETACH DATABASE main",
        "PRAGMA journal_mode = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA temp_store = FILE",
        "PRAGMA cipher_log = 'log.txt'",
        "PRAGMA writable_schema = ON",
        "PRAGMA rekey = 'x'",
        "PRAGMA user_version = 99",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
    ],
)
def test_risky_statements_are_denied_outside_maintenance(connection: Connection, statement: str) -> None:
    with pytest.raises(VaultError, match=r"vault_refused|vault_query"), translated_database():
        connection.execute(statement).fetchall()


def test_full_text_search_works_under_the_authorizer(connection: Connection) -> None:
    connection.execute("CREATE VIRTUAL TABLE pretend USING fts5(body)")
    connection.execute("INSERT INTO pretend(pretend, rank) VALUES ('secure-delete', 1)")
    connection.execute("INSERT INTO pretend VALUES ('kettle')")
    assert connection.execute("SELECT body FROM pretend WHERE pretend MATCH 'kettle'").fetchall() == [("kettle",)]


@pytest.mark.parametrize(
    "statement",
    [
        f"SELECT * FROM pretend WHERE pretend MATCH '\"{CANARY}'",
        f"SELECT '{CANARY}' FROM nowhere",
        f"SELECT [{CANARY}] FROM pretend",
        f"INSERT INTO single VALUES ('{CANARY}')",
    ],
)
def test_an_error_repeats_nothing_of_the_statement(connection: Connection, statement: str) -> None:
    connection.execute("CREATE VIRTUAL TABLE pretend USING fts5(body)")
    connection.execute("CREATE TABLE single (body TEXT UNIQUE)")
    connection.execute("INSERT INTO single VALUES (?)", (CANARY,))
    with pytest.raises(SfError) as caught, translated_database():
        connection.execute(statement).fetchall()
    raised = caught.value
    assert raised.__cause__ is None
    everything = f"{raised} {raised.args} {raised.title} {raised.advice} {''.join(format_exception(raised))}"
    assert "Pretendname" not in everything


def test_the_wrong_key_is_damage_because_its_slot_was_proved_before(connection: Connection, tmp_path: Path) -> None:
    connection.execute("CREATE TABLE pretend (body TEXT)")
    connection.close()
    with pytest.raises(VaultError, match="vault_damaged"):
        opened(tmp_path / "vault.db", new_key())


def test_a_flipped_bit_anywhere_is_detected_and_never_shown(
    connection: Connection, tmp_path: Path, key: bytearray, run_count: Callable[[int, int], int]
) -> None:
    connection.execute("CREATE TABLE pretend (id INTEGER PRIMARY KEY, body TEXT)")
    rows = [(number, f"A pretend note, number {number}. " * 20) for number in range(200)]
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO pretend VALUES (?, ?)", rows)
    connection.execute("COMMIT")
    assert is_sound(connection)
    whole = (tmp_path / "vault.db").read_bytes()
    chance = random.Random(11)
    for _ in range(run_count(60, 5000)):
        content = bytearray(whole)
        bit = chance.randrange(len(content) * 8)
        content[bit // 8] ^= 1 << bit % 8
        (tmp_path / "flipped.db").write_bytes(content)
        assert _detected(tmp_path / "flipped.db", key, rows), f"bit {bit}"


def _detected(path: Path, key: bytearray, rows: list[tuple[int, str]]) -> bool:
    """Say whether the damage is named, and content that differs never shown."""
    try:
        connection = opened(path, key)
    except VaultError as cause:
        return cause.code == "vault_damaged"
    try:
        with translated_database():
            assert connection.execute("SELECT id, body FROM pretend").fetchall() == rows
        return not is_sound(connection)
    except VaultError as cause:
        return cause.code == "vault_damaged"
    finally:
        connection.close()


def test_migrations_run_once_each_in_one_transaction_with_a_copy_before(
    connection: Connection, tmp_path: Path, key: bytearray
) -> None:
    database = tmp_path / "vault.db"
    copies: list[bool] = []

    def first(opened: Connection) -> None:
        opened.execute("CREATE TABLE pretend (body TEXT)")

    def second(opened: Connection) -> None:
        copies.append(safety_copy(database).exists())
        opened.execute("INSERT INTO pretend VALUES ('kept')")

    def fails(opened: Connection) -> None:
        opened.execute("DELETE FROM pretend")
        raise LookupError

    assert migrate(connection, database, [first]) == 1
    assert migrate(connection, database, [first, second]) == 1
    assert migrate(connection, database, [first, second]) == 0
    assert copies == [True]
    assert not safety_copy(database).exists()
    with pytest.raises(LookupError):
        migrate(connection, database, [first, second, fails])
    assert schema_version(connection) == 2
    copy = opened(safety_copy(database), key)
    for holder in (connection, copy):
        assert holder.execute("SELECT body FROM pretend").fetchall() == [("kept",)]
    copy.close()
    with pytest.raises(VaultError, match="vault_too_new"):
        migrate(connection, database, [first])
