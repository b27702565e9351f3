"""Finds widgets as a screen reader would: by the name that is said aloud."""

from __future__ import annotations

from typing import Protocol, TypeVar, overload

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.desktop import Desktop
from sf_desktop.session import Session
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.workplace import Workplace

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 30_000  # setting a paper takes a second of work, which on a busy computer is many


class Asking(Protocol):
    """A screen that waits for answers."""

    @property
    def replies(self) -> Replies: ...


@overload
def named(root: QWidget, name: str) -> QWidget: ...
@overload
def named(root: QWidget, name: str, kind: type[W]) -> W: ...
def named(root: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """The one visible widget of this name."""
    found = [each for each in root.findChildren(kind) if each.accessibleName() == name and each.isVisibleTo(root)]
    shown = [each.accessibleName() for each in root.findChildren(kind) if each.accessibleName()]
    assert len(found) == 1, f"{len(found)} widgets are called {name!r}; there are {shown}"
    return found[0]


def press(root: QWidget, name: str) -> None:
    """Press the button of this name, which must be one that can be pressed."""
    button = named(root, name, QAbstractButton)
    assert button.isEnabled(), f"{name} cannot be pressed"
    button.click()


def write(root: QWidget, name: str, text: str) -> None:
    """Write into the line of this name as a person does."""
    line = named(root, name, QLineEdit)
    line.setText(text)
    line.textEdited.emit(text)


def answered(qtbot, screen: Asking) -> None:
    """Wait until every future that a screen waits for has been told to it; a lock screen first asks who it is for."""
    qtbot.waitUntil(lambda: getattr(screen, "has_looked", True))
    while screen.replies.open_count:
        with qtbot.waitSignal(screen.replies.settled, timeout=PATIENCE_MS):
            pass


def at_work(qtbot: QtBot, desktop: Desktop) -> tuple[Workplace, Session]:
    """Wait until the vault is open and the window at work, and return it with what works behind it."""
    qtbot.waitUntil(lambda: desktop.workplace is not None, timeout=60_000)
    assert desktop.workplace is not None
    assert desktop.session is not None
    return desktop.workplace, desktop.session
