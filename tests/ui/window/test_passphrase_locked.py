"""A lock, or a kill, in the middle of a change of passphrase: afterwards one is told which passphrase it is now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sf_desktop.clock import SystemClock
from sf_desktop.desktop import Desktop
from sf_desktop.ops.firstrun.pretending import PASSPHRASE
from sf_desktop.paths import Paths
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.keys.keyrings import system_secrets
from sf_desktop.store.unlock.asked import keep_asked
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.lock.screen import CHANGING, LockScreen
from sf_desktop.ui.settings.screen import SettingsScreen
from sf_desktop.workplace import Workplace
from tests.ui.finding import answered, at_work, press, write
from tests.ui.window.seats import ended, pretend_laptop

NEW = "pretend ladder autumn pebble"


@pytest.fixture
def where(tmp_path: Path) -> Paths:
    return pretend_laptop(tmp_path)


@pytest.fixture
def desktops(qapp: QApplication, theme: Theme) -> Iterator[list[Desktop]]:
    opened: list[Desktop] = []
    yield opened
    ended(opened)


class Laptop:
    """The program, started again and again on one laptop."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]) -> None:
        self._qtbot, self._qapp, self._where, self._desktops = qtbot, qapp, where, desktops

    @property
    def home(self) -> VaultHome:
        (home,) = homes(self._where.vaults)
        return home

    def lock_screen(self) -> LockScreen:
        desktop = Desktop(self._qapp, self._where, SystemClock())
        self._desktops.append(desktop)
        desktop.begin()
        lock = desktop.entry.centralWidget()
        assert isinstance(lock, LockScreen)
        self._qtbot.waitUntil(lambda: lock.has_looked)
        answered(self._qtbot, lock)
        return lock

    def unlock(self, lock: LockScreen, passphrase: str) -> Workplace:
        lock.field.set_value(passphrase)
        lock.button.click()
        return at_work(self._qtbot, self._desktops[-1])[0]

    def refused(self, lock: LockScreen, passphrase: str) -> None:
        lock.field.set_value(passphrase)
        lock.button.click()
        answered(self._qtbot, lock)

    def change(self, work: Workplace) -> None:
        """Ask for it in the settings."""
        work.window.go(GoTo("settings"))
        settings = work.window.stack.bring("settings")
        write(settings, "Present passphrase", PASSPHRASE)
        write(settings, "New passphrase", NEW)
        write(settings, "The same new passphrase again", NEW)
        press(settings, "Change the passphrase")

    def lock(self, work: Workplace) -> None:
        work.window.lock()
        self._qtbot.waitUntil(lambda: self._desktops[-1].is_locking, timeout=30_000)
        self._desktops[-1].end()

    def told(self, work: Workplace) -> str:
        return work.window.banner.title_label.text() if work.window.banner.isVisible() else ""


@pytest.fixture
def laptop(qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]) -> Laptop:
    return Laptop(qtbot, qapp, where, desktops)


def hints(lock: LockScreen) -> list[str]:
    QApplication.processEvents()  # a layout shows what it is given only now
    return [each.title_label.text() for each in lock.findChildren(Banner) if each.isVisible()]


def test_a_change_that_was_made_while_the_window_locked_is_told_before_and_after_unlocking(laptop: Laptop) -> None:
    lock = laptop.lock_screen()
    assert hints(lock) == []
    work = laptop.unlock(lock, PASSPHRASE)
    laptop.change(work)
    laptop.lock(work)
    lock = laptop.lock_screen()
    assert hints(lock) == [CHANGING[0]]
    laptop.refused(lock, PASSPHRASE)
    assert CHANGING[0] in hints(lock), "whoever tries the old one reads why it does not open"
    work = laptop.unlock(lock, NEW)
    assert laptop.told(work) == "The passphrase is changed"
    laptop.lock(work)
    lock = laptop.lock_screen()
    assert hints(lock) == [], "it was told, and is not said again"
    assert laptop.told(laptop.unlock(lock, NEW)) == ""


def test_a_change_that_a_kill_came_before_is_told_as_not_made(laptop: Laptop) -> None:
    keep_asked(laptop.home, system_secrets(laptop.home.vault_id))
    lock = laptop.lock_screen()
    assert CHANGING[0] in hints(lock)
    work = laptop.unlock(lock, PASSPHRASE)
    assert laptop.told(work) == "The passphrase is not changed"
    laptop.lock(work)
    assert hints(laptop.lock_screen()) == []


def test_what_was_told_in_the_settings_is_not_told_again(laptop: Laptop, qtbot: QtBot) -> None:
    work = laptop.unlock(laptop.lock_screen(), PASSPHRASE)
    laptop.change(work)
    settings = work.window.stack.bring("settings")
    assert isinstance(settings, SettingsScreen)
    qtbot.waitUntil(settings.passphrase.banner.isVisible, timeout=30_000)
    assert settings.passphrase.banner.title_label.text() == "The passphrase is changed"
    laptop.lock(work)
    lock = laptop.lock_screen()
    assert hints(lock) == []
    assert laptop.told(laptop.unlock(lock, NEW)) == ""
