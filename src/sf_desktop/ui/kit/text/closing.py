"""Says whether a file is new or closed, and whether that was sent or why it left: the same words on every screen."""

from __future__ import annotations

from sf_desktop.ops.families.closing import Closing
from sf_desktop.ops.moments import count_words

_WORDS = {
    Closing.CLOSED: "Closed",
    Closing.CLOSED_HERE: "Closed here, not sent yet",
    Closing.OPENED_HERE: "Opened again here, not sent yet",
    Closing.NEW_HERE: "New here, not sent yet",
}


def closing_words(closing: Closing) -> str:
    """Closed; Closed here, not sent yet; New here, not sent yet; nothing of a file that is open and known."""
    return _WORDS.get(closing, "")


def closing_note(closing: Closing) -> str:
    """The same beside a name or within a line."""
    words = closing_words(closing)
    return words[:1].lower() + words[1:]


def why_left(files: int, closed: int) -> str:
    """Say of copies that left how many were of files that were closed; nothing where none was."""
    if not closed:
        return ""
    because = "because it was closed" if closed == 1 else "because they were closed"
    count = "" if closed == files else f"{count_words(closed, '', '').strip().lower()} "
    return f", {count}{because}"
