"""Dictation and input methods: what is being composed is not an answer yet; commits, corrections and undo are whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.kit.writing.prose import ProseField


class EveryWord:
    """A speller that knows nothing: every word is marked, which must not disturb what is dictated."""

    def knows(self, word: str) -> bool:
        return not word

    def suggest(self, word: str) -> list[str]:
        return [word]


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> ProseField:
    made = ProseField("text", "Note")
    qtbot.addWidget(made)
    made.set_spelling(EveryWord())
    made.show()
    made.area.setFocus()
    return made


def compose(field: ProseField, text: str) -> None:
    """An input method shows what it thinks it heard."""
    QApplication.sendEvent(field.area, QInputMethodEvent(text, []))


def commit(field: ProseField, text: str, *, back: int = 0, length: int = 0) -> None:
    """An input method has decided; it may take the place of words before the cursor."""
    event = QInputMethodEvent()
    event.setCommitString(text, -back, length)
    QApplication.sendEvent(field.area, event)


def undo(field: ProseField) -> None:
    QTest.keyClick(field.area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_what_is_being_composed_is_no_answer_until_it_is_committed(field: ProseField) -> None:
    told: list[str] = []
    field.changed.connect(lambda: told.append(field.value()))
    compose(field, "the kit")
    compose(field, "the kitchen")
    assert field.value() == ""
    assert told == []
    commit(field, "The kitchen was warm.")
    assert field.value() == "The kitchen was warm."
    assert told == ["The kitchen was warm."]


def test_what_is_marked_is_replaced_by_what_is_said(field: ProseField) -> None:
    field.set_value("The kitchen was cold.")
    cursor = field.area.textCursor()
    cursor.setPosition(16)
    cursor.setPosition(20, cursor.MoveMode.KeepAnchor)
    field.area.setTextCursor(cursor)
    compose(field, "w")
    commit(field, "warm")
    assert field.value() == "The kitchen was warm."


def test_a_correction_takes_the_place_of_the_words_before(field: ProseField) -> None:
    commit(field, "The chicken was warm.")
    cursor = field.area.textCursor()
    cursor.setPosition(11)
    field.area.setTextCursor(cursor)
    commit(field, "kitchen", back=7, length=7)
    assert field.value() == "The kitchen was warm."
    assert field.cursor_place() == 11


def test_each_thing_said_is_undone_by_itself_and_comes_back(field: ProseField) -> None:
    commit(field, "One. ")
    commit(field, "Two.")
    undo(field)
    assert field.value() in {"One. ", ""}
    QTest.keyClick(field.area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert field.value() == "One. Two."


def test_several_paragraphs_come_whole_and_as_plain_text(field: ProseField) -> None:
    commit(field, "First.\nSecond <b>bold</b>.")
    assert field.value() == "First.\nSecond <b>bold</b>."
    assert field.area.document().blockCount() == 2


def test_an_input_method_is_told_what_stands_around_the_cursor(field: ProseField) -> None:
    field.set_value("The kitchen was warm.")
    field.put_cursor(11)
    asked = field.area.inputMethodQuery
    assert asked(Qt.InputMethodQuery.ImEnabled)
    assert asked(Qt.InputMethodQuery.ImSurroundingText) == "The kitchen was warm."
    assert asked(Qt.InputMethodQuery.ImCursorPosition) == 11
    assert not int(asked(Qt.InputMethodQuery.ImHints)) & int(Qt.InputMethodHint.ImhNoPredictiveText.value)


def test_one_line_takes_it_too(qtbot: QtBot, theme: Theme) -> None:
    line = TextField("subject", "Subject")
    qtbot.addWidget(line)
    line.show()
    told: list[str] = []
    line.changed.connect(lambda: told.append(line.value()))
    QApplication.sendEvent(line.line, QInputMethodEvent("a vis", []))
    assert line.value() == ""
    event = QInputMethodEvent()
    event.setCommitString("A visit")
    QApplication.sendEvent(line.line, event)
    assert line.value() == "A visit"
    assert told[-1:] == ["A visit"]
