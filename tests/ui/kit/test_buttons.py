"""What can be pressed shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.surfaces import column


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
