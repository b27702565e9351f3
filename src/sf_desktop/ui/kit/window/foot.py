"""The foot of every screen: the truth about saving, in words that are computed elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ui.kit.access.announcing import announce
from sf_desktop.ui.kit.controls.buttons import quiet
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import clear, row
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import Label
from sf_desktop.wording.status import StatusWords

NEEDS_YOU = "Needs you"


class StatusLine(QWidget):
    """Shows `StatusWords`; wraps to more lines rather than hiding any of them. What needs you can be pressed."""

    needs_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = StatusWords()
        inner = QWidget()
        self._left = Flow(inner, gap=GAP_L + GAP_XS)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        inner.setSizePolicy(policy)
        self._right = Label("", "foot-text", wraps=False)
        across = row(self, gap=GAP_L)
        across.setContentsMargins(GAP_L + GAP_XS, GAP_XS + 2, GAP_L + GAP_XS, GAP_XS + 2)
        across.addWidget(inner, 1)
        across.addWidget(self._right)
        self._right_below = QWidget()

    @property
    def words(self) -> StatusWords:
        return self._words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_right()

    def _place_right(self) -> None:
        """Where there is no room at the right, the words there follow the others."""
        has_room = self.width() > 3 * self._right.sizeHint().width()
        self._right.setVisible(has_room)
        self._right_below.setVisible(not has_room)

    def say(self, words: StatusWords) -> None:
        """Show these words."""
        if words == self._words:
            return
        self._announce(self._words, words)
        self._words = words
        clear(self._left)
        if words.lead or words.rest:
            self._left.addWidget(_phrase((words.lead, True), (words.rest, False)))
        for label, number, tail in words.parts:
            self._left.addWidget(self._part(label, number, tail))
        self._right_below = _phrase((words.right, False))
        self._left.addWidget(self._right_below)
        self._place_right()
        self._right.setText(words.right)
        self.setAccessibleName("Saving and sending")
        self.setAccessibleDescription(words.spoken())
        self.updateGeometry()

    def _announce(self, before: StatusWords, now: StatusWords) -> None:
        """Say how things stand where that is another thing now, and what has come to need somebody: not each number."""
        if now.lead != before.lead:
            announce(self, f"{now.lead} {now.rest}".strip())
        for label, number, _ in now.parts:
            if label == NEEDS_YOU and (label, number) not in [part[:2] for part in before.parts]:
                announce(self, f"{label}: {number}")

    def _part(self, label: str, number: str, tail: str) -> QWidget:
        if label != NEEDS_YOU:
            return _phrase((label, False), (number, True), (tail, False))
        button = quiet(f"{label} {number}", spoken=f"{label}: {number}. Look at it")
        button.setProperty("role", "foot-link")
        button.clicked.connect(self.needs_wanted)
        return button


def _phrase(*pieces: tuple[str, bool]) -> QWidget:
    box = QWidget()
    across = row(box, gap=GAP_XS)
    for text, is_strong in pieces:
        if text:
            across.addWidget(Label(text, "foot-strong" if is_strong else "foot-text", wraps=False))
    return box
