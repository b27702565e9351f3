"""The window: finding one's way, keys, the truth at its foot, and locking without a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from sf_desktop.ui.desk import Desk
from sf_desktop.ui.ending import PATIENCE_MS
from sf_desktop.ui.kit.access.actions import SHORTCUTS
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.layout.surfaces import Page, column
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.kit.window.stack import GoTo, Screen, ScreenPlan, TopAction
from sf_desktop.ui.main_window import MainWindow, WindowWords
from sf_desktop.ui.shortcuts.sheet import ShortcutSheet
from sf_desktop.wording.status import StatusWords
from sf_record.errors import SfError
from tests.ui.finding import named, press
from tests.ui.window.test_desk import VaultThread


class Pretend(Screen):
    """A screen with one field, that notes what happens to it."""

    heading = "Pretend"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.signed = desk, 0
        self.subject: dict[str, Any] = {}
        self.saved: list[str] = []
        self.field = TextField("words", f"Words on {self.heading.lower()}")
        column(self).addWidget(self.field)

    def title(self) -> str:
        return self.heading

    def top_actions(self) -> tuple[TopAction, ...]:
        return (TopAction("Check and sign", self.on_sign, Kind.PRIMARY, "sign"),)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self.subject = dict(subject)

    def take_focus(self) -> None:
        self.field.take_focus()

    def place(self) -> dict[str, Any]:
        return {"words": self.field.value(), "cursor": self.field.line.cursorPosition()}

    def restore(self, place: Mapping[str, Any]) -> None:
        self.field.set_value(place.get("words"))
        self.field.line.setCursorPosition(place.get("cursor", 0))

    def leave(self) -> None:
        self.desk.ask(self.keep, self.field.value())

    def keep(self, _office: object, words: str) -> None:
        self.saved.append(words)

    @Slot()
    def on_sign(self) -> None:
        self.signed += 1


class Families(Pretend):
    heading = "Families"


class Search(Pretend):
    heading = "Search"


@pytest.fixture
def vault():
    thread = VaultThread()
    yield thread
    thread.gate.set()
    thread.pool.shutdown()


class Places:
    """Where the window was last."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []

    def keep(self, _office: object, place: Mapping[str, Any]) -> None:
        self.kept.append(dict(place))


@pytest.fixture
def places() -> Places:
    return Places()


@pytest.fixture
def desk(vault: VaultThread) -> Iterator[Desk]:
    made = Desk(vault)
    yield made
    made.close()


@pytest.fixture
def window(qtbot, theme, desk: Desk, places: Places) -> MainWindow:
    return a_window(qtbot, desk, places)


def a_window(qtbot, desk: Desk, places: Places, lock_patience_ms: int = PATIENCE_MS) -> MainWindow:
    plans = [
        ScreenPlan("today", "Today", "today", Maker(Pretend, desk), "top", "screen_1"),
        ScreenPlan("families", "Families", "families", Maker(Families, desk), "top", "screen_2"),
        ScreenPlan("search", "Search", "search", Maker(Search, desk)),
    ]
    words = WindowWords(council="Pretend council")
    made = MainWindow(desk, plans, words, keep_place=places.keep, lock_patience_ms=lock_patience_ms)
    qtbot.addWidget(made)
    made.go(GoTo("today"))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


class Maker:
    """Makes a screen when it is first needed."""

    def __init__(self, kind: type[Pretend], desk: Desk) -> None:
        self.kind, self.desk = kind, desk

    def __call__(self) -> Pretend:
        return self.kind(self.desk)


def current(window: MainWindow) -> Pretend:
    screen = window.stack.current()
    assert isinstance(screen, Pretend)
    return screen


def test_the_rail_leads_to_screens_that_are_built_when_needed(window: MainWindow) -> None:
    assert [screen.name for screen in window.stack.built()] == ["today"]
    press(window, "Families")
    assert current(window).heading == "Families"
    assert named(window, "Families", QAbstractButton).isChecked()


def test_a_screen_that_is_not_on_the_rail_leaves_no_other_place_marked(qtbot, window: MainWindow) -> None:
    press(window, "Families")
    window.go(GoTo("search", {"text": "Wren"}))
    assert not [each.place.name for each in window.rail.buttons.values() if each.isChecked()]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert [each.place.name for each in window.rail.buttons.values() if each.isChecked()] == ["families"]


