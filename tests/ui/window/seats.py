"""Somebody before a window on their own laptop, in a town with a real council."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.workplace import Workplace
from tests.builders.laptops import Laptop
from tests.builders.workplaces import WorkOfLaptop
from tests.ui.finding import press


class Seat:
    """Somebody before a window on their laptop."""

    def __init__(self, qtbot: QtBot, laptop: Laptop, workplace: Workplace, work: WorkOfLaptop) -> None:
        self.qtbot, self.laptop, self.workplace, self.work = qtbot, laptop, workplace, work
        self.window = workplace.window

    def settle(self) -> None:
        """Wait until every question has been answered."""
        for _ in range(4):
            QApplication.sendPostedEvents()
            self.qtbot.waitUntil(self._is_quiet)
            QApplication.processEvents()

    def _is_quiet(self) -> bool:
        screens = self.workplace.screens
        waiting = [each.replies.open_count for each in (screens, screens.placing) if each is not None]
        return self.workplace.desk.is_quiet and not any(waiting)

    def go(self, screen: str, **subject: Any) -> Any:
        self.window.go(GoTo(screen, subject))
        self.settle()
        return self.window.stack.bring(screen)

    def send(self) -> None:
        self.work.send_now()
        self.settle()

    def press(self, name: str) -> None:
        press(self.window, name)
        self.settle()


Sit = Callable[[Laptop], Seat]


@contextmanager
def closed_at_the_end() -> Iterator[list[Workplace]]:
    """Give a list for the workplaces that are opened: each is closed and gone afterwards."""
    opened: list[Workplace] = []
    yield opened
    for each in opened:
        each.close()
        each.window.hide()
        each.window.deleteLater()
        each.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
