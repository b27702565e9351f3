"""What is shown before the window opens, and over it: lock, first run, recovery, handing in, and the dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from sf_desktop.ops.household.residents import Resident
from sf_desktop.ui.firstrun.wizard import FirstRun
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.window.neutral import NeutralPage
from sf_desktop.ui.kit.window.readback import ReadBack
from sf_desktop.ui.lock.handing_in import HandingIn
from sf_desktop.ui.lock.people import PeopleChoice
from sf_desktop.ui.lock.recovery import RecoveryScreen
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.ui.lock.window import EntryWindow
from sf_desktop.ui.messages import Question
from sf_desktop.ui.shortcuts.sheet import ShortcutSheet
from sf_desktop.wording import error
from tests.fakes.door import PretendCouncil, Vault
from tests.fakes.futures import ended
from tests.ui.finding import press, write

WAYS = frozenset({"recover", "set_aside", "hand_in", "other", "begin"})
WORDS = "pretend ladder autumn pebble"
PATIENCE_MS = 5_000
READ_BACK = "You told me that mornings go better since the bus pass came.\n\nWe agreed that I come again on Thursday."


@dataclass(frozen=True, slots=True)
class Entrance:
    """One thing that is shown instead of the window. ``acts`` come to what is to be seen, once it is shown."""

    name: str
    label: str
    make: Callable[[Path], QWidget]
    acts: tuple[Callable[[Any], None], ...] = ()


class _Residents:
    def look(self) -> Future[Any]:
        return ended((Resident("1", "pretend.alder"), Resident("2", "pretend.robin")))


def settle(part: QWidget) -> None:
    """Wait until a part of the window, and every step in it, has its answers and is painted."""
    for replies in part.findChildren(Replies):
        while replies.open_count:
            told = QEventLoop()  # not a spy's wait: that keeps Python from the thread whose answer it waits for
            replies.settled.connect(told.quit)
            QTimer.singleShot(PATIENCE_MS, told.quit)
            told.exec()
    for _ in range(4):
        QApplication.processEvents()


def _lock(refusal: str = "", **words: Any) -> Callable[[Path], QWidget]:
    trouble = error(refusal, **words) if refusal else None
    return lambda _folder: LockScreen(Vault(trouble, tries_left=words.get("left")), ways=WAYS)


def _try(screen: LockScreen) -> None:
    write(screen, "Passphrase", WORDS)
    press(screen, "Unlock")


def _recovery(_folder: Path) -> QWidget:
    return RecoveryScreen(Vault())


def _handing_in(folder: Path) -> QWidget:
    (folder / "attachments").mkdir(exist_ok=True)
    (folder / "sealed.outbox").touch()
    words = ("This laptop is set aside", "Nothing is lost: what was not yet sent lies sealed in its folder.")
    return HandingIn(*words, folder, 3, (("begin", "Set up anew"), ("close", "Close the program")))


def _first_run(_folder: Path) -> QWidget:
    council = PretendCouncil()
    council.fails["load"] = error("offline")
    wizard = FirstRun(council)
    wizard.destroyed.connect(council.close)
    return wizard


def _to_sign_in(wizard: FirstRun) -> None:
    write(wizard, "Council address", "families.example.gov.uk")
    press(wizard, "Find the council")


def _to_passphrase(wizard: FirstRun) -> None:
    for name, words in (("Sign-in name", "pretend.worker"), ("Password", WORDS), ("Laptop code", "ABCD-1234")):
        write(wizard, name, words)
    press(wizard, "Sign in")


def _to_offer(wizard: FirstRun) -> None:
    for name in ("Passphrase", "The same passphrase again"):
        write(wizard, name, WORDS)
    press(wizard, "Use this passphrase")


def _to_load(wizard: FirstRun) -> None:
    press(wizard, "Fetch my families")


STEPS = (_to_sign_in, _to_passphrase, _to_offer, _to_load)


ENTRANCES = (
    Entrance("lock", "Locked", _lock()),
    Entrance("lock-wrong", "Locked: a wrong passphrase", _lock("wrong_passphrase", left=4), (_try,)),
    Entrance("lock-lease", "Locked: the council is asked first", _lock("lease_sign_in"), (_try,)),
    Entrance("lock-out", "Locked: the last try was wrong", _lock("locked_out"), (_try,)),
    Entrance("lock-damaged", "Locked: the vault is damaged", _lock("vault_damaged"), (_try,)),
    Entrance("recovery", "Recovery", _recovery),
    Entrance("handing-in", "Handing in unsent work", _handing_in),
    Entrance("people", "Several people on one laptop", lambda _folder: PeopleChoice(_Residents())),
    Entrance("first-run-1", "First run: the council", _first_run),
    Entrance("first-run-2", "First run: signing in", _first_run, STEPS[:1]),
    Entrance("first-run-3", "First run: the passphrase", _first_run, STEPS[:2]),
    Entrance("first-run-4", "First run: what will be here", _first_run, STEPS[:3]),
    Entrance("first-run-5", "First run: fetching, without a signal", _first_run, STEPS[:4]),
    Entrance("hidden", "Hidden at once", lambda _folder: NeutralPage()),
)


@contextmanager
def entered(entrance: Entrance, folder: Path, size: tuple[int, int]) -> Iterator[tuple[EntryWindow, QWidget]]:
    """Show what is before the window, in the window that it has."""
    window, part = EntryWindow(), entrance.make(folder)
    window.hold(part)
    window.resize(*size)
    window.show()
    window.activateWindow()
    if (take_focus := getattr(part, "take_focus", None)) is not None:
        take_focus()
    settle(part)
    for act in entrance.acts:
        act(part)
        settle(part)
    try:
        yield window, part
    finally:
        _let_go(window)


def dialogs(window: QWidget) -> Iterator[tuple[str, str, QDialog]]:
    """Open each dialog over a window in turn, and close it again."""
    sheet = ShortcutSheet(window, has_pages=True)
    yield from _open("keys", "Keyboard shortcuts", sheet)
    asked = ("Mark this as entered in error?", "It stays in the history, struck through, with your reason.")
    yield from _open("question", "A question", Question(window, *asked, "Mark it", "Keep it", grave=True))
    yield from _open("read-back", "Read back to a family", ReadBack(window, READ_BACK))


def _open(name: str, label: str, dialog: QDialog) -> Iterator[tuple[str, str, QDialog]]:
    dialog.open()
    settle(dialog)
    yield name, label, dialog
    _let_go(dialog)


def _let_go(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
    QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)
