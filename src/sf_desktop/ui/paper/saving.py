"""Writes a copy as a PDF where somebody chose to: private to this account, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

from sf_desktop.papers import press
from sf_desktop.papers.paper import Paper, Stamp
from sf_desktop.wording import error


def save_paper(path: str, paper: Paper, stamp: Stamp) -> None:
    """Set a copy and write it; InputError ``paper_not_saved`` where it cannot be. Runs beside the window."""
    made = press.pdf(paper, stamp)
    part = Path(path).with_name(f".{token_hex(8)}.part")  # no file of that name is anybody's
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
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
