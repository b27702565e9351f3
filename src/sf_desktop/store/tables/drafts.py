"""Keeps what is being typed, with the place of the cursor: a save is one row written, a discard can be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sf_desktop.store.coding import plain_text, read_plain
from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_desktop.store.tables import families

NEW_FILE = "new_file"  # the kind of what is begun of a family file: its id, and its family's, are the ones to come


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Something begun and not finished.

    ``record_id`` names the record that is being changed (None: a new one, whose id will be the draft's), ``base`` its
    body when the draft was started. ``place`` is where the cursor was, in the form's own words.
    """

    id: str
    kind: str
    family_id: str
    record_id: str | None = None
    base_seq: int = 0
    started_at: str
    saved_at: str
    discarded_at: str | None = None
    place: dict[str, Any] = field(default_factory=dict)
    base: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)


_COLUMNS = "id, kind, family_id, record_id, base_seq, started_at, saved_at, discarded_at, place, base, body"


def begin(connection: Connection, draft: Draft) -> None:
    """Store a new draft."""
    families.require_staying(connection, draft.family_id)
    connection.execute(
        f"INSERT INTO draft ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            draft.id, draft.kind, draft.family_id, draft.record_id, draft.base_seq, draft.started_at, draft.saved_at,
            draft.discarded_at, plain_text(draft.place), plain_text(draft.base), plain_text(draft.body),
        ),
    )  # fmt: skip


def save(connection: Connection, draft_id: str, body: dict[str, Any], place: dict[str, Any], at: str) -> bool:
    """Store what is typed now; False where there is no such draft any more (it was signed or thrown away)."""
    done = connection.execute(
        "UPDATE draft SET body = ?, place = ?, saved_at = ?, discarded_at = NULL WHERE id = ?",
        (plain_text(body), plain_text(place), at, draft_id),
    )
    return done.rowcount == 1


def get(connection: Connection, draft_id: str) -> Draft | None:
    """Return a draft, discarded or not."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM draft WHERE id = ?", (draft_id,)).fetchone()
    return None if found is None else _draft(found)


def current(connection: Connection, family_id: str | None = None, kind: str | None = None) -> list[Draft]:
    """Return drafts to go on with, the last touched first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE discarded_at IS NULL AND (?1 IS NULL OR family_id = ?1)"
        " AND (?2 IS NULL OR kind = ?2) ORDER BY saved_at DESC, id DESC",
        (family_id, kind),
    )
    return [_draft(each) for each in rows]


def discarded(connection: Connection) -> list[Draft]:
    """Return what was thrown away and can still be taken back, the latest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE discarded_at IS NOT NULL ORDER BY discarded_at DESC, id DESC"
    )
    return [_draft(each) for each in rows]


def of_record(connection: Connection, record_id: str, kinds: tuple[str, ...]) -> Draft | None:
    """Return the draft of one of these kinds that belongs to a record, the last touched, where one was begun."""
    return next(iter(all_of_record(connection, record_id, kinds)), None)


def all_of_record(connection: Connection, record_id: str, kinds: tuple[str, ...]) -> tuple[Draft, ...]:
    """Return the drafts of these kinds that belong to a record, the last touched first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE record_id = ? AND discarded_at IS NULL"
        f" AND kind IN ({marks(len(kinds))}) ORDER BY saved_at DESC, id DESC",
        (record_id, *kinds),
    )
    return tuple(_draft(each) for each in rows)


def discard(connection: Connection, draft_id: str, at: str | None) -> bool:
    """Put a draft away, or (``at`` None) take it back."""
    done = connection.execute("UPDATE draft SET discarded_at = ? WHERE id = ?", (at, draft_id))
    return done.rowcount == 1


def delete(connection: Connection, draft_id: str) -> None:
    """Destroy a draft: it has become a record."""
    connection.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def clear_discarded(connection: Connection, before: str) -> int:
    """Destroy drafts that were discarded before a moment; return how many."""
    return connection.execute("DELETE FROM draft WHERE discarded_at < ?", (before,)).rowcount


def delete_of_family(connection: Connection, family_id: str) -> None:
    connection.execute("DELETE FROM draft WHERE family_id = ?", (family_id,))


def _draft(found: tuple[Any, ...]) -> Draft:
    return Draft(
        id=found[0],
        kind=found[1],
        family_id=found[2],
        record_id=found[3],
        base_seq=found[4],
        started_at=found[5],
        saved_at=found[6],
        discarded_at=found[7],
        place=read_plain(found[8]),
        base=read_plain(found[9]),
        body=read_plain(found[10]),
    )
