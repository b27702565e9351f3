"""Puts a card in the middle of the lock screen, a little above it, and lets it scroll where the window is small."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

from sf_desktop.ui.kit.layout.surfaces import column, row
from sf_desktop.ui.kit.style.tokens import GAP_L

CARD_CHARS = 56
_NO_FOCUS = 0  # Qt.FocusPolicy.NoFocus, which takes long to name: see kit/text/labels.py


def card_width(screen: QWidget) -> int:
    """How wide the card is: larger text needs a wider one."""
    return screen.fontMetrics().averageCharWidth() * CARD_CHARS


def centred(card: QWidget) -> QScrollArea:
    """Return what holds the card; it takes no focus itself."""
    inside = QWidget()
    middle = column(inside, margin=GAP_L)
    across = row()
    across.addStretch(1)
    across.addWidget(card)
    across.addStretch(1)
    middle.addStretch(1)
    middle.addLayout(across)
    middle.addStretch(2)
    scroll = QScrollArea()
    scroll.setProperty("focusPolicy", _NO_FOCUS)
    scroll.setWidgetResizable(True)
    scroll.setWidget(inside)
    # Transparent by the stylesheet, and by name: the first `viewport()` costs 40 ms, a quarter of a bare start.
    inside.setObjectName("lock-inside")
    return scroll
