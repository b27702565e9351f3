"""The vault thread: it alone holds the database connection, and runs what others ask of it, one at a time.

A save is: one transaction, the head counter with it, commit, the sealed copies appended and flushed, and only then the
future that lets the window say "Saved on this laptop".
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from typing import Protocol, TypeVar

from sf_desktop.store.connection import CACHE_KIB, Connection
from sf_desktop.store.folder.home import VaultHome, refill_ballast
from sf_desktop.store.keys.derivation import Keys
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lifecycle.database import Database
from sf_desktop.store.lifecycle.opening import SEALING_KEY, Standing, pinned_key
from sf_desktop.store.lifecycle.rekeying import rewrap, rotate, settle_recovery
from sf_desktop.store.lifecycle.rotation import TELL_EVERY_S, Watch
from sf_desktop.store.sealed.drafts import PATIENCE_S, Begun, SealedDrafts
from sf_desktop.store.sealed.seals import Event, Seals
from sf_desktop.store.thread.jobs import Jobs, Turn
from sf_desktop.store.thread.joining import Joining
from sf_desktop.store.thread.transactions import Transactions, Tx
from sf_desktop.wording import error
from sf_record.errors import SfError
from sf_record.wire.audit import Looked

T = TypeVar("T")
_LAST_S = 0.5  # for the keyring, at the end, however long everything before took
_log = logging.getLogger(__name__)


class Unsealed(Protocol):
    """Finds the unsent events that the sealed outbox lacks: after a kill between commit and append."""

    def __call__(self, connection: Connection, sealed_ids: frozenset[str]) -> Iterable[Event]: ...


class Finder(Protocol):
    """Finds what is begun and not finished, in a transaction that only reads."""

    def __call__(self, tx: Tx) -> Iterable[Begun]: ...


class Vault:
    """One open vault. Every method may be called from any thread; futures are resolved on the vault thread."""

    def __init__(self, home: VaultHome, secrets: SecretStore, keys: Keys, cache_kib: int) -> None:
        self.home = home
        self._seals = Seals(home)
        self._drafts = SealedDrafts(home.sealed_drafts)
        self._begun: Finder | None = None
        self._joining = Joining()
        self._jobs = Jobs(self._undo)
        self._database = Database(home, secrets, keys, cache_kib, on_lost=self._jobs.end)
        self._transactions = Transactions(self._database)
        self._opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="vault", daemon=True)

    @classmethod
    def open(
        cls, home: VaultHome, secrets: SecretStore, keys: Keys, *, unsealed: Unsealed | None = None,
        cache_kib: int = CACHE_KIB,
    ) -> Vault:  # fmt: skip
        """Open it, or raise the VaultError that says why not. The vault owns the keys from here, and forgets them.

        ``unsealed`` is run once, so that every unsent event is also in the sealed outbox. A few milliseconds, except
        when tables are brought up to date.
        """
        vault = cls(home, secrets, keys, cache_kib)
        vault._thread.start()
        vault._opened.result()
        if unsealed is not None and vault.standing is Standing.SOUND:
            try:
                vault._seal_missing(unsealed)
            except BaseException:
                vault.close()
                raise
        return vault

    @property
    def secrets(self) -> SecretStore:
        """This vault's secrets in the computer's keyring. Any thread; never the window's, because it may wait."""
        return self._database.secrets

    @property
    def standing(self) -> Standing:
        """Sound, or an old file was put back: then only reads and reconciling writes are taken."""
        return self._database.standing

    def do(self, fn: Callable[[Tx], T], *, urgent: bool = True, reconciling: bool = False) -> Future[T]:
        """Run ``fn`` in one write transaction: it commits and is durable when the future has its result.

        Whatever ``fn`` raises rolls everything back. ``saved_not_sealed`` is the one error after which the change *is*
        stored. What is not ``urgent`` (a round, a first load) waits for all that is. ``reconciling`` is
        allowed on a vault that was rolled back.
        """
        return self._jobs.submit(lambda: self._write(fn, reconciling=reconciling), Turn.NOW if urgent else Turn.BULK)

    def read(self, fn: Callable[[Tx], T], *, urgent: bool = True) -> Future[T]:
        """Run ``fn`` in one read transaction, so that all its queries see one moment; what it writes is undone."""
        return self._jobs.submit(lambda: self._transactions.read(fn), Turn.NOW if urgent else Turn.BULK)

    def enter(self, looks: Sequence[Looked], *, urgent: bool = True) -> Future[None]:
        """Put rows into the audit, also on a vault that was put back; durable when the future has its result."""
        return self._jobs.submit(lambda: self._transactions.enter(looks), Turn.NOW if urgent else Turn.BULK)

    def reconciled(self) -> Future[None]:
        """Say that the council has been asked after a rollback: the head goes past the kept one, writing is allowed."""
        return self._jobs.submit(self._accept, Turn.NOW)

    def prune_sealed(self, event_ids: frozenset[str]) -> Future[None]:
        """Drop from the sealed outbox what the council holds and has backed up."""
        return self._jobs.submit(lambda: self._seals.prune(event_ids), Turn.BULK)

    def sealed_ids(self) -> Future[frozenset[str]]:
        """Return the ids of the events in the sealed outbox."""
        return self._jobs.submit(lambda: self._seals.event_ids, Turn.NOW)

    def keep_drafts_sealed(self, begun: Finder, patience_s: float = PATIENCE_S) -> Future[None]:
        """Keep a sealed copy of what is begun from now on: ``patience_s`` or more after a save, and at closing."""

        def start() -> None:
            self._begun = begun
            self._drafts.patience_s = patience_s
            self._drafts.touched()
            self._seal_drafts()

        return self._jobs.submit(start, Turn.BULK)

    def seal_drafts(self) -> Future[None]:
        """Bring that copy up to date at once: nothing can be read here afterwards."""
        return self._jobs.submit(self._seal_drafts, Turn.NOW)

    def pin_sealing_key(self, public_key: bytes) -> Future[None]:
        """Remember the council's sealing key (32 bytes) and seal to it from now on. The same again changes nothing."""
        return self._jobs.submit(lambda: self._pin(public_key), Turn.NOW)

    def rotate_key(
        self,
        *,
        gives_way: bool = False,
        on_progress: Callable[[float], None] = lambda _: None,
        tell_every_s: float = TELL_EVERY_S,
    ) -> Future[int]:
        """Write the whole database anew under a fresh data key; the future has the generation of its slot.

        As long as writing the file takes: never wait in the window. With ``gives_way`` it ends with ``stopped``, having
        changed nothing, as soon as somebody waits for the vault. ``on_progress`` is told on the vault thread how much
        is done (0 to 1).
        """
        watch = Watch(self.home, self._has_to_stop(gives_way), on_progress, tell_every_s)
        return self._jobs.submit(lambda: rotate(self._database, watch), Turn.BULK)

    def rewrap(self, kek: bytearray, salt: bytes) -> Future[None]:
        """Put a new passphrase's KEK (see ``unlocking.checked_change``) around the keys of this open vault."""
        return self._jobs.submit(lambda: rewrap(self._database, kek, salt), Turn.NOW)

    def close(self, timeout_s: float = 5.0) -> bool:
        """Close in stages: take nothing new, finish the saves, drop bulk work, forget the keys.

        Never hangs: False if the thread did not end in time. Then nothing acknowledged is lost all the same.
        """
        self._jobs.end()
        until = time.monotonic() + timeout_s
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            _log.warning("vault_close_timed_out")
            return False
        return self._database.end_recording(max(_LAST_S, until - time.monotonic()))

    # --- on the vault thread ---

    def _run(self) -> None:
        try:
            self._open_everything()
        except BaseException as cause:  # noqa: BLE001 - handed to whoever waits in open()
            self._database.keys.forget()
            self._opened.set_exception(cause)
            return
        self._opened.set_result(None)
        while True:
            # Where nobody asks for anything, what was looked at is written, what is begun sealed, the index tended.
            job = self._jobs.take(self._do_what_is_due, self._wait_s())
            if job is None:
                break
            job()
            self._do_what_is_due()
        self._close_everything()

    def _wait_s(self) -> float | None:
        waits = (self._transactions.wait_s(), self._drafts.wait_s(), self._joining.wait_s())
        return min((each for each in waits if each is not None), default=None)

    def _do_what_is_due(self) -> None:
        if self._transactions.wait_s() == 0.0:
            self._transactions.write_looks()
        if self._drafts.wait_s() == 0.0:
            self._seal_drafts()
        if self._jobs.is_somebody_waiting():
            return
        self._seals.make_room()
        if self._joining.wait_s() == 0.0:
            self._joining.step(self._transactions)

    def _open_everything(self) -> None:
        self._database.open()
        try:
            if pinned := pinned_key(self._database.connection):
                self._seals.open(pinned)
                self._drafts.open(pinned)
            if self.home.recovery_slot_next.exists():
                settle_recovery(self._database)
        except BaseException:
            self._database.close()
            self._database.end_recording(_LAST_S)
            raise
        refill_ballast(self.home)

    def _close_everything(self) -> None:
        with ExitStack() as last:  # each of them, whatever becomes of the one before
            last.callback(self._database.close)
            last.callback(self._seals.close)
            last.callback(self._drafts.close)
            last.callback(self._seal_drafts)
            last.callback(self._transactions.write_last_looks)

    def _undo(self) -> None:
        self._database.roll_back()

    def _write(self, fn: Callable[[Tx], T], *, reconciling: bool = False) -> T:
        result, tx = self._transactions.write(fn, reconciling=reconciling)
        if tx.is_change:
            self._joining.touched()
            if self._begun is not None:
                self._drafts.touched()
        self._seals.add(tx.sealed)
        for afterwards in tx.afterwards:
            afterwards()
        return result

    def _seal_drafts(self) -> None:
        """Never in the way of anybody's work: what is begun is in the vault, and is tried again."""
        begun = self._begun
        if begun is None or not self._drafts.is_due:
            return
        try:
            if self.standing is not Standing.SOUND:  # what is begun in an older file says nothing of what was
                raise error("vault_rolled_back")
            self._transactions.read(lambda tx: self._drafts.write(begun(tx)))
        except SfError as cause:
            _log.warning("drafts_not_sealed code=%s", cause.code)
            self._drafts.postpone()

    def _seal_missing(self, unsealed: Unsealed) -> None:
        def find(tx: Tx) -> list[Event]:
            return list(unsealed(tx.connection, self._seals.event_ids)) if self._seals.is_open else []

        def seal() -> None:
            try:
                self._seals.add(self._transactions.read(find))
            except SfError as cause:
                if cause.code != "saved_not_sealed":
                    raise
                # A full disk keeps nobody from their records: what could not be sealed waits for the next save.
                _log.warning("seal_waits count=%d", self._seals.waiting)

        self._jobs.submit(seal, Turn.NOW).result()

    def _accept(self) -> None:
        def past_the_kept(tx: Tx) -> None:
            newest = self._database.newest_head() + 1
            tx.connection.execute("UPDATE audit_state SET head = ?", (newest,))

        self._seals.adopt_begun()
        self._write(past_the_kept, reconciling=True)
        self._database.now_sound()

    def _pin(self, public_key: bytes) -> None:
        if self._seals.is_open:
            if pinned_key(self._database.connection) != public_key:
                raise error("vault_exists")
            return

        def remember(tx: Tx) -> None:
            tx.connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (SEALING_KEY, public_key))

        self._seals.open(public_key)
        self._drafts.open(public_key)
        try:
            self._write(remember)
        except BaseException:
            self._seals.close()
            raise

    def _has_to_stop(self, gives_way: bool) -> Callable[[], bool]:
        return lambda: self._jobs.is_closing or (gives_way and self._jobs.is_somebody_waiting())
