"""Invents the meetings that a child's plan calls for, each on time, and where a looked-after child is placed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.deadlines.schedule import ORDINARY
from sf_record.kinds.placement import Placement
from sf_record.kinds.review import ChildReviewed, Review
from sf_record.pretend import phrases
from sf_record.pretend.chance import Randomness
from sf_record.pretend.households import Household
from sf_record.pretend.writer import Writer

CORE_GROUPS, CIN_REVIEWS = 4, 2  # older ones are of no use here
_EVERY_DAYS = {"core_group": 25, "cin_review": 80}
_FIRST_DAYS = {"cp_review": (80,), "cla_review": (14, 80)}  # after the status began; then every so many
_THEN_DAYS = 165


def write_meetings(randomness: Randomness, writer: Writer, home: Household, today: date) -> None:
    """Write the meetings of the family's status up to today, the last ones within every limit."""
    if home.status_child is None or home.status_since is None:
        return
    if home.status == "CP":
        _write(randomness, writer, home, "core_group", _backwards("core_group", CORE_GROUPS, home.status_since, today))
        _write(randomness, writer, home, "cp_review", _onwards("cp_review", home.status_since, today))
    elif home.status == "CIN":
        _write(randomness, writer, home, "cin_review", _backwards("cin_review", CIN_REVIEWS, home.status_since, today))
    elif home.status == "CLA":
        _place(writer, home, home.status_since)
        _write(randomness, writer, home, "cla_review", _onwards("cla_review", home.status_since, today))


def _backwards(sort: str, most: int, since: date, today: date) -> list[date]:
    """The last ones, counted back from a few days ago."""
    days = [today - timedelta(days=6 + _EVERY_DAYS[sort] * number) for number in range(most)]
    return [_weekday(day) for day in reversed(days) if day > since]


def _onwards(sort: str, since: date, today: date) -> list[date]:
    days, day = [], since
    steps = list(_FIRST_DAYS[sort])
    while (day := day + timedelta(days=steps.pop(0) if steps else _THEN_DAYS)) < today:
        days.append(_weekday(day))
    return days


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _write(randomness: Randomness, writer: Writer, home: Household, sort: str, days: list[date]) -> None:
    for day in days:
        review = Review(
            type=sort,
            held_on=day.isoformat(),
            place="Pretend family centre",
            chaired_by="A pretend chair",
            children=(ChildReviewed(person=home.status_child),),
            outcome=f"The plan goes on. Agreed: {randomness.choice(phrases.ACTIONS)}.",
        )
        writer.create(review, home.cast.lead, datetime.combine(day, time(15), UTC))


def _place(writer: Writer, home: Household, since: date) -> None:
    placement = Placement(
        person=home.status_child, began_on=since.isoformat(), type="U6", visiting=ORDINARY, is_long_term=False
    )
    writer.create(placement, home.cast.lead, datetime.combine(since, time(12), UTC))
