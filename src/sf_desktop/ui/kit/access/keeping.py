"""Keeps the keyboard where it is while what it is on is built anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


@contextmanager
def focus_kept(page: QWidget, part: QLayout) -> Iterator[None]:
    """Fill `part` anew within: the keyboard is then on what is called the same there, else on what has the same place.

    Without it the keyboard goes on to whatever is read next, and the page with it, each time a list is told anew.
    """
    at = page.window().focusWidget()
    before = _stops(part)
    if at not in before:
        yield
        return
    name, number = at.accessibleName(), before.index(at)
    page.setFocus()  # until it is filled: what goes would hand it on
    yield
    after = _stops(part)
    same = next((each for each in after if each.accessibleName() == name), None)
    found = same or (after[min(number, len(after) - 1)] if after else None)
    if found is not None:
        found.setFocus()


def widgets_of(part: QLayout) -> list[QWidget]:
    """Return what lies in a layout itself, one after the other."""
    items = [part.itemAt(number) for number in range(part.count())]
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


def _stops(part: QLayout) -> list[QWidget]:
    inside = [each for widget in widgets_of(part) for each in (widget, *widget.findChildren(QWidget))]
    return [each for each in inside if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None]
