"""Lets text leave the window by a copy only, which is noted: secret to clipboard managers, and gone after a minute."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from sf_desktop.ui.kit.later import later

KEPT_S = 60
FREE = "application/x-sf-not-about-anybody"  # of what may stay on the clipboard
NEVER = 1_000_000  # pixels: no drag of marked text begins
MARK = "x-kde-passwordManagerHint"  # Klipper, GPaste and others keep nothing that carries it
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
# Windows keeps them out of its clipboard history and of other computers' (learn.microsoft.com, "Clipboard formats").
_FOR_WINDOWS = (
    ("ExcludeClipboardContentFromMonitorProcessing", b"\x01"),
    ("CanIncludeInClipboardHistory", b"\x00\x00\x00\x00"),
    ("CanUploadToCloudClipboard", b"\x00\x00\x00\x00"),
)


class ClipboardGuard(QObject):
    """Watches the clipboard. What another program put there is never touched.

    What is only marked goes nowhere: not into X11's second clipboard, from which any program takes it with the middle
    button, and not by being dragged. Neither says where it went, so neither could be noted. What other programs put
    there or drag here is taken as ever. ``owns`` says whether what lies on the clipboard comes from this program.
    """

    def __init__(
        self, clipboard: QClipboard, parent: QObject | None = None, *, owns: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._owns = owns or clipboard.ownsClipboard
        self._is_marking = False
        self._later = later(self, KEPT_S * 1_000, self.clear)
        clipboard.dataChanged.connect(self._on_changed)
        clipboard.selectionChanged.connect(self._on_marked)
        QGuiApplication.styleHints().setStartDragDistance(NEVER)

    @property
    def is_waiting(self) -> bool:
        """Whether something lies there that will be cleared."""
        return self._later.isActive()

    @Slot()
    def clear(self) -> None:
        """Take back what was copied here, if it is still there."""
        self._later.stop()
        if self._owns() and is_marked(self._clipboard.mimeData()):
            self._clipboard.clear()

    @Slot()
    def _on_marked(self) -> None:
        """Take it back before anybody is answered: this comes while Qt puts it there, and its own requests wait."""
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    @Slot()
    def _on_changed(self) -> None:
        if self._is_marking or not self._owns():
            return
        content: QMimeData | None = self._clipboard.mimeData()  # none where it was cleared
        if content is None or content.hasFormat(FREE):
            return
        if not is_marked(content) and content.hasText():
            self._is_marking = True
            self._clipboard.setMimeData(marked(content.text()))
            self._is_marking = False
        if is_marked(self._clipboard.mimeData()):
            self._later.start()


def is_marked(content: QMimeData | None) -> bool:
    """Say whether clipboard managers are told not to keep it."""
    return content is not None and content.hasFormat(MARK)


def freely(text: str) -> QMimeData:
    """Return plain text that is about nobody, and may stay: what is handed in or asked for elsewhere, later."""
    content = QMimeData()
    content.setText(text)
    content.setData(FREE, b"free")
    return content


def marked(text: str) -> QMimeData:
    """Return plain text that clipboard managers are told not to keep."""
    content = QMimeData()
    content.setText(text)
    content.setData(MARK, b"secret")
    if sys.platform == "win32":
        for name, value in _FOR_WINDOWS:
            content.setData(_WINDOWS.format(name), value)
    return content
