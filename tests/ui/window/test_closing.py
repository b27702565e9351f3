"""Closing the window on a full disk: with the room that is kept for it, or told, and nothing typed is lost unasked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from sf_desktop.clock import SystemClock
from sf_desktop.desktop import Desktop
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.families import families
from sf_desktop.ops.firstrun.pretending import PASSPHRASE
from sf_desktop.ops.records import notes
from sf_desktop.paths import Paths
from sf_desktop.store.folder.home import homes
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.kit.window.topbar import NOT_SAVED
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.ui.main_window import MainWindow
from tests.faults.small_disk import fill, lacks_small_disk, small_disk
from tests.ui.finding import PATIENCE_MS, at_work, named, press
from tests.ui.window.seats import ended, pretend_laptop

SENTENCE = "She showed me the calendar, and what she had written on it. "
MEGABYTES = 40


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    if lacking := lacks_small_disk():
        pytest.skip(lacking)
    with small_disk(tmp_path / "disk", MEGABYTES) as folder:
        yield folder


@pytest.fixture
def where(disk: Path) -> Paths:
    return pretend_laptop(disk)


@pytest.fixture
def unlocked(qtbot: QtBot, qapp: QApplication, theme: Theme, where: Paths) -> Iterator[Callable[[], Desktop]]:
    opened: list[Desktop] = []

    def unlock() -> Desktop:
        for each in opened:
            each.end()
        desktop = Desktop(qapp, where, SystemClock())
        opened.append(desktop)
        desktop.begin()
        lock = desktop.entry.centralWidget()
        assert isinstance(lock, LockScreen)
        lock.field.set_value(PASSPHRASE)
        lock.button.click()
        at_work(qtbot, desktop)
        return desktop

    yield unlock
    ended(opened)


def begun(qtbot: QtBot, desktop: Desktop) -> tuple[MainWindow, str]:
    """Begin a note in some family file; return the window that shows it, and the draft's id."""
    work, session = at_work(qtbot, desktop)
    family_id = session.submit(families.family_ids).result()[0]
    draft = session.submit(notes.start_note, family_id).result()
    qtbot.waitUntil(lambda: work.window.stack.current() is not None and work.desk.is_quiet, timeout=PATIENCE_MS)
    work.window.go(GoTo("note", {"draft": draft.id}))
    qtbot.waitUntil(lambda: any(each.isVisible() for each in work.window.findChildren(QTextEdit)), timeout=PATIENCE_MS)
    return work.window, draft.id


def typed(qtbot: QtBot, window: MainWindow, words: str, until: str) -> None:
    named(window, "Note", QTextEdit).insertPlainText(words)
    qtbot.waitUntil(lambda: saved_words(window).startswith(until), timeout=PATIENCE_MS)


def saved_words(window: MainWindow) -> str:
    screen = window.stack.current()
    assert screen is not None
    return screen.saved_words()[0]


def text_of(qtbot: QtBot, desktop: Desktop, draft_id: str) -> str:
    _, session = at_work(qtbot, desktop)
    return str(session.submit(drafting.get, draft_id).result().body["text"])


@pytest.mark.parametrize("way", ["close", "lock"])
def test_on_a_full_disk_what_is_typed_is_saved_with_the_room_that_is_kept(
    qtbot: QtBot, unlocked: Callable[[], Desktop], disk: Path, way: str
) -> None:
    desktop = unlocked()
    window, draft_id = begun(qtbot, desktop)
    fill(disk / "filler")
    typed(qtbot, window, SENTENCE * 400, NOT_SAVED)
    assert desktop.workplace is not None
    with qtbot.waitSignal(desktop.workplace.closing if way == "close" else desktop.workplace.lock_wanted):
        window.close() if way == "close" else window.lock()
    assert not window.unsaved.isVisible()
    (disk / "filler").unlink()
    again = unlocked()
    assert text_of(qtbot, again, draft_id) == SENTENCE * 400


@pytest.mark.parametrize("way", ["close", "lock"])
def test_on_a_full_disk_what_has_no_draft_is_saved_with_the_room_that_is_kept(
    qtbot: QtBot, unlocked: Callable[[], Desktop], disk: Path, way: str
) -> None:
    desktop = unlocked()
    work, _ = at_work(qtbot, desktop)
    window = work.window
    qtbot.waitUntil(lambda: window.stack.current() is not None and work.desk.is_quiet, timeout=PATIENCE_MS)
    window.go(GoTo("phrases"))
    qtbot.waitUntil(lambda: work.desk.is_quiet, timeout=PATIENCE_MS)
    fill(disk / "filler")
    named(window, "Words", QTextEdit).insertPlainText(SENTENCE * 400)
    assert desktop.workplace is not None
    with qtbot.waitSignal(desktop.workplace.closing if way == "close" else desktop.workplace.lock_wanted):
        window.close() if way == "close" else window.lock()
    (disk / "filler").unlink()
    again, _ = at_work(qtbot, unlocked())
    qtbot.waitUntil(lambda: again.window.stack.current() is not None and again.desk.is_quiet, timeout=PATIENCE_MS)
    assert named(again.window, "Words", QTextEdit).toPlainText() == SENTENCE * 400


def test_a_window_with_words_that_have_no_draft_and_no_room_is_not_closed_unasked(
    qtbot: QtBot, unlocked: Callable[[], Desktop], disk: Path, where: Paths
) -> None:
    work, _ = at_work(qtbot, unlocked())
    window = work.window
    qtbot.waitUntil(lambda: window.stack.current() is not None and work.desk.is_quiet, timeout=PATIENCE_MS)
    window.go(GoTo("phrases"))
    qtbot.waitUntil(lambda: work.desk.is_quiet, timeout=PATIENCE_MS)
    homes(where.vaults)[0].ballast.unlink()
    fill(disk / "filler")
    named(window, "Words", QTextEdit).insertPlainText(SENTENCE * 400)
    window.close()
    qtbot.waitUntil(window.unsaved.isVisible, timeout=PATIENCE_MS)
    (disk / "filler").unlink()
    with qtbot.waitSignal(work.closing):
        window.close()


def test_a_window_with_words_that_no_room_is_left_for_is_closed_only_by_who_says_so(
    qtbot: QtBot, unlocked: Callable[[], Desktop], disk: Path, where: Paths
) -> None:
    desktop = unlocked()
    window, draft_id = begun(qtbot, desktop)
    homes(where.vaults)[0].ballast.unlink()
    fill(disk / "filler")
    typed(qtbot, window, SENTENCE * 400, NOT_SAVED)
    window.close()
    qtbot.waitUntil(window.unsaved.isVisible, timeout=PATIENCE_MS)
    assert named(window, "Note", QTextEdit).toPlainText() == SENTENCE * 400
    if folder := os.environ.get("SF_PICTURES"):
        window.grab().save(f"{folder}/not_closed.png")
    (disk / "filler").unlink()
    qtbot.waitUntil(lambda: saved_words(window) != NOT_SAVED, timeout=PATIENCE_MS)
    assert not window.unsaved.isVisible()
    fill(disk / "filler")
    typed(qtbot, window, SENTENCE * 9_000, NOT_SAVED)
    window.close()
    qtbot.waitUntil(window.unsaved.isVisible, timeout=PATIENCE_MS)
    assert desktop.workplace is not None
    with qtbot.waitSignal(desktop.workplace.closing):
        press(window, "Close without saving it")
    desktop.end()  # as the program does; else what is typed is tried once more
    (disk / "filler").unlink()
    assert text_of(qtbot, unlocked(), draft_id) == SENTENCE * 400
