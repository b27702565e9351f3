"""A plan that is being typed has no draft: it is kept beside the place, within two seconds, until it is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from sf_desktop.ops.worker.places import last_place
from sf_desktop.store.tables import records
from sf_record.dates import moment_text
from tests.builders.offices import NOW
from tests.ui.screens.conftest import Seat


def typed(seat: Seat) -> None:
    line = seat.screen().form.field("purpose").line  # type: ignore[attr-defined]
    line.setFocus()
    seat.qtbot.keyClicks(line, "See the new flat")


def test_what_is_typed_is_kept_within_two_seconds(seat: Seat) -> None:
    screen = seat.go("plan", family=seat.family_ids()[0])
    with seat.qtbot.waitSignal(screen.place_changed, timeout=2_000):
        typed(seat)
    seat.settle()
    assert "See the new flat" in str(seat.do(last_place))


def test_looking_something_up_meanwhile_loses_nothing(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    screen = seat.go("plan", family=family_id)
    typed(seat)
    before = screen.form.body()
    seat.go("today")
    screen = seat.go("plan", family=family_id)
    assert screen.form.body() == before
    assert "See the new flat" in str(before)


def test_not_planning_begins_afresh(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.go("plan", family=family_id)
    typed(seat)
    seat.find(QPushButton, "Do not plan").click()
    seat.settle()
    assert "See the new flat" not in str(seat.go("plan", family=family_id).form.body())


def test_a_visit_that_is_planned_is_said_to_be_until_one_goes_on(seat: Seat) -> None:
    """Today showed nothing of it: it is of another day."""
    seat.go("today")
    screen = seat.go("plan", family=seat.family_ids()[0])
    screen.form.put({"planned_at": moment_text(NOW.replace(day=NOW.day + 1)), "purpose": "See the new flat"})
    seat.find(QPushButton, "Save the plan").click()
    seat.settle()
    assert seat.window.place()["screen"] == "today"
    said = seat.window.banner
    assert said.isVisible()
    assert said.title_label.text() == "The visit is planned"
    assert said.advice_label.text() == "Pretend family Alder, tomorrow, 09:00. Saved on this laptop."
    seat.go("families")
    assert not said.isVisible()


def test_a_plan_that_is_saved_with_two_presses_is_one_visit(seat: Seat) -> None:
    """It was planned twice, and one came back two screens further."""
    seat.go("families")
    seat.go("today")
    family_id = seat.family_ids()[0]
    before = len(records.of_family(seat.office.connection, family_id, ("planned_visit",)))
    screen = seat.go("plan", family=family_id)
    screen.form.put({"planned_at": moment_text(NOW.replace(day=NOW.day + 1)), "purpose": "See the new flat"})
    button = seat.find(QPushButton, "Save the plan")
    button.click()
    button.click()
    seat.settle()
    after = records.of_family(seat.office.connection, family_id, ("planned_visit",))
    assert (len(after) - before, seat.screen().name) == (1, "today")


def test_a_plan_that_is_refused_can_be_mended_and_saved(seat: Seat) -> None:
    seat.go("today")
    screen = seat.go("plan", family=seat.family_ids()[0])
    typed(seat)
    seat.find(QPushButton, "Save the plan").click()
    seat.settle()
    assert screen.summary.isVisible()
    screen.form.put({**screen.form.body(), "planned_at": moment_text(NOW.replace(day=NOW.day + 1))})
    seat.find(QPushButton, "Save the plan").click()
    seat.settle()
    assert seat.screen().name == "today"
