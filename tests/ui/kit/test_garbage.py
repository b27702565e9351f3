"""What Python can no longer reach is collected by the window, never by another thread."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.garbage import GarbageCollector


class Ring:
    """Reaches itself, so that only the collector ends it."""

    def __init__(self) -> None:
        self.itself = self


def test_rings_end_in_the_gui_thread_however_busy_the_others_are(qtbot: QtBot) -> None:
    owner = QObject()
    GarbageCollector(owner)
    ended: list[bool] = []
    ring = Ring()
    weakref.finalize(ring, lambda: ended.append(QThread.currentThread() is owner.thread()))
    del ring

    def allocate() -> None:
        for _ in range(gc.get_threshold()[0] * 20):
            Ring()

    busy = threading.Thread(target=allocate)
    busy.start()
    busy.join()
    assert ended == []
    qtbot.waitUntil(lambda: ended == [True], timeout=5_000)
