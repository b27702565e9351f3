"""Collects what Python can no longer reach in the GUI thread only.

Python's collector runs in whatever thread happens to allocate. A Qt object that it destroys in another thread than its
own leaves its timers behind, and the next of them crashes the program. So it is off, and a timer of the window does it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1_000


class GarbageCollector(QObject):
    """Takes the collector over for as long as the program runs. Made in the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_due)
        self._timer.start()

    @Slot()
    def _on_due(self) -> None:
        collect_what_is_due()


def collect_what_is_due() -> None:
    """Collect the oldest generation that is due by Python's own counts, and with it the younger ones."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [number for number in range(3) if counts[number] > limits[number] > 0]
    if due:
        gc.collect(max(due))
