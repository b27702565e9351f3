"""The one way in for what the council says: each answer is applied whole, in one transaction, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sf_desktop.store.changes import ChangeSet, of_records
from sf_desktop.store.coding import record_text
from sf_desktop.store.connection import Connection
from sf_desktop.store.queries import projection
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import attachments, configuration, decisions, families, meta, outbox, records
from sf_desktop.store.tables.rows import RowNumbers
from sf_record.record import Record
from sf_record.wire.rounds import FamilyState, RoundAnswer

_PROVED_TO = "files_proved_to"


@dataclass(frozen=True, slots=True)
class Applied:
    """What an answer changed, and which family files are not what the council says they are."""

    changes: ChangeSet
    differing: tuple[str, ...] = ()


def apply(connection: Connection, answer: RoundAnswer) -> Applied:
    """Apply a round's answer. Applying it again changes nothing."""
    answered = _outcomes(connection, answer)
    changes = _decisions(connection, answer)
    stored = _store(connection, answer.records, [record_text(each) for each in answer.records])
    changes |= stored.changes
    if answered:
        # What came together with its receipt has just been worked out.
        changes |= reproject(connection, answered - stored.ids) | ChangeSet(frozenset({"outbox"}), frozenset(answered))
    differing = _advance(connection, answer.families, answer.at, stored.moved())
    touched = frozenset(each.family_id for each in answer.families)
    changes |= ChangeSet(families=touched)
    if answer.configuration is not None:
        configuration.keep(connection, answer.configuration, answer.at)
        changes |= ChangeSet(kinds=frozenset({"configuration"}))
    for gone in answer.released:
        _ask_once_more(connection, gone.family_id, answer.at)
        release.told(connection, gone.family_id, gone.reason, gone.hold_until, answer.at)
        changes |= ChangeSet(families=frozenset({gone.family_id}))
    if not answer.more and not answer.cursors_wanted:
        families.all_as_of(connection, answer.at)
    return Applied(changes, tuple(differing))


def _ask_once_more(connection: Connection, family_id: str, at: str) -> None:
    """Send again what was done here to a file that leaves: an event that the council has gets the same answer.

    It may have been restored from a copy older than a receipt, and says no number of a file that is out of scope.
    """
    before = families.standing(connection, family_id)
    if before is not None and before.released is None:
        outbox.send_again(connection, (family_id,), unless_at=at)


def _outcomes(connection: Connection, answer: RoundAnswer) -> set[str]:
    return {
        record_id
        for outcome in answer.outcomes
        if (record_id := outbox.answered(connection, outcome, answer.at)) is not None
    }


def _decisions(connection: Connection, answer: RoundAnswer) -> ChangeSet:
    touched = decisions.apply(connection, answer.decisions, answer.at) if answer.decisions else set()
    changes = reproject(connection, touched) if touched else ChangeSet()
    if not answer.cursors_wanted and decisions.keep_to_place(connection, answer.to_place):
        changes |= ChangeSet(kinds=frozenset({"to_place"}))
    return changes


def reproject(connection: Connection, record_ids: Collection[str]) -> ChangeSet:
    """Work out records anew after their events changed."""
    numbers = RowNumbers(connection)
    shown = [projection.project(connection, each, numbers) for each in sorted(record_ids)]
    changes = of_records(each for each in shown if each is not None)
    return changes | ChangeSet(frozenset({"outbox"}), frozenset(record_ids))


def store(connection: Connection, arrived: Sequence[Record], wires: Sequence[str]) -> ChangeSet:
    """Store records as the council holds them, each with its JSON; one older than what is here changes nothing."""
    return _store(connection, arrived, wires).changes


@dataclass(frozen=True, slots=True)
class _Stored:
    """What was stored: each record's family file, its id, and the council's number before (0: none) and now."""

    changes: ChangeSet
    steps: Sequence[tuple[str, str, int, int]]
    is_provable: bool  # no record of it had been forgotten

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(record_id for _, record_id, _, _ in self.steps)

    def moved(self) -> dict[str, families.Moved]:
        """Return what each family file's proof changed by."""
        moved: dict[str, families.Moved] = defaultdict(families.Moved)
        for family_id, record_id, before, now in self.steps if self.is_provable else ():
            moved[family_id] = moved[family_id].plus(record_id, before, now)
        return moved


