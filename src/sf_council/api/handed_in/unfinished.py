"""Puts what was begun and never finished into the holding tray: handed in sealed, for a supervisor to decide.

Nothing of it is checked but whose it is: a person looks at it. What has become a record since, or stands in one, is
left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from sf_council.api.council import Council
from sf_council.api.events.incoming import Incoming
from sf_council.api.events.judging import Judge
from sf_council.api.scope import Caller
from sf_record.events import Action, Event
from sf_record.outcomes import Outcome, Result
from sf_record.record import Record
from sf_record.rules.permissions import Standing, may_see_family
from sf_record.wire.tray import UNFINISHED

STANDS = "stands_already"


class UnfinishedJudge(Judge):
    """Judges events that nobody meant to send yet."""

    def _judge(self, incoming: Incoming, event: Event) -> Outcome:
        standing = self._standings.get(event.family_id, Standing.NONE)
        if not may_see_family(self._caller.worker, standing) and standing is not Standing.PAST:
            return self._refuse(incoming, "not_yours")
        if _stands(self._records.get((event.family_id, event.record_id)), event):
            return Outcome(event_id=event.id, result=Result.ACCEPTED, code=STANDS)
        return self._keep_in_tray(incoming, event, UNFINISHED)


async def keep_unfinished(council: Council, caller: Caller, events: Sequence[Incoming]) -> list[Outcome]:
    """Return what became of each, in their order."""

    def page(connection: Connection) -> list[Outcome]:
        judge = UnfinishedJudge(connection, council, caller, events)
        outcomes = [judge.outcome(each) for each in events]
        judge.write()
        return outcomes

    return await council.database.writing(page)


def _stands(record: Record | None, event: Event) -> bool:
    """Say whether the family file has all of this: the laptop finished it after the copy was made."""
    if record is None:
        return False
    if event.action is Action.CREATE:
        return True
    if event.action is Action.AMEND:
        return any(each.text == event.text for each in record.amendments)
    return all(record.body.get(name) == value for name, value in event.fields.items())
