"""A child's status as a chip: the word, and the tone that goes with it on every screen."""

from __future__ import annotations

_TONES = {"CP": "danger", "CIN": "warning", "CLA": "information"}


def status_tone(code: str) -> str:
    """The tone of a status; neutral for one that this program does not know."""
    return _TONES.get(code, "neutral")


def days_words(working_days: int) -> str:
    """In 1 working day; today; 3 working days late."""
    if working_days == 0:
        return "today"
    count = abs(working_days)
    noun = "working day" if count == 1 else "working days"
    return f"in {count} {noun}" if working_days > 0 else f"{count} {noun} late"
