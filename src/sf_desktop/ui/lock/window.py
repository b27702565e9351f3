"""The window before unlocking: it holds the lock screen or the first run, and gives its place to the main window."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget

from sf_desktop.ui.kit.text.service import SERVICE

USUAL_SIZE = QSize(1366, 768)  # the commonest council laptop; a smaller screen is filled
FRAME_HEIGHT = 40  # about what a title bar takes


class EntryWindow(QMainWindow):
    """A bare window: what is shown in it decides everything. The key that hides puts a neutral page in its place."""

    def __init__(self) -> None:
        super().__init__()
        self._hidden: QWidget | None = None  # what the neutral page stands in for
        self._focus: QWidget | None = None
        self._titles = ("", "")
        self.setWindowTitle(SERVICE)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing in the window takes comes here."""
        if event.modifiers() & QtCore.Qt.KeyboardModifier.ControlModifier:
            from sf_desktop.ui.kit.access.actions import shortcut  # a bare start is quicker without it

            if QKeySequence(event.keyCombination()) in [QKeySequence(keys) for keys in shortcut("hide").keys]:
                self.hide_at_once()
                return
        super().keyPressEvent(event)

    @property
    def is_hiding(self) -> bool:
        """Whether a neutral page stands before what is held."""
        return self._hidden is not None

    def hide_at_once(self) -> None:
        """Show a neutral page and its title until somebody presses a key or clicks; what goes on beneath goes on."""
        from sf_desktop.ui.kit.window.neutral import TITLE, NeutralPage

        if self._hidden is not None or isinstance(self.centralWidget(), NeutralPage):
            return
        self._titles = (QGuiApplication.applicationDisplayName(), self.windowTitle())
        self._focus, self._hidden = self.focusWidget(), self.takeCentralWidget()
        page = NeutralPage()
        page.left.connect(self._on_neutral_left)
        QGuiApplication.setApplicationDisplayName(TITLE)
        self.setWindowTitle(TITLE)
        self.setCentralWidget(page)
        page.show()  # now: a layout shows what it is given only later, and what is not shown takes no focus
        page.setFocus()
        page.repaint()

    @Slot()
    def _on_neutral_left(self) -> None:
        hidden, self._hidden = self._hidden, None
        if hidden is not None:
            QGuiApplication.setApplicationDisplayName(self._titles[0])
            self.setWindowTitle(self._titles[1])
            self.setCentralWidget(hidden)
            hidden.show()
            (self._focus or hidden).setFocus()

    def hold(self, part: QWidget) -> None:
        """Show this instead of what was shown; behind the neutral page while that is shown."""
        if self._hidden is None:
            self.setCentralWidget(part)
        else:
            self._hidden.deleteLater()
            self._hidden, self._focus = part, None

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
