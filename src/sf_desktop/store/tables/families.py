"""Knows how far each family file on the laptop is: cursor, the council's number, whether it is whole, since when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_desktop.store.tables import meta
from sf_desktop.wording import error
from sf_record.wire import digest
from sf_record.wire.rounds import FamilyState


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one family file is on this laptop."""

    family_id: str
    cursor: int
    seq: int
    is_complete: bool
    went_back: bool  # the council's numbers are lower than they were: it forgot something
    as_of: str | None  # the council's time when the file was last known to be whole
    released: str | None  # why it leaves, where it does as soon as nothing unsent is left
    until: str = ""  # the last day on which it may be here, where it is for a visit pack only


@dataclass(frozen=True, slots=True)
class Moved:
    """What records that were just stored change in the proof of their family file: how many more, old XOR new."""

    count: int = 0
    digest: int = 0

    def plus(self, record_id: str, before: int, now: int) -> Moved:
        """Count in a record that went from the council's number ``before`` to ``now``; 0 where it had none."""
        was = digest.entry(record_id, before) if before else 0
        return Moved(self.count + int(not before), self.digest ^ was ^ digest.entry(record_id, now))


_PROVED = "is_complete = 1 AND went_back = 0 AND cursor = seq AND digest <> ''"  # its count and digest were held
_ALL_AS_OF = "all_as_of"  # the council's time when it last had nothing newer than all whole files here
# A file that is whole is so as of the later of its own time and that of all: a round with no news writes one value,
# however many files there are. Whatever ends that keeps the time in the file's own row.
_IS_CURRENT = "is_complete = 1 AND cursor = seq AND released IS NULL"
_AS_OF = (
    f"CASE WHEN {_IS_CURRENT} THEN nullif(max(coalesce(as_of, ''),"
    f" coalesce((SELECT value FROM meta WHERE name = '{_ALL_AS_OF}'), '')), '') ELSE as_of END"
)
_COLUMNS = f"family_id, cursor, seq, is_complete, went_back, {_AS_OF} AS as_of, released, until"


def standing(connection: Connection, family_id: str) -> Standing | None:
    found = connection.execute(f"SELECT {_COLUMNS} FROM family_cursor WHERE family_id = ?", (family_id,)).fetchone()
    return None if found is None else _standing(found)


def is_here(connection: Connection, family_id: str) -> bool:
    """Say whether anything of a family file is on this laptop, or begins here."""
    return connection.execute("SELECT 1 FROM family_cursor WHERE family_id = ?", (family_id,)).fetchone() is not None


def standings(connection: Connection) -> dict[str, Standing]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM family_cursor")
    return {str(each[0]): _standing(each) for each in rows}


def count(connection: Connection) -> int:
    """Count the files of which anything is on this laptop, also those that are to leave."""
    found = connection.execute("SELECT count(*) FROM family_cursor").fetchone()
    return int(found[0]) if found else 0


def some(connection: Connection, family_ids: Sequence[str]) -> dict[str, Standing]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM family_cursor WHERE family_id IN ({marks(len(family_ids))})", tuple(family_ids)
    )
    return {str(each[0]): _standing(each) for each in rows}


def _standing(found: tuple[str, int, int, int, int, str | None, str | None, str]) -> Standing:
    family_id, cursor, seq, is_complete, went_back, as_of, released, until = found
    return Standing(family_id, cursor, seq, bool(is_complete), bool(went_back), as_of, released, until)


# A file that was opened here, and whose first allocation the council has not judged, is nothing to ask it about.
_ASKED_ABOUT = (
    "released IS NULL AND NOT (cursor = 0 AND is_complete = 1"
    " AND EXISTS (SELECT 1 FROM outbox WHERE outbox.family_id = f.family_id"
    " AND kind = 'allocation' AND action = 'create' AND state = 'waiting' AND receipt_seq IS NULL))"
)


def cursors(connection: Connection) -> dict[str, int]:
    """Return every family file's cursor, also of those not complete yet; not of those that leave."""
    rows = connection.execute(f"SELECT family_id, cursor FROM family_cursor AS f WHERE {_ASKED_ABOUT}")
    return {str(each[0]): int(each[1]) for each in rows}


def has_cursors(connection: Connection) -> bool:
    """Say whether :func:`cursors` has any."""
    found = connection.execute(f"SELECT 1 FROM family_cursor AS f WHERE {_ASKED_ABOUT} LIMIT 1")
    return found.fetchone() is not None


def digests(connection: Connection) -> dict[str, str]:
    """Return the digest of every whole family file as it was last proved; not of those that leave."""
    rows = connection.execute(f"SELECT family_id, digest FROM family_cursor WHERE released IS NULL AND {_PROVED}")
    return {str(each[0]): str(each[1]) for each in rows}


def complete(connection: Connection) -> frozenset[str]:
    """Return the family files that are whole: reminders and counts are made of these only."""
    rows = connection.execute("SELECT family_id FROM family_cursor WHERE is_complete = 1")
    return frozenset(str(each[0]) for each in rows)


def packs(connection: Connection) -> dict[str, str]:
    """Return the last day of each family file that is here for a visit pack only, and does not leave yet."""
    rows = connection.execute("SELECT family_id, until FROM family_cursor WHERE until <> '' AND released IS NULL")
    return {str(each[0]): str(each[1]) for each in rows}


