"""A window with the real screens over a real encrypted database of invented families."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops.families import families
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import notes
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import families as cursors
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.layout.sections import SectionButton
from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice, current_theme
from sf_desktop.ui.kit.window.stack import GoTo, Screen
from sf_desktop.ui.main_window import MainWindow
from sf_record.dates import moment_text
from tests.builders.desks import RunsAtOnce, a_window, seeded
from tests.builders.offices import NOW, an_office, open_vault, transaction, with_families

W = TypeVar("W", bound=QWidget)


@dataclass
class Seat:
    """Somebody at the window: finds things by the names that a screen reader says."""

    qtbot: QtBot
    office: Office
    runner: RunsAtOnce
    desk: Desk
    window: MainWindow
    made: Callable[[Desk], MainWindow] = a_window

    def do(self, verb: Callable[..., Any], *args: Any) -> Any:
        """Run a verb beside the window."""
        with transaction(self.office.connection):
            return verb(self.office, *args)

    def family_ids(self) -> tuple[str, ...]:
        found: tuple[str, ...] = self.do(families.family_ids)
        return found

    def go(self, screen: str, **subject: Any) -> Any:
        """Go to a screen and wait until it has its answers."""
        self.window.go(GoTo(screen, subject))
        self.settle()
        return self.window.stack.bring(screen)

    def settle(self) -> None:
        """Wait until every question has been answered."""
        self.qtbot.waitUntil(lambda: self.desk.is_quiet, timeout=5_000)
        QApplication.sendPostedEvents()
        self.qtbot.waitUntil(lambda: self.desk.is_quiet, timeout=5_000)

    def lock_and_come_back(self) -> None:
        """Open another window over the same vault, where one was: nothing is left of what the first one knew."""
        before, place = self.window, self.window.place()
        self.window = self.made(self.desk)
        self.window.show()
        leave(before)
        self.window.restore(place)
        self.settle()

    def let_go(self, family_id: str) -> None:
        """Destroy a family file, as the release does once nothing is waited for; the window is told of each step."""
        connection = self.office.connection
        with transaction(connection):
            release.told(connection, family_id, "closed", "", moment_text(NOW))
            connection.execute("UPDATE release SET stage = 'leaving'")
            cursors.forget(connection, family_id)
        is_more = True
        while is_more:
            with transaction(connection):
                step = release.step(connection, moment_text(NOW), "2026-11-23")
            self.desk.announce(step.changes)
            self.settle()
            is_more = step.is_more

    def find(self, kind: type[W], name: str, within: QWidget | None = None) -> W:
        """Find the one shown widget of this kind that is called this."""
        shown = [each for each in self.all(kind, within) if spoken(each) == name]
        assert shown, (
            f"no {kind.__name__} called {name!r}; there are {sorted({spoken(e) for e in self.all(kind, within)})}"
        )
        return shown[0]

    def all(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        """Find the shown widgets of this kind."""
        return [each for each in (within or self.window).findChildren(kind) if each.isVisible()]

    def screen(self) -> Screen:
        found = self.window.stack.current()
        assert found is not None
        return found


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget (on Linux Qt gives a drop-down's answer in place of its name)."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name)


def press(seat: Seat, name: str) -> None:
    """Press the button that is called this, and wait for what comes of it."""
    seat.find(QAbstractButton, name).click()
    seat.settle()


def said(seat: Seat, within: QWidget | None = None) -> str:
    """Every word that is shown in labels, in the window or within a part of it."""
    return "\n".join(each.text() for each in seat.all(QLabel, within))


def choose_part(seat: Seat, label: str) -> None:
    """Go to this part of a form."""
    next(each for each in seat.all(SectionButton) if each.section.label == label).click()
    seat.settle()


def cells(seat: Seat, table: str) -> set[str]:
    """Return what stands in a table, a line for each row, of the columns that are shown."""
    view = seat.find(QTableView, table)
    shown = view.model()
    columns = [each for each in range(shown.columnCount()) if not view.isColumnHidden(each)]
    return {" | ".join(str(shown.index(row, each).data()) for each in columns[:3]) for row in range(shown.rowCount())}


def row_of(seat: Seat, table: str, name: str) -> str:
    return next(each for each in cells(seat, table) if each.startswith(f"{name} | "))


def begin_note(seat: Seat) -> Any:
    """Begin a note in the first family file, and return its draft."""
    family_id = seat.family_ids()[0]
    return seat.do(lambda office: notes.start_note(office, family_id, text="Pretend words."))


@pytest.fixture
def seed() -> random.Random:
    return seeded()


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: random.Random) -> Iterator[Seat]:
    """A practitioner with three invented families, before an open window."""
    dress(qapp, ThemeChoice.LIGHT, 100)
    with seated(qtbot, tmp_path, seed, a_window) as somebody:
        yield somebody


@contextmanager
def seated(qtbot: QtBot, folder: Path, seed: random.Random, made: Callable[[Desk], MainWindow]) -> Iterator[Seat]:
    """Seat somebody with three invented families before a window that is made so."""
    connection = open_vault(folder)
    office = an_office(connection, seed, attachments=folder / "attachments")
    with_families(office, seed, 3, 40)
    runner = RunsAtOnce(office)
    desk = Desk(runner)
    window = made(desk)
    window.show()
    somebody = Seat(qtbot, office, runner, desk, window, made)
    yield somebody
    desk.close()
    leave(somebody.window)
    connection.close()


@contextmanager
def supervising(
    qtbot: QtBot, folder: Path, seed: random.Random, as_supervisor: Callable[[Office, random.Random], Office]
) -> Iterator[Seat]:
    """Seat somebody whose office was made a supervisor's."""
    with seated(qtbot, folder, seed, a_window) as somebody:
        somebody.office = somebody.runner.office = as_supervisor(somebody.office, seed)
        yield somebody


def leave(window: MainWindow) -> None:
    """Let go of a window and everything in it."""
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def dress(app: QApplication, choice: ThemeChoice, percent: int) -> None:
    """Put on a theme: the one there is, so that each test does not leave another behind."""
    theme = current_theme() or Theme(app)
    theme.choose(choice)
    theme.scale_text(percent)
