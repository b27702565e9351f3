"""Counts what is in the vault: for the foot of every screen one query, never more than is true; the rest by family."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_desktop.store.tables.attachments import OWED
from sf_desktop.store.tables.outbox import UNSENT, unsent_of


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """Today's events and everything older that is not settled.

    ``saved`` were saved today or still wait; ``with_council`` of them have a receipt; ``waiting`` have none, and nobody
    has to act; ``needs_you`` were refused, or are conflicts on the family files that are here.
    """

    saved: int
    with_council: int
    waiting: int
    needs_you: int
    unreceipted: int
    last_receipt_at: str | None
    files_waiting: int = 0  # contents of attachments that the council does not have whole
    drafts: int = 0  # begun and not finished: nobody but this laptop has them
    concerns: int = 0  # signed, and without a receipt: nobody but this laptop knows of them
    phone: str = ""  # whom to ring about them

    @property
    def is_all_with_council(self) -> bool:
        """Say whether every event of this laptop has its receipt, and the council every content."""
        return self.unreceipted == 0 and self.files_waiting == 0


# Each half by an index that holds no more than it needs.
_OPEN_OR_TODAY = (
    "SELECT state, result, receipt_at FROM outbox WHERE state IN ('waiting', 'needs_you')"
    " UNION ALL SELECT state, result, receipt_at FROM outbox INDEXED BY outbox_settled"
    " WHERE state IN ('with_council', 'set_aside') AND saved_at >= ?1"
)


def status(connection: Connection, today_from: str, settles: Collection[str] | None = None) -> StatusCounts:
    """Count, today being everything saved since a moment; conflicts of the kinds that somebody ``settles``, or all."""
    found = connection.execute(
        "SELECT coalesce(sum(1), 0), coalesce(sum(receipt_at IS NOT NULL AND state <> 'set_aside'), 0),"
        # A conflict of one's own stands on its record, like everybody else's, and is counted there.
        " coalesce(sum(state = 'waiting'), 0), coalesce(sum(state = 'needs_you' AND result <> 'conflict'), 0),"
        " coalesce(sum(receipt_at IS NULL AND state <> 'set_aside'), 0),"
        " (SELECT max(receipt_at) FROM outbox WHERE number > (SELECT max(number) - 2000 FROM outbox)),"
        f" (SELECT count(*) FROM attachment WHERE {OWED}),"
        " (SELECT count(*) FROM draft WHERE discarded_at IS NULL)"
        f" FROM ({_OPEN_OR_TODAY})",
        (today_from,),
    ).fetchone()
    assert found is not None
    saved, with_council, waiting, needs_you, *rest = found
    return StatusCounts(saved, with_council, waiting, needs_you + conflicts(connection, settles), *rest)


def conflicts(connection: Connection, kinds: Collection[str] | None = None) -> int:
    """Count the conflicts on records of these kinds that are here, or of all."""
    among = "" if kinds is None else f" AND kind IN ({marks(len(kinds))})"
    found = connection.execute(
        f"SELECT coalesce(sum(has_conflicts), 0) FROM record WHERE has_conflicts > 0{among}", tuple(kinds or ())
    ).fetchone()
    return int(found[0]) if found else 0


def conflicts_of(connection: Connection, family_id: str) -> int:
    """Count the conflicts on the records of one family file."""
    found = connection.execute(
        "SELECT coalesce(sum(has_conflicts), 0) FROM record INDEXED BY record_conflict"
        " WHERE has_conflicts > 0 AND family_id = ?",
        (family_id,),
    ).fetchone()
    return int(found[0]) if found else 0


def waiting_of(connection: Connection, family_id: str) -> int:
    """Count a family file's events that the council does not hold yet."""
    return unsent_of(connection, family_id)


def records_by_family(connection: Connection) -> dict[str, int]:
    """Count the records of each family file."""
    return _by_family(connection, "record")


def drafts_by_family(connection: Connection) -> dict[str, int]:
    """Count what is begun and not finished in each family file, without what was thrown away."""
    return _by_family(connection, "draft WHERE discarded_at IS NULL")


def unreceipted_by_family(connection: Connection) -> dict[str, int]:
    """Count the events of each family file that have no receipt and were not given up."""
    return _by_family(connection, f"outbox WHERE {UNSENT}")


def contents_here(connection: Connection) -> tuple[int, int]:
    """Return how many contents of attachments are here and can be read, and how many bytes they take."""
    found = connection.execute(
        "SELECT count(*), coalesce(sum(size), 0) FROM attachment WHERE is_here = 1 AND key IS NOT NULL"
    ).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)


def size_bytes(connection: Connection) -> int:
    """Return how large the database is."""
    pages = connection.execute("PRAGMA page_count").fetchone()
    return int(pages[0]) * 4096 if pages else 0


def _by_family(connection: Connection, rows: str) -> dict[str, int]:
    found = connection.execute(f"SELECT family_id, count(*) FROM {rows} GROUP BY family_id")
    return {str(each[0]): int(each[1]) for each in found}
