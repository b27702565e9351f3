"""Holds an applied event against the rules of its kind: which fields of what the author sent need mending."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.codes import CodeSets
from sf_record.dates import ApproximateDate, read_moment
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.merge import laid_over
from sf_record.record import Record
from sf_record.rules.validation import Rules, problems

_A_DAY_ASTRAY = timedelta(days=2)  # the next day begins a day later for whoever is a day astray


def problem_fields(event: Event, before: Record | None, after: Record, codes: CodeSets, today: date) -> tuple[str, ...]:
    """Return the fields at fault; none for an event that may be taken.

    A change is answerable for its own fields only, as they stand afterwards or, where one is kept beside, as they were
    sent; a signature for the whole record.
    """
    if event.action is Action.AMEND:
        return () if event.text.strip() else ("text",)
    if event.action is Action.ENTER_IN_ERROR:
        return () if event.reason.strip() else ("reason",)
    if event.action is Action.SETTLE and not event.reason.strip():
        return ("reason",)
    signs = after.signed is not None and (before is None or before.signed is None)
    is_kept_beside = bool(_ids(after) - _ids(before))
    body = laid_over(event.kind, before.body if before else {}, event.fields) if is_kept_beside else dict(after.body)
    stood = before.body if before else None
    rules = Rules(codes, _happened_on(event, body), signs, _tomorrow(event, today), stood)
    found = problems(event.kind, body, rules)
    own = [each.field for each in found if signs or before is None or each.field.split(".")[0] in event.fields]
    return tuple(dict.fromkeys(own))


def _ids(record: Record | None) -> set[str]:
    return {each.id for each in record.conflicts} if record is not None else set()


def _tomorrow(event: Event, today: date) -> datetime:
    """Return when the next day begins, by the later clock: a slip is looked for, not a clock that is wrong."""
    day = max(today, read_moment(event.written_at).date())
    return datetime.combine(min(day, date.max - _A_DAY_ASTRAY) + _A_DAY_ASTRAY, time(), UTC)


def _happened_on(event: Event, body: dict[str, object]) -> date:
    """Return the day whose codes count: when it happened, else when it was written."""
    happened = body.get(KINDS[event.kind].happened)
    if isinstance(happened, str):
        for read in (date.fromisoformat, lambda text: ApproximateDate.read(text).earliest):
            try:
                return read(happened)
            except ValueError:
                continue
        try:
            return read_moment(happened).date()
        except ValueError:
            pass  # the field itself is about to be found at fault
    return read_moment(event.written_at).date()
