"""The physical limits: the same work with nothing in the way, into an encrypted searchable store of the least shape."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

import msgspec
import requests
import zstandard
from sqlcipher3 import dbapi2

_EPOCH = date(1900, 1, 1).toordinal()
_CHUNK = 1_000
_WORDS = ("text", "subject", "observed", "voice", "worries", "strengths", "purpose", "name", "address", "given_name")

TABLES = (
    """CREATE TABLE record (row INTEGER PRIMARY KEY, id TEXT UNIQUE, family_id TEXT, kind TEXT, happened_at TEXT,
    seq INTEGER, words TEXT, wire TEXT)""",
    "CREATE INDEX record_by_family ON record (family_id, kind, happened_at)",
    "CREATE VIRTUAL TABLE record_fts USING fts5(words, content='record', content_rowid='row', tokenize='{tokenizer}')",
)


def tokenizer_of_the_program() -> str:
    """Return how the program cuts text into words, so that both cut alike; SQLite's own way if that cannot be seen."""
    folder = Path(__file__).parents[1] / "src" / "sf_desktop" / "store" / "migrations"
    for path in sorted(folder.glob("m*.py")):
        found = re.search(
            r"record_fts USING fts5\(.*?tokenize\s*=\s*['\"]([^'\"]+)['\"]", path.read_text("utf-8"), re.DOTALL
        )
        if found:
            return found[1]
    return "unicode61"


def open_store(path: Path, *, cache_kib: int = 256_000) -> Any:
    """Open a new or existing SQLCipher file as the program does: raw key, HMAC-SHA-512, nothing left out of a sync."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{'0f' * 32}'\"")
    for pragma in (
        "journal_mode = TRUNCATE",
        "synchronous = EXTRA",
        "temp_store = MEMORY",
        f"cache_size = -{cache_kib}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def first_load(url: str, path: Path) -> int:
    """Load everything in one transaction, the index built once at the end; return how many records."""
    connection = open_store(path)
    for statement in TABLES:
        connection.execute(statement.format(tokenizer=tokenizer_of_the_program()))
    connection.execute("BEGIN")
    count = 0
    last: dict[int, int] = {}
    for lines in _chunks(_lines(url)):
        connection.executemany(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [_row(each, last) for each in lines]
        )
        count += len(lines)
    connection.execute("INSERT INTO record_fts (record_fts) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.close()
    return count


def delta(url: str, connection: Any) -> int:
    """Take changed records down into a loaded store, index and all, in one transaction; return how many."""
    connection.execute("BEGIN")
    count = 0
    for line in _lines(url):
        plain = msgspec.json.decode(line)
        row, words = connection.execute("SELECT row, words FROM record WHERE id = ?", (plain["id"],)).fetchone()
        fresh = _words(plain["body"])
        connection.execute("INSERT INTO record_fts (record_fts, rowid, words) VALUES ('delete', ?, ?)", (row, words))
        connection.execute(
            "UPDATE record SET seq = ?, words = ?, wire = ? WHERE row = ?", (plain["seq"], fresh, line.decode(), row)
        )
        connection.execute("INSERT INTO record_fts (rowid, words) VALUES (?, ?)", (row, fresh))
        count += 1
    connection.execute("COMMIT")
    return count


def push(url: str, events: Sequence[Any]) -> int:
    """Send events, have them stored, and read the answer; return how many were acknowledged."""
    packed = zstandard.ZstdCompressor(level=3).compress(msgspec.json.encode(events))
    answer = requests.post(url, data=packed, timeout=60)
    return len(msgspec.json.decode(answer.content))


def durable_writes(folder: Path, count: int) -> list[float]:
    """Write 4 KB and have it flushed, so many times; return the seconds of each."""
    page = secrets.token_bytes(4_096)
    path = folder / "bare"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.write(handle, page * 256)
    os.fsync(handle)
    flush = getattr(os, "fdatasync", os.fsync)
    taken = []
    for turn in range(count):
        started = time.perf_counter()
        os.lseek(handle, turn % 256 * 4_096, os.SEEK_SET)
        os.write(handle, page)
        flush(handle)
        taken.append(time.perf_counter() - started)
    os.close(handle)
    path.unlink()
    return taken


def family_file(connection: Any, family_id: str) -> int:
    """Read and parse a whole family file with one indexed query; return how many records."""
    rows = connection.execute(
        "SELECT wire FROM record WHERE family_id = ? ORDER BY kind, happened_at DESC", (family_id,)
    ).fetchall()
    return len([msgspec.json.decode(each[0]) for each in rows])


def _lines(url: str) -> Iterator[bytes]:
    with requests.get(url, stream=True, timeout=300) as answer:
        unpacked = zstandard.ZstdDecompressor().stream_reader(cast("IO[bytes]", answer.raw), read_across_frames=True)
        left = b""
        while part := unpacked.read(262_144):
            *whole, left = (left + part).split(b"\n")
            yield from whole


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _row(line: bytes, last: dict[int, int]) -> tuple[Any, ...]:
    plain = msgspec.json.decode(line)
    body = plain["body"]
    happened = body.get("happened_at") or body.get("started_at") or plain["written_at"]
    day = date.fromisoformat(happened[:10]).toordinal() - _EPOCH
    last[day] = last.get(day, 0) + 1
    row = day << 20 | last[day]
    return (
        row,
        plain["id"],
        plain["family_id"],
        plain["kind"],
        happened,
        plain["seq"],
        _words(body),
        line.decode(),
    )


def _words(body: dict[str, Any]) -> str:
    return "\n".join([body[name] for name in _WORDS if name in body])
