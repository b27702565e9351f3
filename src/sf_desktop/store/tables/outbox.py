"""The ledger of what was done on this laptop: events, when each was saved and sent, and what the council answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from sf_desktop.store.coding import event_text, plain_text, read_event
from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import Work, marks
from sf_desktop.store.tables import withdrawals
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.outcomes import CHANGED_BEFORE_SIGNED, Outcome, Result
from sf_record.record import Record

_EVER = "9999"  # after every moment's text
FIRST = tuple(sorted(name for name, kind in KINDS.items() if kind.goes_first))  # concerns, steps on them, who is out


class State(StrEnum):
    """Where an event is."""

    WAITING = "waiting"  # the council has not acknowledged it
    WITH_COUNCIL = "with_council"  # it has a receipt
    NEEDS_YOU = "needs_you"  # refused, unreadable or in conflict: somebody must act
    SET_ASIDE = "set_aside"  # its author has dealt with it


# What the council does not have: nothing else is without a receipt, except what its author gave up. It is named by its
# states, so that their index finds it and not all is gone through that was ever sent.
UNSENT = "state IN ('waiting', 'needs_you') AND receipt_seq IS NULL"
IN_TRAY, RETURNED = "family_moved", "returned"  # the answers to work on a family file that had moved


def append(tx: Work, event: Event, saved_at: str) -> None:
    """Put an event into the outbox and seal a copy; an event that is there already stays as it is."""
    append_all(tx, ((event, event_text(event)),), saved_at)


def append_all(tx: Work, events: Sequence[tuple[Event, str]], saved_at: str) -> None:
    """Put many events into the outbox, in this order, each with its text; see :func:`append`."""
    tx.connection.executemany(
        "INSERT INTO outbox (id, record_id, family_id, kind, action, previous, state, is_shown, saved_at, event)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (id) DO NOTHING",
        [
            (
                event.id, event.record_id, event.family_id, event.kind, event.action.value, event.previous,
                State.WAITING.value, saved_at, text,
            )
            for event, text in events
        ],
    )  # fmt: skip
    for event, text in events:
        tx.seal(event.id, text.encode(), goes_first=event.kind in FIRST)


def unsealed(connection: Connection, sealed_ids: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the events without a receipt, and withdrawals, that the sealed outbox lacks: after a kill before append."""
    rows = connection.execute(f"SELECT id, event FROM outbox WHERE {UNSENT}")
    for event_id, text in rows:
        if event_id not in sealed_ids:
            yield event_id, text.encode()
    yield from withdrawals.unsealed(connection, sealed_ids)


def latest_of(connection: Connection, record_id: str) -> str | None:
    """Return the id of the last event of this laptop on a record that the council has not acknowledged yet."""
    found = connection.execute(
        "SELECT id FROM outbox WHERE record_id = ? AND receipt_seq IS NULL AND state <> ? ORDER BY number DESC LIMIT 1",
        (record_id, State.SET_ASIDE.value),
    ).fetchone()
    return None if found is None else str(found[0])


def followed(connection: Connection, record_id: str) -> str | None:
    """Return the id of the event of this laptop that the next one on a record follows: the last that the council's
    version here does not hold yet. It may have a receipt: its record has not come, or it lies in the holding tray.
    """
    found = connection.execute(
        "SELECT id FROM outbox WHERE record_id = ? AND (receipt_seq IS NULL OR is_shown = 1) AND state <> ?"
        " ORDER BY number DESC LIMIT 1",
        (record_id, State.SET_ASIDE.value),
    ).fetchone()
    return None if found is None else str(found[0])


def shown_events(connection: Connection, record_id: str) -> list[tuple[Event, int | None]]:
    """Return the events still laid over the council's version, in order, each with its receipt's number."""
    rows = connection.execute(
        "SELECT event, receipt_seq FROM outbox WHERE record_id = ? AND is_shown = 1 ORDER BY number", (record_id,)
    )
    return [(read_event(each[0]), each[1]) for each in rows]


