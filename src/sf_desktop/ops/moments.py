"""Says days and times as people do, in the laptop's own time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sf_record.dates import moment_text, read_moment


def local(text: str) -> datetime | None:
    """A moment's text as local time; None if it cannot be read."""
    try:
        return read_moment(text).astimezone()
    except ValueError:
        return None


def moment_of(day: date, at: time) -> str:
    """A local day and time as a moment's text."""
    return moment_text(datetime.combine(day, at).astimezone(UTC))


def long_day(day: date) -> str:
    """Monday 23 November."""
    return f"{day:%A} {day.day} {day:%B}"


def short_day(day: date, today: date) -> str:
    """Today, Tomorrow, Yesterday, Tue 24 Nov, or 3 Aug 2025 when it lies in another year and far away."""
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return ("Yesterday", "Today", "Tomorrow")[distance + 1]
    if day.year != today.year and abs(distance) > 180:
        return f"{day.day} {day:%b} {day.year}"
    return f"{day:%a} {day.day} {day:%b}"


def day_words(text: str | None, today: date) -> str:
    """A day's text (2026-11-24) as `short_day` says it; empty if there is none, itself if it cannot be read."""
    if not text:
        return ""
    try:
        return short_day(date.fromisoformat(text[:10]), today)
    except ValueError:
        return text


def clock_words(text: str | None) -> str:
    """09:52, local; empty if there is none."""
    at = local(text) if text else None
    return f"{at:%H:%M}" if at else ""


def clock_seconds(text: str | None) -> str:
    """09:52:14, local; empty if there is none."""
    at = local(text) if text else None
    return f"{at:%H:%M:%S}" if at else ""


def moment_words(text: str | None, today: date) -> str:
    """Tue 24 Nov, 09:52; only the time if it is today; empty if there is none."""
    at = local(text) if text else None
    if at is None:
        return ""
    return f"{at:%H:%M}" if at.date() == today else f"{short_day(at.date(), today)}, {at:%H:%M}"


def day_and_time(text: str, today: date) -> str:
    """Tue 24 Nov, 09:52, or Today, 09:52; itself if it cannot be read."""
    at = local(text)
    return f"{short_day(at.date(), today)}, {at:%H:%M}" if at else text


def paper_moment(text: str) -> str:
    """Monday 23 November 2026, 09:00, local: on paper nothing says which year it is; a day alone has no time."""
    at = local(text) if len(text) > 10 else None
    if at is not None:
        return f"{long_day(at.date())} {at.year}, {at:%H:%M}"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{long_day(day)} {day.year}"


def count_words(count: int, one: str, many: str) -> str:
    """No visits, One visit, Four visits, 14 visits: small numbers in words."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    number = words[count] if count < len(words) else f"{count:,}"
    return f"{number} {one if count == 1 else many}"


def counted(count: int, one: str, many: str) -> str:
    """0 visits, 1 visit, 1,400 visits: for numbers that are compared, or change while one looks."""
    return f"{count:,} {one if count == 1 else many}"
