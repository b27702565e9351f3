"""Judges the events of one page in memory, on rows that are locked, and writes what came of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.council import Council
from sf_council.api.events.incoming import Incoming, event_of
from sf_council.api.events.soundness import problem_fields
from sf_council.api.scope import Caller
from sf_council.database.council import configuration
from sf_council.database.family import allocations, events, families
from sf_council.database.family.events import Answered, Kept
from sf_council.database.family.families import Counter, Written
from sf_council.database.laptop import devices
from sf_record.dates import day_in_england, moment_text
from sf_record.events import Action, Event
from sf_record.ids import is_id
from sf_record.kinds.group import ROOTS
from sf_record.merge import Applied, apply
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.record import Record
from sf_record.rules import agreements
from sf_record.rules.permissions import Standing
from sf_record.wire.rounds import EVENT_BYTES
from sf_record.wire.tray import FAMILY_MOVED

_LOG = logging.getLogger("sf_council.events")
_STAYS = frozenset({"not_yours"})  # asked again each time: a family file may still be allocated to the author


class Judge:
    """What a page of events needs to know, and what is to be written for it. Lives for one transaction."""

    _may_follow = True
    """Whether what waits for something in the holding tray goes there too."""

    def __init__(self, connection: Connection, council: Council, caller: Caller, page: Sequence[Incoming]) -> None:
        readable = [each.event for each in page if each.event is not None and not each.code]
        self._connection = connection
        self._council = council
        self._caller = caller
        self._at = council.at()
        self._families = families.lock(connection, council.id, {each.family_id for each in readable})
        here = tuple(self._families)
        self._standings = dict(scope.standings(connection, caller, here, council.now()))
        named = {each.event_id for each in page} | {each.previous for each in readable if each.previous}
        self._answered = events.answered(connection, council.id, {each for each in named if is_id(each)})
        touched = {(each.family_id, each.record_id) for each in readable if each.family_id in self._families}
        self._records = families.records(connection, council.id, touched)
        # Under the lock of their family files, and only where something on the page needs them.
        agreed_in = {each.family_id for each in readable if agreements.asks(each.kind)} & set(here)
        if agreed_in:
            kinds = agreements.KINDS_OF_AGREEMENT
            self._records |= families.records_of_kinds(connection, council.id, agreed_in, kinds)
        self._stored = frozenset(self._records)
        self._changed: dict[tuple[str, str], Written] = {}
        new = {each.record_id for each in readable if (each.family_id, each.record_id) not in self._records}
        new |= {each.family_id for each in readable if each.family_id not in self._families}
        self._owners = families.owners(connection, council.id, {each for each in new if is_id(each)})
        self._devices: frozenset[str] | None = None
        self._taken: list[Kept] = []
        self._held: dict[str, Kept] = {}
        self._in_tray: list[Kept] = []
        self._moved: set[str] = set()
        self._opened: set[str] = set()

    def outcome(self, incoming: Incoming) -> Outcome:
        """Return what becomes of one event. Whatever goes wrong with it stays with it."""
        known = self._answered.get(incoming.event_id)
        if known is not None:
            is_own = known.author_id == self._caller.worker.id
            # Another content under a known id has not been taken, so it is not acknowledged.
            is_it = is_own and _is_same(known.line, incoming)
            return known.outcome if is_it else _refused(incoming.event_id, "already_exists")
        if incoming.event is None or incoming.code:
            return self._refuse(incoming, incoming.code)
        try:
            return self._judge(incoming, incoming.event)
        except Exception as error:  # noqa: BLE001 - one poisoned event never blocks the rest; it is told, and logged
            _LOG.error("event_poisoned", extra={"event_id": incoming.event_id, "error": type(error).__name__})
            return self._refuse(incoming, "poisoned")

    def write(self) -> None:
        """Write all that came of the page."""
        connection, council_id = self._connection, self._council.id
        changed = self._changed
        for family_id in sorted(self._opened):
            families.add(connection, council_id, family_id)
        families.insert_records(connection, council_id, [changed[key] for key in changed if key not in self._stored])
        families.replace_records(connection, council_id, [changed[key] for key in changed if key in self._stored])
        families.keep_counters(connection, council_id, [self._families[each] for each in self._moved])
        for record, _ in changed.values():
            if record.kind == "allocation":
                today = day_in_england(self._council.now()).isoformat()
                latest = {"at_latest_from": today} if record.family_id in self._opened else {}
                allocations.keep(connection, council_id, record, **latest)
        events.keep(connection, council_id, self._taken)
        events.keep_held(connection, council_id, tuple(self._held.values()))
        events.keep_in_tray(connection, council_id, self._in_tray)

    def _judge(self, incoming: Incoming, event: Event) -> Outcome:
        if event.family_id not in self._families and self._may_open(event):
            return self._open(incoming, event)
        return self._judge_in_file(incoming, event)

    def _may_open(self, event: Event) -> bool:
        """Say whether the event may be the first of a new family file."""
        is_free = event.family_id not in self._owners and event.family_id != event.record_id
        return is_free and scope.may_open(self._connection, self._caller, event, self._council.now())

    def _open(self, incoming: Incoming, event: Event) -> Outcome:
        """Judge the first event of a new family file; the file comes into being with it, or not at all."""
        family_id = event.family_id
        self._families[family_id] = Counter(family_id, 0, 0, 0)
        self._standings[family_id] = Standing.TEAM
        outcome = self._judge_in_file(incoming, event)
        if family_id in self._moved:
            self._opened.add(family_id)
        else:
            del self._families[family_id], self._standings[family_id]
        return outcome

    def _judge_in_file(self, incoming: Incoming, event: Event) -> Outcome:
        standing = self._standings.get(event.family_id, Standing.NONE)
        record = self._records.get((event.family_id, event.record_id))
        reason = scope.reason_against(self._caller, standing, event, record)
        if reason == FAMILY_MOVED or (reason is None and self._follows_into_tray(event)):
            return self._keep_in_tray(incoming, event)
        if reason is None:
            reason = self._out_of_order(event) or self._unfit(event, record) or self._not_agreed(event, record)
        if reason == "predecessor_missing":
            return self._hold(incoming, event, reason)
        if reason is not None:
            return self._refuse(incoming, reason)
        return self._apply(incoming, event, record)

    def _out_of_order(self, event: Event) -> str | None:
        """Return why an event cannot follow the one before it on the same laptop."""
        if event.previous is None:
            return None
        before = self._before(event)
        if before is None:
            return "predecessor_missing"
        signs = event.is_signing or event.action is Action.SIGN
        # A text is never signed without a change that its author made to it; other changes stand by themselves.
        return "predecessor_refused" if signs and not before.is_in_file else None

    def _follows_into_tray(self, event: Event) -> bool:
        """Say whether the event before this one lies in the holding tray: the two are decided together."""
        before = self._before(event)
        return before is not None and before.outcome.code == FAMILY_MOVED

    def _before(self, event: Event) -> Answered | None:
        """Return what became of the event before it, which its author wrote: somebody else's tells nothing here."""
        before = self._answered.get(event.previous) if event.previous else None
        return before if before is not None and before.author_id == event.author_id else None

    def _unfit(self, event: Event, record: Record | None) -> str | None:
        if event.device_id not in self._own_devices():
            return "not_author"
        if event.kind in ROOTS and event.record_id != event.family_id:
            return "already_exists"
        if record is not None and record.kind != event.kind:
            return "already_exists"
        if record is None and self._owners.get(event.record_id, event.family_id) != event.family_id:
            return "already_exists"  # another family file has a record of this id
        return None

    def _not_agreed(self, event: Event, record: Record | None) -> str | None:
        """Return why no agreement of the family allows this; what came earlier on the same page counts."""
        if not agreements.asks(event.kind):
            return None
        mine = [each for (family_id, _), each in self._records.items() if family_id == event.family_id]
        return agreements.reason_against(event, record.body if record else {}, mine)

    def _apply(self, incoming: Incoming, event: Event, record: Record | None) -> Outcome:
        counter = self._families[event.family_id]
        applied = apply(record, event, counter.seq + 1)
        if applied.record is None:
            return self._not_applied(incoming, event, applied)
        fields = problem_fields(event, record, applied.record, self._council.codes, day_in_england(self._council.now()))
        if fields:
            return self._refuse(incoming, "invalid", fields)
        written = families.written(applied.record)
        if len(written.line) > EVENT_BYTES:
            return self._refuse(incoming, "too_large")
        # From here on nothing can fail: an event is taken whole or not at all.
        counter.moved(event.record_id, None if record is None else record.seq)
        self._moved.add(event.family_id)
        self._records[event.family_id, event.record_id] = applied.record
        self._changed[event.family_id, event.record_id] = written
        self._owners[event.record_id] = event.family_id
        receipt = Receipt(family_id=event.family_id, seq=counter.seq, at=self._at)
        outcome = Outcome(
            event_id=event.id, result=applied.result, receipt=receipt, code=applied.code, fields=applied.fields
        )
        return self._keep(incoming, event, outcome, counter.seq)

    def _not_applied(self, incoming: Incoming, event: Event, applied: Applied) -> Outcome:
        if applied.result is not Result.HELD:
            return self._refuse(incoming, applied.code)
        if applied.code == "predecessor_missing" and self._before(event) is not None:
            return self._refuse(incoming, "predecessor_refused")  # it came, and was not taken
        if self._lies_in_tray(event):
            return self._keep_in_tray(incoming, event)  # a restored council got there what its author had seen
        return self._hold(incoming, event, applied.code)

    def _lies_in_tray(self, event: Event) -> bool:
        """Say whether anything of the event's record lies in the holding tray, to be decided with it."""
        if not self._may_follow:
            return False
        if any(each.record_id == event.record_id for each in self._in_tray):
            return True
        return events.lies_in_tray(self._connection, self._council.id, event.family_id, event.record_id)

    def _is_forgotten(self, event_id: str) -> bool:
        """Say whether what an event waits for comes no more: every laptop that still opens has spoken to us since."""
        since = events.held_since(self._connection, self._council.id, event_id)
        if since is None:
            return False
        days = configuration.read(self._connection, self._council.id).lease_lock_days
        return since < moment_text(self._council.now() - timedelta(days=days))

    def _own_devices(self) -> frozenset[str]:
        if self._devices is None:
            self._devices = devices.of_worker(self._connection, self._council.id, self._caller.worker.id)
        return self._devices

    def _refuse(self, incoming: Incoming, code: str, fields: tuple[str, ...] = ()) -> Outcome:
        outcome = _refused(incoming.event_id, code, fields)
        if is_id(incoming.event_id) and code not in _STAYS:
            self._keep(incoming, incoming.event, outcome, None)
        return outcome

    def _hold(self, incoming: Incoming, event: Event, code: str) -> Outcome:
        if code == "predecessor_missing" and self._is_forgotten(event.id):
            return self._refuse(incoming, "predecessor_forgotten")
        outcome = Outcome(event_id=event.id, result=Result.HELD, code=code)
        self._held[event.id] = self._kept(incoming, event, outcome, None)
        return outcome

    def _keep_in_tray(self, incoming: Incoming, event: Event, code: str = FAMILY_MOVED) -> Outcome:
        if event.author_id != self._caller.worker.id or event.device_id not in self._own_devices():
            return self._refuse(incoming, "not_author")
        outcome = events.in_tray(event.id, event.family_id, self._at, code)
        self._in_tray.append(self._kept(incoming, event, outcome, None))
        self._answered[event.id] = Answered(event.author_id, outcome, is_in_file=False, line=incoming.line)
        return outcome

    def _keep(self, incoming: Incoming, event: Event | None, outcome: Outcome, seq: int | None) -> Outcome:
        self._held.pop(incoming.event_id, None)
        self._taken.append(self._kept(incoming, event, outcome, seq))
        self._answered[incoming.event_id] = Answered(
            self._caller.worker.id, outcome, is_in_file=seq is not None, line=incoming.line
        )
        return outcome

    def _kept(self, incoming: Incoming, event: Event | None, outcome: Outcome, seq: int | None) -> Kept:
        return Kept(
            event_id=incoming.event_id,
            family_id=event.family_id if event and incoming.code != "poisoned" else "",
            record_id=event.record_id if event and incoming.code != "poisoned" else "",
            author_id=self._caller.worker.id,
            at=self._at,
            line=incoming.line,
            seq=seq,
            outcome=outcome,
        )


def _is_same(line: bytes, incoming: Incoming) -> bool:
    """Say whether an event is the one that was sent before, even if a newer program spells it otherwise."""
    if line == incoming.line:
        return True
    return incoming.event is not None and incoming.event == event_of(line)


def _refused(event_id: str, code: str, fields: tuple[str, ...] = ()) -> Outcome:
    return Outcome(event_id=event_id, result=Result.REFUSED, code=code, fields=fields)
