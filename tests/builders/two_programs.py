"""Two programs on one display: one in which a family's words are marked, and another one that would have them.

``python -m tests.builders.two_programs ours|unguarded|theirs`` shows a window that says in its title what is marked in
it, or what it took; ``selection`` and ``clipboard`` print what any program reads there (JSON), and end.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from sf_desktop.ui.kit.clipboard import ClipboardGuard
from sf_desktop.ui.kit.fields.text import SecretField
from sf_desktop.ui.kit.text.labels import body
from sf_desktop.ui.kit.writing.prose import ProseArea

NOTE, READ, SECRET = "Robin said so", "Heron was read", "Pretend passphrase"
SIZE, BESIDE = (500, 400), 520
PLACES = {"note": (60, 18), "read": (60, 212), "secret": (60, 312)}
"""Where the words stand on the display, and a middle that is none of them in the other program's window."""


def main(wanted: str) -> int:
    """Be the program that is wanted."""
    app = QApplication([wanted])
    modes = {"selection": QClipboard.Mode.Selection, "clipboard": QClipboard.Mode.Clipboard}
    if wanted in modes:
        QTimer.singleShot(0, lambda: _tell(modes[wanted]))
        return app.exec()
    window = QWidget()
    made = _Theirs(window) if wanted == "theirs" else _Ours(window)
    if wanted == "ours":
        ClipboardGuard(QGuiApplication.clipboard(), app)
    window.setGeometry(BESIDE if wanted == "theirs" else 0, 0, *SIZE)
    window.setWindowTitle(f"{wanted}:")
    window.show()
    app.exec()
    del made
    return 0


class _Ours:
    """What is written, what is read and a passphrase that is shown."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._note, self._read, self._secret = ProseArea(3, 3, window), body(READ), SecretField("s", "Secret")
        self._note.put(NOTE)
        self._note.setGeometry(0, 0, 480, 180)
        self._read.setParent(window)
        self._read.make_selectable()
        self._read.setGeometry(0, 200, 480, 24)
        line = self._secret.line
        line.setParent(window)
        line.setText(SECRET)
        line.setEchoMode(QLineEdit.EchoMode.Normal)
        line.setGeometry(0, 300, 480, 24)
        self._note.selectionChanged.connect(lambda: self._say(self._note))
        line.selectionChanged.connect(lambda: self._say(line))

    def _say(self, where: QTextEdit | QLineEdit) -> None:
        marked = where.selectedText() if isinstance(where, QLineEdit) else where.textCursor().selectedText()
        self._window.setWindowTitle(f"marked: {marked}")


class _Theirs:
    """Takes what is dropped."""

    def __init__(self, window: QWidget) -> None:
        taken = QPlainTextEdit(window)
        taken.setGeometry(0, 0, *SIZE)
        taken.textChanged.connect(lambda: window.setWindowTitle(f"theirs: {taken.toPlainText()}"))


def _tell(mode: QClipboard.Mode) -> None:
    found: QMimeData | None = QGuiApplication.clipboard().mimeData(mode)  # none where nothing lies
    sys.stdout.write(
        json.dumps({"text": found.text() if found else "", "formats": found.formats() if found else []}) + "\n"
    )
    QApplication.quit()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
