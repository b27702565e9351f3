"""Opens SQLCipher: the only file that imports it, with every protection set, read back, and refused if different.

Needs sqlcipher3 0.6.4 or newer: ``sqlcipher3-binary`` and ``sqlcipher3-wheels`` bundle a SQLite with the WAL-reset bug.
They install the same module, so what is checked is the versions of SQLite and SQLCipher inside.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

from sqlcipher3 import dbapi2

from sf_desktop.store.folder.files import open_private, sync_folder, translated
from sf_desktop.store.keys.derivation import KEY_BYTES, overwrite
from sf_desktop.wording import error
from sf_record.errors import SfError

Value = str | bytes | int | float | None
CACHE_KIB = 8_000
LOADING_CACHE_KIB = 256_000
JOURNAL_BYTES = 1 << 20  # what stays of it between two writes: a few saves' worth

_LEAST_SQLITE = (3, 53)
_LEAST_CIPHER = (4, 19)
_LITTLE_BYTES = 16 << 20
_ASK_EVERY = 100  # instructions of SQLite: a few milliseconds, where rows are large


class Cursor(Protocol):
    """What is used of a cursor."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...


class Connection(Protocol):
    """What is used of a connection. It belongs to the thread that opened it, and commits nothing by itself."""

    @property
    def in_transaction(self) -> bool: ...
    @property
    def total_changes(self) -> int:
        """How many rows were written, changed or deleted since it was opened, those of triggers and indexes too."""
        ...

    def execute(self, sql: str, values: Sequence[Value] | dict[str, Value] = ...) -> Cursor: ...
    def executemany(self, sql: str, rows: Iterable[Sequence[Value] | dict[str, Value]]) -> Cursor: ...
    def close(self) -> None: ...


def open_connection(path: Path, key: bytearray, *, create: bool, cache_kib: int = CACHE_KIB) -> Connection:
    """Open the database with a raw 32-byte key, which is overwritten with zeros whatever happens.

    VaultError: ``vault_missing`` or ``vault_exists`` where ``create`` does not fit, ``vault_damaged`` where the file is
    not a database under this key (the key has been proved right by its slot before), and what the disk says.
    """
    try:
        _check_libraries()
        with translated():
            _settle_file(path, create=create)
        with translated_database():
            return _opened(path, key, cache_kib)
    finally:
        overwrite(key)


def export(connection: Connection, path: Path, key: bytearray, should_stop: Callable[[], bool]) -> None:
    """Write everything anew into the empty file at ``path``, encrypted under another raw key, which is overwritten.

    Nothing of a page's past comes along. The file is not flushed. ``should_stop`` is asked thousands of times; as soon
    as it says so this ends with ``stopped``, and what is in the file is of no use.
    """
    was_stopped = False

    def ask() -> int:
        nonlocal was_stopped
        was_stopped = was_stopped or should_stop()
        return int(was_stopped)

    text = _raw_key(key)
    overwrite(key)
    try:
        with maintenance(connection), translated_database():
            _export(cast("_Guarded", connection), path, text, ask)
    except SfError as cause:
        raise _of_export(cause, was_stopped, path) from None
    finally:
        overwrite(text)


def _of_export(cause: SfError, was_stopped: bool, path: Path) -> SfError:
    """Name what broke off an export: SQLite calls a file that could not be written whole a damaged one."""
    if was_stopped:
        return error("stopped")
    if cause.code not in {"vault_damaged", "vault_query"}:
        return cause
    with translated():
        return error("disk_full" if shutil.disk_usage(path.parent).free < _LITTLE_BYTES else "disk_failed")


def _export(connection: _Guarded, path: Path, text: bytearray, ask: Callable[[], int]) -> None:
    connection.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(path), text))
    try:
        # A file that is of no use until it is whole needs no journal.
        connection.execute("PRAGMA fresh.journal_mode = OFF").fetchall()
        connection.execute("PRAGMA fresh.synchronous = OFF").fetchall()
        connection.set_progress_handler(ask, _ASK_EVERY)
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        version = connection.execute("PRAGMA main.user_version").fetchone()
        connection.execute(f"PRAGMA fresh.user_version = {int(version[0])}")
        if _row_counts(connection, "main") != _row_counts(connection, "fresh"):
            raise error("disk_failed")
    finally:
        connection.set_progress_handler(None, 0)
        connection.execute("DETACH DATABASE fresh")


