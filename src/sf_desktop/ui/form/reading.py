"""A record as somebody reads it on a screen: each answered question with its answer in words, group by group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from sf_desktop.ops.reading.in_words import NOTHING, Line, Part, answer_in_words, in_words, parts_in_words
from sf_desktop.ui.kit.layout.surfaces import clear, column
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import Label, heading, muted

__all__ = ["NOTHING", "Line", "Part", "ReadingView", "answer_in_words", "answers_widget", "in_words", "parts_in_words"]

SHORT = 60  # so many characters stand beside their question
LABEL_CHARS = 26


class ReadingView(QWidget):
    """Shows parts to be read: groups with their answers, text that can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._down = column(self, gap=GAP_L)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts; those without an answer are left out."""
        clear(self._down)
        for part in parts:
            if part.lines:
                self._down.addWidget(_part_widget(part))
        self._down.addStretch(1)


def _part_widget(part: Part) -> QWidget:
    box = QWidget()
    box.setAccessibleName(part.label)
    down = column(box, gap=GAP_M)
    down.addWidget(heading(part.label))
    down.addWidget(answers_widget(part.lines))
    return box


def answers_widget(lines: Sequence[Line]) -> QWidget:
    """Answers under one another: short ones beside their question, long ones below it."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP_L)
    grid.setVerticalSpacing(GAP_S)
    grid.setColumnStretch(1, 1)
    if not lines:
        grid.addWidget(muted(NOTHING), 0, 0)
    for line in lines:
        _add_line(grid, line)
    return box


def _add_line(grid: QGridLayout, line: Line) -> None:
    label, told = muted(line.label), Label(line.text, "body")
    told.setAccessibleName(f"{line.label}: {line.text}")
    told.make_selectable()
    at = grid.rowCount()
    if len(line.text) <= SHORT and "\n" not in line.text:
        label.setFixedWidth(label.fontMetrics().averageCharWidth() * LABEL_CHARS)
        grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(told, at, 1)
    else:
        pair = column(gap=GAP_XS)
        pair.addWidget(label)
        pair.addWidget(told)
        grid.addLayout(pair, at, 0, 1, 2)
