"""Writes a copy as a PDF where somebody chose to: private to this account, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from sf_desktop.papers import press
from sf_desktop.papers.paper import Paper, Stamp
from sf_desktop.store.files import open_part, part_of
from sf_desktop.wording import error


def save_paper(path: str, paper: Paper, stamp: Stamp) -> None:
    """Set a copy and write it; InputError ``paper_not_saved`` where it cannot be. Runs beside the window."""
    made = press.pdf(paper, stamp)
    part = part_of(Path(path))
    try:
        with open_part(part) as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except (OSError, ValueError) as cause:
        _take_away(part)
        raise error("paper_not_saved") from cause


def _take_away(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except (OSError, ValueError):
        return  # a place that takes no file away: the person is told that it was not saved
