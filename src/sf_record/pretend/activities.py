"""Invents a family's place on an activity, and its part of the last registers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.kinds.activity_place import ActivityPlace
from sf_record.kinds.attendance import Attendance
from sf_record.pretend.households import Household
from sf_record.pretend.writer import Writer

_CODE = "cooking"  # one of the activities of the pretend council
_WEEKS = ((8, True), (7, True), (6, False), (5, True))


def write_activity(writer: Writer, household: Household, today: date, *, must_know: str = "") -> None:
    """Write the place of the first child, or of the parent-to-be where there is none, with four registers."""
    who = (*household.children, *household.adults)[0]
    place = ActivityPlace(
        activity=_CODE,
        person=who,
        since=(today - timedelta(weeks=9)).isoformat(),
        must_know=must_know,
        may_tell=True if must_know else None,
    )
    _create(writer, household, place, today - timedelta(weeks=9))
    for weeks, came in _WEEKS:
        day = today - timedelta(weeks=weeks)
        kept = Attendance(
            activity=_CODE, held_on=day.isoformat(), came=(who,) if came else (), away=() if came else (who,)
        )
        _create(writer, household, kept, day)


def _create(writer: Writer, household: Household, record: object, day: date) -> None:
    writer.create(record, household.cast.lead, datetime.combine(day, time(17, 30), UTC))
