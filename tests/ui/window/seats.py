"""Somebody before a window on their own laptop, in a town with a real council."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sf_desktop.clock import SystemClock
from sf_desktop.desktop import Desktop
from sf_desktop.ops.firstrun.joining import Place
from sf_desktop.ops.firstrun.pretending import make_pretend
from sf_desktop.paths import Paths, make_private
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.keys.keyrings import probe, system_secrets
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.workplace import Workplace
from sf_record.errors import SfError
from tests.builders.laptops import Laptop
from tests.builders.workplaces import WorkOfLaptop, a_workplace
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
S = TypeVar("S", bound=Seat)


def pretend_laptop(folder: Path, people: int = 1) -> Paths:
    """Make a laptop with the vaults of so many people and pretend families; skip where there is no keyring."""
    needs_keyring()
    made = Paths(folder / "laptop")
    make_private(made.data)
    for _ in range(people):
        make_pretend(Place(made.vaults, system_secrets, FLOOR), SystemClock()).vault.close()
    return made


def needs_keyring() -> None:
    """Skip where the operating system keeps no secrets; script/test brings a keyring, so there it never skips."""
    try:
        probe(system_secrets(uuid4()))
    except SfError:
        pytest.skip("no keyring here: run script/test")


def ended(desktops: Iterable[Desktop]) -> None:
    """End programs and let go of their windows."""
    for each in desktops:
        each.end()
        for window in QApplication.topLevelWidgets():
            window.hide()
            window.deleteLater()
        each.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def sitting(
    qtbot: QtBot, qapp: QApplication, seat: type[S], size: QSize | None = None
) -> Iterator[Callable[[Laptop], S]]:
    """Give what sits somebody down before a window on their laptop; every window is closed and gone afterwards."""
    with closed_at_the_end() as opened:

        def down(laptop: Laptop) -> S:
            workplace, work = a_workplace(qapp, laptop)
            opened.append(workplace)
            if size is not None:
                workplace.window.resize(size)
            workplace.window.show()
            somebody = seat(qtbot, laptop, workplace, work)
            somebody.settle()
            return somebody

        yield down


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
