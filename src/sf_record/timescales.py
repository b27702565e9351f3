"""When the next visit is due, from the child's status and the last visit, and by whose rule."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta

from sf_record.configuration import Configuration, Interval
from sf_record.dates import WorkingDays, add_months

VISIT_KEYS = {"CP": "cp_visit", "CIN": "cin_visit", "CLA": "cla_visit_year1"}


@dataclass(frozen=True, slots=True)
class Due:
    """A limit: the last day on which it is kept, and why."""

    on: date
    why: str


def limit(start: date, interval: Interval, days: WorkingDays) -> date:
    """Return the last day of an interval that starts on ``start`` (day 0).

    Working days leave out weekends and bank holidays; calendar weeks and months never roll forward past their day.
    """
    if interval.unit == "days":
        return days.add(start, interval.limit) if interval.day_type == "working" else start + timedelta(interval.limit)
    if interval.unit == "weeks":
        return start + timedelta(weeks=interval.limit)
    if interval.unit == "months":
        return add_months(start, interval.limit)
    raise ValueError("an interval is in days, weeks or months")


def visit_due(status: str, last: date, configuration: Configuration, days: WorkingDays, today: date) -> Due | None:
    """Return when a child of this status must be visited next, ``last`` being the last visit or the status's start."""
    key = VISIT_KEYS.get(status)
    interval = configuration.interval(key, today) if key else None
    if interval is None:
        return None
    return Due(limit(last, interval, days), _why(status, interval))


def _why(status: str, interval: Interval) -> str:
    name = {"CP": "Protection plan", "CIN": "In need", "CLA": "Looked after"}[status]
    unit = f"{interval.limit} working days" if interval.day_type == "working" else f"{interval.limit} {interval.unit}"
    return f"{name}: every {unit}, {'statutory' if interval.is_statutory else 'your council’s rule'}"


def read_intervals(text: str) -> tuple[Interval, ...]:
    """Read the intervals of ``timescales.csv``; those in hours are not day-based and left out."""
    return tuple(
        Interval(
            key=row["key"],
            limit=int(row["limit"]),
            unit=row["unit"],
            day_type=row["day_type"],
            is_statutory=row["configurable"] == "N",
        )
        for row in csv.DictReader(text.splitlines(keepends=True))
        if row["unit"] != "hours"
    )


def read_bank_holidays(text: str) -> WorkingDays:
    """Read the bank holidays of England and Wales from CSV with a ``date`` column."""
    rows = csv.DictReader(text.splitlines(keepends=True))
    return WorkingDays(frozenset(date.fromisoformat(row["date"]) for row in rows))
