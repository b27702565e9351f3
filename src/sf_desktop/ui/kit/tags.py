"""A status as a word on a tinted ground: the word carries it, the colour only helps."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ui.kit.labels import Label, repolish


class Tag(Label):
    """A status chip. `tone`: neutral, accent, information, ok, warning or danger."""

    def __init__(self, text: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, "tag", wraps=False, parent=parent)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str) -> None:
        """Show another status."""
        self.setText(text)
        self.setProperty("tone", tone)
        repolish(self)
