"""Makes the small pictures of a list: each content opened once, decoded aside, kept in memory only."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from sf_desktop.ops.attaching.attachments import AttachmentView, Opened, glimpse
from sf_desktop.ui.attach.decoding import decode
from sf_desktop.ui.attach.reading import aside
from sf_desktop.ui.attach.row import SIDE
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.replies import Replies
from sf_record.errors import SfError

MOST = 120


class Glimpses(QObject):
    """`made(str, object)`: a small picture, by the attachment's id. `failed(str, object)`: why there is none."""

    made = Signal(str, object)
    failed = Signal(str, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._replies = desk, Replies(self)
        self._kept: OrderedDict[str, QImage] = OrderedDict()
        self._waiting: list[AttachmentView] = []
        self._now: AttachmentView | None = None

    def ask(self, view: AttachmentView) -> None:
        """Have the small picture of this one made, after those asked for before."""
        if (known := self._kept.get(_key(view))) is not None:
            self.made.emit(view.id, known)
        elif view.is_picture and all(_key(each) != _key(view) for each in self._waiting):
            self._waiting.append(view)
            self._next()

    def forget(self) -> None:
        """Let go of what is still asked for."""
        self._waiting.clear()

    def _next(self) -> None:
        """One after the other, so that a save never waits for more than one of them."""
        if self._now is None and self._waiting:
            self._now = self._waiting.pop(0)
            self._desk.ask(glimpse, self._now.id, on_done=self._on_opened, on_error=self._on_failed)

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        media_type = str(opened.view.body.get("media_type"))
        self._replies.watch(aside(decode, opened.content, media_type, SIDE * 2), self._on_decoded, self._on_failed)

    @Slot(object)
    def _on_decoded(self, image: QImage) -> None:
        view, self._now = self._now, None
        if view is not None:
            self._kept[_key(view)] = image
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
            self.made.emit(view.id, image)
        self._next()

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        view, self._now = self._now, None
        if view is not None:
            self.failed.emit(view.id, error)
        self._next()


def _key(view: AttachmentView) -> str:
    """The same content, the same picture."""
    return f"{view.id}:{view.body.get('sha256')}"
