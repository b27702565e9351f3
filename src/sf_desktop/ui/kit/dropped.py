"""What somebody drops on the window or pastes: files of this computer, a picture, or words."""

from __future__ import annotations

from PySide6.QtCore import QMimeData


def files_in(data: QMimeData) -> list[str]:
    """Return the paths of the files of this computer; addresses of the web are none."""
    return [each.toLocalFile() for each in data.urls() if each.isLocalFile()]


def holds_words(data: QMimeData) -> bool:
    """Say whether an answer may take it as text. Files are none, though they come with their paths as words."""
    return bool(data.hasText()) and not files_in(data)
