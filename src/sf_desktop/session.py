"""One unlocked vault and everything that works on it, from unlocking to locking: the vault, the office, the wire."""

from __future__ import annotations

import logging
import random
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TypeVar, TypeVarTuple

from sf_desktop.clock import Clock
from sf_desktop.ops.drafts.begun import begun
from sf_desktop.ops.firstrun.passphrases import PassphraseChange
from sf_desktop.ops.lease.obeying import Obedience
from sf_desktop.ops.leaving.releasing import Releasing, Told, send_receipts
from sf_desktop.ops.office import Office
from sf_desktop.ops.opening import office_maker
from sf_desktop.ops.runner import OfficeRunner
from sf_desktop.ops.tidying import received_long_ago, tidy
from sf_desktop.store.connection import Connection
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import Keys
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.rounds.attachment_ledger import VaultBlobs
from sf_desktop.store.rounds.audit_ledger import AuditLedger
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.sealed.drafts import Begun
from sf_desktop.store.tables import attachments, outbox, tokens
from sf_desktop.store.tables import configuration as configurations
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.unlock.lockout import Lockout
from sf_desktop.store.upkeep import attachment_upkeep
from sf_desktop.store.upkeep.audit_check import ChainCheck
from sf_desktop.store.vault import Vault
from sf_desktop.sync.auditing import send_audit
from sf_desktop.sync.blobs import Carrier
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.errands import Errand, run_errands
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.load import Watch
from sf_desktop.sync.round import Ran, run
from sf_desktop.sync.scheduler import Listener, Scheduler
from sf_desktop.sync.session import Session as Council
from sf_desktop.sync.transport import Transport
from sf_desktop.wording import error
from sf_record.configuration import Configuration
from sf_record.dates import moment_text
from sf_record.errors import SfError
from sf_record.wire.audit import Look, Looked
from sf_record.wire.packs import TeamFamily, VisitPack
from sf_record.wire.rounds import HistoryEntry
from sf_record.wire.tray import Decide, Decided, TrayChain

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A vault that has just been opened: what the lock screen hands to the window."""

    vault: Vault
    identity: Identity
    configuration: Configuration
    was_changed: bool | None = None  # of a change of passphrase that a lock, or a kill, came into: whether it was made
    is_recovered: bool = False  # by an answer of the council's, and not by its passphrase


def open_vault(home: VaultHome, secrets_: SecretStore, keys: Keys) -> Opened:
    """Open the vault and read whose it is. Off the GUI thread; the vault owns the keys from here."""
    return read_opened(Vault.open(home, secrets_, keys, unsealed=_unsealed))


def _unsealed(connection: Connection, sealed_ids: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what must lie sealed and does not: unsent events, and the keys of contents that the council lacks."""
    yield from outbox.unsealed(connection, sealed_ids)
    yield from attachments.unsealed(connection, sealed_ids)


def _has_concern(tx: Tx) -> bool:
    return bool(outbox.phone_now(tx.connection, "concern"))


def read_opened(vault: Vault) -> Opened:
    """Read whose vault it is, waiting for it. It is closed again where it belongs to nobody yet."""
    try:
        return reading_opened(vault).result()
    except BaseException:
        vault.close()
        raise


def reading_opened(vault: Vault) -> Future[Opened]:
    """Read whose vault it is without waiting, for the GUI thread."""

    def whose(tx: Tx) -> Opened:
        identity = tokens.identity(tx.connection)
        if identity is None:
            raise error("not_enrolled")
        return Opened(vault, identity, configurations.current(tx.connection))

    return vault.read(whose)


def note_tries(vault: Vault, lockout: Lockout) -> None:
    """Enter the tries that failed since the last unlocking; they are forgotten once they are durable. Waits for it."""
    failed = [Looked(moment_text(each), Look.UNLOCK_FAILED) for each in lockout.tried_at()]
    if not failed:
        return
    try:
        vault.enter(failed).result()
    except SfError as cause:  # a full disk keeps nobody from their records: they are entered at the next unlocking
        _log.warning("tries_wait code=%s", cause.code)
    else:
        lockout.entered()


