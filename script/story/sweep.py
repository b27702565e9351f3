"""Looks for generated names and sentences in every file of some folders, in UTF-8 and UTF-16."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

LARGEST_BYTES = 400_000_000
SHORTEST_PROSE, LONGEST_PROSE = 24, 60  # characters
_KEEPS_THEM = {".db", ".sqlite", ".sqlite3"}


def sweep(council: Path, folders: Iterable[Path], sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the files that hold a generated name, address or sentence and are not the council's own database."""
    wanted = [form for word in {*_words(council), *sentences} for form in (word.encode(), word.encode("utf-16-le"))]
    found = {str(path) for path in _files(folders, council) if _holds(path, wanted)}
    return tuple(sorted(found))


def _words(council: Path) -> Iterator[str]:
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
    for prose in ("text", "observed", "voice", "worries", "strengths"):
        yield from _beginnings(str(body.get(prose) or ""))
    if record["kind"] == "person" and body.get("given_name") and body.get("family_name"):
        yield f"{body['given_name']} {body['family_name']}"


def _beginnings(prose: str) -> Iterator[str]:
    """Yield the beginning of what somebody wrote, long enough to stand nowhere by chance."""
    if len(prose) >= SHORTEST_PROSE:
        yield prose[:LONGEST_PROSE]


def _files(folders: Iterable[Path], council: Path) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            is_council = path.parent == council and path.name.split("-")[0].endswith(tuple(_KEEPS_THEM))
            if not is_council and path.is_file() and not path.is_symlink():
                yield path


def _holds(path: Path, wanted: Sequence[bytes]) -> bool:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return False
        content = path.read_bytes()
    except OSError:
        return False
    return any(form in content for form in wanted)
