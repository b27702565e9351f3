"""What somebody typed about what waits no longer: shown until they put it away, so that they can copy it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import body, muted


class LeftCard(Card):
    """Nothing is shown while nothing is left. `put_away` comes once nobody needs it; ``what`` is it, in a sentence."""

    put_away = Signal()

    def __init__(self, what: str, advice: str, parent: QWidget | None = None) -> None:
        super().__init__(f"A {what} that you typed and did not send", parent=parent)
        self.layout_.addWidget(muted(advice))
        self._texts = column(gap=GAP_S)
        self.layout_.addLayout(self._texts)
        button = secondary("Put it away", spoken=f"Put away the {what} that you did not send")
        button.clicked.connect(self.put_away)
        self.layout_.addWidget(wrapping(button))
        self.hide()

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show these; with none of them nothing is shown."""
        clear(self._texts)
        for text in texts:
            label = body(text)
            label.make_selectable()
            self._texts.addWidget(label)
        self.setVisible(bool(texts))
