"""Keeps many family files that are brought in until all of them lie here; only then does the first of them come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sf_desktop.store.coding import plain_text, read_plain
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import meta

_WHOLE = "arriving"  # of meta: how many family files come in; nothing where not all of them lie here yet


@dataclass(frozen=True, slots=True)
class Laid:
    """One family file that lies here: the texts of its events and of its records, in order."""

    family_id: str
    events: tuple[str, ...]
    records: tuple[str, ...]
    number: int = 0


def lay(connection: Connection, files: Iterable[Laid]) -> None:
    """Put these behind those that lie here."""
    connection.executemany(
        "INSERT INTO arriving (family_id, size, events, records) VALUES (?, ?, ?, ?)",
        [(each.family_id, len(each.events), plain_text(each.events), plain_text(each.records)) for each in files],
    )


def all_lie_here(connection: Connection, count: int) -> None:
    """Say that these are all: from now on they come in, whatever happens."""
    meta.write(connection, _WHOLE, str(count))


def coming(connection: Connection) -> tuple[int, int]:
    """Return how many came in already and how many there are; (0, 0) where none comes in."""
    count = int(meta.read(connection, _WHOLE) or 0)
    if not count:
        return 0, 0
    [(left,)] = connection.execute("SELECT count(*) FROM arriving").fetchall()
    return count - int(left), count


def first(connection: Connection, events: int) -> Sequence[Laid]:
    """Return the next that come in: as many as have no more than so many events together, and at least one."""
    chosen: list[Laid] = []
    room = events
    rows = connection.execute("SELECT number, family_id, size, events, records FROM arriving ORDER BY number")
    for number, family_id, size, said, records in rows:
        if chosen and size > room:
            break
        room -= size
        chosen.append(Laid(family_id, tuple(read_plain(said)), tuple(read_plain(records)), number))
    return chosen


def came_in(connection: Connection, files: Sequence[Laid]) -> None:
    """Take these away; with the last of them nothing comes in any more."""
    connection.executemany("DELETE FROM arriving WHERE number = ?", [(each.number,) for each in files])
    if connection.execute("SELECT 1 FROM arriving LIMIT 1").fetchone() is None:
        meta.write(connection, _WHOLE, None)


def forget(connection: Connection) -> None:
    """Take away what was laid down and not brought to its end; what comes in stays."""
    if meta.read(connection, _WHOLE) is None:
        connection.execute("DELETE FROM arriving")