def hide(connection: Connection, event_ids: Collection[str]) -> None:
    """Lay these events over the council's version no longer: it holds them now, or their author gave them up."""
    connection.executemany("UPDATE outbox SET is_shown = 0 WHERE id = ?", [(each,) for each in event_ids])


def outgoing(
    connection: Connection, max_events: int, max_bytes: int, without: Collection[str] = ()
) -> tuple[Event, ...]:
    """Return the next page of events to send, in order; the first is in it whatever its size.

    Safeguarding goes first, on a page of its own: on a thin signal a small page arrives where a large one is cut.
    Within a record the order is always that of saving, for all its events are of one kind. Nothing counts as sent by
    this: the way to the council may be cut, so only its answer says that an event has left (see :func:`answered`).
    """
    page: list[Event] = []
    size, has_concern = 0, False
    for event_id, text, goes_first in _waiting(connection):
        if event_id in without:
            continue
        size += len(text.encode())
        is_full = size > max_bytes or len(page) >= max_events
        if page and (is_full or (has_concern and not goes_first)):
            break
        page.append(read_event(text))
        has_concern = has_concern or page[-1].kind in FIRST
    return tuple(page)


def _waiting(connection: Connection) -> Iterator[tuple[str, str, bool]]:
    # What is in a family file that was opened here can only follow its first allocation, which therefore goes as early.
    first = f"(kind IN ({marks(len(FIRST))}) OR (kind = 'allocation' AND action = 'create'))"
    for is_first in (True, False):  # one after the other: a full outbox is never sorted
        for found in connection.execute(
            f"SELECT id, event FROM outbox WHERE state = ? AND {'' if is_first else 'NOT '}{first} ORDER BY number",
            (State.WAITING.value, *FIRST),
        ):
            yield str(found[0]), str(found[1]), is_first


def phone_now(connection: Connection, kind: str) -> tuple[tuple[str, str, str], ...]:
    """Return (record, family file, saved at) of what was signed of this kind and has no receipt, the first one first.

    Also what the council refused, and what its author has not given up: until there is a receipt, nobody else knows.
    """
    rows = connection.execute(
        "SELECT outbox.record_id, outbox.family_id, min(outbox.saved_at) FROM outbox"
        " LEFT JOIN record ON record.id = outbox.record_id"
        " WHERE state IN (?, ?) AND outbox.kind = ? AND action = ? AND receipt_seq IS NULL"
        " AND coalesce(is_in_error, 0) = 0 GROUP BY outbox.record_id ORDER BY 3",
        (State.WAITING.value, State.NEEDS_YOU.value, kind, Action.CREATE.value),
    )
    return tuple((str(each[0]), str(each[1]), str(each[2])) for each in rows)


def answered(connection: Connection, outcome: Outcome, at: str) -> str | None:
    """Note what the council said of an event; return its record's id, or None where it is not from this laptop."""
    found = connection.execute(
        "SELECT record_id, state, previous FROM outbox WHERE id = ?", (outcome.event_id,)
    ).fetchone()
    if found is None:
        return None
    state = State.SET_ASIDE if found[1] == State.SET_ASIDE else _state(outcome)
    if state is State.WAITING and outcome.code == "predecessor_missing" and not _may_arrive(connection, found[2]):
        state, outcome = State.NEEDS_YOU, replace(outcome, code="predecessor_refused")
    receipt = outcome.receipt
    connection.execute(
        "UPDATE outbox SET state = ?, sent_at = coalesce(sent_at, ?), answered_at = ?, result = ?, code = ?,"
        " fields = ?, receipt_seq = ?, receipt_at = ? WHERE id = ?",
        (
            state.value, at, at, outcome.result.value, outcome.code, plain_text(outcome.fields),
            receipt.seq if receipt else None, receipt.at if receipt else None, outcome.event_id,
        ),
    )  # fmt: skip
    if outcome.result is Result.REFUSED:
        _flag_successors(connection, outcome.event_id, at)
    return str(found[0])


