"""When something is due, and why: intervals of law, guidance and the council, counted from what happened."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from sf_record.configuration import Configuration, Interval
from sf_record.dates import WorkingDays, add_months

COUNCILS_RULE = "your council’s rule"


class Span(Protocol):
    """So many hours, days, weeks or months."""

    @property
    def limit(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def day_type(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Override:
    """What a plan says in place of the council's own interval: never of one that the law fixes."""

    limit: int
    unit: str
    day_type: str
    since: date
    reason: str
    agreed_by: str


@dataclass(frozen=True, slots=True)
class Due:
    """A limit: the last day on which it is kept, why, and what changed it meanwhile (in words, else empty)."""

    on: date
    why: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What limits are worked out with: the council's intervals, working days, and the day it is."""

    configuration: Configuration
    days: WorkingDays
    today: date
    _left: dict[date, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _in_force: dict[str, tuple[Interval, str] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def in_force(self, key: str) -> tuple[Interval, str] | None:
        """Return the interval in force today with its words, which are the same for every child; None where none is."""
        if key not in self._in_force:
            found = self.configuration.interval(key, self.today)
            self._in_force[key] = (found, f"{words_of(found)}, {whose_rule(found)}") if found else None
        return self._in_force[key]

    def working_days_left(self, on: date) -> int:
        """Return how many working days are left until a day; negative once it has passed.

        Where it passed on a weekend or a bank holiday no working day lies between, and it is overdue all the same.
        """
        if on not in self._left:
            left = self.days.between(self.today, on)
            self._left[on] = -1 if left == 0 and on < self.today else left
        return self._left[on]


def limit(start: date, interval: Span, days: WorkingDays) -> date:
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


def due(key: str, start: date, what: str, rules: Rules, override: Override | None = None) -> Due | None:
    """Return when something is due that ``key`` limits, counted from ``start``; None where no interval is set.

    The interval in force today counts. Where that is another than when counting began, the change is said: from what to
    what, and since when. A plan's override counts from its first day on, and never against the law.
    """
    found = rules.in_force(key)
    if found is None:
        return None
    interval, words = found
    on = limit(start, interval, rules.days)
    if override is not None and not interval.is_statutory and override.since <= rules.today:
        mine = limit(start, override, rules.days)
        why = f"{what}: {words_of(override)}, this plan’s own (agreed by {override.agreed_by}: {override.reason})"
        change = f"In place of {words}: {day_words(on)}"
        return Due(mine, why, change if mine != on else "")
    return Due(on, f"{what}: {words}", _change(start, interval, on, rules))


def _change(start: date, interval: Interval, on: date, rules: Rules) -> str:
    began = date.fromisoformat(interval.effective_from)
    before = rules.configuration.interval_before(interval) if start < began else None
    if before is None or words_of(before) == words_of(interval):
        return ""
    was = limit(start, before, rules.days)
    moved = f", so {day_words(on)} in place of {day_words(was)}" if was != on else ""
    return f"Changed on {day_words(began)} from {words_of(before)} to {words_of(interval)}{moved}"


def words_of(span: Span) -> str:
    """Say how long: ``10 working days``, ``6 weeks``, ``1 month``."""
    unit = span.unit.removesuffix("s") if span.limit == 1 else span.unit
    return (
        f"{span.limit} working {unit}" if span.day_type == "working" and span.unit == "days" else f"{span.limit} {unit}"
    )


def whose_rule(interval: Interval) -> str:
    """Say by whose rule: the law's, its guidance's, or the council's."""
    if interval.is_statutory:
        return "statutory guidance" if interval.is_guidance else "statutory"
    return COUNCILS_RULE


def day_words(day: date) -> str:
    """Say a day as it stands in a reason: ``1 December 2026``."""
    return f"{day.day} {day:%B} {day.year}"


def read_intervals(text: str) -> tuple[Interval, ...]:
    """Read the intervals of ``timescales.csv``. One in hours runs from a moment, and :func:`limit` knows none."""
    return tuple(
        Interval(
            key=row["key"],
            limit=int(row["limit"]),
            unit=row["unit"],
            day_type=row["day_type"],
            is_statutory=row["configurable"] == "N",
            is_guidance=row["configurable"] == "N" and row["kind"].startswith("statutory guidance"),
        )
        for row in csv.DictReader(text.splitlines(keepends=True))
    )


def read_bank_holidays(text: str) -> WorkingDays:
    """Read the bank holidays of England and Wales from CSV with a ``date`` column."""
    rows = csv.DictReader(text.splitlines(keepends=True))
    return WorkingDays(frozenset(date.fromisoformat(row["date"]) for row in rows))
