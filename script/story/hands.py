"""Hands for the real window: finds controls by the name that a screen reader says, clicks, types and waits by watching.

A story is a generator. It yields a condition and is continued when that holds; nothing blocks and nothing sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QWidget

W = TypeVar("W", bound=QWidget)
LOOK_EVERY_MS = 25


class Missed(Exception):
    """A step of the story did not come true in its time. Says which; never what stood on the screen."""


@dataclass(frozen=True)
class Until:
    """Go on when this holds."""

    holds: Callable[[], object]
    what: str
    within_s: float = 30.0


Story = Generator[Until, None, None]


def shown(kind: type[W]) -> list[W]:
    """Return all visible widgets of a kind in all windows."""
    return [
        widget
        for window in QApplication.topLevelWidgets()
        if window.isVisible()
        for widget in ([window, *window.findChildren(QWidget)])
        if isinstance(widget, kind) and widget.isVisible()
    ]


def said(widget: QWidget) -> str:
    """Return what a screen reader says of a widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text().replace("&", "")
    return ""


def find(kind: type[W], name: str) -> W | None:
    """Return the first visible widget of a kind with that name, or beginning with it where none has it whole."""
    named = [(said(widget), widget) for widget in shown(kind)]
    whole = [widget for words, widget in named if words == name]
    begun = [widget for words, widget in named if words.startswith(name)]
    return next(iter([*whole, *begun]), None)


def the(kind: type[W], name: str) -> W:
    """Return the widget; Missed if it is not there."""
    widget = find(kind, name)
    if widget is None:
        raise Missed(f"there is no {kind.__name__} named {name!r}")
    return widget


def sees(name: str, kind: type[QWidget] = QWidget, within_s: float = 30.0) -> Until:
    """Wait until an enabled control or a text with that name is in view."""
    return Until(lambda: (found := find(kind, name)) is not None and found.isEnabled(), f"sees {name!r}", within_s)


def reads(words: str, within_s: float = 30.0) -> Until:
    """Wait until a text in view holds these words."""
    return Until(lambda: any(words in text for text in texts()), f"reads {words!r}", within_s)


def texts() -> list[str]:
    """Return everything that can be read in the window, as it stands."""
    found = [said(widget) for widget in shown(QWidget)]
    found += [label.text() for label in shown(QLabel)]
    return [text for text in found if text]


def click(name: str, kind: type[QWidget] = QAbstractButton) -> None:
    """Click a control by its name."""
    widget = the(kind, name)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2))


def click_all(name: str) -> None:
    """Click every control of that name, one for each child."""
    for widget in [each for each in shown(QAbstractButton) if said(each) == name or said(each).endswith(f", {name}")]:
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)


def saved_times() -> tuple[str, ...]:
    """Return the times of day that stand in the window, such as beside "Saved on this laptop"."""
    return tuple(text for text in texts() if len(text) == len("09:52:14") and text.count(":") == 2)


def type_into(name: str, text: str) -> None:
    """Put the cursor into a field by its name and type."""
    field: QWidget = find(QLineEdit, name) or the(QTextEdit, name)
    field.setFocus()
    QTest.keyClicks(field, text)


def written(name: str) -> str:
    """Return what stands in a field."""
    line = find(QLineEdit, name)
    return line.text() if line is not None else the(QTextEdit, name).toPlainText()


def press(keys: str) -> None:
    """Press a key or a combination on whatever has the focus."""
    combination = QKeySequence(keys)[0]  # type: ignore[index]  # its types leave this out
    target = QApplication.focusWidget() or QApplication.activeWindow() or next(iter(_windows()), None)
    if target is None:
        raise Missed("no window has the focus")
    QTest.keyClick(target, combination.key(), combination.keyboardModifiers())


def _windows() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


def picture(folder: Path, name: str) -> None:
    """Keep a screenshot of the front window, laid out as the next frame shows it."""
    QApplication.sendPostedEvents()
    folder.mkdir(parents=True, exist_ok=True)
    windows = _windows()
    if windows:
        (QApplication.activeWindow() or windows[0]).window().grab().save(str(folder / f"{name}.png"))


class Player(QObject):
    """Plays a story inside the program's own event loop and ends the program with 0, or 1 where it missed a step."""

    def __init__(self, story: Story, pictures: Path) -> None:
        super().__init__()
        self._story, self._pictures = story, pictures
        self._until: Until | None = None
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_look)

    def start(self) -> None:
        """Begin when the event loop runs."""
        self._timer.start()

    @Slot()
    def _on_look(self) -> None:
        try:
            self._look()
        except StopIteration:
            self._end(0)
        except Missed as missed:
            print(f"   missed: {missed}", flush=True)
            picture(self._pictures, "missed")
            self._end(1)

    def _look(self) -> None:
        if self._until is not None and not self._until.holds():
            if time.monotonic() - self._began > self._until.within_s:
                raise Missed(self._until.what)
            return
        self._until = next(self._story)
        self._began = time.monotonic()

    def _end(self, code: int) -> None:
        self._timer.stop()
        QApplication.exit(code)