def _state(outcome: Outcome) -> State:
    if outcome.result in {Result.REFUSED, Result.CONFLICT} or outcome.code == CHANGED_BEFORE_SIGNED:
        return State.NEEDS_YOU
    return State.WITH_COUNCIL if outcome.receipt is not None else State.WAITING


def _may_arrive(connection: Connection, event_id: str | None) -> bool:
    """Say whether the council may still have an event from here: not one that it never took and is out of the queue.

    What follows none of ours follows the council's own version: a restored council gets that again from those who know.
    """
    if event_id is None:
        return True
    found = connection.execute(
        "SELECT 1 FROM outbox WHERE id = ? AND (state NOT IN (?, ?) OR receipt_seq IS NOT NULL)",
        (event_id, State.NEEDS_YOU.value, State.SET_ASIDE.value),
    ).fetchone()
    return found is not None


def _flag_successors(connection: Connection, event_id: str, at: str) -> None:
    """What builds on a refused event can never arrive: it needs its author too, and is not sent for nothing."""
    connection.execute(
        "WITH RECURSIVE after(id) AS ("
        " SELECT id FROM outbox WHERE previous = ?"
        " UNION SELECT outbox.id FROM outbox JOIN after ON previous = after.id)"
        " UPDATE outbox SET state = ?, answered_at = ?, result = ?, code = ?"
        " WHERE state = ? AND id IN (SELECT id FROM after)",
        (event_id, State.NEEDS_YOU.value, at, Result.HELD.value, "predecessor_refused", State.WAITING.value),
    )


def flag(connection: Connection, event_id: str, code: str, at: str) -> None:
    """Take an event that the council cannot read out of what is sent: it needs its author."""
    connection.execute(
        "UPDATE outbox SET state = ?, answered_at = ?, result = ?, code = ? WHERE id = ? AND receipt_seq IS NULL",
        (State.NEEDS_YOU.value, at, Result.REFUSED.value, code, event_id),
    )
    _flag_successors(connection, event_id, at)


def nothing_left(connection: Connection, record: Record, seq: int) -> None:
    """Take a record's events off the needs-you list: those in conflict once nothing of them is left to settle, and
    those that were not signed once the record is signed, or in error.

    ``seq`` is the council's number of the version that is here: a receipt may come before its record.
    """
    open_events = {each.id.partition(":")[0] for each in record.conflicts}
    is_closed = record.signed is not None or record.in_error is not None
    rows = connection.execute(
        "SELECT id, code FROM outbox WHERE record_id = ? AND state = ? AND (result = ? OR code = ?)"
        " AND receipt_seq <= ?",
        (record.id, State.NEEDS_YOU.value, Result.CONFLICT.value, CHANGED_BEFORE_SIGNED, seq),
    ).fetchall()
    done = [each for each, code in rows if (is_closed if code == CHANGED_BEFORE_SIGNED else each not in open_events)]
    connection.executemany("UPDATE outbox SET state = ? WHERE id = ?", [(State.WITH_COUNCIL.value, e) for e in done])


def is_empty(connection: Connection) -> bool:
    """Say whether nothing was ever done on this laptop that the ledger still knows."""
    return connection.execute("SELECT 1 FROM outbox LIMIT 1").fetchone() is None


def deal_with(connection: Connection, event_id: str) -> None:
    """Its author has dealt with an event: it stays in the ledger and needs nobody any more."""
    connection.execute(
        "UPDATE outbox SET state = ?, is_shown = 0 WHERE id = ? AND state = ?",
        (State.SET_ASIDE.value, event_id, State.NEEDS_YOU.value),
    )


