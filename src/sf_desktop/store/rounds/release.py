"""Lets family files leave the laptop: what must come first, destroying them piece by piece, and the signed receipt.

::

    waiting -------> leaving -------> destroyed -------> (the vault gets a new key) -------> receipt -------> sent
    unsent work,     fifty records    nothing of it      what is left on the disk
    what is begun,   at a time        can be read here   can be read no more
    holds

Each stage is in the vault, so that whatever is killed goes on at the next start. A family file that comes back
meanwhile is no longer released.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.coding import plain_text
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import (
    attachments,
    audit,
    decisions,
    drafts,
    families,
    meta,
    outbox,
    places,
    records,
    tokens,
)
from sf_record.dates import moment_text, read_moment
from sf_record.kinds import KINDS
from sf_record.wire.audit import Look, Looked
from sf_record.wire.leaving import CLOSED, NOT_HEARD, PACK_ENDED, WIPE_RECEIPT, Left, WipeReceipt
from sf_record.wire.orders import Signed, to_sign

_LATELY = timedelta(days=1)
PIECE_RECORDS = 50  # destroyed in one transaction, so that a save never waits for more
_FIRST = "kind = 'family' DESC, kind = 'person' DESC"  # a list shows no file of which a part is gone
# What is of a family file and has its own way out; every other table with a column of that name is emptied of it.
_APART = frozenset({"record", "outbox", "family_cursor", "release", "audit"})


class Stage(StrEnum):
    """How far a family file has left."""

    WAITING = "waiting"
    LEAVING = "leaving"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class Leaving:
    """One family file that leaves."""

    family_id: str
    reason: str
    told_at: str
    hold_until: str
    stage: Stage
    records: int
    kept_drafts: int


@dataclass(frozen=True, slots=True)
class Waits:
    """What a family file still waits for before it may leave."""

    unsent: int = 0
    begun: int = 0
    has_attachments: bool = False
    registers: int = 0

    def __bool__(self) -> bool:
        return bool(self.unsent or self.begun or self.has_attachments or self.registers)


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did: ``is_more`` while there is something to destroy."""

    changes: ChangeSet
    is_more: bool
    files: tuple[str, ...] = ()  # of attachments, which nobody can read any more: to be removed after the commit


_COLUMNS = "family_id, reason, told_at, hold_until, stage, records, kept_drafts"


def told(connection: Connection, family_id: str, reason: str, hold_until: str, at: str) -> None:
    """The council says that a family file leaves, and until when it may not be destroyed (a day; '' for no hold)."""
    if families.standing(connection, family_id) is None:
        return
    families.mark_released(connection, family_id, reason)
    connection.execute(
        "INSERT INTO release (family_id, reason, told_at, hold_until) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (family_id) DO UPDATE SET reason = excluded.reason, hold_until = excluded.hold_until,"
        " told_at = CASE stage WHEN 'waiting' THEN told_at ELSE excluded.told_at END, stage = 'waiting'",
        (family_id, reason, at, hold_until),
    )


def end_overdue(connection: Connection, today: str, stay_after: str, at: str) -> None:
    """Let go what is past its stated day, without being told: packs of a day before today (a day whose having come is
    certain), and everything where the council was last heard of before ``stay_after`` (a moment, '' for never mind).
    """
    for family_id, until in families.packs(connection).items():
        if until < today:
            told(connection, family_id, PACK_ENDED, "", at)
    heard_at = meta.read(connection, meta.HEARD_AT)
    if stay_after and heard_at is not None and heard_at < stay_after:
        for family_id in families.cursors(connection):
            told(connection, family_id, NOT_HEARD, "", at)


def came_back(connection: Connection, family_id: str) -> bool:
    """The council sends a family file again: it is not released any more. Say whether anything of it is still here."""
    gone = connection.execute("DELETE FROM release WHERE family_id = ? AND stage <> 'destroyed'", (family_id,))
    return gone.rowcount > 0