def _store(connection: Connection, arrived: Sequence[Record], wires: Sequence[str]) -> _Stored:
    latest = {record.id: (record, wire) for record, wire in zip(arrived, wires, strict=True)}
    has_events = not outbox.is_empty(connection)
    here = records.stored_many(connection, tuple(latest))
    remembered = connection.executemany(
        "UPDATE record SET is_forgotten = 0, is_given = seq > 0 WHERE id = ? AND is_forgotten = 1",
        [(each,) for each in here],
    )
    numbers = RowNumbers(connection)
    fresh = []
    steps = []
    # In the order of rows: the text index then takes all changes in one go, where any other order flushes it each time.
    for record, wire in sorted(latest.values(), key=lambda pair: _row(here.get(pair[0].id))):
        before = here.get(record.id)
        if before is not None and before.family_id != record.family_id:
            continue  # an id that another family file has: never in its place. That this file differs is told.
        if before is not None and _is_same(before, record, wire):
            continue
        steps.append((record.family_id, record.id, before.seq if before else 0, record.seq))
        if before is None and not has_events:
            fresh.append(records.held(record, wire))
        else:
            projection.accept(connection, record, wire, before, numbers)
    records.insert_new(connection, fresh, numbers)
    families.note_began(connection, frozenset(each.family_id for each in arrived))
    return _Stored(of_records(arrived), steps, is_provable=remembered.rowcount <= 0)


def _row(before: records.Stored | None) -> int:
    return 0 if before is None else before.row


def _is_same(before: records.Stored, record: Record, wire: str) -> bool:
    return before.seq == record.seq and before.council_text == wire


def pull(
    connection: Connection,
    arrived: Sequence[Record],
    raw: Sequence[bytes],
    ends: Sequence[FamilyState],
    only: Mapping[str, frozenset[str]],
    at: str,
) -> Applied:
    """Store a batch of a stream. A family file counts as whole only with its end.

    ``only`` names all records of the files that were streamed from 0: others that the council once had leave, except
    where the council's numbers went back: it lost them then, and this copy may be the last.
    """
    changes = store(connection, arrived, [each.decode() for each in raw])
    for family_id, wanted in only.items():
        changes |= _drop_others(connection, family_id, wanted)
    differing = _advance(connection, ends, at)
    changes |= ChangeSet(families=frozenset(each.family_id for each in ends))
    return Applied(changes, tuple(differing))


def _advance(
    connection: Connection, states: Sequence[FamilyState], at: str, moved: Mapping[str, families.Moved] | None = None
) -> list[str]:
    """Move cursors, and return the family files that are not what the council says. What it sends leaves no more.

    What was done here to one that comes back is sent again: while it was leaving, no number of it could tell that the
    council had been restored from a copy.
    """
    differing = []
    for state in states:
        if release.came_back(connection, state.family_id):
            _offer_again(connection, (state.family_id,), unless_at=at)
        if not families.advance(connection, state, at, (moved or {}).get(state.family_id)):
            differing.append(state.family_id)
    return differing


def _drop_others(connection: Connection, family_id: str, wanted: frozenset[str]) -> ChangeSet:
    rows = connection.execute(
        "SELECT id, kind FROM record WHERE family_id = ? AND seq > 0 AND is_forgotten = 0", (family_id,)
    ).fetchall()
    others = [(str(each[0]), str(each[1])) for each in rows if each[0] not in wanted]
    now = families.standing(connection, family_id)
    for record_id, _ in others:
        if now is not None and now.went_back:
            connection.execute("UPDATE record SET is_forgotten = 1, is_given = 0 WHERE id = ?", (record_id,))
        elif outbox.shown_events(connection, record_id):
            # Something written here still waits: keep what its author saw, no longer as the council's.
            connection.execute(
                "UPDATE record SET is_forgotten = 1, is_given = 0, is_waiting = 1 WHERE id = ?", (record_id,)
            )
        else:
            records.delete(connection, (record_id,))
    return ChangeSet(frozenset(kind for _, kind in others), frozenset(each for each, _ in others))


def reopen(connection: Connection, family_ids: Collection[str]) -> ChangeSet:
    """Forget these family files' cursors and receipts: they are pulled whole, and what was done here is sent again."""
    families.reopen(connection, family_ids)
    return _offer_again(connection, family_ids)


def _offer_again(connection: Connection, family_ids: Collection[str], unless_at: str = "") -> ChangeSet:
    attachments.send_again(connection, family_ids)
    return reproject(connection, set(outbox.send_again(connection, family_ids, unless_at=unless_at)))


def prove_slice(connection: Connection, at_a_time: int = 20) -> bool:
    """Read some whole family files again and pull anew those that are not what was proved; True once all were read.

    Between two unlockings a file is proved by what was stored only. One call is one transaction.
    """
    wanted = families.whole_after(connection, meta.read(connection, _PROVED_TO) or "", at_a_time)
    wrong = [each.family_id for each in wanted if not families.holds(connection, each)]
    if wrong:
        reopen(connection, wrong)
    meta.write(connection, _PROVED_TO, wanted[-1].family_id if wanted else None)
    return not wanted
