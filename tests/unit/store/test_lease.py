"""The lease by clocks that nobody vouches for: never lengthened, never a wipe on a jump, the council's word last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sf_desktop.store.lease import Reading, Tenure, Term, begun, merged, observed
from sf_record.dates import moment_text
from sf_record.orders import Lease

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


@pytest.mark.parametrize("name", WALLS)
def test_no_clock_lengthens_the_lease_of_a_laptop_that_runs(name: str) -> None:
    computer = Computer(WALLS[name])
    computer.run(timedelta(hours=71))
    assert computer.tenure.highest >= HEARD + timedelta(hours=71)
    assert computer.run(timedelta(hours=2)) is not Term.OPEN
    assert computer.run(timedelta(days=4)) is Term.LOCKED
    assert computer.run(timedelta(days=23)) is Term.ENDED


@pytest.mark.parametrize("name", WALLS)
def test_time_never_goes_down(name: str) -> None:
    computer = Computer(WALLS[name])
    before = computer.tenure
    for step in range(40):
        (computer.run if step % 3 else computer.off)(timedelta(hours=5))
        assert computer.tenure.highest >= before.highest
        assert computer.tenure.certain >= before.certain
        before = computer.tenure


@pytest.mark.parametrize("name", WALLS)
def test_a_jump_of_the_clock_wipes_nothing_within_one_start(name: str) -> None:
    computer = Computer(WALLS[name])
    for _ in range(20):
        assert computer.run(timedelta(minutes=30)) is not Term.ENDED


def test_a_jump_locks_and_a_second_start_that_disagrees_takes_the_doubt_away() -> None:
    computer = Computer(WALLS["2038"])
    assert computer.run(timedelta(minutes=1)) is Term.LOCKED
    computer.wall = right
    assert computer.start() is Term.LOCKED  # time never goes down: the council has to say how late it is
    assert computer.tenure.doubted == ""
    computer.wall = WALLS["2038"]
    assert computer.start() is Term.LOCKED  # so this is the first again
    assert computer.start() is Term.ENDED


def test_a_laptop_that_lay_in_a_drawer_is_wiped_at_its_second_start() -> None:
    computer = Computer(right)
    assert computer.off(40 * DAY) is Term.LOCKED
    assert computer.run(timedelta(hours=1)) is Term.LOCKED
    assert computer.start() is Term.ENDED


def test_where_starts_cannot_be_told_apart_a_jump_waits_for_the_council() -> None:
    tenure = begun(LEASE, Reading(HEARD, "", 5.0))
    for _ in range(5):
        tenure = observed(tenure, Reading(HEARD + 90 * DAY, "", 5.0))
        assert tenure.term is Term.LOCKED


def test_the_council_s_word_sets_the_time_right() -> None:
    computer = Computer(WALLS["2038"])
    assert computer.run(timedelta(minutes=1)) is Term.LOCKED
    at = HEARD + timedelta(minutes=2)
    lease = Lease(device_id="one", number=2, at=moment_text(at), warn_hours=72, lock_hours=168, wipe_hours=720)
    computer.tenure = begun(lease, computer.reading())
    assert computer.run(timedelta(hours=1)) is Term.OPEN
    assert computer.start() is Term.OPEN  # the clock is still wrong, by as much as it was
    assert computer.start() is Term.OPEN
    computer.wall = right  # and now somebody sets it right
    assert computer.run(timedelta(hours=1)) is Term.OPEN
    assert computer.run(timedelta(days=8)) is Term.LOCKED


def test_a_clock_that_was_behind_when_the_council_was_heard_counts_the_time_while_it_was_off() -> None:
    computer = Computer(WALLS["thirty days back"])
    computer.tenure = begun(LEASE, computer.reading())
    assert computer.off(8 * DAY) is Term.LOCKED


def test_two_copies_know_together_the_newer_lease_and_the_later_time() -> None:
    here = begun(LEASE, Reading(HEARD, "boot-1", 0.0))
    later = observed(here, Reading(HEARD + 8 * DAY, "boot-2", 0.0))
    assert merged(here, later) == merged(later, here)
    assert merged(here, later).term is Term.LOCKED  # type: ignore[union-attr]
    newer: Tenure = begun(
        Lease(device_id="one", number=2, at=LEASE.at, warn_hours=72, lock_hours=168, wipe_hours=720),
        Reading(HEARD, "boot-3", 0.0),
    )
    assert merged(later, newer) == newer
    assert merged(None, newer) == newer
    assert merged(None, None) is None
