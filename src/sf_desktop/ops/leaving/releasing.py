"""Lets family files leave behind everything else: destroyed in pieces, the vault under a new key, the council told.

Nobody waits for it. A piece is one short transaction. Writing the vault anew takes a second or more, so it begins when
a moment has passed, and gives way at once to whoever asks the vault for anything; only after two hundred times it is
done to its end.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from sf_desktop.ops.drafts.begun import keep_begun
from sf_desktop.ops.office import Office
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.lease import tenures
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import meta
from sf_desktop.store.tables.attachments import Erase
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.unlock import recovery
from sf_desktop.store.vault import Vault
from sf_record.dates import moment_text
from sf_record.errors import SfError
from sf_record.wire.orders import Signed

QUIET_S = 3.0
MOST_TIMES = 200  # it gives way: ten minutes at least
_log = logging.getLogger(__name__)


class Timer(Protocol):
    """Something that will happen later, unless it is cancelled."""

    def cancel(self) -> None: ...


class Council(Protocol):
    """What a receipt needs of the way to the council."""

    def tell_wiped(self, receipt: Signed) -> None: ...
    def keep_recovery_slot(self, slot: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told, on the vault thread: of records that are gone, and how much of the vault is written (None: none)."""

    on_changes: Callable[[ChangeSet], None]
    on_part: Callable[[float | None], None]


def in_a_while(wait_s: float, happen: Callable[[], None]) -> Timer:
    """Let something happen after a while, on a thread of its own."""
    timer = threading.Timer(wait_s, happen)
    timer.daemon = True
    timer.start()
    return timer


class Releasing:
    """The release of family files from one open vault. Methods may be called from any thread, and return at once."""

    def __init__(
        self, vault: Vault, office: Callable[[Tx], Office], told: Told,
        later: Callable[[float, Callable[[], None]], Timer] = in_a_while,
    ) -> None:  # fmt: skip
        self._vault, self._office, self._told, self._later = vault, office, told, later
        self._door = threading.Lock()
        self._is_at_work = self._is_wanted = self._is_closed = False
        self._timer: Timer | None = None
        self._given_way = 0

    def look(self) -> None:
        """See whether something may leave: after unlocking, and after each run of rounds."""
        with self._door:
            self._is_wanted = True
            if self._is_at_work or self._is_closed:
                return
            self._is_at_work, self._is_wanted = True, False
        self._piece()

    def close(self) -> None:
        """Begin nothing more. What is under way ends with the vault, and goes on after the next unlocking."""
        with self._door:
            self._is_closed = True
            if self._timer is not None:
                self._timer.cancel()

    # --- one after the other, each begun by the end of the one before -----------------------------------------------

    def _piece(self) -> None:
        self._vault.do(self._destroy, urgent=False).add_done_callback(self._on_piece)

    def _destroy(self, tx: Tx) -> tuple[ChangeSet, bool, bool]:
        office = self._office(tx)
        known = tenures.in_vault(tx.connection)
        certain = known.certain if known is not None else office.clock.now()  # no clock that jumped lets anything go
        stay_after = certain - timedelta(days=office.configuration.copies_leave_after_days)
        today = certain.date().isoformat()
        release.end_overdue(tx.connection, today, moment_text(stay_after) if known is not None else "", office.now())
        kept = keep_begun(office)
        step = release.step(tx.connection, office.now(), today)
        if step.files:
            tx.after_commit(Erase(tx.attachments, step.files))
        return kept | step.changes, step.is_more, release.is_due(tx.connection)

    def _on_piece(self, done: Future[tuple[ChangeSet, bool, bool]]) -> None:
        if self._has_failed(done):
            return
        changes, is_more, is_due = done.result()
        if changes:
            self._told.on_changes(changes)
        if is_more:
            self._piece()
        elif is_due:
            self._wait()
        else:
            self._end()

    def _wait(self) -> None:
        with self._door:
            if not self._is_closed:
                self._timer = self._later(QUIET_S, self._rewrite)

    def _rewrite(self) -> None:
        gone = self._vault.read(lambda tx: release.destroyed_ids(tx.connection), urgent=False)
        gone.add_done_callback(self._on_gone)

    def _on_gone(self, gone: Future[frozenset[str]]) -> None:
        if self._has_failed(gone):
            return
        rotated = self._vault.rotate_key(gives_way=self._given_way < MOST_TIMES, on_progress=self._told.on_part)
        rotated.add_done_callback(_Rotated(self, gone.result()))

    def on_rotated(self, rotated: Future[int], gone: frozenset[str]) -> None:
        """The vault has a new key, or gave way to somebody."""
        self._told.on_part(None)
        cause = rotated.exception()
        if isinstance(cause, SfError) and cause.code == "stopped":
            self._given_way += 1
            self._wait()
            return
        if self._has_failed(rotated):
            return
        self._given_way = 0
        generation = rotated.result()

        def sign(tx: Tx) -> None:
            office = self._office(tx)
            known = tenures.seen(tx.connection, office.clock)
            said_at = moment_text(known.highest) if known is not None else office.now()
            release.rekeyed(tx.connection, gone, generation, office.new_id(), office.now(), said_at)
            meta.write(tx.connection, recovery.DUE, "yes")

        self._vault.do(sign, urgent=False).add_done_callback(self._on_signed)

    def _on_signed(self, signed: Future[None]) -> None:
        if not self._has_failed(signed):
            self._told.on_changes(ChangeSet(kinds=frozenset({"release"})))
            self._end()

    def _end(self) -> None:
        with self._door:
            self._is_at_work = False
            is_wanted = self._is_wanted
        if is_wanted:
            self.look()

    def _has_failed(self, done: Future[Any]) -> bool:
        """A vault that closes or cannot write ends it; everything goes on from where it is, at the next look."""
        cause = done.exception()
        if cause is None:
            return False
        if isinstance(cause, SfError):
            _log.info("release_waits code=%s", cause.code)
        else:
            _log.error("release_bug class=%s", type(cause).__name__)
        with self._door:
            self._is_at_work = False
        return True


