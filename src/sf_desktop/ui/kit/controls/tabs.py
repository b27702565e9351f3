"""Tabs in one line; where they do not all fit, two marks at its end, as large as the words, bring the others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QToolButton

_MARKS = (("‹", "Tabs to the left"), ("›", "Tabs to the right"))


class Tabs(QTabBar):
    """What a screen reader calls them is said by whoever makes them."""

    def __init__(self, spoken: str) -> None:
        super().__init__()
        self.setAccessibleName(spoken)
        self.setDrawBase(False)
        self.setExpanding(False)
        # Qt's own marks stay a few pixels wide, however large the text is, and can hardly be seen beside it.
        for button, (mark, called) in zip(self.findChildren(QToolButton), _MARKS, strict=True):
            button.setArrowType(Qt.ArrowType.NoArrow)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setText(mark)
            button.setAccessibleName(called)
            button.setToolTip(called)
