"""Keeps the council's time beside the laptop's own clock, which may be days wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from sf_desktop.clock import Clock
from sf_record.dates import read_moment


class CouncilTime:
    """The laptop's clock, corrected by what the council said last; uncorrected until it has said anything."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Return the council's present moment as well as this laptop can know it (UTC-aware)."""
        return self._clock.now() + self._ahead

    def heard(self, at: str) -> bool:
        """Take the council's time (moment text); False where it cannot be read, and nothing is changed."""
        try:
            self._ahead = read_moment(at) - self._clock.now()
        except ValueError:
            return False
        return True
