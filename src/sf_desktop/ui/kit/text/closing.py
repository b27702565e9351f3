"""Says whether a file is closed, and whether that was sent: the same words on every screen."""

from __future__ import annotations

from sf_desktop.ops.families.closing import Closing

_WORDS = {
    Closing.CLOSED: "Closed",
    Closing.CLOSED_HERE: "Closed here, not sent yet",
    Closing.OPENED_HERE: "Opened again here, not sent yet",
}


def closing_words(closing: Closing) -> str:
    """Closed; Closed here, not sent yet; nothing of a file that is open."""
    return _WORDS.get(closing, "")


def closing_note(closing: Closing) -> str:
    """The same beside a name or within a line."""
    words = closing_words(closing)
    return words[:1].lower() + words[1:]
