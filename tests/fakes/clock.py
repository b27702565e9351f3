"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sf_desktop.clock import Boot


class FrozenClock:
    """Wall and monotonic time move together, and only by :meth:`forward`; the wall alone by :meth:`set`."""

    def __init__(self, now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._monotonic = 1000.0
        self._boots = 1

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def forward(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set(self, now: datetime) -> None:
        self._now = now

    def boot(self) -> Boot:
        return Boot(f"boot-{self._boots}", self._monotonic)

    def restart(self) -> None:
        """Start the computer anew: only the wall clock goes on from where it was."""
        self._boots += 1
        self._monotonic = 10.0
