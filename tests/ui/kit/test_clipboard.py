"""What is copied in the program does not stay on the clipboard, and nobody is told to keep it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QTextEdit

from sf_desktop.ui.kit.clipboard import MARK, ClipboardGuard, freely, is_marked

TEXT = "Pretend words of a visit."


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()


def test_what_is_copied_is_plain_and_marked_as_secret(qtbot, clipboard: QClipboard) -> None:
    guard = ClipboardGuard(clipboard, owns=lambda: True)
    editor = QTextEdit()
    qtbot.addWidget(editor)
    editor.setHtml(f"<b>{TEXT}</b>")
    editor.selectAll()
    editor.copy()
    assert clipboard.text() == TEXT
    assert set(clipboard.mimeData().formats()) == {"text/plain", MARK}
    assert guard.is_waiting


def test_it_is_cleared_after_a_while_and_on_lock(qtbot, clipboard: QClipboard) -> None:
    guard = ClipboardGuard(clipboard, owns=lambda: True)
    clipboard.setText(TEXT)
    guard._later.timeout.emit()
    assert clipboard.text() == ""
    clipboard.setText(TEXT)
    guard.clear()
    assert clipboard.text() == ""
    assert not guard.is_waiting


def test_what_another_program_copied_is_left_alone(qtbot, clipboard: QClipboard) -> None:
    guard = ClipboardGuard(clipboard, owns=lambda: False)
    clipboard.setText("Another program's.")
    assert not is_marked(clipboard.mimeData())
    guard.clear()
    assert clipboard.text() == "Another program's."
    assert not guard.is_waiting


def test_what_is_about_nobody_may_stay_until_it_is_pasted_elsewhere(qtbot, clipboard: QClipboard) -> None:
    guard = ClipboardGuard(clipboard, owns=lambda: True)
    clipboard.setMimeData(freely("A request code"))
    assert not guard.is_waiting
    guard.clear()
    assert clipboard.text() == "A request code"