@dataclass(frozen=True, slots=True)
class _Rotated:
    """Remembers what had been destroyed before the vault was written anew."""

    releasing: Releasing
    gone: frozenset[str]

    def __call__(self, rotated: Future[int]) -> None:
        self.releasing.on_rotated(rotated, self.gone)


def send_receipts(vault: Vault, council: Council, at: Callable[[], str]) -> None:
    """An errand on the wire thread: hand the council what it does not have yet of what left, and the new key's slot."""
    for receipt_id, signed in vault.read(lambda tx: release.receipts_to_send(tx.connection), urgent=False).result():
        council.tell_wiped(signed)
        vault.do(_Sent(receipt_id, at()), urgent=False).result()
    if vault.read(lambda tx: meta.read(tx.connection, recovery.DUE), urgent=False).result() is not None:
        slot = _recovery_slot(vault)
        if slot:
            council.keep_recovery_slot(slot)
        vault.do(_SlotSent(vault, slot), urgent=False).result()


def _recovery_slot(vault: Vault) -> bytes:
    return vault.home.recovery_slot.read_bytes() if vault.home.recovery_slot.exists() else b""


@dataclass(frozen=True, slots=True)
class _SlotSent:
    """The council has this slot. Where a newer key has been made on the way, its slot is still due."""

    vault: Vault
    slot: bytes

    def __call__(self, tx: Tx) -> None:
        if _recovery_slot(self.vault) == self.slot:
            meta.write(tx.connection, recovery.DUE, None)


@dataclass(frozen=True, slots=True)
class _Sent:
    receipt_id: str
    at: str

    def __call__(self, tx: Tx) -> None:
        release.receipt_sent(tx.connection, self.receipt_id, self.at)
