"""Two people on one laptop, from the lock screen of the one to that of the other; in the real keyring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from threading import Thread

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sf_desktop.clock import SystemClock
from sf_desktop.desktop import Desktop
from sf_desktop.ops.firstrun.pretending import PASSPHRASE
from sf_desktop.ops.worker.looked import looked_numbers, looked_rows
from sf_desktop.paths import Paths
from sf_desktop.store.folder.home import homes
from sf_desktop.store.folder.processlock import ProcessLock
from sf_desktop.ui.firstrun.wizard import FirstRun
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.kit.window.neutral import NeutralPage
from sf_desktop.ui.lock.people import PeopleChoice
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.ui.lock.window import FRAME_HEIGHT, USUAL_SIZE
from sf_desktop.ui.settings.preferences import Preferences, read_preferences, write_preferences
from sf_desktop.wording import error
from tests.ui.finding import PATIENCE_MS, answered, at_work, press
from tests.ui.window.seats import ended, pretend_laptop


@pytest.fixture
def where(tmp_path: Path) -> Paths:
    return pretend_laptop(tmp_path, people=2)


@pytest.fixture
def desktops(qapp: QApplication, theme: Theme) -> Iterator[list[Desktop]]:
    opened: list[Desktop] = []
    yield opened
    ended(opened)


def begun(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop], *, is_hidden: bool = False
) -> Desktop:
    made = Desktop(qapp, where, SystemClock())
    desktops.append(made)
    made.begin(is_hidden=is_hidden)
    return made


def test_who_one_is_is_asked_and_remembered_until_somebody_else_is_let_in(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    desktop = begun(qtbot, qapp, where, desktops)
    choice = desktop.entry.centralWidget()
    assert isinstance(choice, PeopleChoice)
    answered(qtbot, choice)
    assert len(choice.buttons) == 2
    second = homes(where.vaults)[1].folder.name
    next(each for each in choice.buttons if each.objectName() == second).click()
    lock = desktop.entry.centralWidget()
    assert isinstance(lock, LockScreen)
    lock.field.set_value(PASSPHRASE)
    lock.button.click()
    at_work(qtbot, desktop)
    assert read_preferences(where.data / "settings.json").last_vault == second
    desktop.end()

    again = begun(qtbot, qapp, where, desktops)
    assert isinstance(again.entry.centralWidget(), LockScreen)
    press(again.entry, "This is not me, or I want to set up anew")
    other = again.entry.centralWidget()
    assert isinstance(other, PeopleChoice)
    answered(qtbot, other)
    press(other, "Add a person")
    assert isinstance(again.entry.centralWidget(), FirstRun)
    again._on_switch_wanted()
    third = begun(qtbot, qapp, where, desktops)
    assert isinstance(third.entry.centralWidget(), PeopleChoice)


def test_whoever_lets_somebody_else_in_is_not_asked_for_their_own_passphrase_again(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    rmtree(homes(where.vaults)[1].folder)
    desktop = begun(qtbot, qapp, where, desktops)
    lock = desktop.entry.centralWidget()
    assert isinstance(lock, LockScreen)  # one person only: nothing to choose
    lock.field.set_value(PASSPHRASE)
    lock.button.click()
    work, _ = at_work(qtbot, desktop)
    work.switch_wanted.emit()
    desktop.end()
    again = begun(qtbot, qapp, where, desktops)
    choice = again.entry.centralWidget()
    assert isinstance(choice, PeopleChoice)
    answered(qtbot, choice)
    press(choice, "Add a person")
    assert isinstance(again.entry.centralWidget(), FirstRun)


def test_locking_leads_back_to_ones_own_vault_also_where_another_was_opened_in_a_second_window(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    """A passphrase typed for the wrong vault counts as a wrong try there."""
    write_preferences(where.data / "settings.json", Preferences(is_maximised=True))  # as it is when they lock
    opened = []
    for home in homes(where.vaults):
        desktop = begun(qtbot, qapp, where, desktops)
        desktop._doorway._on_person_chosen(home.folder.name)
        lock = desktop.entry.centralWidget()
        assert isinstance(lock, LockScreen)
        lock.field.set_value(PASSPHRASE)
        lock.button.click()
        opened.append((at_work(qtbot, desktop)[0], home.folder.name))
    mine, _ = opened
    mine[0].window.lock()
    qtbot.waitUntil(lambda: desktops[0].is_locking, timeout=30_000)
    assert read_preferences(where.data / "settings.json").last_vault == mine[1]


def test_on_a_screen_with_no_room_for_a_title_bar_the_window_fills_it(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    entry = begun(qtbot, qapp, where, desktops).entry
    room = entry.screen().availableSize()
    has_room = room.height() >= USUAL_SIZE.height() + FRAME_HEIGHT and room.width() >= USUAL_SIZE.width()
    assert entry.isMaximized() is not has_room


def test_a_vault_that_cannot_be_read_keeps_nobody_else_out(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    failing, sound = homes(where.vaults)
    failing.slot_a.unlink()
    failing.slot_a.mkdir()
    desktop = begun(qtbot, qapp, where, desktops)
    choice = desktop.entry.centralWidget()
    assert isinstance(choice, PeopleChoice)
    answered(qtbot, choice)
    next(each for each in choice.buttons if each.objectName() == sound.folder.name).click()
    lock = desktop.entry.centralWidget()
    assert isinstance(lock, LockScreen)
    lock.field.set_value(PASSPHRASE)
    lock.button.click()
    at_work(qtbot, desktop)
    desktop.end()


def test_what_keeps_a_damaged_vault_from_being_set_aside_is_said(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    damaged = homes(where.vaults)[0]
    damaged.database.write_bytes(b"")
    desktop = begun(qtbot, qapp, where, desktops)
    choice = desktop.entry.centralWidget()
    assert isinstance(choice, PeopleChoice)
    answered(qtbot, choice)
    next(each for each in choice.buttons if each.objectName() == damaged.folder.name).click()
    lock = desktop.entry.centralWidget()
    assert isinstance(lock, LockScreen)
    lock.field.set_value(PASSPHRASE)
    lock.button.click()
    qtbot.waitUntil(lambda: bool(lock.way_buttons), timeout=20_000)
    elsewhere = ProcessLock(damaged.lock)
    press(lock, "Set it aside and download again")
    again = desktop.entry.centralWidget()
    assert isinstance(again, LockScreen)
    assert again.banner.title_label.text() == error("vault_in_use").title
    elsewhere.release()
    assert len(homes(where.vaults)) == 2


def test_settings_that_cannot_be_kept_stand_neither_in_the_way_of_work_nor_of_locking(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    (where.data / "settings.new").mkdir()  # nothing can be written there, as on a full disk
    desktop = begun(qtbot, qapp, where, desktops)
    choice = desktop.entry.centralWidget()
    assert isinstance(choice, PeopleChoice)
    answered(qtbot, choice)
    choice.buttons[0].click()
    lock = desktop.entry.centralWidget()
    assert isinstance(lock, LockScreen)
    lock.field.set_value(PASSPHRASE)
    lock.button.click()
    workplace, work = at_work(qtbot, desktop)
    window = workplace.window
    qtbot.waitUntil(lambda: bool(work.submit(looked_numbers).result()), timeout=20_000)
    assert [row.what for row in work.submit(looked_rows, work.submit(looked_numbers).result()).result()] == ["unlocked"]
    window.showMaximized()
    window.lock()
    qtbot.waitUntil(lambda: desktop.is_locking and not window.isVisible(), timeout=20_000)


def test_a_program_that_was_hidden_begins_behind_the_neutral_page(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    desktop = begun(qtbot, qapp, where, desktops, is_hidden=True)
    page = desktop.entry.centralWidget()
    assert isinstance(page, NeutralPage)
    assert desktop.entry.windowTitle() == "Clock"
    page.left.emit()
    assert isinstance(desktop.entry.centralWidget(), PeopleChoice)
    assert desktop.entry.windowTitle() == "Strengthening Families"


def test_once_the_first_screen_is_there_upkeep_begins_by_itself(
    qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path, desktops: list[Desktop]
) -> None:
    where = pretend_laptop(tmp_path)
    left_over = homes(where.vaults)[0].attachments / "ab12"  # what no key is known for, of before this unlocking
    left_over.parent.mkdir(mode=0o700, exist_ok=True)
    left_over.write_bytes(b"nobody's")
    desktop = begun(qtbot, qapp, where, desktops)
    lock = desktop.entry.centralWidget()
    assert isinstance(lock, LockScreen)
    lock.field.set_value(PASSPHRASE)
    lock.button.click()
    qtbot.waitUntil(lambda: not left_over.exists(), timeout=PATIENCE_MS)


def test_what_was_not_foreseen_is_said_in_the_window(
    qtbot: QtBot, qapp: QApplication, where: Paths, desktops: list[Desktop]
) -> None:
    """A button that met a fault in the program did nothing, and nothing was said."""
    desktop = begun(qtbot, qapp, where, desktops)
    choice = desktop.entry.centralWidget()
    assert isinstance(choice, PeopleChoice)
    answered(qtbot, choice)
    choice.buttons[0].click()
    lock = desktop.entry.centralWidget()
    assert isinstance(lock, LockScreen)
    lock.field.set_value(PASSPHRASE)
    lock.button.click()
    work, _ = at_work(qtbot, desktop)
    met = Thread(target=desktop.tell_of_bug)  # the wire's and the vault's threads have no window
    met.start()
    met.join()
    qtbot.waitUntil(work.window.banner.isVisible)
    assert work.window.banner.title_label.text() == "Something went wrong in the program"
