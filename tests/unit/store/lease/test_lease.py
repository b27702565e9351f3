"""The lease by clocks that nobody vouches for, step by step; ``tests/faults/rows/clock.py`` has twelve wrong clocks."""

from __future__ import annotations

from datetime import timedelta

from sf_desktop.store.lease.reckoning import Reading, Tenure, Term, begun, merged, observed
from sf_record.dates import moment_text
from sf_record.wire.orders import Lease
from tests.builders.clocks import DAY, HEARD, LEASE, WALLS, Computer, right


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
