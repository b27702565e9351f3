"""Reads what the program comes with: code sets, intervals, the retention schedule, the text of the privacy notice."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from sf_record.codes import CodeSets
from sf_record.configuration import Interval
from sf_record.deadlines.timescales import read_intervals


@cache
def code_sets() -> CodeSets:
    """Return every code set; they are read once."""
    return CodeSets.read({path.stem: path.read_text("utf-8") for path in sorted((_folder() / "codes").glob("*.csv"))})


def intervals() -> tuple[Interval, ...]:
    """Return the intervals with which a new council begins."""
    return read_intervals((_folder() / "facts" / "timescales.csv").read_text("utf-8"))


def retention_schedule() -> str:
    """Return how long each class of record is kept, as CSV."""
    return (_folder() / "facts" / "retention_schedule.csv").read_text("utf-8")


def notice_template(*, easy: bool) -> str:
    """Return the privacy notice with the places that a council fills in; ``easy`` for the plain-language text."""
    return (_folder() / "notices" / ("privacy_easy.md" if easy else "privacy.md")).read_text("utf-8")


def _folder() -> Path:
    """Return the folder of an installed program, else that of a checkout."""
    installed = Path(str(files("sf_record"))) / "resources"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "resources"
