"""A label is as high as its words need, also where they stand in from the left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.fields.choices import ChoicesField, Option
from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.kit.layout.tagged import tagged
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.kit.text.tags import AROUND, Tag

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


@pytest.mark.usefixtures("theme")
def test_a_tag_that_lacks_a_few_pixels_of_its_line_has_room_for_two(qtbot: QtBot) -> None:
    """The tint at its right was taken for room of the words: both lines were painted into the height of one."""
    holder = tagged(tags=(("A large dog at the property. Ring before you visit.", "warning"),))
    qtbot.addWidget(holder)
    holder.show()
    tag = holder.findChild(Tag)
    assert tag is not None
    heights = set()
    for less in range(2 * AROUND):
        holder.resize(tag.sizeHint().width() - less, 200)
        QApplication.processEvents()
        room = tag.contentsRect()
        words = QRect(0, 0, room.width(), 200)
        needed = tag.fontMetrics().boundingRect(words, Qt.TextFlag.TextWordWrap, tag.text()).height()
        assert room.height() >= needed, less
        heights.add(needed)
    assert len(heights) == 2  # it was of one line, and of two
