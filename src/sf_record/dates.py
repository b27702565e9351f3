"""Dates as the work knows them: approximate dates, working days, calendar months, moments as text."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

_APPROXIMATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1900, 2100  # of every day that a record may name: outside of them it is a slip


def is_within_years(day: date) -> bool:
    """Say whether a day, or a moment, lies within the years that a record may name."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def moment_text(at: datetime) -> str:
    """Write a UTC-aware moment as ISO 8601 with six decimals and ``Z``: its text order is its time order."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_moment(text: str) -> datetime:
    """Read what :func:`moment_text` wrote, or any ISO 8601 moment with a time zone; ValueError otherwise."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC)


def day_in_england(at: datetime) -> date:
    """Return the day on the wall in England and Wales at a moment, wherever the computer is that asks.

    Clocks are an hour ahead from the last Sunday of March to the last Sunday of October, each at 01:00 UTC.
    """
    moment = at.astimezone(UTC)
    begins, ends = (_last_sunday(moment.year, month) for month in (3, 10))
    return (moment + timedelta(hours=1) if begins <= moment < ends else moment).date()


def _last_sunday(year: int, month: int) -> datetime:
    """Return 01:00 UTC of the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=last.isoweekday() % 7)


_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def read_day(text: str, today: date | None = None, *, until: date | None = None) -> date | None:
    """A day as typed (3/11/2026, 3.11.26, 3 11 2026, 2026-11-03, 3 Nov 2026); None when it is not one.

    With `today`, a day without a year (3/11, 3 Nov) is the nearest one to it: last year's, this year's or next year's,
    and with `until` no later one than that.
    """
    if named := re.fullmatch(r"(\d{1,2})\s+([a-z]{3,9})(?:\.?,?\s+(\d{2}|\d{4})|\.?)", text.strip().lower()):
        month = next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(named[2])), 0)
        text = f"{named[1]} {month} {named[3] or ''}"
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if not re.fullmatch(r"[\d\s./-]+", text.strip()):
        return None
    if len(parts) == 2 and today is not None and not re.search(r"-|\d{3}", text):
        return _nearest(parts[0], parts[1], today, until)
    if len(parts) != 3:
        return None
    year, month, day = parts if parts[0] > 99 else (parts[2], parts[1], parts[0])
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _nearest(day: int, month: int, today: date, until: date | None) -> date | None:
    """The nearest such day; 29 February only where one of these three years has it."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            found.append(date(year, month, day))
    able = [each for each in found if until is None or each <= until]
    return min(able, key=lambda each: abs(each - today), default=None)


@dataclass(frozen=True, slots=True)
class ApproximateDate:
    """A date known to the year, the month or the day. Written ``2019``, ``2019-04`` or ``2019-04-03``."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, text: str) -> ApproximateDate:
        """Read the written form; ValueError if it is not one or the day does not exist."""
        match = _APPROXIMATE.fullmatch(text)
        if match is None:
            raise ValueError("not an approximate date")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        date(year, month or 1, day or 1)
        return cls(year, month, day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def words(self) -> str:
        """Say it as a person would: ``2019``, ``April 2019`` or ``3 April 2019``."""
        if self.month is None:
            return str(self.year)
        month = f"{calendar.month_name[self.month]} {self.year}"
        return month if self.day is None else f"{self.day} {month}"


def age_words(born: ApproximateDate, on: date) -> str:
    """Say an age as practitioners do: ``3 weeks``, ``7 months``, ``4 years 2 months``, ``about 9 years``."""
    if born.earliest > on:
        return "not yet born"
    if born.day is None:
        whole = on.year - born.year - (born.month is not None and on.month < born.month)
        return f"about {_plural(whole, 'year')}" if whole else "under 1 year"
    months = (on.year - born.year) * 12 + on.month - born.earliest.month - (on.day < born.day)
    years, left = divmod(months, 12)
    if months == 0:
        days = (on - born.earliest).days
        return _plural(days // 7, "week") if days >= 14 else _plural(days, "day")
    if years == 0:
        return _plural(months, "month")
    if years < 18 and left:
        return f"{_plural(years, 'year')} {_plural(left, 'month')}"
    return _plural(years, "year")


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def add_months(start: date, months: int, *, when_missing: str = "last") -> date:
    """Return the same day so many calendar months later.

    Where that month lacks the day, ``when_missing`` gives its ``last`` day or the first of the ``next`` month.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    last = calendar.monthrange(year, month)[1]
    if start.day <= last:
        return date(year, month, start.day)
    if when_missing == "next":
        return date(year, month, last) + timedelta(days=1)
    return date(year, month, last)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Monday to Friday less the bank holidays of England and Wales; the day that triggers a limit is day 0."""

    bank_holidays: Collection[date]
    _on_weekdays: list[date] = field(init=False, repr=False, compare=False)  # in order

    def __post_init__(self) -> None:
        found = sorted(each for each in set(self.bank_holidays) if each.weekday() < _SATURDAY)
        object.__setattr__(self, "_on_weekdays", found)

    def is_working_day(self, day: date) -> bool:
        """Say whether it is neither a weekend nor a bank holiday."""
        return day.weekday() < _SATURDAY and day not in self.bank_holidays

    def add(self, start: date, days: int) -> date:
        """Return the so-manieth working day after ``start``."""
        day = start
        while (missing := days - self.between(start, day)) > 0:  # as many as bank holidays lie on the way
            day = _weekdays_after(day, missing)
        return day

    def between(self, start: date, end: date) -> int:
        """Count working days after ``start`` up to and including ``end``; negative where the end lies before."""
        if end < start:
            return -self.between(end, start)
        weeks, rest = divmod((end - start).days, 7)
        weekdays = 5 * weeks + sum((start.weekday() + n) % 7 < _SATURDAY for n in range(1, rest + 1))
        return weekdays - (bisect_right(self._on_weekdays, end) - bisect_right(self._on_weekdays, start))


def _weekdays_after(start: date, count: int) -> date:
    """Return the so-manieth Monday to Friday after a day; from a weekend it is counted as from the Friday before."""
    weeks, rest = divmod(count, _SATURDAY)
    weekday = min(start.weekday(), _SATURDAY - 1)
    over = 2 if weekday + rest >= _SATURDAY else 0  # a weekend lies between
    return start + timedelta(weekday - start.weekday() + 7 * weeks + rest + over)
