"""No part of a screen is ever a window of its own, not for a moment: it would take the keyboard from the real one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QWidget

from sf_desktop.given import Settled, WireNews
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.main_window import WindowWords
from sf_desktop.ui.settings.preferences import Preferences
from sf_desktop.workplace import Workplace
from sf_record.wire.packs import TeamFamily, VisitPack
from sf_record.wire.rounds import HistoryEntry
from sf_record.wire.tray import Decide, Decided, TrayChain
from tests.builders.desks import RunsAtOnce
from tests.builders.offices import an_office, open_vault, transaction, with_families

_BESIDE_A_WINDOW = {Qt.WindowType.Popup, Qt.WindowType.ToolTip}


class Watcher(QObject):
    """Notes the class of every widget that is shown as a window and is none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.count += 1
            is_meant = isinstance(watched, QMainWindow | QDialog)
            if not is_meant and watched.windowType() not in _BESIDE_A_WINDOW:
                self.found.add(type(watched).__name__)
        return False


class Work(RunsAtOnce):
    """The unlocked session over a vault in this thread; there is no wire."""

    def send_now(self) -> None:
        return

    def sign_in(self, password: str) -> Future[None]:
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def change_passphrase(self, old: str, new: str) -> Future[None]:
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def passphrase_told(self) -> None:
        return

    def history(self, _family_id: str, _record_id: str) -> Future[tuple[HistoryEntry, ...]]:
        nothing: Future[tuple[HistoryEntry, ...]] = Future()
        nothing.set_result(())
        return nothing

    def holding(self) -> Future[tuple[TrayChain, ...]]:
        nothing: Future[tuple[TrayChain, ...]] = Future()
        nothing.set_result(())
        return nothing

    def stop_round(self) -> None:
        return

    def team_families(self, _words: str) -> Future[tuple[TeamFamily, ...]]:
        nothing: Future[tuple[TeamFamily, ...]] = Future()
        nothing.set_result(())
        return nothing

    def take_along(self, family_id: str, until: str, reason: str) -> Future[VisitPack]:
        raise NotImplementedError(family_id, until, reason)

    def decide(self, event_id: str, decide: Decide) -> Future[Decided]:
        raise NotImplementedError(event_id, decide)


@pytest.fixture
def watcher(qapp: QApplication) -> Iterator[Watcher]:
    made = Watcher()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    connection = open_vault(tmp_path)
    seed = random.Random(7)
    office = an_office(connection, seed)
    with_families(office, seed, 2, 30)
    yield Work(office)
    connection.close()


@pytest.fixture
def workplace(qapp: QApplication, theme, watcher: Watcher, work: Work) -> Iterator[Workplace]:
    settled = Settled(WindowWords(council="Pretend council"), Preferences(), idle_lock_minutes=15)
    made = Workplace(qapp, work, WireNews(), settled, work.office.clock)
    made.window.show()
    yield made
    made.close()
    made.window.hide()
    made.window.deleteLater()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_no_screen_shows_a_part_of_itself_as_a_window(
    qtbot, workplace: Workplace, work: Work, watcher: Watcher
) -> None:
    with transaction(work.office.connection):
        family = family_ids(work.office)[0]
    screens = [plan.name for plan in workplace.screens.plans()]
    for screen in (*screens, *reversed(screens)):
        subject = {"family": family, "record": family} if screen == "history" else {"family": family}
        workplace.window.go(GoTo(screen, subject if screen not in {"today", "search", "needs"} else {}))
        qtbot.waitUntil(lambda: workplace.desk.is_quiet)
        QApplication.processEvents()
    assert watcher.count >= 1
    assert watcher.found == set()


def test_a_label_shown_without_a_parent_is_seen(qtbot, watcher: Watcher) -> None:
    stray = QLabel("a pretend part")
    qtbot.addWidget(stray)
    stray.show()
    assert watcher.found == {"QLabel"}