def test_keys_lead_to_screens_and_back(qtbot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert current(window).heading == "Families"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert current(window).heading == "Pretend"


def test_leaving_a_screen_hands_over_what_was_typed(qtbot, window: MainWindow, desk: Desk) -> None:
    screen = current(window)
    qtbot.keyClicks(screen.field.line, "half a sent")
    with qtbot.waitSignal(desk.quiet):
        press(window, "Families")
    assert screen.saved == ["half a sent"]


def test_a_key_presses_the_top_bars_button(qtbot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    press(window, "Check and sign")
    assert current(window).signed == 2


def test_search_from_anywhere_as_one_types_and_back(qtbot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    line = named(window, "Search families, people and notes", QLineEdit)
    assert line.hasFocus()
    qtbot.keyClicks(line, "alder")
    assert (current(window).heading, current(window).subject) == ("Search", {"text": "alder"})
    assert line.hasFocus()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert (current(window).heading, line.text()) == ("Pretend", "")


def test_what_was_searched_for_stands_in_its_box_again_and_the_keyboard_at_what_was_found(window: MainWindow) -> None:
    window.go(GoTo("search", {"text": "alder "}))
    line = named(window, "Search families, people and notes", QLineEdit)
    place = window.place()
    press(window, "Families")
    assert line.text() == ""
    window.restore(place)
    assert (current(window).heading, line.text()) == ("Search", "alder ")
    assert current(window).field.line.hasFocus()


def test_locking_asks_nothing_hides_everything_and_keeps_draft_and_place(
    qtbot, window: MainWindow, places: Places
) -> None:
    screen = current(window)
    qtbot.keyClicks(screen.field.line, "in the middle of a")
    with qtbot.waitSignal(window.lock_wanted):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert not screen.isVisible()
    assert screen.saved == ["in the middle of a"]
    place = {"words": "in the middle of a", "cursor": 18}
    assert places.kept == [{"screen": "today", "subject": {}, "place": place, "before": []}]


def test_a_vault_that_does_not_answer_does_not_keep_the_window_open(
    qtbot, theme, desk: Desk, places: Places, vault: VaultThread
) -> None:
    window = a_window(qtbot, desk, places, lock_patience_ms=1)
    vault.gate.clear()
    with qtbot.waitSignal(window.lock_wanted):
        window.lock()


def test_after_unlocking_one_is_at_the_same_place(window: MainWindow) -> None:
    window.restore({"screen": "families", "subject": {"family": "f1"}, "place": {"words": "in the m", "cursor": 4}})
    screen = current(window)
    assert (screen.heading, screen.subject) == ("Families", {"family": "f1"})
    assert screen.place() == {"words": "in the m", "cursor": 4}


def test_a_place_that_is_no_more_leads_to_the_first_screen(window: MainWindow) -> None:
    window.restore({"screen": "gone", "subject": {"family": "f1"}})
    assert current(window).heading == "Pretend"
    assert current(window).subject == {}


def test_closing_saves_first(qtbot, window: MainWindow) -> None:
    screen = current(window)
    qtbot.keyClicks(screen.field.line, "words")
    with qtbot.waitSignal(window.closing):
        window.close()
    assert screen.saved == ["words"]


def test_the_foot_says_what_it_is_told(window: MainWindow, desk: Desk) -> None:
    words = StatusWords("No signal.", "Working from this laptop", (("Waiting", "2", ""),), "Copies leave from 29 Nov")
    desk.status_changed.emit(words)
    spoken = named(window, "Saving and sending").accessibleDescription()
    assert spoken == "No signal. Working from this laptop. Waiting 2. Copies leave from 29 Nov"


def test_an_error_that_nobody_asked_for_is_said_in_the_window(window: MainWindow, desk: Desk) -> None:
    desk.failed.emit(SfError("pretend", "The disk is full", "Free some space."))
    assert window.banner.isVisible()
    press(window, "Close this message")
    assert not window.banner.isVisible()


def test_what_needs_somebody_is_counted_beside_its_place(window: MainWindow) -> None:
    window.rail.set_badge("families", 2)
    assert named(window, "Families, 2 things", QAbstractButton).isVisible()
    window.rail.set_badge("families", 1)
    assert named(window, "Families, 1 thing", QAbstractButton).isVisible()


def test_titles_say_the_screen_and_no_name(window: MainWindow) -> None:
    press(window, "Families")
    assert window.windowTitle() == "Families - Strengthening Families"


def test_a_small_window_shows_icons_that_still_have_names(window: MainWindow) -> None:
    window.resize(683, 384)
    assert window.rail.is_narrow
    assert window.width() == 683
    assert named(window, "Families", QAbstractButton).isVisible()


def test_every_button_is_large_enough_and_has_a_name(window: MainWindow) -> None:
    for button in window.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName()
            assert button.height() >= 24
            assert button.width() >= 24


def test_no_two_shortcuts_share_a_key() -> None:
    keys = [QKeySequence(each).toString() for known in SHORTCUTS for each in known.keys]
    assert len(keys) == len(set(keys))


def test_help_shows_every_shortcut_and_closes(qtbot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    assert sheet.isVisible()
    labels = {child.text() for child in sheet.findChildren(type(window.rail._council))}
    assert {known.label for known in SHORTCUTS if known.id != "hide"} <= labels
    page = sheet.findChild(Page)
    assert page is not None
    bar = page.verticalScrollBar()
    assert bar.maximum(), "all of it fits, and there is nothing to scroll"
    for key, there in (
        (Qt.Key.Key_End, lambda at: at == bar.maximum()), (Qt.Key.Key_Home, lambda at: at == 0),
        (Qt.Key.Key_PageDown, lambda at: at > 50), (Qt.Key.Key_Up, lambda at: 0 < at < bar.maximum()),
    ):  # fmt: skip
        qtbot.keyClick(named(sheet, "Close", QAbstractButton), key)  # where the keyboard stands
        assert there(bar.value()), "the keyboard does not reach what is below"
    with qtbot.waitSignal(sheet.finished):
        press(sheet, "Close")


def test_larger_text_gives_the_rail_more_width_or_makes_it_icons_at_once(window: MainWindow, theme: Theme) -> None:
    window.resize(1366, 768)
    try:
        theme.scale_text(125)
        words = [each.fontMetrics().horizontalAdvance(each.place.label) for each in window.rail.buttons.values()]
        assert not window.rail.is_narrow
        assert window.rail.maximumWidth() > max(words) + 40
        theme.scale_text(200)
        assert window.rail.is_narrow
    finally:
        theme.scale_text(100)
    assert not window.rail.is_narrow
