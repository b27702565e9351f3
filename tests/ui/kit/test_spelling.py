"""Spelling marks look only at what was changed, and say the same as if they had looked at everything."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from sf_desktop.ui.kit.writing.spelling import WORD, SpellingMarks


class _Short:
    """Knows words of up to three letters, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def knows(self, word: str) -> bool:
        self.asked += 1
        return len(word) <= 3

    def suggest(self, word: str) -> Sequence[str]:
        return ()


TEXT = st.text(alphabet="ab cé'’.3_-", max_size=30)


def marked(text: str, speller: _Short) -> list[tuple[int, int]]:
    return [each.span() for each in WORD.finditer(text) if each.end() < len(text) and not speller.knows(each.group())]


@given(texts=st.lists(TEXT, min_size=2, max_size=6))
def test_what_is_marked_is_as_if_all_had_been_looked_at(texts: list[str]) -> None:
    speller = _Short()
    document = QTextDocument()
    marks = SpellingMarks(document, speller)
    for text in texts:
        marks.highlightBlock(text)
        assert marks._unknown == marked(text, speller), (texts, text)


@given(text=TEXT, at=st.integers(0, 30), taken=st.integers(0, 5), put=st.text(alphabet="ab '’.", max_size=3))
def test_a_small_change_marks_as_if_all_had_been_looked_at(text: str, at: int, taken: int, put: str) -> None:
    speller = _Short()
    document = QTextDocument()
    marks = SpellingMarks(document, speller)
    marks.highlightBlock(text)
    after = text[:at] + put + text[at + taken :]
    marks.highlightBlock(after)
    assert marks._unknown == marked(after, speller)


def test_a_keystroke_in_a_long_paragraph_asks_about_one_word(qtbot) -> None:
    document = QTextDocument("words like these " * 2_000)
    speller = _Short()
    marks = SpellingMarks(document, speller)
    marks.rehighlight()
    marks._known.clear()
    speller.asked = 0
    cursor = QTextCursor(document)
    cursor.setPosition(8_000)
    cursor.insertText("x")
    assert speller.asked <= 2
