"""Tells the council's time: asked instead of the operating system, so that tests can move it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The council's wall clock."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...


class SystemClock:
    """The server's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)
