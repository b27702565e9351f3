"""The laptop's days and times in words, for whatever shows one (`ops.moments` says them on paper too)."""

from __future__ import annotations

from sf_desktop.ops.moments import (
    clock_seconds,
    clock_words,
    count_words,
    counted,
    day_and_time,
    day_words,
    local,
    long_day,
    moment_of,
    moment_words,
    short_day,
)

__all__ = [
    "clock_seconds",
    "clock_words",
    "count_words",
    "counted",
    "day_and_time",
    "day_words",
    "local",
    "long_day",
    "moment_of",
    "moment_words",
    "short_day",
]


def in_sentence(day: str) -> str:
    """A day in words, or a day and a time, as it stands within a sentence."""
    word, *rest = day.split(",", 1)
    return ",".join((word.lower() if word in ("Today", "Yesterday", "Tomorrow") else word, *rest))
