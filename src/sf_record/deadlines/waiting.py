"""How many days something has waited for an answer."""

from __future__ import annotations

from datetime import date


def days_waiting(since: str | None, until: str | None, today: date) -> int | None:
    """Return the days from a day's text until another's, or until today; None where one cannot be read."""
    try:
        begun = date.fromisoformat(since or "")
        ended = date.fromisoformat(until) if until else today
    except ValueError:
        return None
    return max(0, (ended - begun).days)


def days_words(days: int | None) -> str:
    """Say so many days; nothing where they are not known."""
    if days is None:
        return ""
    return "1 day" if days == 1 else f"{days:,} days"
