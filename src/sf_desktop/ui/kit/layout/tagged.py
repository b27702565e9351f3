"""What something is called, and its tags behind that: in one line where there is room, else wrapped like words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import Label
from sf_desktop.ui.kit.text.tags import Tag


def tagged(*labels: Label, tags: Iterable[tuple[str, str]], gap: int = GAP_S) -> QWidget:
    """A widget with these labels, each whole, and a tag for each (words, tone)."""
    for each in labels:
        each.setWordWrap(False)
    return wrapping(*labels, *(Tag(words, tone) for words, tone in tags), gap=gap)
