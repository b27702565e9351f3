"""Goes through a window with Tab and Shift+Tab, as a person does, and says where that leads astray."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.builders.walk.controls import called, controls

MOST = 600  # a longer way than any screen has: whoever presses Tab so often is caught somewhere
SAME_LINE_PX = 12  # controls on one line need not begin at the same pixel


def way(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where the keyboard comes, one after the other, until it is where it began."""
    met: list[QWidget] = []
    begun: QWidget | None = window.focusWidget()
    if begun is None or not begun.focusPolicy() & Qt.FocusPolicy.TabFocus:  # a screen that waits for its answers
        QTest.keyClick(begun if begun is not None else window, key, _held(key))
    for _ in range(MOST):
        at: QWidget | None = window.focusWidget()
        if at is None or at in met:
            break
        met.append(at)
        QTest.keyClick(at, key, _held(key))
    return met


def _held(key: Qt.Key) -> Qt.KeyboardModifier:
    is_back = key is Qt.Key.Key_Backtab
    return Qt.KeyboardModifier.ShiftModifier if is_back else Qt.KeyboardModifier.NoModifier


def faults(window: QWidget, within: QWidget) -> Iterator[str]:
    """Yield what Tab does not come to, where it is caught, and where it goes up the screen again."""
    there = way(window)
    yield from _caught(window, there)
    for control in controls(within):
        if control.isEnabled() and not _is_met(control, there):
            yield f"Tab does not come to {called(control)}"
    back = way(window, Qt.Key.Key_Backtab)
    if missed := [each for each in there if not _is_met(each, back)]:
        yield f"Shift+Tab does not come to {called(missed[0])}"
    yield from _astray(there, within)


def _caught(window: QWidget, there: list[QWidget]) -> Iterator[str]:
    """Whoever goes on must come round to where they began: else they are caught."""
    at: QWidget | None = window.focusWidget()
    if there and at is not None and at is not there[0] and not _is_met(there[0], [at]):
        yield f"Tab is caught at {called(at)}"


def _is_met(control: QWidget, met: list[QWidget]) -> bool:
    """Whether the keyboard came to it, or into its group of choices, which the arrows go through."""
    if control in met or control.focusProxy() in met or any(control.isAncestorOf(each) for each in met):
        return True
    is_choice = isinstance(control, QAbstractButton) and control.autoExclusive()
    return is_choice and any(type(each) is type(control) and each.parent() is control.parent() for each in met)


def _astray(met: list[QWidget], within: QWidget) -> Iterator[str]:
    """Reading order: on to the right or down, or up again into another column, and then for good."""
    outside = [at for at, each in enumerate(met) if not within.isAncestorOf(each)]
    start = outside[-1] + 1 if outside else met.index(min(met, key=lambda each: _line(each, within)))
    ordered = [each for each in met[start:] + met[:start] if within.isAncestorOf(each)]
    for before, after in pairwise(ordered):
        if _goes_up(_box(before, within), _box(after, within)):
            yield f"Tab goes up from {called(before)} to {called(after)}"


def _goes_up(before: QRect, after: QRect) -> bool:
    is_higher = after.bottom() < before.top() + SAME_LINE_PX
    is_left_on_line = abs(after.center().y() - before.center().y()) < SAME_LINE_PX and after.left() < before.left()
    is_beside = after.left() >= before.right() - SAME_LINE_PX  # the next column begins at its top
    return (is_higher and not is_beside) or is_left_on_line


def _line(widget: QWidget, within: QWidget) -> tuple[int, int]:
    box = _box(widget, within)
    return box.center().y() // SAME_LINE_PX, box.left()


def _box(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())
