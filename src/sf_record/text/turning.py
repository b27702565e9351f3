"""Marks that would have what follows read backwards: they stay in the record, and a square stands where one is shown.

A text stands beside others in a line. Without this, one that was pasted would turn the words of all that come after it.
Hebrew or Arabic needs no such mark: its letters know their own direction.
"""

from __future__ import annotations

INSTEAD = "\u25a1"  # stands where a character is not shown
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SQUARES = str.maketrans(dict.fromkeys(TURNING, INSTEAD))


def unturned(text: str) -> str:
    """Return a text as it is shown beside others."""
    return text if text.isascii() else text.translate(_SQUARES)
