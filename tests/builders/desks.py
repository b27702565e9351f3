"""Builds a desk over a real SQLCipher database, and a window with the real screens on it, for tests of the window."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QWidget

from sf_desktop.ops import places
from sf_desktop.ops.office import Office
from sf_desktop.store.connection import translated_database
from sf_desktop.ui.attachment.screen import AttachmentScreen
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.families.screen import FamiliesScreen
from sf_desktop.ui.family.screen import FamilyScreen
from sf_desktop.ui.history.screen import HistoryScreen
from sf_desktop.ui.kit.stack import ScreenPlan
from sf_desktop.ui.laptop.screen import LaptopScreen
from sf_desktop.ui.ledger.screen import LedgerScreen
from sf_desktop.ui.looks.screen import LooksScreen
from sf_desktop.ui.main_window import MainWindow, WindowWords
from sf_desktop.ui.needs.screen import NeedsScreen
from sf_desktop.ui.note.screen import NoteScreen
from sf_desktop.ui.person.screen import PersonScreen
from sf_desktop.ui.plan.screen import PlanScreen
from sf_desktop.ui.ready.screen import ReadyScreen
from sf_desktop.ui.search.screen import SearchScreen
from sf_desktop.ui.signature.screen import SignatureScreen
from sf_desktop.ui.today.screen import TodayScreen
from sf_desktop.ui.visit.screen import VisitScreen
from tests.builders.offices import transaction


class RunsAtOnce:
    """Runs each verb in its own transaction where it is asked, as the vault thread does one after the other.

    ``error`` is raised instead of running a verb, as long as it stands there.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.error: Exception | None = None
        self.asked: list[str] = []

    def submit(self, verb: Callable[..., Any], /, *args: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.asked.append(verb.__name__)
        if self.error is not None:
            future.set_exception(self.error)
            return future
        try:
            with translated_database(), transaction(self.office.connection):
                future.set_result(verb(self.office, *args))
        except Exception as error:  # noqa: BLE001  # whatever a verb raises is the future's answer
            future.set_exception(error)
        return future


def plans(desk: Desk) -> tuple[ScreenPlan, ...]:
    """Return the screens of a family's work, as the program puts them into its window."""

    def made(screen: Callable[[Desk], Any]) -> Callable[[], Any]:
        return lambda: screen(desk)

    return (
        ScreenPlan("today", "Today", "today", made(TodayScreen), "top", "screen_1"),
        ScreenPlan("families", "Families", "families", made(FamiliesScreen), "top", "screen_2"),
        ScreenPlan("needs", "Needs you", "needs_you", made(NeedsScreen), "top", "screen_3"),
        ScreenPlan("ledger", "Sending", "laptop", made(LedgerScreen), "bottom", "screen_4"),
        ScreenPlan("looks", "What I have looked at", "settings", made(LooksScreen), "", "looks"),
        ScreenPlan("family", "Family file", "families", made(FamilyScreen), belongs_to="families"),
        ScreenPlan("visit", "Visit", "visit", made(VisitScreen), belongs_to="families"),
        ScreenPlan("note", "Note", "note", made(NoteScreen), belongs_to="families"),
        ScreenPlan("person", "Person", "families", made(PersonScreen), belongs_to="families"),
        ScreenPlan("history", "History", "families", made(HistoryScreen), belongs_to="families"),
        ScreenPlan("attachment", "Attachment", "note", made(AttachmentScreen), belongs_to="families"),
        ScreenPlan("signature", "Signature", "note", made(SignatureScreen), belongs_to="families"),
        ScreenPlan("plan", "Plan a visit", "today", made(PlanScreen), belongs_to="today"),
        ScreenPlan("search", "Search", "search", made(SearchScreen)),
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
