"""Builds a desk over a real SQLCipher database, and a window with the real screens on it, for tests of the window."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar, TypeVarTuple

from PySide6.QtWidgets import QWidget

from sf_desktop import deskscreens
from sf_desktop.ops.office import Office
from sf_desktop.ops.worker import places
from sf_desktop.store.connection import translated_database
from sf_desktop.ui.attachment.screen import AttachmentScreen
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.export.screen import ExportScreen
from sf_desktop.ui.history.screen import HistoryScreen
from sf_desktop.ui.kit.window.stack import ScreenPlan
from sf_desktop.ui.laptop.screen import LaptopScreen
from sf_desktop.ui.ledger.screen import LedgerScreen
from sf_desktop.ui.main_window import MainWindow, WindowWords
from sf_desktop.ui.ready.screen import ReadyScreen
from tests.builders.offices import transaction

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class RunsAtOnce:
    """Runs each verb in its own transaction where it is asked, as the vault thread does one after the other.

    ``error`` is raised instead of running a verb, as long as it stands there.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.error: Exception | None = None
        self.asked: list[str] = []

    def submit(self, verb: Callable[[Office, *Ts], T], /, *args: *Ts) -> Future[T]:
        future: Future[T] = Future()
        self.asked.append(verb.__name__)
        if self.error is not None:
            future.set_exception(self.error)
            return future
        try:
            with translated_database(), transaction(self.office.connection):
                result = verb(self.office, *args)
        except Exception as error:  # noqa: BLE001  # whatever a verb or its commit raises is the future's answer
            future.set_exception(error)
        else:
            future.set_result(result)
        return future


def plans(desk: Desk) -> tuple[ScreenPlan, ...]:
    """Return the screens of a family's work, as the program puts them into its window."""

    def made(screen: Callable[[Desk], Any]) -> Callable[[], Any]:
        return lambda: screen(desk)

    return (
        *deskscreens.plans(desk),
        ScreenPlan("ledger", "Sending", "laptop", made(LedgerScreen), "bottom", "screen_4"),
        ScreenPlan("history", "History", "families", made(HistoryScreen), belongs_to="families"),
        ScreenPlan("attachment", "Attachment", "note", made(AttachmentScreen), belongs_to="families"),
        ScreenPlan("export", "Export", "families", made(ExportScreen), belongs_to="families"),
        ScreenPlan("laptop", "On this laptop", "laptop", made(LaptopScreen), "", "laptop", "ledger"),
        ScreenPlan("ready", "Ready for tomorrow", "today", made(ReadyScreen), "", "ready", "today"),
    )


def a_window(desk: Desk, parent: QWidget | None = None) -> MainWindow:
    """Return the window with these screens, not yet shown."""
    words = WindowWords(council="Pretend council", is_pretend=True)
    return MainWindow(desk, plans(desk), words, keep_place=places.keep_place, parent=parent)


def seeded(seed: int = 7) -> random.Random:
    """Return randomness that is the same in every run."""
    return random.Random(seed)