def leaving(connection: Connection) -> tuple[Leaving, ...]:
    """Return the family files that leave, in the order in which the laptop was told."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM release ORDER BY told_at, family_id")
    return tuple(
        Leaving(family_id, reason, told_at, hold_until, Stage(stage), count, kept)
        for family_id, reason, told_at, hold_until, stage, count, kept in rows
    )


def waiting_ids(connection: Connection, most: int) -> tuple[str, ...]:
    """Return the ids of family files that are told and still here: the council says anew what holds for them."""
    rows = connection.execute(
        "SELECT family_id FROM release WHERE stage = 'waiting' ORDER BY told_at, family_id LIMIT ?", (most,)
    )
    return tuple(str(each[0]) for each in rows)


def waits(connection: Connection, family_id: str) -> Waits:
    """Return what must come first: events without a receipt, what is begun, attachments not yet with the council, and
    registers on which somebody is marked and that are not saved.
    """
    return Waits(
        outbox.unsent_of(connection, family_id),
        len(drafts.current(connection, family_id)),
        has_attachments=attachments.waiting(connection, family_id),
        registers=len(places.marks_in(connection, family_id)),
    )


def may_leave(connection: Connection, each: Leaving, today: str) -> bool:
    """Say whether a family file may be destroyed now."""
    return each.hold_until < today and not waits(connection, each.family_id)


def step(connection: Connection, at: str, today: str) -> Step:
    """Destroy the next piece of what may leave, in the caller's transaction. Ask again while there is more."""
    every = leaving(connection)
    for each in every:
        if each.stage is Stage.LEAVING:
            return _go_on(connection, each.family_id, at)
    for each in every:
        if each.stage is Stage.WAITING and may_leave(connection, each, today):
            if asked := _ask_again(connection, each):
                return Step(ChangeSet(frozenset({"outbox"}), asked), is_more=True)
            _begin(connection, each.family_id)
            return _go_on(connection, each.family_id, at)
    return Step(ChangeSet(), is_more=False)


def _ask_again(connection: Connection, each: Leaving) -> frozenset[str]:
    """Send again what was answered long before the council was last heard, and return its records' ids.

    The file waited (for a hold, a draft) since it was told to leave, and the council may have been restored meanwhile.
    What leaves without being told cannot ask.
    """
    heard_at = meta.read(connection, meta.HEARD_AT)
    if heard_at is None or each.reason in (NOT_HEARD, PACK_ENDED):
        return frozenset()
    lately = moment_text(read_moment(heard_at) - _LATELY)
    return frozenset(outbox.send_again(connection, (each.family_id,), answered_before=lately))


def is_due(connection: Connection) -> bool:
    """Say whether something was destroyed and the vault still has the key under which it lay."""
    return connection.execute("SELECT 1 FROM release WHERE stage = 'destroyed' LIMIT 1").fetchone() is not None


def destroyed_ids(connection: Connection) -> frozenset[str]:
    """Return the family files of which nothing is left but what the old key could read."""
    rows = connection.execute("SELECT family_id FROM release WHERE stage = 'destroyed'")
    return frozenset(str(each[0]) for each in rows)


def rekeyed(
    connection: Connection, family_ids: frozenset[str], generation: int, receipt_id: str, at: str, said_at: str
) -> None:
    """The vault has a new key since these were destroyed: sign the receipt, and keep it until the council has it.

    ``at`` is the moment by this laptop's clock, for what it lists; ``said_at`` by the council's, for what it signs.
    """
    gone = [each for each in leaving(connection) if each.stage is Stage.DESTROYED and each.family_id in family_ids]
    who = tokens.sign_in(connection)
    if gone and who is not None:
        receipt = WipeReceipt(
            id=receipt_id,
            device_id=who.device_id,
            at=said_at,
            key_generation=generation,
            families=tuple(Left(family_id=each.family_id, reason=each.reason, records=each.records) for each in gone),
        )
        _keep_receipt(connection, receipt, at, who.device_key, sum(each.kept_drafts for each in gone))
    connection.executemany("DELETE FROM release WHERE family_id = ?", [(each.family_id,) for each in gone])


def receipts_to_send(connection: Connection) -> tuple[tuple[str, Signed], ...]:
    """Return the receipts that the council does not have yet, with their ids, oldest first."""
    rows = connection.execute(
        "SELECT id, statement, signature FROM wipe_receipt WHERE received_at IS NULL ORDER BY made_at, id"
    )
    return tuple((str(each[0]), Signed(text=each[1], signature=each[2])) for each in rows)


