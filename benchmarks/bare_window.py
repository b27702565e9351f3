"""The least window that PySide6 can show: ``python -m benchmarks.bare_window`` says when it was painted, and its size.

Prints a JSON object: ``painted_at`` on the clock that all programs of the machine share, ``resident_bytes``.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.process import resident_bytes, shared_clock


class _Window(QWidget):
    painted_at = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if not self.painted_at:
            self.painted_at = shared_clock()
            QTimer.singleShot(0, self._say)

    def _say(self) -> None:
        print(json.dumps({"painted_at": self.painted_at, "resident_bytes": resident_bytes()}), flush=True)
        QApplication.quit()


def main() -> None:
    application = QApplication(sys.argv)
    window = _Window()
    window.resize(1366, 768)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
