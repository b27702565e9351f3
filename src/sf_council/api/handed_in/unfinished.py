"""Puts what was begun and never finished into the holding tray: handed in sealed, for a supervisor to decide.

Nothing of it is checked but whose it is: a person looks at it. What the family file says already, or its author has
written otherwise since, is left out. A laptop seals what is begun again and again, each time as another event: of the
copies that were handed in the newest lies there, or the supervisor could put none of them into the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from sf_council.api.council import Council
from sf_council.api.events.incoming import Incoming, event_of
from sf_council.api.events.judging import Judge
from sf_council.api.scope import Caller
from sf_council.database.family import events as kept_events
from sf_council.database.family.events import Kept
from sf_council.database.held import tray
from sf_council.database.held.tray import Lying
from sf_record.events import Action, Event
from sf_record.merge import changed_fields
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.record import Record
from sf_record.rules.permissions import Standing, may_decide_tray, may_see_family
from sf_record.wire.tray import UNFINISHED, is_new_file

STANDS = "stands_already"
OLDER = "newer_begun"  # a newer copy of the same lies in the tray


class UnfinishedJudge(Judge):
    """Judges events that nobody meant to send yet."""

    def _judge(self, incoming: Incoming, event: Event) -> Outcome:
        standing = self._standings.get(event.family_id, Standing.NONE)
        is_theirs = may_see_family(self._caller.worker, standing) or standing is Standing.PAST
        if not is_theirs and not self._is_of_new_file(event):
            return self._refuse(incoming, "not_yours")
        if _stands(self._records.get((event.family_id, event.record_id)), event):
            return Outcome(event_id=event.id, result=Result.ACCEPTED, code=STANDS)
        if self._has_newer(event):
            return Outcome(event_id=event.id, result=Result.ACCEPTED, code=OLDER)
        return self._keep_in_tray(incoming, event, UNFINISHED)

    def _is_of_new_file(self, event: Event) -> bool:
        """Say whether these are the words of a supervisor's form of a new family file, of which there is none yet."""
        is_free = event.family_id not in self._families and event.family_id not in self._owners
        return is_free and is_new_file(event) and may_decide_tray(self._caller.worker)

    def _has_newer(self, event: Event) -> bool:
        """Say whether a newer copy of what was begun lies in the tray; take the older ones out."""
        council_id, older = self._council.id, []
        asked = (council_id, event.family_id, event.record_id, event.author_id)
        for each in tray.of_record(self._connection, *asked):
            before = event_of(each.line)
            if each.code != UNFINISHED or before is None or not _is_copy(before, event):
                continue
            if before.written_at >= event.written_at:
                return True
            older.append(each)
        tray.take_out(self._connection, council_id, older)
        kept_events.keep(self._connection, council_id, [_replaced(each, self._at) for each in older])
        return False


async def keep_unfinished(council: Council, caller: Caller, events: Sequence[Incoming]) -> list[Outcome]:
    """Return what became of each, in their order."""

    def page(connection: Connection) -> list[Outcome]:
        judge = UnfinishedJudge(connection, council, caller, events)
        outcomes = [judge.outcome(each) for each in events]
        judge.write()
        return outcomes

    return await council.database.writing(page)


def _is_copy(before: Event, event: Event) -> bool:
    """Say whether two events are one thing that was begun, sealed twice: the newer says all that its author meant.

    Of one record the council may have refused several changes, one after the other: each of them says its own.
    """
    if (before.device_id, before.action) != (event.device_id, event.action):
        return False
    if event.action is Action.AMEND:
        texts = (before.text, event.text)
        return any(one.startswith(other) for one, other in (texts, texts[::-1]))
    if event.action is Action.CHANGE:
        found = {name: event.was.get(name) for name in before.fields}
        return before.fields.keys() <= event.fields.keys() and not _unlike(found, before.was)
    told = [(each.conflict_id, each.reason) for each in (before, event)]
    return told[0] == told[1]


def _replaced(lying: Lying, at: str) -> Kept:
    receipt = Receipt(family_id=lying.family_id, seq=0, at=at)
    outcome = Outcome(event_id=lying.event_id, result=Result.REFUSED, receipt=receipt, code=OLDER)
    return Kept(
        event_id=lying.event_id,
        family_id=lying.family_id,
        record_id=lying.record_id,
        author_id=lying.author_id,
        at=at,
        line=lying.line,
        seq=None,
        outcome=outcome,
    )


def _stands(record: Record | None, event: Event) -> bool:
    """Say whether the family file has all of this: the laptop finished it after the copy was made."""
    if record is None:
        return False
    if event.action is Action.AMEND:
        return any(each.text == event.text for each in record.amendments)
    if event.reason and (record.in_error is None or record.in_error.reason != event.reason):
        return False
    unlike = _unlike(event.fields, record.body)
    return not unlike or (event.action is Action.CREATE and all(_is_newer(record, event, name) for name in unlike))


def _is_newer(record: Record, event: Event, name: str) -> bool:
    """Say whether its author wrote what stands in a field after this copy was made: then that is what they mean.

    A copy from before, put into the file meanwhile, is not newer; and what somebody else wrote is not what they mean.
    """
    change = record.changes.get(name)
    by, at = (change.by, change.at) if change else (record.author_id, record.written_at)
    return by == event.author_id and at > event.written_at


def _unlike(fields: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the fields that say something else in a body."""
    return changed_fields({name: body.get(name) for name in fields}, fields)[0]
