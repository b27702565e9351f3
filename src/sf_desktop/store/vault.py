"""The vault thread: it alone holds the database connection, and runs what others ask of it, one at a time.

A save is: one transaction, the head counter with it, commit, the sealed copies appended and flushed, and only then the
future that lets the window say "Saved on this laptop".
"""

from __future__ import annotations

import logging
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, TypeVar

from sf_desktop.store import meta, tokens
from sf_desktop.store.connection import CACHE_KIB, Connection, translated_database
from sf_desktop.store.headcounter import HeadRecorder, KeptHead
from sf_desktop.store.home import VaultHome, check_private, free_ballast, refill_ballast
from sf_desktop.store.jobs import Jobs, Turn
from sf_desktop.store.keyrings import SecretStore
from sf_desktop.store.keys import ATTACHMENT, HEAD_MAC, Keys, overwrite
from sf_desktop.store.opening import SEALING_KEY, Standing, head, open_database, pinned_key, raise_head, standing
from sf_desktop.store.processlock import ProcessLock
from sf_desktop.store.recovery import DUE, make_next_slot, make_recovery_slot
from sf_desktop.store.rotation import Watch, clear, generation, put_in_place, write_anew
from sf_desktop.store.sealed_drafts import Begun, SealedDrafts
from sf_desktop.store.seals import Event, Seals
from sf_desktop.store.slotfile import SlotHeader, new_slot
from sf_desktop.store.slots import usable_slots, write_slot
from sf_desktop.store.trail import Trail
from sf_desktop.wording import error
from sf_record.audit import Looked
from sf_record.errors import SfError

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Tx:
    """What a verb is given: the connection inside one write transaction, and a way to have events sealed with it."""

    def __init__(self, connection: Connection, attachments: Path) -> None:
        self.connection = connection
        self.attachments = attachments
        self.sealed: list[Event] = []
        self.goes_first = False  # something in it is not to wait for the next round
        self.afterwards: list[Callable[[], None]] = []
        self.looks: list[Looked] = []

    def seal(self, event_id: str, payload: bytes, *, goes_first: bool = False) -> None:
        """Have this event also appended to the sealed outbox, after the commit and before anybody is told "saved"."""
        self.sealed.append((event_id, payload))
        self.goes_first = self.goes_first or goes_first

    def after_commit(self, fn: Callable[[], None]) -> None:
        """Have this run once the change is stored and sealed, just before its future is resolved; it must not fail."""
        self.afterwards.append(fn)

    def look(self, looked: Looked) -> None:
        """Leave a row in the audit: with this write, or within about a second of this read."""
        self.looks.append(looked)


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
        self._secrets = secrets
        self._keys = keys
        self._cache_kib = cache_kib
        self._seals = Seals(home)
        self._drafts = SealedDrafts(home.sealed_drafts)
        self._begun: Finder | None = None
        self._trail = Trail()
        self._jobs = Jobs(self._roll_back)
        self._standing = Standing.SOUND
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
        return self._secrets

    @property
    def standing(self) -> Standing:
        """Sound, or an old file was put back: then only reads and reconciling writes are taken."""
        return self._standing

    def do(self, fn: Callable[[Tx], T], *, urgent: bool = True, reconciling: bool = False) -> Future[T]:
        """Run ``fn`` in one write transaction: it commits and is durable when the future has its result.

        Whatever ``fn`` raises rolls everything back. ``saved_not_sealed`` is the one error after which the change *is*
        stored. What is not ``urgent`` (a round, a first load) waits for all that is. ``reconciling`` is
        allowed on a vault that was rolled back.
        """
        return self._jobs.submit(lambda: self._write(fn, reconciling=reconciling), Turn.NOW if urgent else Turn.BULK)

    def read(self, fn: Callable[[Tx], T], *, urgent: bool = True) -> Future[T]:
        """Run ``fn`` in one read transaction, so that all its queries see one moment; what it writes is undone."""
        return self._jobs.submit(lambda: self._read(fn), Turn.NOW if urgent else Turn.BULK)

    def enter(self, looks: Sequence[Looked], *, urgent: bool = True) -> Future[None]:
        """Put rows into the audit, also on a vault that was put back; durable when the future has its result."""
        return self._jobs.submit(lambda: self._enter(looks), Turn.NOW if urgent else Turn.BULK)

    def reconciled(self) -> Future[None]:
        """Say that the council has been asked after a rollback: the head goes past the kept one, writing is allowed."""
        return self._jobs.submit(self._accept, Turn.NOW)

    def prune_sealed(self, event_ids: frozenset[str]) -> Future[None]:
        """Drop from the sealed outbox what the council holds and has backed up."""
        return self._jobs.submit(lambda: self._seals.prune(event_ids), Turn.BULK)

    def sealed_ids(self) -> Future[frozenset[str]]:
        """Return the ids of the events in the sealed outbox."""
        return self._jobs.submit(lambda: self._seals.event_ids, Turn.NOW)

    def keep_drafts_sealed(self, begun: Finder) -> Future[None]:
        """Keep a sealed copy of what is begun from now on: some seconds after a save, and at closing."""

        def start() -> None:
            self._begun = begun
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
        self, *, gives_way: bool = False, on_progress: Callable[[float], None] = lambda _: None
    ) -> Future[int]:
        """Write the whole database anew under a fresh data key; the future has the generation of its slot.

        As long as writing the file takes: never wait in the window. With ``gives_way`` it ends with ``stopped``, having
        changed nothing, as soon as somebody waits for the vault. ``on_progress`` is told on the vault thread how much
        is done (0 to 1).
        """
        return self._jobs.submit(
            lambda: self._rotate(Watch(self.home, self._has_to_stop(gives_way), on_progress)), Turn.BULK
        )

    def rewrap(self, kek: bytearray, salt: bytes) -> Future[None]:
        """Put a new passphrase's KEK (see ``unlocking.checked_change``) around the keys of this open vault."""
        return self._jobs.submit(lambda: self._rewrap(kek, salt), Turn.NOW)

    def attachment_key(self) -> Future[bytearray]:
        """Return a copy of the attachment key; the caller overwrites it after use."""
        return self._jobs.submit(lambda: self._keys.subkey(ATTACHMENT), Turn.NOW)

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
        return not hasattr(self, "_recorder") or self._recorder.close(max(0.5, until - time.monotonic()))

    # --- on the vault thread ---

    def _run(self) -> None:
        try:
            self._open_everything()
        except BaseException as cause:  # noqa: BLE001 - handed to whoever waits in open()
            self._keys.forget()
            self._opened.set_exception(cause)
            return
        self._opened.set_result(None)
        while True:
            # Where nobody asks for anything, what was looked at is written meanwhile, and what is begun sealed.
            job = self._jobs.take(self._do_what_is_due, self._wait_s())
            if job is None:
                break
            job()
            self._do_what_is_due()
        self._close_everything()

    def _wait_s(self) -> float | None:
        waits = (self._trail.wait_s(), self._drafts.wait_s())
        return min((each for each in waits if each is not None), default=None)

    def _do_what_is_due(self) -> None:
        if self._trail.wait_s() == 0.0:
            self._write_looks()
        if self._drafts.wait_s() == 0.0:
            self._seal_drafts()

    def _open_everything(self) -> None:
        check_private(self.home)
        self._process_lock = ProcessLock(self.home.lock)
        try:
            self._connection = open_database(self.home, self._secrets, self._keys, cache_kib=self._cache_kib)
            try:
                kept = self._kept_head()
                self._standing = standing(self._connection, kept)
                if pinned := pinned_key(self._connection):
                    self._seals.open(pinned)
                    self._drafts.open(pinned)
            except BaseException:
                self._connection.close()
                raise
        except BaseException:
            self._process_lock.release()
            raise
        if self.home.recovery_slot_next.exists():
            self._settle_recovery()
        self._kept = kept
        self._recorder = HeadRecorder(kept)
        refill_ballast(self.home)

    def _close_everything(self) -> None:
        with ExitStack() as last:  # each of them, whatever becomes of the one before
            last.callback(self._process_lock.release)
            last.callback(self._keys.forget)
            last.callback(self._connection.close)
            last.callback(self._seals.close)
            last.callback(self._drafts.close)
            last.callback(self._seal_drafts)
            last.callback(self._write_last_looks)

    def _write(self, fn: Callable[[Tx], T], *, reconciling: bool) -> T:
        if self._standing is not Standing.SOUND and not reconciling:
            raise error("vault_rolled_back")
        tx = Tx(self._connection, self.home.attachments)
        with translated_database():
            self._connection.execute("BEGIN IMMEDIATE")
            before = self._changes()
            try:
                result = fn(tx)
                # What changed nothing (a round with nothing to say) does not wait for the disk either.
                is_change = bool(tx.looks) or self._changes() != before
                taken = self._trail.enter(tx.connection, tx.looks, [each[0] for each in tx.sealed]) if is_change else 0
                reached = raise_head(self._connection) if is_change else None
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        self._trail.written(taken)
        if reached is not None and self._standing is Standing.SOUND:
            self._recorder.reached(reached)
        if is_change and self._begun is not None:
            self._drafts.touched()
        self._seals.add(tx.sealed)
        for afterwards in tx.afterwards:
            afterwards()
        return result

    def _read(self, fn: Callable[[Tx], T]) -> T:
        tx = Tx(self._connection, self.home.attachments)
        with translated_database():
            self._connection.execute("BEGIN")
            try:
                result = fn(tx)
            finally:
                self._roll_back()
        self._trail.add(tx.looks)
        return result

    def _enter(self, looks: Sequence[Looked]) -> None:
        self._trail.add(looks)
        self._write_looks()
        if self._trail.waiting:
            raise error("disk_failed")

    def _write_looks(self) -> None:
        """Write what was looked at. On a vault that was put back the head must not rise by it: that would heal it."""
        if not self._trail.waiting:
            return
        try:
            with translated_database():
                self._connection.execute("BEGIN IMMEDIATE")
                taken = self._trail.enter(self._connection)
                reached = raise_head(self._connection) if self._standing is Standing.SOUND else None
                self._connection.execute("COMMIT")
        except SfError as cause:
            self._roll_back()
            _log.warning("looks_wait code=%s", cause.code)
            self._trail.postpone()
            return
        self._trail.written(taken)
        if reached is not None:
            self._recorder.reached(reached)

    def _write_last_looks(self) -> None:
        """At closing: with the ballast's room, if there is no other."""
        self._write_looks()
        if self._trail.waiting:
            free_ballast(self.home)
            self._write_looks()

    def _seal_drafts(self) -> None:
        """Never in the way of anybody's work: what is begun is in the vault, and is tried again."""
        begun = self._begun
        if begun is None or not self._drafts.is_due:
            return
        try:
            if self._standing is not Standing.SOUND:  # what is begun in an older file says nothing of what was
                raise error("vault_rolled_back")
            self._read(lambda tx: self._drafts.write(begun(tx)))
        except SfError as cause:
            _log.warning("drafts_not_sealed code=%s", cause.code)
            self._drafts.postpone()

    def _roll_back(self) -> None:
        """SQLite may have rolled back by itself (a full disk); then there is nothing left to undo."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _changes(self) -> int:
        row = self._connection.execute("SELECT total_changes()").fetchone()
        assert row is not None
        return int(row[0])

    def _seal_missing(self, unsealed: Unsealed) -> None:
        def find(tx: Tx) -> list[Event]:
            return list(unsealed(tx.connection, self._seals.event_ids)) if self._seals.is_open else []

        def seal() -> None:
            try:
                self._seals.add(self._read(find))
            except SfError as cause:
                if cause.code != "saved_not_sealed":
                    raise
                # A full disk keeps nobody from their records: what could not be sealed waits for the next save.
                _log.warning("seal_waits count=%d", self._seals.waiting)

        self._jobs.submit(seal, Turn.NOW).result()

    def _accept(self) -> None:
        known = self._kept.read() or 0

        def past_the_kept(tx: Tx) -> None:
            newest = max(known, head(tx.connection)) + 1
            tx.connection.execute("UPDATE meta SET value = ? WHERE name = 'head'", (newest,))

        self._write(past_the_kept, reconciling=True)
        self._kept.write(head(self._connection))
        self._standing = Standing.SOUND

    def _pin(self, public_key: bytes) -> None:
        if self._seals.is_open:
            if pinned_key(self._connection) != public_key:
                raise error("vault_exists")
            return

        def remember(tx: Tx) -> None:
            tx.connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (SEALING_KEY, public_key))

        self._seals.open(public_key)
        self._drafts.open(public_key)
        try:
            self._write(remember, reconciling=False)
        except BaseException:
            self._seals.close()
            raise

    def _rotate(self, watch: Watch) -> int:
        try:
            write_anew(self._connection, self.home, self._secrets, self._keys, watch, self._seal_next)
        except SfError as cause:
            if cause.code != "stopped":
                # A file that a full disk cut short stays attached, and spoils every later statement of this connection.
                self._reopen_around(clear)
            raise
        self._reopen_around(put_in_place)
        self._seal_for_recovery()
        return generation(self.home, self._secrets)

    def _seal_for_recovery(self) -> None:
        """The recovery slot holds the data key: it is made anew, for the council to have in place of the old one."""
        if public_key := self._recovery_key():
            make_recovery_slot(self.home, self._keys, public_key)

    def _seal_next(self, dek: bytes) -> None:
        if public_key := self._recovery_key():
            make_next_slot(self.home, dek, public_key)

    def _recovery_key(self) -> bytes:
        who = tokens.identity(self._connection)
        return b64decode(who.recovery_key) if who is not None else b""

    def _settle_recovery(self) -> None:
        """After a rotation that was cut off: make the slot of the key that opened, and have the council get it."""
        try:
            self._seal_for_recovery()
            meta.write(self._connection, DUE, "yes")
        except SfError as cause:  # a full disk keeps nobody from their records: tried at the next opening
            _log.warning("recovery_slot_waits code=%s", cause.code)

    def _reopen_around(self, change: Callable[[VaultHome], None]) -> None:
        """The kept head's code depends on the data key, so its recorder stops meanwhile and starts with the new one."""
        self._recorder.close(timeout_s=10.0)
        self._connection.close()
        try:
            change(self.home)
        finally:
            self._open_again()

    def _open_again(self) -> None:
        """Open under whichever key fits now; if neither can be opened, the vault ends: what was saved is on disk."""
        try:
            self._connection = open_database(self.home, self._secrets, self._keys, cache_kib=self._cache_kib)
        except BaseException:
            self._jobs.end()
            raise
        finally:
            self._kept = self._kept_head()
            self._recorder = HeadRecorder(self._kept)

    def _has_to_stop(self, gives_way: bool) -> Callable[[], bool]:
        return lambda: self._jobs.is_closing or (gives_way and self._jobs.is_somebody_waiting())

    def _rewrap(self, kek: bytearray, salt: bytes) -> None:
        before = usable_slots(self.home, self._secrets)[0].header
        header = SlotHeader(before.generation + 1, before.cost, salt, before.owner)
        fresh = Keys(kek, self._keys.dek, self._keys.pending)
        write_slot(self.home, self._secrets, new_slot(header, kek, fresh.dek, fresh.pending), fresh)
        overwrite(self._keys.kek)
        self._keys.kek = kek

    def _kept_head(self) -> KeptHead:
        return KeptHead(self._secrets, self.home.vault_id.bytes, self._keys.subkey(HEAD_MAC))
