"""Looks for words in every file of some folders, and in any other bytes, in UTF-8 and UTF-16."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

PIECE_BYTES = 16 << 20
_TAIL_BYTES = 8
_KEEPS_THEM = {".db", ".sqlite", ".sqlite3"}


def sweep(words: Iterable[str], folders: Iterable[Path], council: Path | None = None) -> tuple[str, ...]:
    """Return the files that hold one of these words, or are called so, and are not the council's own database."""
    wanted = forms(words)
    return tuple(sorted({str(path) for path in _files(folders, council) if _tells(path, wanted)}))


def forms(words: Iterable[str]) -> tuple[bytes, ...]:
    """Return each word as it can lie in memory or in a file."""
    return tuple(form for word in sorted(set(words)) for form in (word.encode(), word.encode("utf-16-le")))


def held_in(source: BinaryIO, wanted: Sequence[bytes]) -> frozenset[bytes]:
    """Return which of these are in what can be read, a piece at a time."""
    longest, found, end = max(map(len, wanted)), set[bytes](), b""
    tails = {form[-_TAIL_BYTES:] for form in wanted}  # many words end alike: where no end is, no word is
    while piece := source.read(PIECE_BYTES):
        piece = end + piece
        if any(tail in piece for tail in tails):
            found.update(form for form in wanted if form not in found and form in piece)
        end = piece[-longest:]
    return frozenset(found)


def words_of(council: Path) -> Iterator[str]:
    """Yield the names and addresses that the council's database holds."""
    for database in council.glob("*"):
        if database.suffix not in _KEEPS_THEM:
            continue
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as opened:
            for (line,) in opened.execute("SELECT line FROM record"):
                yield from _of_record(msgspec.json.decode(line))


def _of_record(record: dict[str, object]) -> Iterator[str]:
    body = record["body"]
    assert isinstance(body, dict)
    if record["kind"] == "family":
        yield from (str(body[name]) for name in ("name", "address") if body.get(name))
    if record["kind"] == "person" and body.get("given_name") and body.get("family_name"):
        yield f"{body['given_name']} {body['family_name']}"


def _files(folders: Iterable[Path], council: Path | None) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            is_council = path.parent == council and path.name.split("-")[0].endswith(tuple(_KEEPS_THEM))
            if not is_council and path.is_file() and not path.is_symlink():
                yield path


def _tells(path: Path, wanted: Sequence[bytes]) -> bool:
    """Whether a file's name or content holds one; what cannot be read fails the sweep, what has gone does not."""
    if held_in(io.BytesIO(str(path).encode()), wanted):
        return True
    try:
        with path.open("rb") as source:
            return bool(held_in(source, wanted))
    except FileNotFoundError:
        return False
