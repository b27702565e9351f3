"""What an input method is still composing (dictation, for one) when the window has to go."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QTextEdit


def decide() -> None:
    """Take what is being composed as it stands: half a sentence is better than none."""
    QGuiApplication.inputMethod().commit()
    area = QApplication.focusWidget()
    if isinstance(area, QTextEdit) and (text := area.textCursor().block().layout().preeditAreaText()):
        decided = QInputMethodEvent()
        decided.setCommitString(text)
        QApplication.sendEvent(area, decided)
