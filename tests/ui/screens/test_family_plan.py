"""The family's plan in its file: a goal agreed, scored, read from its chart and from its words, and ended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from sf_desktop.ops import writing
from sf_desktop.ops.household import people
from sf_desktop.ops.planning.family_plan import family_plan
from sf_desktop.ops.records import recording
from sf_desktop.ui.kit.drawings.chart import Chart
from sf_desktop.ui.kit.drawings.ranges import Ranges
from tests.ui.screens.conftest import Seat, press

WANT = "Pretend picnic every month"


def texts(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, seat.screen()))


def without_goals(seat: Seat) -> str:
    return next(each for each in seat.family_ids() if not seat.do(family_plan, each).goals)


def with_goals(seat: Seat) -> str:
    return next(each for each in seat.family_ids() if seat.do(family_plan, each).goals)


def open_plan(seat: Seat, family_id: str) -> QWidget:
    shown: QWidget = seat.go("family", family=family_id, tab="plan")
    seat.settle()
    return shown


def choose(seat: Seat, name: str) -> None:
    seat.find(QRadioButton, name).click()


def test_a_goal_is_agreed_scored_and_shown_in_words(seat: Seat) -> None:
    family_id = without_goals(seat)
    adult = next(each for each in seat.do(people.people, family_id) if not each.is_child)
    open_plan(seat, family_id)
    assert "No goal yet" in texts(seat)
    press(seat, "Add a goal")
    seat.qtbot.keyClicks(seat.find(QLineEdit, "What the family wants"), WANT)
    press(seat, "Save")
    open_plan(seat, family_id)
    assert "Not scored yet" in texts(seat)
    press(seat, f"Score it: {WANT}")
    seat.screen().form.put_one("who", adult.id)  # type: ignore[attr-defined]
    choose(seat, "How near are you to it?: 4")
    press(seat, "Save")
    open_plan(seat, family_id)
    assert f"4 out of 10, {adult.name}, at the start" in texts(seat)
    (goal,) = seat.do(family_plan, family_id).goals
    assert [(each.value, each.by) for each in goal.scores.points] == [(4, f"{adult.name}, at the start")]


def test_a_chart_says_the_same_as_its_words_and_is_walked_with_the_keyboard(seat: Seat) -> None:
    family_id = with_goals(seat)
    open_plan(seat, family_id)
    goal = seat.do(family_plan, family_id).goals[0]
    chart = seat.find(Chart, f"Chart: {goal.want}")
    assert [dot.value for dot in chart.dots] == [each.value for each in goal.scores.points]
    told = chart.accessibleDescription()
    assert told.startswith(f"From {goal.scores.points[0].value} on")
    assert told.removesuffix(" The left and right arrows go from score to score.") in texts(seat)
    chart.setFocus()
    for dot in chart.dots:
        seat.qtbot.keyClick(chart, Qt.Key.Key_Right)
        assert chart.accessibleDescription() == dot.words
        assert dot.words in texts(seat)
    seat.qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.accessibleDescription() == chart.dots[0].words


def test_no_line_of_a_chart_is_told_apart_by_colour_alone(seat: Seat, qapp: QApplication) -> None:
    open_plan(seat, with_goals(seat))
    chart = seat.find(Chart, "Chart: How safe are the children?")
    assert len({each.label for each in chart._lines}) == 2
    picture = chart.grab().toImage()
    colours = {
        picture.pixelColor(x, y).hsvSaturation() for x in range(picture.width()) for y in range(picture.height())
    }
    assert max(colours) < 80


def test_a_star_goes_from_area_to_area(seat: Seat) -> None:
    open_plan(seat, with_goals(seat))
    chart = next(iter(seat.all(Ranges, seat.screen())))
    assert "Physical health: 5 then 6, 1 higher, which is better." in chart.accessibleDescription()
    chart.setFocus()
    seat.qtbot.keyClick(chart, Qt.Key.Key_Down)
    seat.qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.accessibleDescription() == "Your well-being: 4 then 6, 2 higher, which is better."


def test_a_fourth_goal_waits_until_one_has_ended(seat: Seat) -> None:
    family_id = with_goals(seat)
    open_plan(seat, family_id)
    assert "Three goals are open." in texts(seat)
    names = [each.accessibleName() for each in seat.all(QPushButton, seat.screen())]
    assert "Add a goal" not in names
    goal = seat.do(family_plan, family_id).goals[0]
    press(seat, f"Change or end it: {goal.want}")
    form = seat.screen().form  # type: ignore[attr-defined]
    form.put_one("ended_on", "2026-11-23")
    choose(seat, "How it ended: Reached")
    press(seat, "Save")
    open_plan(seat, family_id)
    assert "Goals that have ended" in texts(seat)
    assert seat.find(QPushButton, "Add a goal").isEnabled()


def test_an_action_says_whether_it_worked(seat: Seat) -> None:
    family_id = with_goals(seat)
    open_plan(seat, family_id)
    action = next(each for each in seat.do(family_plan, family_id).actions if each.is_open)
    press(seat, f"Say how it went: {action.what}")
    seat.screen().form.put_one("result", "worked")  # type: ignore[attr-defined]
    press(seat, "Save")
    open_plan(seat, family_id)
    assert not any(each.is_open for each in seat.do(family_plan, family_id).actions)
    assert "Done, and it worked" in texts(seat)


def test_without_a_licence_no_readings_are_begun(seat: Seat) -> None:
    open_plan(seat, without_goals(seat))
    assert "holds a licence" in texts(seat)
    assert "Add readings" not in [each.accessibleName() for each in seat.all(QPushButton, seat.screen())]


@pytest.mark.parametrize("kind", ["goal", "scaling"])
def test_what_is_begun_is_gone_on_with(seat: Seat, kind: str) -> None:
    family_id = without_goals(seat)
    start: Callable[..., object] = recording.start
    seat.do(start, kind, family_id)
    open_plan(seat, family_id)
    assert "Begun and not finished" in texts(seat)


def test_one_entered_in_error_is_no_goal(seat: Seat) -> None:
    family_id = with_goals(seat)
    goal = seat.do(family_plan, family_id).goals[0]
    seat.do(writing.enter_in_error, goal.id, "Pretend slip")
    open_plan(seat, family_id)
    assert goal.want not in [each.want for each in seat.do(family_plan, family_id).goals]
    assert seat.find(QPushButton, "Add a goal").isEnabled()


def test_the_sdq_form_says_once_where_its_answers_come_from_and_its_only_child_is_chosen(seat: Seat) -> None:
    family_id = with_goals(seat)
    only, *others = [each for each in seat.do(people.people, family_id) if each.is_child and not each.has_died]
    for each in others:
        body = seat.do(writing.found, each.id).body
        seat.do(writing.change, each.id, {**body, "died_on": "2026-11-01"})
    open_plan(seat, family_id)
    press(seat, "Add SDQ scores")
    assert seat.screen().form.body()["child"] == only.id  # type: ignore[attr-defined]
    assert "has told us" not in texts(seat)
    assert "Copy the scores from the scored form." in texts(seat)
    boxes = [seat.find(QLineEdit, name) for name in ("Total difficulties", "Emotional", "Impact")]
    assert len({each.mapTo(seat.window, QPoint()).y() for each in boxes}) == 1
