"""Applies a page of events: each under its family file's next number, exactly once, and none in another's way.

All events of a page are judged in memory on locked rows and written together. Should the database refuse what was
written, the page is done again one event at a time, so that only the event at fault is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from sf_council.api.council import Council
from sf_council.api.events.incoming import Incoming
from sf_council.api.events.judging import Judge
from sf_council.api.scope import Caller
from sf_record.outcomes import Outcome, Result


async def apply_events(council: Council, caller: Caller, events: Sequence[Incoming]) -> list[Outcome]:
    """Return what became of each event, in their order; all that was taken is committed."""
    try:
        outcomes = await council.database.writing(lambda connection: _page(connection, council, caller, events))
    except (DataError, IntegrityError):
        outcomes = [await _alone(council, caller, event) for event in events]
    for outcome in outcomes:
        council.metrics.events.labels(outcome.result.value, outcome.code).inc()
    return outcomes


def _page(connection: Connection, council: Council, caller: Caller, events: Sequence[Incoming]) -> list[Outcome]:
    judge = Judge(connection, council, caller, events)
    outcomes = [judge.outcome(each) for each in events]
    judge.write()
    return outcomes


async def _alone(council: Council, caller: Caller, event: Incoming) -> Outcome:
    for _ in range(2):  # a second time, because the same event may just have arrived on another connection
        try:
            return (await council.database.writing(lambda connection: _page(connection, council, caller, [event])))[0]
        except (DataError, IntegrityError):
            continue
    return Outcome(event_id=event.event_id, result=Result.REFUSED, code="poisoned")
