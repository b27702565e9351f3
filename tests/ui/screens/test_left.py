"""Nothing of a family file that has left this laptop stays on a screen, or comes back with Escape."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ui.history.screen import HistoryScreen
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_desktop.ui.kit.window.readback import ReadBack
from sf_record.dates import moment_text
from sf_record.wire.rounds import HistoryEntry
from tests.builders.desks import seeded
from tests.builders.offices import NOW
from tests.builders.tour import Stop, stops, tour_window
from tests.builders.written import write_note
from tests.ui.screens.conftest import Seat, dress, seated

SAID_BY = ("text", "toPlainText", "accessibleName", "accessibleDescription", "currentText")
PLACES = ("map", "plan", "move", "paper", "export", "history", "attachment", "pack", "notice", "signature")


@pytest.fixture
def toured(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    """Somebody before the window with every screen, and something to be seen on each."""
    dress(qapp, ThemeChoice.LIGHT, 100)
    with seated(qtbot, tmp_path, seeded(), tour_window) as somebody:
        yield somebody


def stop_of(seat: Seat, screen: str) -> Stop:
    return next(each for each in stops(seat.do, seat.family_ids(), seat.window) if each.screen == screen)


def go(seat: Seat, stop: Stop) -> None:
    seat.go(stop.screen, **dict(stop.subject))
    replies = getattr(seat.screen(), "replies", None)
    if isinstance(replies, Replies):
        seat.qtbot.waitUntil(lambda: not replies.open_count, timeout=20_000)


def words(seat: Seat) -> str:
    """Everything that is said on the window, also to a screen reader."""
    shown = [each for each in seat.window.findChildren(QWidget) if each.isVisibleTo(seat.window)]
    said = [getattr(each, name)() for each in shown for name in SAID_BY if not _asks(each, name)]
    models = [each.model() for each in shown if isinstance(each, QAbstractItemView)]
    return "\n".join([*map(str, said), *(text for model in models for text in cells(model))])


def _asks(widget: QWidget, name: str) -> bool:
    return not hasattr(widget, name) or (name == "text" and isinstance(widget, QAbstractItemView))


def cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        yield str(model.index(row, 0).data())


def test_a_plan_for_whichever_family_names_none_that_has_left(toured: Seat) -> None:
    leaving, staying = toured.family_ids()[:2]
    screen = toured.go("plan")
    name = screen.family.combo.itemText(screen.family.combo.findData(leaving))
    screen.family.set_value(leaving)
    assert name in words(toured)
    toured.let_go(leaving)
    assert screen.family.value() is None
    assert name not in words(toured)
    assert screen.family.combo.findText(name) < 0
    assert screen.family.combo.findData(staying) > 0


@pytest.mark.parametrize("name", PLACES)
def test_a_screen_of_a_family_file_that_leaves_shows_nothing_of_it_any_more(toured: Seat, name: str) -> None:
    stop = stop_of(toured, name)
    go(toured, stop)
    toured.let_go(str(stop.subject["family"]))
    said = words(toured)
    assert "This family file is not on this laptop" in said
    assert "Alder" not in said


@pytest.mark.parametrize("is_looked_at", [True, False])
def test_what_was_found_in_a_family_file_that_leaves_is_found_no_longer(toured: Seat, is_looked_at: bool) -> None:
    """Its names, its address and words of its notes stayed among what was found, until somebody searched again."""
    leaving, staying = toured.family_ids()[:2]
    screen = toured.go("search", text="pretend")
    toured.qtbot.waitUntil(lambda: bool(screen.model.lines), timeout=5_000)
    assert {leaving, staying} <= {each.family_id for each in screen.model.lines}
    if not is_looked_at:
        toured.go("today")
    toured.let_go(leaving)
    found = {each.family_id for each in screen.model.lines}
    assert leaving not in found
    assert staying in found
    assert "Alder" not in words(toured)
    counted = sum(not each.is_heading for each in screen.model.lines)
    assert screen._count.text() == f"{counted} found with “pretend”"


def test_of_a_conflict_that_leaves_while_somebody_writes_about_it_only_what_they_typed_stays(toured: Seat) -> None:
    stop = stop_of(toured, "history")  # whose record two people changed
    screen = toured.go("needs", record=stop.subject["record"])
    toured.find(QAbstractButton, "Which one stands?: Yours").click()
    toured.qtbot.keyClicks(toured.find(QTextEdit, "Why"), "I was there.")
    toured.let_go(str(stop.subject["family"]))
    said = words(toured)
    assert "This family file has left this laptop" in said
    assert "settled already" not in said
    assert toured.find(QTextEdit, "Why").toPlainText() == "I was there."
    assert "Alder" not in said
    assert "large print" not in said, "what both had written"
    assert not [each for each in toured.all(QAbstractButton) if each.text() in ("Settle", "Open the record", "History")]
    toured.go("today")
    assert toured.go("needs") is screen
    assert "I was there." not in words(toured)
    assert "Nothing needs you" in words(toured)


def test_what_is_read_back_to_a_family_is_put_away_when_its_file_leaves(toured: Seat) -> None:
    family_id = toured.family_ids()[0]
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "She rang about school."}
    note = toured.do(write_note, family_id, body).record_id
    toured.go("family", family=family_id, record=note)
    toured.window.read_back()
    toured.settle()
    assert [each.isVisible() for each in toured.window.findChildren(ReadBack)] == [True]
    toured.let_go(family_id)
    assert not [each for each in toured.window.findChildren(ReadBack) if each.isVisible()]
    assert "She rang" not in words(toured)


def test_an_answer_of_the_council_for_a_screen_that_is_gone_breaks_nothing(toured: Seat) -> None:
    stop = stop_of(toured, "history")
    go(toured, stop)
    screen, replies = toured.screen(), Replies(toured.window)
    assert isinstance(screen, HistoryScreen)
    late: Future[tuple[HistoryEntry, ...]] = Future()
    replies.watch(late, screen.arrived, screen.not_reached)
    toured.let_go(str(stop.subject["family"]))
    with toured.qtbot.waitSignal(replies.settled):
        late.set_result(())
    assert "This family file is not on this laptop" in words(toured)


def test_what_is_behind_the_screen_that_is_looked_at_does_not_come_back_with_escape(toured: Seat) -> None:
    stop = stop_of(toured, "history")
    go(toured, stop)
    toured.go("today")
    toured.go("families")
    toured.let_go(str(stop.subject["family"]))
    for _ in range(3):
        toured.window._on_back_key()
        toured.settle()
        assert toured.screen().name in ("today", "families")
    toured.go("history", **dict(stop.subject))
    assert "Alder" not in words(toured)
