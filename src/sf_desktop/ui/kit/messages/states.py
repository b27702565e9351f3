"""What a screen shows when it has nothing to show yet: empty, or still loading."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.layout.surfaces import column, from_left, show_when
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XL
from sf_desktop.ui.kit.text.labels import body, heading, muted


class EmptyState(QWidget):
    """Says why there is nothing here and what to do about it. `pressed` comes from its button, if it has one.

    `onward` comes from a second button that leads elsewhere.
    """

    pressed = Signal()
    onward = Signal()

    def __init__(self, title: str, advice: str = "", button: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title_label, self.advice_label = heading(title), body(advice)
        self.button = Button(button, Kind.SECONDARY)
        self.button.setEnabled(bool(button))  # else the keyboard may come to it as its page comes
        show_when(self.button, bool(button))
        self.button.clicked.connect(self.pressed)
        self.onward_button = Button("", Kind.SECONDARY)
        self.onward_button.hide()
        self.onward_button.clicked.connect(self.onward)
        self.setAccessibleName(title)
        self.setAccessibleDescription(advice)
        down = column(self, margin=GAP_XL, gap=GAP_S)
        down.addWidget(self.title_label)
        down.addWidget(self.advice_label)
        down.addSpacing(GAP_S)
        across = from_left(self.button, self.onward_button)
        down.addLayout(across)
        down.addStretch(1)

    def say(self, title: str, advice: str = "", button: str = "", onward: str = "") -> None:
        """Change what it says."""
        self.title_label.setText(title)
        self.advice_label.setText(advice)
        self.button.set_text(button)
        self.button.setEnabled(bool(button))
        self.button.setVisible(bool(button))
        self.onward_button.set_text(onward)
        show_when(self.onward_button, bool(onward))
        self.setAccessibleName(title)
        self.setAccessibleDescription(advice)


class LoadingState(QWidget):
    """What is being fetched, how far it has come, and a way to stop it (`cancelled`)."""

    cancelled = Signal()

    def __init__(self, what: str, *, cancel: str = "Stop", margin: int = GAP_XL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.what_label, self.far_label = heading(what), muted("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bar.setMaximumWidth(560)
        self.bar.setAccessibleName(what)
        self.button = Button(cancel)
        show_when(self.button, bool(cancel))
        self.button.clicked.connect(self.cancelled)
        down = column(self, margin=margin, gap=GAP_M)
        for widget in (self.what_label, self.bar, self.far_label, self.button):
            down.addWidget(widget)
        down.setAlignment(Qt.AlignmentFlag.AlignTop)

    def advance(self, done: int, total: int, words: str = "") -> None:
        """Show how far: `done` of `total` (a total of 0 means not known yet)."""
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(min(done, total))
        self.far_label.setText(words or (f"{done:,} of {total:,}" if total else ""))
        self.bar.setAccessibleDescription(self.far_label.text())

    def say(self, what: str) -> None:
        """Change what is being fetched."""
        self.what_label.setText(what)
        self.bar.setAccessibleName(what)
