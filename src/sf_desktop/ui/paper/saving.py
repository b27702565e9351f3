"""Writes a copy as a PDF where somebody chose to: private to this account, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from sf_desktop.ops.left_behind import remove
from sf_desktop.papers import press
from sf_desktop.papers.paper import Paper, Stamp
from sf_desktop.store.folder.files import open_part
from sf_desktop.wording import error


def save_paper(path: str, part: Path, paper: Paper, stamp: Stamp) -> None:
    """Set a copy and write it, until it is whole as ``part``. Runs beside the window.

    InputError ``paper_not_saved`` where it cannot be: then nothing of it is left.
    """
    made = press.pdf(paper, stamp)
    try:
        with open_part(part) as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except (OSError, ValueError) as cause:
        remove(part)
        raise error("paper_not_saved") from cause