def _row_counts(connection: _Guarded, name: str) -> dict[str, int]:
    """Count the rows of every table that has rows of its own (a virtual table's are in its shadows).

    Not of SQLite's table of counts, which stays empty in a vault where one once counted and is not written anew.
    """
    tables = connection.execute(
        f"SELECT name FROM {name}.sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name <> 'sqlite_sequence'"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        counts[str(table)] = int(connection.execute(f'SELECT count(*) FROM {name}."{table}"').fetchone()[0])
    return counts


@contextmanager
def maintenance(connection: Connection) -> Iterator[None]:
    """Allow VACUUM, ATTACH and every pragma for a while: only for the vault's own upkeep."""
    guard = cast("_Guarded", connection).guard
    before = guard.is_open
    guard.is_open = True
    try:
        yield
    finally:
        guard.is_open = before


@contextmanager
def translated_database() -> Iterator[None]:
    """Turn any sqlcipher3 error inside into a VaultError.

    The cause is not chained: its text may echo SQL, words that were searched for or a value.
    """
    try:
        yield
        return
    except dbapi2.Error as cause:
        translation = _translation(cause)
    raise translation from None


class _Guard:
    """Answers SQLite when it asks whether a statement may do what it wants to do."""

    _OK, _DENY = 0, 1
    _PRAGMA, _ATTACH, _DETACH, _FUNCTION = 19, 24, 25, 31
    _FREE_PRAGMAS = frozenset({
        "data_version", "user_version", "page_count", "freelist_count", "table_info", "table_xinfo", "index_list",
        "index_info", "foreign_key_check", "integrity_check", "quick_check", "cipher_version",
    })  # fmt: skip
    _DENIED_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer", "readfile", "writefile"})

    def __init__(self) -> None:
        self.is_open = True

    def __call__(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if self.is_open:
            return self._OK
        if action in {self._ATTACH, self._DETACH}:
            return self._DENY
        if action == self._FUNCTION:
            return self._DENY if (second or "").lower() in self._DENIED_FUNCTIONS else self._OK
        if action == self._PRAGMA:
            return self._OK if self._is_free(first or "", second) else self._DENY
        return self._OK

    def _is_free(self, name: str, value: str | None) -> bool:
        reads_only = value is None or name.startswith(("table_", "index_", "foreign_key_check"))
        return name.lower() in self._FREE_PRAGMAS and reads_only


class _Guarded(dbapi2.Connection):  # type: ignore[misc]  # sqlcipher3 0.6.4 has no types
    """A connection that carries its guard."""

    guard: _Guard


_SETTINGS: tuple[tuple[str, str, Value], ...] = (
    ("cipher_log_level", "NONE", "NONE"),
    ("cipher_memory_security", "OFF", "0"),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
)
_DURABLE: tuple[tuple[str, str, Value], ...] = (
    # One connection, one program (processlock.py): the journal stays open, which saves a flush of the folder each time.
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    # It keeps its length, too, and is ended by zeros over its header: nothing but pages is left for the disk to flush
    # (docs/decisions/0058-the-journal-stays.md).
    ("journal_mode", "PERSIST", "persist"),
    ("journal_size_limit", str(JOURNAL_BYTES), JOURNAL_BYTES),
    ("synchronous", "EXTRA", 3),
)
_CIPHER: tuple[tuple[str, Value], ...] = (
    ("cipher_page_size", "4096"),
    ("cipher_use_hmac", "1"),
    ("cipher_hmac_algorithm", "HMAC_SHA512"),
    ("cipher_plaintext_header_size", "0"),
)


def _settle_file(path: Path, *, create: bool) -> None:
    """Make the empty file here, private from the start: SQLite makes 0644, and gives the journal the mode it finds."""
    if path.exists() is create:
        raise error("vault_exists" if create else "vault_missing")
    if create:
        os.close(open_private(path, os.O_RDWR | os.O_CREAT | os.O_EXCL))
        sync_folder(path.parent)
    elif path.stat().st_size == 0:
        raise error("vault_damaged")  # SQLite would take an empty file for a new database
    else:
        path.chmod(0o600)


def _opened(path: Path, key: bytearray, cache_kib: int) -> Connection:
    connection = dbapi2.connect(str(path), isolation_level=None, factory=_Guarded, cached_statements=256, timeout=2.0)
    try:
        _prepare(connection, key, cache_kib)
    except BaseException:
        connection.close()
        raise
    return cast("Connection", connection)


def _prepare(connection: _Guarded, key: bytearray, cache_kib: int) -> None:
    text = _raw_key(key)
    try:
        connection.set_key(text)
    finally:
        overwrite(text)
    connection.guard = _Guard()
    connection.set_authorizer(connection.guard)
    for name, value, wanted in (*_SETTINGS, ("cache_size", str(-cache_kib), -cache_kib)):
        _set(connection, name, value, wanted)
    # The first read of the file, after the settings: here a wrong key or a damaged first page shows.
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    for name, wanted in _CIPHER:
        _read_back(connection, name, wanted)
    for name, value, wanted in _DURABLE:
        _set(connection, name, value, wanted)
    connection.guard.is_open = False


def _set(connection: _Guarded, name: str, value: str, wanted: Value) -> None:
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    _read_back(connection, name, wanted)


def _read_back(connection: _Guarded, name: str, wanted: Value) -> None:
    if connection.execute(f"PRAGMA {name}").fetchall() != [(wanted,)]:
        raise error("setting_refused")


_HEX = b"0123456789abcdef"


def _raw_key(key: bytearray) -> bytearray:
    """Spell a key as SQLCipher takes raw keys, without leaving a copy of it in an immutable object.

    The length is checked first: SQLCipher silently takes a malformed ``x'..'`` as a passphrase.
    """
    if len(key) != KEY_BYTES or not any(key):
        raise ValueError("a database key has 32 bytes that are not all zero")
    text = bytearray(b"x'") + bytearray(2 * KEY_BYTES) + b"'"
    for index, byte in enumerate(key):
        text[2 + 2 * index] = _HEX[byte >> 4]
        text[3 + 2 * index] = _HEX[byte & 15]
    return text


_CODES = {
    3: "not_permitted",
    5: "vault_busy",
    6: "vault_busy",
    7: "no_memory",
    8: "not_permitted",
    10: "disk_failed",
    11: "vault_damaged",
    13: "disk_full",
    14: "disk_failed",
    19: "vault_constraint",
    23: "vault_refused",
    26: "vault_damaged",
}


def _translation(cause: Exception) -> SfError:
    """Name an error by SQLite's primary result code; one without a code is misuse of the binding."""
    number = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return error(_CODES.get(number, "vault_query"))


@cache
def _check_libraries() -> None:
    probe = dbapi2.connect(":memory:")
    try:
        row = probe.execute("PRAGMA cipher_version").fetchone()
    finally:
        probe.close()
    numbers = str(row[0]).split()[0].split(".") if row else []
    cipher = tuple(int(part) for part in numbers[:2])
    if dbapi2.sqlite_version_info[:2] < _LEAST_SQLITE or cipher < _LEAST_CIPHER:
        raise error("library_wrong")