class Session:
    """Runs verbs on the vault thread and rounds on the wire thread. A pretend vault has no wire."""

    def __init__(self, opened: Opened, clock: Clock, listener: Listener) -> None:
        self.vault, self.identity, self.configuration = opened.vault, opened.identity, opened.configuration
        self._clock = clock
        self._make_office = office_maker(clock)
        self._runner = OfficeRunner(self.vault, self._office)
        self.releasing = Releasing(self.vault, self._office, Told(listener.on_changes, listener.on_part))
        self._changing = PassphraseChange(self.vault, clock, opened.identity.username)
        self._council: Council | None = None
        self.obedience: Obedience | None = None  # its `on_wipe` is called on the wire thread
        self.wire = None if opened.identity.is_pretend else self._new_wire(listener)
        self._is_tended = False
        self._files_found: Future[frozenset[str]] = Future()

    def start(self) -> None:
        """Let the wire speak; the first round is due at once. Upkeep waits for :meth:`tend`."""
        self._files_found = self.vault.read(attachment_upkeep.files)  # before anybody can add to them
        if self.wire is not None:
            self.wire.start()
        self._enter(Look.UNLOCKED, urgent=False)  # behind the first screen
        self.vault.read(_has_concern, urgent=False).add_done_callback(self._on_concern)
        ChainCheck(self.vault, self._clock).start()
        if self.wire is not None:
            self.vault.keep_drafts_sealed(self._begun)

    def tend(self) -> None:
        """Let upkeep go on behind everything else, once: the first screen is there, and waited for none of it."""
        if self._is_tended:
            return
        self._is_tended = True
        old = self.vault.read(lambda tx: received_long_ago(self._make_office(tx)), urgent=False)
        old.add_done_callback(self._on_old)

    def submit(self, verb: Callable[[Office, *Ts], T], /, *args: *Ts) -> Future[T]:
        """Run ``verb(office, *args)`` in one transaction on the vault thread (``ui.desk.Runner``)."""
        return self._runner.submit(verb, *args)

    def send_now(self) -> None:
        """Somebody wants a round now."""
        if self.wire is not None:
            self.wire.ask()

    def sign_in(self, password: str) -> Future[None]:
        """Sign in to the council again; the password is kept nowhere."""
        return self._asking(lambda council: self._signed_in(council, password))

    def change_passphrase(self, old: str, new: str) -> Future[None]:
        """Put a new passphrase in the place of the old one, which is tried first and counts as a try."""
        return self._changing.change(old, new)

    def passphrase_told(self) -> None:
        """What became of a change of passphrase has been said in the window: nobody has to be told after a lock."""
        self._changing.told()

    def history(self, family_id: str, record_id: str) -> Future[tuple[HistoryEntry, ...]]:
        """Ask the council for a record's history, between two rounds."""
        return self._asking(lambda council: council.history(family_id, record_id))

    def holding(self) -> Future[tuple[TrayChain, ...]]:
        """Ask the council what waits in the holding tray for this supervisor, between two rounds."""
        return self._asking(lambda council: council.holding())

    def decide(self, event_id: str, decide: Decide) -> Future[Decided]:
        """Decide something in the holding tray, between two rounds."""
        return self._asking(lambda council: council.decide(event_id, decide))

    def stop_round(self) -> None:
        """Break off the round under way: what has arrived stays."""
        if self.wire is not None:
            self.wire.cancel()

    def team_families(self, words: str) -> Future[tuple[TeamFamily, ...]]:
        """Ask the council for family files of the team, by words of their names."""
        return self._asking(lambda council: council.team_families(words))

    def take_along(self, family_id: str, until: str, reason: str) -> Future[VisitPack]:
        """Ask the council for a family file of the team until the end of a day."""
        return self._asking(lambda council: council.take_along(family_id, until, reason))

    def _asking(self, ask: Callable[[Council], T]) -> Future[T]:
        council = self._council
        if self.wire is None or council is None:
            refused: Future[T] = Future()
            refused.set_exception(error("offline"))
            return refused
        return self.wire.do(lambda: ask(council))

    def close(self) -> None:
        """Stop the wire, then the vault: staged, bounded, and nothing acknowledged is lost."""
        self.releasing.close()
        if self.wire is not None:
            self.wire.stop()
        self._changing.close()
        self._enter(Look.LOCKED, urgent=True)
        self.vault.close()

    def _enter(self, what: Look, *, urgent: bool) -> None:
        self.vault.enter([Looked(moment_text(self._clock.now()), what)], urgent=urgent)

    def _on_concern(self, waiting: Future[bool]) -> None:
        """A concern of before this unlocking is tried as often as one just signed."""
        if self.wire is not None and not waiting.cancelled() and waiting.exception() is None and waiting.result():
            self.wire.ask_first()

    def _on_old(self, old: Future[frozenset[str]]) -> None:
        """Drop their sealed copies before the ledger forgets which they were."""
        if not old.cancelled() and old.exception() is None:
            self.vault.prune_sealed(old.result()).add_done_callback(self._on_pruned)

    def _on_pruned(self, pruned: Future[None]) -> None:
        if not pruned.cancelled() and pruned.exception() is None:
            self._tidy()

    def _tidy(self) -> None:
        self.vault.do(lambda tx: tidy(self._make_office(tx)), urgent=False).add_done_callback(self._on_tidied)

    def _on_tidied(self, step: Future[bool]) -> None:
        """Go on while something is left; a vault that closes or cannot write ends it, until the next unlocking."""
        if step.cancelled() or step.exception() is not None:
            return
        if not step.result():
            self._tidy()
        else:
            self.vault.sealed_ids().add_done_callback(self._on_sealed_ids)

    def _on_sealed_ids(self, known: Future[frozenset[str]]) -> None:
        """Last, the folder of attachments: what no key is known for, here or sealed, leaves it."""
        if not known.cancelled() and known.exception() is None and self._files_found.exception() is None:
            sealed, found = known.result(), self._files_found.result()
            self.vault.do(lambda tx: attachment_upkeep.sweep(tx, sealed, found), urgent=False)
        self.releasing.look()

    def _begun(self, tx: Tx) -> Iterator[Begun]:
        return begun(self._make_office(tx))

    def _office(self, tx: Tx) -> Office:
        if self.wire is not None:
            tx.after_commit(_Saved(tx, self.wire))
        return self._make_office(tx)

    def _new_wire(self, listener: Listener) -> Scheduler:
        ledger = VaultLedger(self.vault, self._clock)
        time = CouncilTime(self._clock)
        transport = Transport(self.identity.address, self._clock, time.now, secrets.token_bytes)
        council = self._council = Council(ledger, transport, time)
        obedience = self.obedience = Obedience(self.vault, ledger, council, self._clock)

        chain = AuditLedger(self.vault, self._clock)
        errands: tuple[Errand, ...] = (
            lambda: send_audit(chain, council),
            lambda: send_receipts(self.vault, council, lambda: moment_text(self._clock.now())),
            self.releasing.look,
            ledger.settle,
        )

        def work(watch: Watch) -> Ran:
            try:
                ran = run(ledger, council, watch)
            except AnswerError as refused:
                obedience.after_refusal(refused)
                raise
            ledger.heard(ran.at)
            obedience.after_round()
            if self.vault.standing is not Standing.SOUND:
                # An older file had been put back. The council has been asked now: what it knew is here again, and what
                # waits here may leave.
                self.vault.reconciled().result()
                ran = _both(ran, run(ledger, council, watch))
            run_errands(errands)
            return ran

        carrier = Carrier(VaultBlobs(self.vault, self._clock), council, listener.on_changes)
        return Scheduler(work, self._clock, random.random, listener, abort=transport.abort, spare=carrier)

    def _signed_in(self, council: Council, password: str) -> None:
        assert self.wire is not None
        council.sign_in(password)
        self.wire.signed_in()


def _both(first: Ran, second: Ran) -> Ran:
    """Put two runs together that count as one."""
    return replace(second, received=first.received + second.received, changes=(*first.changes, *second.changes))


@dataclass(frozen=True, slots=True)
class _Saved:
    """Tells the wire, once a transaction is durable, that it put something into the outbox."""

    tx: Tx
    wire: Scheduler

    def __call__(self) -> None:
        if self.tx.goes_first:
            self.wire.ask_first()
        elif self.tx.sealed:
            self.wire.saved()
