"""What the window at work is given: the session's verbs, what is settled at unlocking, news from the wire thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar, TypeVarTuple

from PySide6.QtCore import QObject, Signal

from sf_desktop.ops.office import Office
from sf_desktop.sync.scheduler import Wire
from sf_desktop.ui.desk import Changes
from sf_desktop.ui.main_window import WindowWords
from sf_desktop.ui.settings.preferences import Preferences
from sf_record.description import Role
from sf_record.rules.permissions import may_decide_tray
from sf_record.wire.packs import TeamFamily, VisitPack
from sf_record.wire.rounds import HistoryEntry
from sf_record.wire.tray import Decide, Decided, TrayChain

if TYPE_CHECKING:
    from sf_desktop.session import Opened

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
LEAVES_AFTER_DAYS = 7


class Work(Protocol):
    """The unlocked session, as the window needs it."""

    def submit(self, verb: Callable[[Office, *Ts], T], /, *args: *Ts) -> Future[T]: ...
    def send_now(self) -> None: ...
    def sign_in(self, password: str) -> Future[None]: ...
    def change_passphrase(self, old: str, new: str) -> Future[None]: ...
    def passphrase_told(self) -> None: ...
    def holding(self) -> Future[tuple[TrayChain, ...]]: ...
    def decide(self, event_id: str, decide: Decide) -> Future[Decided]: ...
    def history(self, family_id: str, record_id: str) -> Future[tuple[HistoryEntry, ...]]: ...
    def stop_round(self) -> None: ...
    def team_families(self, words: str) -> Future[tuple[TeamFamily, ...]]: ...
    def take_along(self, family_id: str, until: str, reason: str) -> Future[VisitPack]: ...


@dataclass(frozen=True, slots=True)
class Settled:
    """What is settled at unlocking: words, choices, and the council's own limits."""

    words: WindowWords
    preferences: Preferences
    idle_lock_minutes: int
    copies_leave_after_days: int = LEAVES_AFTER_DAYS
    username: str = ""
    may_place: bool = False  # a supervisor, who decides what lies in the holding tray
    was_changed: bool | None = None  # whether a change of passphrase was made, where nobody has been told yet
    is_recovered: bool = False  # opened by an answer of the council's, with a new passphrase
    is_of_centre: bool = False  # keeps registers at a centre: no screen of a family is in the window


def settled_for(opened: Opened, preferences: Preferences) -> Settled:
    """Return what is settled for the person whose vault was opened."""
    configuration, identity = opened.configuration, opened.identity
    is_of_centre = identity.worker.role is Role.CENTRE
    words = WindowWords(
        configuration.service_name, configuration.council_name, identity.is_pretend, has_families=not is_of_centre
    )
    return Settled(
        words,
        preferences,
        configuration.idle_lock_minutes,
        configuration.copies_leave_after_days,
        username=identity.username,
        was_changed=opened.was_changed,
        is_recovered=opened.is_recovered,
        may_place=may_decide_tray(identity.worker) and not identity.is_pretend,
        is_of_centre=is_of_centre,
    )


class WireNews(QObject):
    """Carries what the wire thread says into the GUI thread, in which it is made; any thread may call its methods."""

    wire_changed = Signal(object)
    records_changed = Signal(object)
    wiped = Signal()
    part_changed = Signal(object)

    def on_wire(self, wire: Wire) -> None:
        """The wire stands otherwise now."""
        self.wire_changed.emit(wire)

    def on_changes(self, changes: Changes) -> None:
        """A round changed records."""
        self.records_changed.emit(changes)

    def on_part(self, part: float | None) -> None:
        """So much of the vault is written anew; None: it is not being written."""
        self.part_changed.emit(part)

    def on_wipe(self) -> None:
        """The council has ordered a wipe, and the keys are destroyed."""
        self.wiped.emit()
