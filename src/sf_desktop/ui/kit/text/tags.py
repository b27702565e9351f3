"""A status as a word on a tinted ground: the word carries it, the colour only helps."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ui.kit.text.labels import Label, repolish

AROUND = 18  # the tint at both sides of the words: padding and line of the style sheet
_LONGEST = 10_000


class Tag(Label):
    """A status chip. `tone`: neutral, accent, information, ok, warning or danger."""

    def __init__(self, text: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, "tag", parent=parent)
        self.setProperty("tone", tone)
        self.setIndent(0)  # Qt's own would be half a letter, before the words only
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """One line, with room for the tint around it; where that does not fit, `heightForWidth` wraps it."""
        width = self._longest_line() + AROUND
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(AROUND, 0)

    def _limit_width(self) -> None:
        """A tag is as long as its words: the tint ends where they do."""

    def _limit(self) -> int:
        return _LONGEST

    def _left_free(self) -> int:
        """Nothing: the margin at its right is its tint, which the words never had."""
        return 0

    def say(self, text: str, tone: str) -> None:
        """Show another status."""
        self.setText(text)
        self.setProperty("tone", tone)
        repolish(self)
