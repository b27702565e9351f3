"""Keeps what is copied here from staying: secret to clipboard managers, and gone after a minute and on lock."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QClipboard

from sf_desktop.ui.kit.later import later

KEPT_S = 60
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

    ``owns`` says whether what lies there comes from this program.
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
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    @Slot()
    def _on_changed(self) -> None:
        if self._is_marking or not self._owns():
            return
        content: QMimeData | None = self._clipboard.mimeData()  # none where it was cleared
        if content is None:
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


def marked(text: str) -> QMimeData:
    """Return plain text that clipboard managers are told not to keep."""
    content = QMimeData()
    content.setText(text)
    content.setData(MARK, b"secret")
    if sys.platform == "win32":
        for name, value in _FOR_WINDOWS:
            content.setData(_WINDOWS.format(name), value)
    return content