def note_began(connection: Connection, family_ids: Collection[str]) -> None:
    """Records of these family files are on the laptop, but not yet all."""
    connection.executemany(
        "INSERT INTO family_cursor (family_id) VALUES (?) ON CONFLICT (family_id) DO NOTHING",
        [(each,) for each in family_ids],
    )


def note_opened(connection: Connection, family_id: str) -> None:
    """A family file begins here: all that there is of it is on this laptop, and the council has nothing of it yet."""
    connection.execute("INSERT INTO family_cursor (family_id, is_complete) VALUES (?, 1)", (family_id,))


def advance(connection: Connection, state: FamilyState, at: str, moved: Moved | None = None) -> bool:
    """Move a family file's cursor after its records were stored; False where it is not what the council says it is.

    A file whose cursor equals the council's number must have the council's count and digest; then it is whole.
    ``moved`` is what its records changed, where that is known; else the file is proved from all of them.
    """
    before = standing(connection, state.family_id)
    if before is not None and state.seq < before.cursor:
        connection.execute(
            f"UPDATE family_cursor SET went_back = 1, is_complete = 0, seq = ?, as_of = {_AS_OF} WHERE family_id = ?",
            (state.seq, state.family_id),
        )
        return False
    if before is None:
        note_began(connection, (state.family_id,))
    if state.cursor == state.seq and not (_follows(connection, state, moved) or holds(connection, state)):
        connection.execute(
            # It is here again all the same: the council is asked about it, and it is pulled whole.
            f"UPDATE family_cursor SET is_complete = 0, seq = ?, as_of = {_AS_OF}, released = NULL WHERE family_id = ?",
            (state.seq, state.family_id),
        )
        return False
    is_whole = state.cursor == state.seq
    connection.execute(
        "UPDATE family_cursor SET cursor = ?, seq = ?, count = ?, digest = ?, is_complete = max(is_complete, ?),"
        f" went_back = went_back AND NOT ?, as_of = CASE WHEN ? THEN ? ELSE {_AS_OF} END, released = NULL,"
        " until = ? WHERE family_id = ?",
        (
            state.cursor, state.seq, state.count, state.digest, int(is_whole), int(is_whole), int(is_whole), at,
            state.until, state.family_id,
        ),
    )  # fmt: skip
    return True


def _follows(connection: Connection, state: FamilyState, moved: Moved | None) -> bool:
    """Say whether a file that was whole has become what the council says by just what was stored, none lost since."""
    if moved is None:
        return False
    found = connection.execute(
        f"SELECT count, digest FROM family_cursor WHERE family_id = ? AND {_PROVED}", (state.family_id,)
    ).fetchone()
    if found is None or int(found[0]) + moved.count != state.count or _count(connection, state) != state.count:
        return False
    return digest.text(int(str(found[1]), 16) ^ moved.digest) == state.digest


def _count(connection: Connection, state: FamilyState) -> int:
    # By the end of its id: that index has a file on two or three pages. Two files that end alike (one pair in four
    # thousand million) would count each other's records, and be proved from all of their own.
    found = connection.execute(
        "SELECT count(*) FROM record INDEXED BY record_given WHERE substr(family_id, -8) = ? AND is_given = 1",
        (state.family_id[-8:],),
    ).fetchone()
    return int(found[0]) if found else 0


def holds(connection: Connection, state: FamilyState) -> bool:
    """Say whether the laptop holds as many records of a family file as the council, at the same numbers."""
    rows = connection.execute(
        "SELECT id, seq FROM record WHERE family_id = ? AND seq > 0 AND is_forgotten = 0", (state.family_id,)
    ).fetchall()
    if len(rows) != state.count:
        return False
    return digest.text(digest.combine(digest.entry(each[0], each[1]) for each in rows)) == state.digest


def whole_after(connection: Connection, family_id: str, limit: int) -> list[FamilyState]:
    """Return what whole family files must be, in the order of their ids, from after this one on."""
    rows = connection.execute(
        f"SELECT family_id, cursor, seq, count, digest FROM family_cursor WHERE family_id > ? AND {_PROVED}"
        " ORDER BY family_id LIMIT ?",
        (family_id, limit),
    )
    return [FamilyState(family_id=a, cursor=b, seq=c, count=d, digest=e) for a, b, c, d, e in rows]


def all_as_of(connection: Connection, at: str) -> None:
    """The council has nothing newer: every whole file is whole as of now."""
    meta.write(connection, _ALL_AS_OF, at)


def reopen(connection: Connection, family_ids: Collection[str]) -> None:
    """Forget these files' cursors: they are pulled whole."""
    connection.executemany(
        f"UPDATE family_cursor SET cursor = 0, is_complete = 0, as_of = {_AS_OF} WHERE family_id = ?",
        [(each,) for each in family_ids],
    )


def mark_released(connection: Connection, family_id: str, reason: str) -> None:
    connection.execute(
        f"UPDATE family_cursor SET released = ?, as_of = {_AS_OF} WHERE family_id = ?", (reason, family_id)
    )


def forget(connection: Connection, family_id: str) -> None:
    connection.execute("DELETE FROM family_cursor WHERE family_id = ?", (family_id,))


def require_staying(connection: Connection, family_id: str) -> None:
    """Refuse to begin anything in a family file that is being destroyed: it would be destroyed with it, unsaid."""
    rows = connection.execute("SELECT 1 FROM release WHERE family_id = ? AND stage = 'leaving'", (family_id,))
    if rows.fetchone() is not None:
        raise error("family_gone")