def send_again(
    connection: Connection, family_ids: Collection[str], *, unless_at: str = "", answered_before: str = _EVER
) -> list[str]:
    """Forget the receipts of these family files' events, so that all are sent again; return the records' ids.

    What was answered at the moment ``unless_at``, or not before the moment ``answered_before``, is left as it is: the
    council has just said what it holds. So is what was returned: its author has the text, and it is in no family file.
    """
    touched: list[str] = []
    for family_id in family_ids:
        rows = connection.execute(
            "UPDATE outbox SET state = ?, is_shown = 1, receipt_seq = NULL, receipt_at = NULL, result = '', code = ''"
            " WHERE family_id = ? AND receipt_seq IS NOT NULL AND state <> ? AND event <> '' AND answered_at <> ?"
            " AND answered_at < ? AND code <> ? RETURNING record_id",
            (State.WAITING.value, family_id, State.SET_ASIDE.value, unless_at, answered_before, RETURNED),
        )
        touched += [str(each[0]) for each in rows.fetchall()]
    return touched


def unsent(connection: Connection) -> int:
    """Count what was done on this laptop and is not with the council, or still needs somebody."""
    found = connection.execute(f"SELECT count(*) FROM outbox WHERE {UNSENT}").fetchone()
    return int(found[0]) if found else 0


def unsent_of(connection: Connection, family_id: str) -> int:
    """Count that of one family file."""
    found = connection.execute(f"SELECT count(*) FROM outbox WHERE {UNSENT} AND family_id = ?", (family_id,)).fetchone()
    return int(found[0]) if found else 0


def blank(connection: Connection, family_id: str) -> None:
    """Destroy the texts of a released family file's events; when each was saved and received stays.

    A conflict that was not settled here is no longer this laptop's to settle: the council holds both versions. What
    was returned stays until its author has dealt with it: it is in no family file.
    """
    connection.execute(
        "UPDATE outbox SET event = '', given_up = '', is_shown = 0, state = CASE WHEN state = ? THEN ? ELSE state END"
        " WHERE family_id = ? AND NOT (state = ? AND code = ?)",
        (State.NEEDS_YOU.value, State.WITH_COUNCIL.value, family_id, State.NEEDS_YOU.value, RETURNED),
    )
    connection.execute("UPDATE outbox SET is_shown = 0 WHERE family_id = ?", (family_id,))


def adopt(connection: Connection, event: Event) -> None:
    """Note what this worker wrote on a laptop that is no more; the answer to it is noted next."""
    connection.execute(
        "INSERT INTO outbox (id, record_id, family_id, kind, action, previous, state, is_shown, saved_at, event)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (id) DO NOTHING",
        (
            event.id, event.record_id, event.family_id, event.kind, event.action.value, event.previous,
            State.NEEDS_YOU.value, event.written_at, event_text(event),
        ),
    )  # fmt: skip


def give_back(connection: Connection, event_id: str, text: str) -> None:
    """Put back the text of an event that was returned to its author; it is not laid over the council's version."""
    connection.execute(
        "UPDATE outbox SET event = ?, is_shown = 0 WHERE id = ? AND state = ?",
        (text, event_id, State.NEEDS_YOU.value),
    )


def blank_one(connection: Connection, event_id: str) -> None:
    """Destroy the text of one event that was returned and dealt with."""
    connection.execute(
        "UPDATE outbox SET event = '', is_shown = 0 WHERE id = ? AND state = ? AND code = ?",
        (event_id, State.SET_ASIDE.value, RETURNED),
    )


# What still lies in the holding tray stays until it is decided.
_RECEIVED_BEFORE = f"receipt_at < ? AND state IN ('with_council', 'set_aside') AND is_shown = 0 AND code <> '{IN_TRAY}'"


def received_before(connection: Connection, moment: str) -> frozenset[str]:
    """Return the ids of events that the council has held since before a moment."""
    rows = connection.execute(f"SELECT id FROM outbox WHERE {_RECEIVED_BEFORE}", (moment,))
    return frozenset(str(each[0]) for each in rows)


def prune(connection: Connection, moment: str) -> int:
    """Forget events that the council has held since before a moment; return how many."""
    return connection.execute(f"DELETE FROM outbox WHERE {_RECEIVED_BEFORE}", (moment,)).rowcount
