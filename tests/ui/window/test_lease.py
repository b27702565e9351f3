"""The lease while somebody works: a banner before it locks, none once the council was heard, and the lock itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sf_desktop.store.lease import tenures
from sf_desktop.store.lease.beside import reading
from sf_desktop.store.lease.reckoning import begun
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.messages.lease_banner import LeaseBanner
from sf_desktop.ui.lock.lease import LeaseWatch
from sf_record.dates import moment_text
from sf_record.wire.orders import Lease
from tests.builders.desks import RunsAtOnce, seeded
from tests.builders.offices import an_office, open_vault, transaction
from tests.fakes.clock import FrozenClock
from tests.ui.finding import press


class Laptop:
    """A vault with a lease, and the watch over it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FrozenClock()
        self.connection = open_vault(folder)
        self.desk = Desk(RunsAtOnce(an_office(self.connection, seeded(), self.clock)))
        self.banner = LeaseBanner()
        self.heard = 0

    def hear(self) -> str:
        """Be given a lease, as a round does."""
        self.heard += 1
        at = moment_text(self.clock.now())
        lease = Lease(device_id="one", number=self.heard, at=at, warn_hours=72, lock_hours=168, wipe_hours=720)
        with transaction(self.connection):
            tenures.keep(self.connection, begun(lease, reading(self.clock)))
        return at


@pytest.fixture
def laptop(qtbot, theme, tmp_path: Path):
    made = Laptop(tmp_path)
    qtbot.addWidget(made.banner)
    yield made
    made.desk.close()
    made.connection.close()


def settled(qtbot, laptop: Laptop) -> None:
    if not laptop.desk.is_quiet:
        with qtbot.waitSignal(laptop.desk.quiet):
            pass


def test_it_warns_and_stops_warning_when_the_council_is_heard(qtbot, laptop: Laptop) -> None:
    laptop.hear()
    watch = LeaseWatch(laptop.desk, laptop.banner)
    settled(qtbot, laptop)
    assert laptop.banner.isHidden()
    laptop.clock.forward(timedelta(days=4).total_seconds())
    watch.look()
    settled(qtbot, laptop)
    assert not laptop.banner.isHidden()
    assert "for 4 days" in laptop.banner.title_label.text()
    assert "9 March" in laptop.banner.advice_label.text()
    assert "1 April" in laptop.banner.advice_label.text()
    with qtbot.waitSignal(laptop.banner.pressed):
        press(laptop.banner, "Try now")
    watch.heard(laptop.hear())
    settled(qtbot, laptop)
    assert laptop.banner.isHidden()


def test_on_the_last_day_it_says_at_what_time_it_locks_and_what_becomes_of_unsent_work(qtbot, laptop: Laptop) -> None:
    laptop.hear()
    watch = LeaseWatch(laptop.desk, laptop.banner)
    settled(qtbot, laptop)
    locks = (laptop.clock.now() + timedelta(days=7)).astimezone()
    for left, day in ((timedelta(hours=20), "tomorrow"), (timedelta(minutes=20), "today")):
        laptop.clock.forward(((locks - left) - laptop.clock.now()).total_seconds())
        watch.look()
        settled(qtbot, laptop)
        assert laptop.banner.title_label.text() == f"This laptop locks {day} at {locks:%H:%M}"
        assert "it locks then" in laptop.banner.advice_label.text()
        assert "what is not sent by then stays sealed, to be handed in" in laptop.banner.advice_label.text()


def test_it_says_when_only_the_council_can_open_the_window_again(qtbot, laptop: Laptop) -> None:
    laptop.hear()
    watch = LeaseWatch(laptop.desk, laptop.banner)
    settled(qtbot, laptop)
    laptop.clock.forward(timedelta(days=8).total_seconds())
    with qtbot.waitSignal(watch.ran_out):
        watch.look()


def test_where_there_is_no_lease_nothing_is_said(qtbot, laptop: Laptop) -> None:
    watch = LeaseWatch(laptop.desk, laptop.banner)
    with qtbot.assertNotEmitted(watch.ran_out):
        laptop.clock.forward(timedelta(days=400).total_seconds())
        watch.look()
        settled(qtbot, laptop)
    assert laptop.banner.isHidden()
