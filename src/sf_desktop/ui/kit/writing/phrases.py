"""Phrases put in where one writes: a menu of them, by mouse or keyboard, and what an inserted one leaves to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

MOST_NUMBERED = 9
PREVIEW_CHARACTERS = 300
TO_FILL_IN = re.compile(r"\[[^\[\]\n]*\]")


class Phrasing(Protocol):
    """Words with a name."""

    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


class PhraseMenu(QMenu):
    """`chosen(str)`: the words of the phrase that was chosen. The first nine answer to their number."""

    chosen = Signal(str)

    def __init__(self, phrases: Sequence[Phrasing], parent: QWidget) -> None:
        super().__init__("Insert a phrase", parent)
        self.setAccessibleName("Phrases")
        self.setToolTipsVisible(True)
        for number, each in enumerate(phrases, 1):
            label = each.label.replace("&", "&&")
            action = QAction(f"&{number}  {label}" if number <= MOST_NUMBERED else label, self)
            action.setToolTip(each.text[:PREVIEW_CHARACTERS])
            action.triggered.connect(_Choice(self, each.text).choose)
            self.addAction(action)


class _Choice(QObject):
    """One line of the menu."""

    def __init__(self, menu: PhraseMenu, text: str) -> None:
        super().__init__(menu)
        self._menu, self._text = menu, text

    @Slot()
    def choose(self) -> None:
        self._menu.chosen.emit(self._text)
