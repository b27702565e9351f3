"""Shows one picture: as large as fits or nearer, turned for the eye; it is in memory only."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

STEP, NEAREST, FARTHEST = 1.25, 8.0, 0.05
MOST_SIDE = 6_000  # as large as a picture is ever painted: nearer would cost more memory than it shows


class _Sheet(QWidget):
    """Paints a picture in its middle."""

    def __init__(self) -> None:
        super().__init__()
        self.pixmap = QPixmap()

    def put(self, pixmap: QPixmap, room: QSize) -> None:
        """Paint this one; `room` is what it needs of the page."""
        self.pixmap = pixmap
        self.setMinimumSize(room)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.pixmap.isNull():
            size = self.pixmap.deviceIndependentSize()
            painter = QPainter(self)
            painter.drawPixmap(
                round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2), self.pixmap
            )


class PictureView(QScrollArea):
    """A picture that can be brought nearer. Keys: plus, minus, 0 for fitting, R for turning.

    `turned(int)`: Page Down (1) or Page Up (-1) was pressed where there is no more of this picture to be seen.
    """

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._turns = 0
        self._scale = 0.0  # 0: as large as fits
        self._sheet = _Sheet()
        self.setProperty("role", "picture")
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(220)

    def show_image(self, image: QImage, name: str) -> None:
        """Show this picture, as large as fits."""
        self._image, self._turns, self._scale = image, 0, 0.0
        self.setAccessibleName(name)
        self.setAccessibleDescription("Plus and minus bring it nearer or farther, 0 fits it, R turns it")
        self._draw()

    def clear(self) -> None:
        """Let the picture go."""
        self._image = QImage()
        self._sheet.put(QPixmap(), QSize(1, 1))

    def nearer(self, factor: float) -> None:
        """Bring it nearer (or farther with a factor below 1)."""
        longest = max(1, self._image.width(), self._image.height())
        nearest = min(NEAREST, max(1.0, MOST_SIDE / longest))
        self._scale = min(nearest, max(FARTHEST, (self._scale or self._fitting()) * factor))
        self._draw()

    @Slot()
    def fit(self) -> None:
        """Show it as large as fits."""
        self._scale = 0.0
        self._draw()

    def turn(self) -> None:
        """Turn it a quarter, for the eye only: the file stays as it is."""
        self._turns = (self._turns + 1) % 4
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scale == 0.0:
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.nearer(STEP)
            case Qt.Key.Key_Minus:
                self.nearer(1 / STEP)
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_R:
                self.turn()
            case Qt.Key.Key_PageDown if self._is_at(self.verticalScrollBar().maximum()):
                self.turned.emit(1)
            case Qt.Key.Key_PageUp if self._is_at(self.verticalScrollBar().minimum()):
                self.turned.emit(-1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.nearer(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def _is_at(self, end: int) -> bool:
        return self.verticalScrollBar().value() == end

    def _fitting(self) -> float:
        size, room = self._turned_size(), self.viewport().size()
        if size.isEmpty():
            return 1.0
        return min(1.0, room.width() / size.width(), room.height() / size.height())

    def _turned_size(self) -> QSize:
        return self._image.size().transposed() if self._turns % 2 else self._image.size()

    def _draw(self) -> None:
        if self._image.isNull():
            return
        turned = self._image if not self._turns else self._image.transformed(QTransform().rotate(90 * self._turns))
        size = (turned.size() * (self._scale or self._fitting())).expandedTo(QSize(1, 1))
        ratio = self.devicePixelRatioF()
        mode = Qt.TransformationMode.SmoothTransformation
        shown = QPixmap.fromImage(turned.scaled(size * ratio, Qt.AspectRatioMode.KeepAspectRatio, mode))
        shown.setDevicePixelRatio(ratio)
        self._sheet.put(shown, size if self._scale else QSize(1, 1))
