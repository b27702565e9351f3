"""What can be pressed shows it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.sections import Section, SectionList
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.window.rail import NavigationRail, RailPlace


def test_the_pointer_is_a_hand_over_a_button(qtbot) -> None:
    window = QWidget()
    button = Button("Send now")
    column(window).addWidget(button)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.mouseMove(button)
    handle = window.windowHandle()
    qtbot.waitUntil(lambda: handle.cursor().shape() is Qt.CursorShape.PointingHandCursor)


def test_a_double_click_does_not_press_what_came_under_the_pointer(qtbot) -> None:
    """A card that is dealt with makes room for the next one, whose button then lies where the first one's was."""
    window, pressed = QWidget(), []
    first, second = Button("Put it into the family file"), Button("Put it into the family file")
    down = column(window)
    for each in (first, second):
        down.addWidget(each)
        each.clicked.connect(lambda _=False, each=each: pressed.append(each))
    first.clicked.connect(first.hide)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    _half_of_a_click(first, QEvent.Type.MouseButtonPress, 1_000)
    _half_of_a_click(second, QEvent.Type.MouseButtonDblClick, 1_150)
    assert pressed == [first]
    _half_of_a_click(second, QEvent.Type.MouseButtonPress, 4_000)
    assert pressed == [first, second]


def test_two_quick_clicks_on_one_button_are_two(qtbot) -> None:
    button, pressed = Button("Add another"), []
    button.clicked.connect(lambda _=False: pressed.append(button))
    qtbot.addWidget(button)
    button.show()
    _half_of_a_click(button, QEvent.Type.MouseButtonPress, 1_000)
    _half_of_a_click(button, QEvent.Type.MouseButtonDblClick, 1_150)
    assert len(pressed) == 2


def test_enter_presses_a_part_of_a_form_and_a_place_of_the_rail(qtbot) -> None:
    """Space did, and Enter did nothing: focus stood on "Next visit" and the form stayed where it was."""
    window = QWidget()
    chosen: list[str] = []
    parts = SectionList("Parts", [Section("seen", "Children seen"), Section("next", "Next visit")])
    rail = NavigationRail(
        "Service", "Council", [RailPlace("today", "Today", "today"), RailPlace("help", "Help", "help")]
    )
    down = column(window)
    for each, last in ((parts, "next"), (rail, "help")):
        down.addWidget(each)
        each.chosen.connect(chosen.append)
        qtbot.keyClick(each.buttons[last], Qt.Key.Key_Return)
    qtbot.addWidget(window)
    assert chosen == ["next", "help"]


def test_enter_that_is_held_presses_once(qtbot) -> None:
    button, pressed = Button("Put it into the family file"), []
    button.clicked.connect(lambda _=False: pressed.append(button))
    qtbot.addWidget(button)
    button.show()
    for is_repeated in (False, True, True):
        nothing = Qt.KeyboardModifier.NoModifier
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, nothing, "\r", is_repeated)
        QApplication.sendEvent(button, held)
    assert pressed == [button]


def _half_of_a_click(on: QWidget, kind: QEvent.Type, ms: int) -> None:
    """Press and let go with the mouse: `kind` says whether it is the first half of a double click or the second."""
    left, none, keys = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    at = on.rect().center().toPointF()
    for each, held in ((kind, left), (QEvent.Type.MouseButtonRelease, none)):
        event = QMouseEvent(each, at, on.mapToGlobal(at), left, held, keys)
        event.setTimestamp(ms)
        QApplication.sendEvent(on, event)