def receipt_sent(connection: Connection, receipt_id: str, at: str) -> None:
    """The council has a receipt: what it says of families is not kept here."""
    connection.execute(
        "UPDATE wipe_receipt SET received_at = ?, statement = '', signature = '' WHERE id = ?", (at, receipt_id)
    )


def forget_receipts(connection: Connection, before: str) -> None:
    """Forget receipts that the council has had since before a moment."""
    connection.execute("DELETE FROM wipe_receipt WHERE received_at < ?", (before,))


def left_lately(connection: Connection, most: int) -> tuple[tuple[str, int, int, bool, int], ...]:
    """Return when family files left, how many, how many drafts were kept, and whether the council has the receipt.

    Last how many of the files had been closed.
    """
    rows: Sequence[tuple[str, int, int, str | None, int]] = connection.execute(
        "SELECT made_at, families, kept_drafts, received_at, closed FROM wipe_receipt ORDER BY made_at DESC LIMIT ?",
        (most,),
    ).fetchall()
    return tuple((str(each[0]), int(each[1]), int(each[2]), each[3] is not None, int(each[4])) for each in rows)


def note_kept_drafts(connection: Connection, family_id: str, count: int) -> None:
    """What was begun in a family file that leaves has become work that the council gets."""
    connection.execute("UPDATE release SET kept_drafts = kept_drafts + ? WHERE family_id = ?", (count, family_id))


def _begin(connection: Connection, family_id: str) -> None:
    """From here on the file is not here any more: it has no cursor, and nothing can be written into it."""
    connection.execute(
        "UPDATE release SET stage = 'leaving', records = (SELECT count(*) FROM record WHERE record.family_id = ?1)"
        " WHERE family_id = ?1",
        (family_id,),
    )
    families.forget(connection, family_id)


def _go_on(connection: Connection, family_id: str, at: str) -> Step:
    rows = connection.execute(
        f"SELECT id FROM record WHERE family_id = ? ORDER BY {_FIRST} LIMIT ?", (family_id, PIECE_RECORDS)
    ).fetchall()
    if rows:
        records.delete(connection, [str(each[0]) for each in rows])
        return Step(ChangeSet(), is_more=True)
    files = _destroy_rest(connection, family_id)
    connection.execute("UPDATE release SET stage = 'destroyed', destroyed_at = ? WHERE family_id = ?", (at, family_id))
    audit.append(connection, (Looked(at, Look.RELEASED, family_id),))
    kinds = frozenset(KINDS) | {"draft", "outbox"}
    return Step(ChangeSet(kinds, families=frozenset({family_id})), is_more=True, files=files)


def _destroy_rest(connection: Connection, family_id: str) -> tuple[str, ...]:
    """Destroy what is not a record: drafts, texts of events, keys of attachments, places, rows of other rooms."""
    drafts.delete_of_family(connection, family_id)
    outbox.blank(connection, family_id)
    decisions.blank(connection)
    files = attachments.forget(connection, family_id)
    for table in _tables_by_family(connection):
        connection.execute(f'DELETE FROM "{table}" WHERE family_id = ?', (family_id,))
    # Screens may stand on it, and what was typed to find it may be its name. Locking keeps the place of then.
    places.forget(connection)
    return files


def _tables_by_family(connection: Connection) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND c.name = 'family_id'"
    )
    return [str(each[0]) for each in rows if each[0] not in _APART]


def _keep_receipt(
    connection: Connection, receipt: WipeReceipt, made_at: str, device_key: bytes, kept_drafts: int
) -> None:
    text = plain_text(receipt)
    closed = sum(each.reason == CLOSED for each in receipt.families)
    signature = Ed25519PrivateKey.from_private_bytes(device_key).sign(to_sign(WIPE_RECEIPT, text))
    connection.execute(
        "INSERT INTO wipe_receipt (id, made_at, statement, signature, families, kept_drafts, closed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (receipt.id, made_at, text, b64encode(signature).decode(), len(receipt.families), kept_drafts, closed),
    )
