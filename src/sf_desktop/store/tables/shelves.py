"""Gives long texts their numbers: those of kinds that are read over all family files lie together, kind by kind.

The rest lie in the order in which they came, so that a family file's lie together. The number says where a text lies
and nothing else: one that was numbered otherwise is found all the same.
"""

from __future__ import annotations

from sf_desktop.store.connection import Connection

# Read over all family files whenever Today is opened. A kind keeps its place here; new ones are added at the end.
_TOGETHER = (
    "status_episode", "review", "placement", "timescale_override", "concern", "concern_step", "danger_statement",
    "agreement", "withdrawal", "assessment", "team_meeting", "step", "family", "person", "notice_given",
)  # fmt: skip
_SHELF = {kind: number for number, kind in enumerate(_TOGETHER, start=1)}
_BITS = 40


class PaperNumbers:
    """Hands out free numbers of texts: one object serves one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[int, int] = {}

    def free(self, kind: str) -> int:
        """Return the next free number for a text of this kind."""
        shelf = _SHELF.get(kind, 0)
        if shelf not in self._last:
            self._last[shelf] = self._highest(shelf)
        self._last[shelf] += 1
        return self._last[shelf]

    def _highest(self, shelf: int) -> int:
        """Shelves lie below nought, so that what comes in order is written at the end of the table."""
        before = -(shelf << _BITS) if shelf else 0
        found = self._connection.execute(
            "SELECT max(id) FROM paper WHERE id > ? AND id < ?", (before, before + (1 << _BITS))
        ).fetchone()
        return before if found is None or found[0] is None else int(found[0])
