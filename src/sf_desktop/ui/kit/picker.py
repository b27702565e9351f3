"""Lets somebody choose files, or where to save one, and leaves no trace of which: no recent files, no last folder."""

from __future__ import annotations

import os

from PySide6.QtCore import QDir, QObject, QSettings, QSize, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QSplitter, QWidget

from sf_desktop.ui.kit.access.actions import shortcut

LARGE, SIDEBAR = QSize(900, 560), 170
FILTER = "Photographs, PDF and text (*.jpg *.jpeg *.png *.heic *.pdf *.txt);;All files (*)"


class FilePicker(QObject):
    """`picked(object)`: the paths that were chosen. With `saves` (a file's end) one chooses where a new file goes.

    Qt's own dialog, because the computer's would put what was chosen among its recent files. Qt's keeps its history
    and its last folder in a settings file when it goes. Where that is a file of Qt's own, as on Linux, it is given no
    place to lie, for the screen that asks may go before the dialog is answered; elsewhere both are emptied before.
    """

    picked = Signal(object)

    def __init__(self, owner: QWidget, title: str = "Attach files", names: str = FILTER, *, saves: str = "") -> None:
        super().__init__(owner)
        self._owner, self._title, self._names, self._saves = owner, title, names, saves
        self._dialog: QFileDialog | None = None

    def open(self, suggested: str = "") -> None:
        """Ask; nothing else in the window stops meanwhile. `suggested` is what a new file might be called."""
        if self._dialog is not None:
            return
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
        dialog = self._dialog = QFileDialog(self._owner, self._title, QDir.homePath(), self._names)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setOption(QFileDialog.Option.ReadOnly)
        if self._saves:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setFileMode(QFileDialog.FileMode.AnyFile)
            dialog.setDefaultSuffix(self._saves)
            dialog.selectFile(suggested)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setSidebarUrls([QUrl("file:"), *(QUrl.fromLocalFile(each) for each in _folders())])  # the computer first
        room = self._owner.window().size()
        dialog.resize(min(LARGE.width(), room.width()), min(LARGE.height(), room.height()))
        for splitter in dialog.findChildren(QSplitter):
            splitter.setSizes([SIDEBAR, dialog.width() - SIDEBAR])
        _leave_free(dialog, "hide", "lock")
        dialog.finished.connect(self._on_finished)
        dialog.open()

    @Slot(int)
    def _on_finished(self, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is None:
            return
        paths = tuple(dialog.selectedFiles()) if result else ()
        dialog.setHistory([])
        dialog.setDirectory(QDir.homePath())
        dialog.deleteLater()
        if paths:
            self.picked.emit(paths)


def _folders() -> list[str]:
    """Where photographs, scans and letters mostly lie, as far as this account has it."""
    kinds = QStandardPaths.StandardLocation
    usual = [
        QStandardPaths.writableLocation(each)
        for each in (kinds.PicturesLocation, kinds.DocumentsLocation, kinds.DownloadLocation)
    ]
    return list(dict.fromkeys([QDir.homePath(), *(each for each in usual if each and QDir(each).exists())]))


def _leave_free(dialog: QFileDialog, *identities: str) -> None:
    """Take these keys from the dialog's own actions: Qt's goes to the home folder with the one that hides."""
    taken = {QKeySequence(keys) for each in identities for keys in shortcut(each).keys}
    for action in dialog.findChildren(QAction):
        if action.shortcut() in taken:
            action.setShortcut(QKeySequence())
