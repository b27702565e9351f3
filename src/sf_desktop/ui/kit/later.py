"""Does something a little later, once: when typing rests, when the layout has settled, when patience is at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, SignalInstance


def later(owner: QObject, after_ms: int, slot: Callable[[], Any] | SignalInstance) -> QTimer:
    """Return a timer that calls this once, so long after its last `start()`; `slot` is a bound method or a signal."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(slot)
    return timer
