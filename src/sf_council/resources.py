"""Reads the facts that the program comes with: code sets and intervals."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sf_record.codes import CodeSets
from sf_record.configuration import Interval
from sf_record.timescales import read_intervals


def code_sets() -> CodeSets:
    """Return every code set."""
    return CodeSets.read({path.stem: path.read_text("utf-8") for path in sorted((_folder() / "codes").glob("*.csv"))})


def intervals() -> tuple[Interval, ...]:
    """Return the intervals with which a new council begins."""
    return read_intervals((_folder() / "facts" / "timescales.csv").read_text("utf-8"))


def _folder() -> Path:
    """Return the folder of an installed program, else that of a checkout."""
    installed = Path(str(files("sf_record"))) / "resources"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "resources"
