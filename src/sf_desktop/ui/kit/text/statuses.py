"""A child's status as a chip: the word, and the tone that goes with it on every screen."""

from __future__ import annotations

from sf_record.dates import ApproximateDate

_TONES = {"CP": "danger", "CIN": "warning", "CLA": "information"}


def status_tone(code: str) -> str:
    """The tone of a status; neutral for one that this program does not know."""
    return _TONES.get(code, "neutral")


def status_words(label: str, category: str, since: str) -> str:
    """Protection plan · neglect · since 3 March 2026."""
    parts = (label, category.lower(), f"since {date_words(since)}" if since else "")
    return " · ".join(part for part in parts if part)


def date_words(text: str) -> str:
    """Say a day, a month or a year; what cannot be read as it stands."""
    try:
        return ApproximateDate.read(text[:10]).words
    except ValueError:
        return text


def days_words(working_days: int) -> str:
    """In 1 working day; today; 3 working days late."""
    if working_days == 0:
        return "today"
    count = abs(working_days)
    noun = "working day" if count == 1 else "working days"
    return f"in {count} {noun}" if working_days > 0 else f"{count} {noun} late"
