"""The window before unlocking: it holds the lock screen or the first run, and gives its place to the main window."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

USUAL_SIZE = QSize(1366, 768)  # the commonest council laptop; a smaller screen is filled
FRAME_HEIGHT = 40  # about what a title bar takes


class EntryWindow(QMainWindow):
    """A bare window: what is shown in it decides everything."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Strengthening Families")
        self.setMinimumSize(QSize(420, 320))
        self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize()))

    def focusNextPrevChild(self, forward: bool) -> bool:
        from sf_desktop.ui.kit.access.tabbing import (
            go_on,  # when somebody presses Tab: a bare start is quicker without it
        )

        return go_on(self, forward=forward)

    def fits_with_its_frame(self) -> bool:
        """Say whether the usual size and a title bar have room: else the foot of the window lies below the screen."""
        room = self.screen().availableSize()
        return room.height() >= USUAL_SIZE.height() + FRAME_HEIGHT and room.width() >= USUAL_SIZE.width()

    def hold(self, part: QWidget) -> None:
        """Show this instead of what was shown."""
        self.setCentralWidget(part)

    def give_way_to(self, window: QMainWindow) -> None:
        """Show another window where this one is, as large as this one, and close this one for good."""
        window.setGeometry(self.normalGeometry() if self.isMaximized() else self.geometry())
        # Maximized or not; "active" is not a state to hand over, and would keep the keyboard from coming along.
        window.setWindowState(self.windowState() & ~QtCore.Qt.WindowState.WindowActive)
        window.show()
        self.close()
        self.deleteLater()  # a closed window would keep its picture, 4 MB, and all that was shown in it
        # When that has been seen to: the closing of a window, heard later, would take the keyboard from both.
        QTimer.singleShot(0, window.activateWindow)
