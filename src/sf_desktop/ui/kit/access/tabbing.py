"""Where Tab goes: through a window as it is read, line after line in each of its parts.

Qt goes through widgets as they were made. A screen makes some late (a row that is added, a card that an answer fills),
and Tab would come to those after everything else in the window.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Put the keyboard onto what is read next in a window, or before; False where nothing else takes it.

    Also where a page goes from its stack with the keyboard on it: the stack brings the next page and gives it that.
    """
    if _is_leaving(window.focusWidget()):
        return False
    stops = [each for each in _in_order(window) if _is_stop(each)]
    at = window.focusWidget()
    if not stops or stops == [at]:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    _next(stops, list(_in_order(window)), at, forward).setFocus(reason)
    return True


def _is_leaving(widget: QWidget | None) -> bool:
    while widget is not None:
        above = widget.parentWidget()
        if widget.isHidden() and isinstance(above, QStackedWidget):
            return True
        widget = above
    return False


def first_stop(within: QWidget) -> QWidget | None:
    """What takes the keyboard first in a part of a window."""
    return next((each for each in _in_order(within) if each is not within and _is_stop(each)), None)


def _next(stops: list[QWidget], everything: list[QWidget], at: QWidget | None, forward: bool) -> QWidget:
    """The next stop; from something that is no stop itself, the next that is read after it."""
    if at in stops:
        return stops[(stops.index(at) + (1 if forward else -1)) % len(stops)]
    if at is not None and at not in everything and (near := _near(stops, at)) is not None:
        return near
    passed = everything.index(at) if at in everything else -1
    after = [each for each in stops if everything.index(each) > passed]
    before = [each for each in stops if everything.index(each) < passed]
    return (after or stops)[0] if forward else (before or stops)[-1]


def _near(stops: list[QWidget], gone: QWidget) -> QWidget | None:
    """What is read next after something that has just gone, in the smallest part around it where anything is left.

    Without it the keyboard went to the top of the window: whoever pressed Enter again was on another screen.
    """
    part = gone.parentWidget()
    while part is not None:
        if inside := [each for each in stops if part.isAncestorOf(each)]:
            was = _place(gone, part)
            return next((each for each in inside if _place(each, part) >= was), inside[-1])
        part = part.parentWidget()
    return None


def _place(widget: QWidget, within: QWidget) -> tuple[int, int]:
    at = widget.mapTo(within, widget.rect().topLeft())
    return at.y(), at.x()


def _is_stop(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.isEnabled() and widget.focusProxy() is None


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for part in _parts(widget):
        yield from _in_order(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """The parts that are shown, in lines: what begins beside the first of a line belongs to it."""
    inside = [each for each in widget.children() if isinstance(each, QWidget)]
    shown = sorted((each for each in inside if not (each.isHidden() or each.isWindow())), key=_top)
    while shown:
        first = shown[0]
        line = [each for each in shown if _middle(each) < first.y() + first.height()]
        yield from sorted(line or [first], key=_left)
        shown = [each for each in shown if each not in (line or [first])]


def _top(widget: QWidget) -> tuple[int, int]:
    return widget.y(), widget.x()


def _left(widget: QWidget) -> int:
    return widget.x()


def _middle(widget: QWidget) -> int:
    """Where its first line is: a tall one that begins beside a short one is beside it."""
    return widget.y() + min(widget.height(), widget.fontMetrics().height()) // 2
