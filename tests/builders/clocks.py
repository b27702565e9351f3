"""A computer whose wall clock tells what a test makes of it, and the lease that it holds: for tests of the lease."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sf_desktop.store.lease.reckoning import Reading, Term, begun, observed
from sf_record.dates import moment_text
from sf_record.wire.orders import Lease

HEARD = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LEASE = Lease(device_id="one", number=1, at=moment_text(HEARD), warn_hours=72, lock_hours=168, wipe_hours=720)


class Computer:
    """True time goes by; the wall clock says what a test makes of it; the other counts from the computer's start."""

    def __init__(self, wall: Callable[[timedelta], datetime]) -> None:
        self.passed, self.since_boot, self.boots = timedelta(), timedelta(hours=1), 1
        self.wall = wall
        self.tenure = begun(LEASE, self.reading(HEARD))

    def reading(self, wall: datetime | None = None) -> Reading:
        return Reading(wall or self.wall(self.passed), f"boot-{self.boots}", self.since_boot.total_seconds())

    def look(self) -> Term:
        self.tenure = observed(self.tenure, self.reading())
        return self.tenure.term

    def run(self, span: timedelta) -> Term:
        self.passed += span
        self.since_boot += span
        return self.look()

    def off(self, span: timedelta) -> Term:
        """Switched off for a while, then started."""
        self.passed += span
        return self.start()

    def start(self) -> Term:
        self.boots, self.since_boot = self.boots + 1, timedelta(seconds=20)
        return self.look()


def right(passed: timedelta) -> datetime:
    return HEARD + passed


WALLS: dict[str, Callable[[timedelta], datetime]] = {
    "right": right,
    "thirty days back": lambda passed: HEARD + passed - 30 * DAY,
    "thirty days on": lambda passed: HEARD + passed + 30 * DAY,
    "1970": lambda passed: datetime(1970, 1, 1, tzinfo=UTC) + passed,
    "2038": lambda passed: datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC) + passed,
    "an hour on, as for summer": lambda passed: HEARD + passed + timedelta(hours=1),
    "an hour back, as for winter": lambda passed: HEARD + passed - timedelta(hours=1),
    "frozen": lambda passed: HEARD,
    "a hundred times as fast": lambda passed: HEARD + 100 * passed,
    "a hundredth as fast": lambda passed: HEARD + passed / 100,
    "to and fro": lambda passed: HEARD + passed + (40 * DAY if passed.days % 2 else -40 * DAY),
    "drifting a minute a day": lambda passed: HEARD + passed * (1 - 1 / 1440),
}
