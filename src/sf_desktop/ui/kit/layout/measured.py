"""The page of what stands before the window: as wide as its lines are read well, with larger text a wider one."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XL

MEASURE_CHARS = 114


class MeasuredPage(Page):
    """A page whose content is so many characters wide; in pixels, larger text would have shorter lines."""

    def __init__(self) -> None:
        super().__init__(margin=GAP_XL)
        self.layout_.setSpacing(GAP_M)
        self.layout_.setContentsMargins(2 * GAP_XL, 2 * GAP_XL, GAP_XL, GAP_XL)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        # Of the content, not of each part: a layout asks for the height at its own width.
        self.content.setMaximumWidth(self.fontMetrics().averageCharWidth() * MEASURE_CHARS)
