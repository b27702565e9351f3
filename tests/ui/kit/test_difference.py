"""The difference of two texts: joined, its pieces are the texts again, and marked is what only one of them has."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice
from sf_desktop.ui.kit.text.difference import MOST_WORDS, DifferenceText, Piece, spoken, word_difference

TEXTS = st.text(alphabet=st.sampled_from("ab é.,’-\n"), max_size=40)


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_texts(mine: str, theirs: str) -> None:
    here, there = word_difference(mine, theirs)
    assert "".join(each.text for each in here) == mine
    assert "".join(each.text for each in there) == theirs
    if mine == theirs:
        assert not any(each.is_only_here for each in (*here, *there))


def test_words_are_marked_and_not_letters() -> None:
    here, there = word_difference("Ms Alder and grandmother. Not Mr Alder.", "Ms Alder only. Not Mr Alder.")
    assert [each.text for each in here if each.is_only_here] == ["and grandmother"]
    assert [each.text for each in there if each.is_only_here] == ["only"]


def test_the_ear_hears_what_the_eye_sees() -> None:
    _, there = word_difference("Calm.", "Calm today.")
    assert "[only here: today]" in spoken(there)


def test_a_very_long_text_does_not_keep_the_window_waiting() -> None:
    one = " ".join(f"Pretend sentence number {each}." for each in range(MOST_WORDS))
    other = one.replace("number 1500.", "of another kind.")
    began = time.monotonic()
    _, there = word_difference(one, other)
    assert time.monotonic() - began < 5
    assert "Pretend sentence of another kind. " in [each.text for each in there if each.is_only_here]


def test_it_is_marked_not_only_by_colour_and_loads_nothing(qtbot: QtBot, theme: Theme) -> None:
    shown = DifferenceText("Yours")
    qtbot.addWidget(shown)
    shown.show_pieces((Piece("<img src='file:///etc/hostname'> ", False), Piece("<b>only</b>", True)))
    shown.show()
    theme.choose(ThemeChoice.DARK)
    assert shown.toPlainText() == "<img src='file:///etc/hostname'> <b>only</b>"
    cursor = QTextCursor(shown.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.charFormat().fontUnderline()
    assert cursor.charFormat().fontWeight() >= 700
    assert shown.isReadOnly()
