"""A label is as high as its words need, also where they stand in from the left."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.fields.choices import ChoicesField, Option
from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.kit.text.labels import muted

SHORT = "Keeps registers at a centre"
LONG = "These words go on until they need more than one line of the room that a line of words is given here. " * 3


@pytest.mark.parametrize("words", [SHORT, LONG])
def test_a_hint_beneath_an_answer_is_as_high_as_the_same_words_that_stand_in_from_nothing(
    qtbot: QtBot, words: str
) -> None:
    page = Page()
    qtbot.addWidget(page)
    field, plain = ChoicesField("who", "Who", (Option("a", "Somebody", words),)), muted(words)
    page.layout_.addWidget(field)
    page.layout_.addWidget(plain)
    page.layout_.addStretch(1)
    page.resize(1200, 700)
    page.show()
    QApplication.processEvents()
    (hint,) = (each for each in field.findChildren(QLabel) if each.text() == words)
    indent = hint.contentsMargins()
    assert indent.left() > 0
    room = hint.height() - indent.top() - indent.bottom()
    assert room == plain.height()
