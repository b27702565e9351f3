"""The window's frame: the rail at the left, what is shown beside it, and the dark cover that takes their place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.layout.surfaces import column, row, show_when
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_S, GAP_XS, RAIL_WIDTH
from sf_desktop.ui.kit.text.labels import Label
from sf_desktop.ui.kit.window.rail import NavigationRail

NARROW_BELOW = 900  # below this width the rail shows icons only
PRETEND = "Pretend families. Nothing here is about real people or goes to a real council."


class WindowFrame(QWidget):
    """Lays out from top to bottom: that all is pretend, the top bar, the banners, the screen, and the foot."""

    def __init__(
        self,
        *,
        rail: NavigationRail, top: QWidget, banners: Sequence[QWidget], screen: QWidget, foot: QWidget,
        is_pretend: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        self._rail = rail
        message = column()
        message.setContentsMargins(GAP_L + GAP_XS, GAP_S, GAP_L + GAP_XS, 0)
        for banner in banners:
            message.addWidget(banner)
        self._around = (rail, foot)  # they speak of other families
        right = column(gap=0)
        for part in (_pretend_strip(is_pretend), top):
            right.addWidget(part)
        right.addLayout(message)
        right.addWidget(screen, 1)
        right.addWidget(foot)
        self._inside, self._cover = QWidget(), QWidget()
        across = row(self._inside, gap=0)
        across.addWidget(rail)
        across.addLayout(right, 1)
        self._cover.setAccessibleName("Locking")
        self._cover.hide()
        outer = column(self, gap=0)
        outer.addWidget(self._inside)
        outer.addWidget(self._cover)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rail()

    def _fit_rail(self) -> None:
        wide_text = self.fontMetrics().averageCharWidth() / 8.0
        narrow = self.width() < NARROW_BELOW * max(1.0, wide_text) or self.width() < RAIL_WIDTH * 3
        if narrow != self._rail.is_narrow:
            self._rail.set_narrow(narrow)

    def show_alone(self, is_alone: bool) -> None:
        """Show the screen with its buttons and nothing round it, or everything again."""
        for part in self._around:
            part.setVisible(not is_alone)

    def go_dark(self) -> None:
        """Show nothing of what was on the window."""
        self._cover.show()
        self._inside.hide()


def _pretend_strip(is_pretend: bool) -> QWidget:
    pretend = QWidget()
    pretend.setProperty("role", "pretend")
    pretend.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    show_when(pretend, is_pretend)
    strip = row(pretend)
    strip.setContentsMargins(GAP_L + GAP_XS, GAP_XS, GAP_L, GAP_XS)
    strip.addWidget(Label(PRETEND, "pretend-text"))
    return pretend
