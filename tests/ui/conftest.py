"""Settings of every test that opens a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice, current_theme

# The offscreen platform says this of a window that has a smallest size, or is to come before others: it has no screen.
_OFFSCREEN = ("This plugin does not support propagateSizeHints", r"This plugin does not support raise\(\)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let those sentences of the offscreen platform pass; every other warning of Qt's fails its test."""
    for item in items:
        if "tests/ui/" in item.nodeid or "tests/together/" in item.nodeid:
            item.add_marker(pytest.mark.qt_log_ignore(*_OFFSCREEN, extend=True))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    running = current_theme() or Theme(qapp, ThemeChoice.LIGHT)
    running.choose(ThemeChoice.LIGHT)
    running.scale_text(100)
    yield running
    running.choose(ThemeChoice.LIGHT)
    running.scale_text(100)
