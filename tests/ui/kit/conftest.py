"""What the tests of the kit share: a theme that is always light and 100 % again afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from sf_desktop.ui.kit.theme import Theme, ThemeChoice, current_theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    running = current_theme() or Theme(qapp, ThemeChoice.LIGHT)
    running.choose(ThemeChoice.LIGHT)
    running.scale_text(100)
    yield running
    running.choose(ThemeChoice.LIGHT)
    running.scale_text(100)
