"""Files and pictures dropped or pasted anywhere on a page go to the card on it that takes them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.dropped import holds_words

_DRAGGED = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}


class Anywhere(QObject):
    """Nobody aims at a card with a photograph in hand, and an answer that one writes in takes words only.

    `dropped(object)` hands on what was dropped (QMimeData), `pasted` says that a file or picture lies on the clipboard.
    It watches `page` for as long as `card` is there, and acts while the card is shown and takes what is dropped on it.
    """

    dropped = Signal(object)
    pasted = Signal()

    def __init__(self, card: QWidget, page: QWidget) -> None:
        super().__init__(card)
        self._card = card
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._card.isVisible() and self._card.acceptDrops():
            if event.type() in _DRAGGED and isinstance(event, QDropEvent):
                return self._is_taken(event)
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._is_pasted(event)
        return super().eventFilter(watched, event)

    def _is_taken(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        if holds_words(data) or not (data.hasUrls() or data.hasImage()):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(data)
        return True

    def _is_pasted(self, event: QKeyEvent) -> bool:
        data = QGuiApplication.clipboard().mimeData()
        if not event.matches(QKeySequence.StandardKey.Paste) or holds_words(data):
            return False
        if is_one := data.hasUrls() or data.hasImage():
            self.pasted.emit()
        return bool(is_one)
