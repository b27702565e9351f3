"""Loads what the program holds: code sets, bank holidays, intervals of law and guidance, the text of the notice."""

from __future__ import annotations

from functools import cache

from sf_desktop.paths import resources
from sf_record.codes import CodeSets
from sf_record.configuration import Interval
from sf_record.dates import WorkingDays
from sf_record.deadlines.timescales import read_bank_holidays, read_intervals
from sf_record.sdq import Band, read_bands


def code_sets() -> CodeSets:
    """Return every code set, named after its file."""
    found = sorted((resources() / "codes").glob("*.csv"))
    return CodeSets.read({each.stem: each.read_text(encoding="utf-8") for each in found})


def working_days() -> WorkingDays:
    """Return the working days of England and Wales."""
    return read_bank_holidays(_fact("bank_holidays_england_and_wales.csv"))


def usual_intervals() -> tuple[Interval, ...]:
    """Return the intervals that hold where a council has not decided its own."""
    return read_intervals(_fact("timescales.csv"))


@cache
def sdq_bands() -> tuple[Band, ...]:
    """Return the bands of the Strengths and Difficulties Questionnaire."""
    return read_bands(_fact("sdq_bands.csv"))


def retention_schedule() -> str:
    """Return how long each class of record is kept, as CSV."""
    return _fact("retention_schedule.csv")


def notice_texts() -> tuple[str, str]:
    """Return the full and the plain text of the privacy notice, with the places that a council fills in."""
    notices = resources() / "notices"
    full, easy = ((notices / name).read_text(encoding="utf-8") for name in ("privacy.md", "privacy_easy.md"))
    return full, easy


def _fact(name: str) -> str:
    return (resources() / "facts" / name).read_text(encoding="utf-8")
