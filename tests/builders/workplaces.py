"""Puts a window at work before a laptop of a town: the real screens, the real vault's tables, the real council."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar, TypeVarTuple

from PySide6.QtWidgets import QApplication

from sf_desktop.given import Settled, WireNews
from sf_desktop.ops.office import Office
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.scheduler import Wire
from sf_desktop.ui.main_window import WindowWords
from sf_desktop.ui.settings.preferences import Preferences
from sf_desktop.workplace import Workplace
from sf_record.rules.permissions import may_decide_tray
from sf_record.wire.packs import TeamFamily, VisitPack
from sf_record.wire.rounds import HistoryEntry
from sf_record.wire.tray import Decide, Decided, TrayChain
from tests.builders.laptops import Laptop

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class WorkOfLaptop:
    """The session of a window (``given.Work``): everything is done at once, where it is asked.

    Where it `is_slow`, a round has only begun: how it goes on is told by `news`.
    """

    def __init__(self, laptop: Laptop, news: WireNews) -> None:
        self._laptop, self.news, self.is_slow = laptop, news, False

    def submit(self, verb: Callable[[Office, *Ts], T], /, *args: *Ts) -> Future[T]:
        laptop = self._laptop
        answer: Future[T] = laptop.vault.do(lambda tx: verb(laptop.office(tx), *args))
        return answer

    def send_now(self) -> None:
        if self.is_slow:
            self.news.on_wire(Wire(is_busy=True))
            return
        for changes in self._laptop.round().changes:
            self.news.on_changes(changes)

    def sign_in(self, password: str) -> Future[None]:
        return self._asked(lambda: self._laptop.session.sign_in(password))

    def change_passphrase(self, old: str, new: str) -> Future[None]:
        return self._asked(lambda: None)

    def passphrase_told(self) -> None:
        """Nothing is kept in mind here."""

    def holding(self) -> Future[tuple[TrayChain, ...]]:
        return self._asked(self._laptop.session.holding)

    def decide(self, event_id: str, decide: Decide) -> Future[Decided]:
        return self._asked(lambda: self._laptop.session.decide(event_id, decide))

    def stop_round(self) -> None:
        """Everything is done at once: there is nothing to stop."""

    def team_families(self, words: str) -> Future[tuple[TeamFamily, ...]]:
        return self._asked(lambda: self._laptop.session.team_families(words))

    def take_along(self, family_id: str, until: str, reason: str) -> Future[VisitPack]:
        return self._asked(lambda: self._laptop.session.take_along(family_id, until, reason))

    def history(self, family_id: str, record_id: str) -> Future[tuple[HistoryEntry, ...]]:
        return self._asked(lambda: self._laptop.session.history(family_id, record_id))

    def _asked(self, ask: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(ask())
        except AnswerError as error:
            future.set_exception(error.failure.error)
        return future


def a_workplace(app: QApplication, laptop: Laptop) -> tuple[Workplace, WorkOfLaptop]:
    """Return the window at work on this laptop, not yet shown."""
    news = WireNews()
    work = WorkOfLaptop(laptop, news)
    settled = Settled(WindowWords(), Preferences(), 10, may_place=may_decide_tray(laptop.identity.worker))
    made = Workplace(app, work, news, settled, laptop.clock)
    news.setParent(made)
    return made, work
