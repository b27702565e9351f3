"""Two things beside one another where there is room, and under one another where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from sf_desktop.ui.kit.style.tokens import GAP_L


class Beside(QWidget):
    """`main` takes the room, `aside` as much as `aside_chars` characters need (0: its own width).

    Below `room_chars` characters in all they go under one another, the aside last, or first with `aside_first`.
    The aside stands at the top or in the middle; with `at_top` None it is as high as the main.
    Characters, not pixels: so larger text wraps too. `arranged(bool)` says whether they are beside one another.
    """

    arranged = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        aside: QWidget,
        *,
        room_chars: int,
        aside_chars: int = 0,
        gap: int = GAP_L,
        at_top: bool | None = True,
        aside_first: bool = False,
    ) -> None:
        super().__init__()
        self._main = main
        self._aside, self._room_chars, self._aside_chars = aside, room_chars, aside_chars
        self._is_beside: bool | None = None
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for widget in (aside, main) if aside_first else (main, aside):
            self._box.addWidget(widget, 1 if widget is main else 0)
        self._at_top = at_top
        self._arrange()

    @property
    def is_beside(self) -> bool:
        """Whether they are beside one another now."""
        return bool(self._is_beside)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: else it could never become too narrow for both."""
        widths = [max(each.minimumSizeHint().width(), 0) for each in (self._main, self._aside)]
        return QSize(max(widths), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._is_beside is not None:
            self._is_beside = None
            self._arrange()

    def _arrange(self) -> None:
        char = self.fontMetrics().averageCharWidth()
        is_beside = self.width() >= char * self._room_chars
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.LeftToRight if is_beside else ways.TopToBottom)
        if self._aside_chars:
            wide = char * self._aside_chars if is_beside else 16_777_215
            self._aside.setMaximumWidth(wide)
            self._aside.setMinimumWidth(wide if is_beside else 0)
        self.arranged.emit(is_beside)
        stands = Qt.AlignmentFlag(0)
        if is_beside and self._at_top is not None:
            stands = Qt.AlignmentFlag.AlignTop if self._at_top else Qt.AlignmentFlag.AlignVCenter
        self._box.setAlignment(self._aside, stands)
