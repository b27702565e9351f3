"""Tabs that do not all fit: the marks that bring the others are as large as the words, named, and lead there."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QToolButton

from sf_desktop.ui.kit.controls.tabs import Tabs
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.kit.style.tokens import TARGET_MIN


def test_the_marks_grow_with_the_text_and_bring_the_tabs_that_do_not_fit(qtbot, theme: Theme) -> None:
    tabs = Tabs("Parts")
    for number in range(12):
        tabs.addTab(f"Pretend part {number}")
    qtbot.addWidget(tabs)
    tabs.resize(400, 44)
    tabs.show()
    QApplication.processEvents()
    left, right = tabs.findChildren(QToolButton)
    assert [each.accessibleName() for each in (left, right)] == ["Tabs to the left", "Tabs to the right"]
    assert min(left.width(), right.width(), right.height()) >= TARGET_MIN
    before = right.width()
    last = tabs.tabRect(11).right()
    right.click()
    assert tabs.tabRect(11).right() < last
    theme.scale_text(200)
    QApplication.processEvents()
    assert right.width() >= 2 * before
    theme.scale_text(100)
