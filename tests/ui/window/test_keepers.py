"""Two of a centre's staff keep one register through two windows: neither takes away what the other marked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QRadioButton, QTextEdit

from sf_council.database.family import stream
from sf_desktop.ops import writing
from sf_desktop.ops.activities import registering
from sf_desktop.store.tables import records
from sf_record.configuration import Offered
from sf_record.description import Role
from sf_record.record import Record
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.builders.written import settle
from tests.ui.finding import named
from tests.ui.window.seats import Seat, Sit

DAY = "2026-11-23"
NAMES = ("Bee", "Fern", "Moth")


@pytest.fixture
def keepers(town: Town, sit: Sit) -> tuple[Seat, Seat, str]:
    """Two keepers before the register of their group, with three people on it."""
    council = town.council
    council.configure(activities=(Offered(code="play", label="Pretend stay and play"),))
    for each in ("keeper", "other"):
        council.add_worker(each, Role.CENTRE, team="Pretend centre")
    ids = [council.worker(each).id for each in ("keeper", "other", "practitioner")]
    body, now = {"name": "Tuesday group", "activity": "play"}, council.clock.now()
    group = council.do(lambda c: stream.open_group(c, council.council.id, body, ids, now, by=council.council.id))
    practitioner = town.loaded("practitioner")
    for name in NAMES:
        practitioner.do(writing.create, "group_member", group, {"called": name, "since": "2026-11-01"})
    practitioner.round()
    seats = [sit(town.loaded(each)) for each in ("keeper", "other")]
    for seat in seats:
        seat.go("register", activity=group)
    return seats[0], seats[1], group


def kept(laptop: Laptop, group: str) -> dict[str, bool | None]:
    return {row.name: row.came for row in laptop.do(registering.register, group, DAY).rows}


def texts(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.window.findChildren(QLabel) if each.isVisible())


def begin(one: Seat, other: Seat) -> None:
    """One marks Bee and saves the register; the other has it."""
    one.press("Bee: Came")
    one.press("Save the register")
    one.send()
    other.send()


def meet(one: Seat, other: Seat) -> None:
    """Both have a signal again, and hear of one another."""
    for seat in (one, other):
        seat.laptop.connect()
    for seat in (one, other, one):
        seat.send()


def test_what_a_colleague_marked_comes_in_and_is_not_taken_away_by_saving(keepers: tuple[Seat, Seat, str]) -> None:
    one, other, group = keepers
    other.press("Bee: Came")
    other.press("Save the register")
    other.send()
    one.press("Moth: Did not come")
    one.send()
    assert named(one.window, "Bee: Came", QRadioButton).isChecked()
    assert "1 came, 1 did not come, 1 not marked yet" in texts(one)
    one.press("Save the register")
    one.send()
    other.send()
    for seat in (one, other):
        assert kept(seat.laptop, group) == {"Bee": True, "Fern": None, "Moth": False}


def test_a_page_that_was_left_with_marks_takes_away_nothing_that_came_since(keepers: tuple[Seat, Seat, str]) -> None:
    one, other, group = keepers
    one.press("Moth: Did not come")
    one.go("ledger")
    other.press("Bee: Came")
    other.press("Save the register")
    other.send()
    one.send()
    one.go("register", activity=group)
    assert named(one.window, "Bee: Came", QRadioButton).isChecked()
    one.press("Save the register")
    assert kept(one.laptop, group) == {"Bee": True, "Fern": None, "Moth": False}


def test_where_both_marked_one_person_the_page_says_what_is_saved(keepers: tuple[Seat, Seat, str]) -> None:
    one, other, group = keepers
    other.press("Bee: Came")
    other.press("Save the register")
    other.send()
    one.press("Bee: Did not come")
    one.send()
    assert named(one.window, "Bee: Did not come", QRadioButton).isChecked()
    assert "saved as: came" in texts(one)
    one.press("Save the register")
    assert kept(one.laptop, group)["Bee"] is False
    assert "saved as" not in texts(one)


def test_the_keyboard_stays_with_its_person_when_marks_come_in(keepers: tuple[Seat, Seat, str]) -> None:
    one, other, _ = keepers
    one.window.activateWindow()
    button = named(one.window, "Moth: Came", QRadioButton)
    button.setFocus()
    button.click()
    other.press("Moth: Did not come")
    other.press("Save the register")
    other.send()
    one.send()
    focused = one.window.focusWidget()
    assert focused is not None
    assert focused.accessibleName().startswith("Moth")


def test_two_who_mark_other_people_of_a_saved_register_without_a_signal_have_nothing_to_settle(
    town: Town, keepers: tuple[Seat, Seat, str]
) -> None:
    one, other, group = keepers
    begin(one, other)
    with town.network.offline():
        one.press("Fern: Came")
        one.press("Save the register")
        other.press("Moth: Did not come")
        other.press("Save the register")
    meet(one, other)
    for seat in (one, other):
        assert kept(seat.laptop, group) == {"Bee": True, "Fern": True, "Moth": False}
        assert seat.laptop.counts().needs_you == 0


def test_two_who_mark_one_person_differently_settle_it(town: Town, keepers: tuple[Seat, Seat, str]) -> None:
    one, other, _ = keepers
    begin(one, other)
    with town.network.offline():
        one.press("Fern: Came")
        one.press("Save the register")
        other.press("Fern: Did not come")
        other.press("Save the register")
    meet(one, other)
    assert [seat.laptop.counts().needs_you for seat in (one, other)] == [1, 1]
    one.go("needs")
    both = "\n".join(each.toPlainText() for each in one.window.findChildren(QTextEdit) if each.isVisible())
    assert "Fern: Came: Yes" in both
    assert "Fern: Came: No" in both


def both_begin(town: Town, one: Seat, other: Seat, fern: str) -> None:
    """Save the first register of a day on both laptops without a signal, and send them; the other marks Fern so."""
    with town.network.offline():
        for mark in ("Bee: Came", "Fern: Came", "Save the register"):
            one.press(mark)
        for mark in ("Moth: Did not come", fern, "Save the register"):
            other.press(mark)
    meet(one, other)


def test_two_who_save_the_first_register_of_a_day_without_a_signal_keep_one(
    town: Town, keepers: tuple[Seat, Seat, str]
) -> None:
    one, other, group = keepers
    both_begin(town, one, other, "Fern: Came")
    for seat in (one, other):
        assert kept(seat.laptop, group) == {"Bee": True, "Fern": True, "Moth": False}
        assert len(sessions(seat.laptop)) == 1
        assert seat.laptop.counts().needs_you == 0
    (session,) = sessions(one.laptop)
    told = [each.event.author_id for each in one.laptop.session.history(group, session.id)]
    assert told == [town.council.worker(each).id for each in ("keeper", "other")]


def test_two_whose_first_registers_differ_in_one_person_settle_only_that(
    town: Town, keepers: tuple[Seat, Seat, str]
) -> None:
    one, other, group = keepers
    both_begin(town, one, other, "Fern: Did not come")
    for seat in (one, other):
        assert kept(seat.laptop, group) == {"Bee": True, "Fern": True, "Moth": False}
    (session,) = sessions(other.laptop)
    (conflict,) = session.conflicts
    other.laptop.do(settle, session.id, conflict.id, keep_mine=True, reason="She was at home")
    for seat in (other, one):
        seat.send()
        assert kept(seat.laptop, group) == {"Bee": True, "Fern": False, "Moth": False}
        assert seat.laptop.counts().needs_you == 0


def sessions(laptop: Laptop) -> list[Record]:
    return laptop.read(lambda connection: records.of_kind(connection, "group_session"))


def test_whose_mark_does_not_stand_is_told_so_where_it_was_said_to_be_saved(
    town: Town, keepers: tuple[Seat, Seat, str]
) -> None:
    """The page went on saying that nobody came, above a mark that somebody did."""
    one, other, _ = keepers
    with town.network.offline():
        other.press("Bee: Came")
        other.press("Save the register")
        one.press("Bee: Did not come")
        one.press("Save the register")
    for seat in (other, one):
        seat.laptop.connect()
    for seat in (other, one, other):
        seat.send()
    assert named(one.window, "Bee: Came", QRadioButton).isChecked()
    assert "Somebody else marked this register too" in texts(one)
    assert "The register is saved" not in texts(one)
    assert "The register is saved" in texts(other)
    other.go("needs")
    assert "Stands at the council · you" in texts(other)
