"""Notes each copy to the clipboard from this program: in whose file it was made, never what was copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from sf_desktop.ops import looks
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.later import later
from sf_record.wire.audit import Look


class CopyWatch(QObject):
    """Listens to the clipboard; `where` says of which family file and record the window shows something.

    `is_ours` says whether this program put the copy there: the platform does, the one without a screen never.
    """

    def __init__(
        self,
        desk: Desk,
        where: Callable[[], tuple[str, str]],
        parent: QObject,
        is_ours: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._where = desk, where
        self._clipboard = QGuiApplication.clipboard()
        self._is_ours = is_ours or self._clipboard.ownsClipboard
        self._once = later(self, 0, self._on_copied)
        self._clipboard.dataChanged.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        """One copy changes the clipboard twice, because it is marked as secret; what others copy is not ours."""
        copied = self._clipboard.mimeData() if self._is_ours() else None
        if copied is not None and copied.formats():
            self._once.start()

    @Slot()
    def _on_copied(self) -> None:
        self._desk.ask(looks.record, Look.COPIED, *self._where())
