"""The vault as a round sees it: each call is one transaction, behind everything that a person waits for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TypeVar

from sf_desktop.clock import Clock
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.connection import CACHE_KIB, LOADING_CACHE_KIB, Connection, maintenance
from sf_desktop.store.lease import tenures
from sf_desktop.store.lease.beside import reading
from sf_desktop.store.lease.reckoning import Reading
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.rounds import inbox, release
from sf_desktop.store.rounds.inbox import Applied
from sf_desktop.store.tables import configuration, decisions, families, index, meta, outbox, tokens, withdrawals
from sf_desktop.store.tables.tokens import SignIn
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_desktop.wording import error
from sf_record.dates import moment_text
from sf_record.events import Action, Event
from sf_record.record import Record
from sf_record.wire import digest
from sf_record.wire.orders import WipeOrder
from sf_record.wire.rounds import FamilyState, Orders, Report, RoundAnswer, Tokens

T = TypeVar("T")
_MOST_LEAVING = 100  # named in one round


@dataclass(frozen=True, slots=True)
class Place:
    """How far this laptop is (``sync.ports.Place``)."""

    position: str
    config: int
    decisions: int
    report: Report
    leaving: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Position:
    """Where the laptop is, and as of which write that was worked out."""

    connection: Connection
    changes: int
    text: str

    def holds(self, connection: Connection) -> bool:
        """Say whether nothing at all was written since."""
        return self.connection is connection and self.changes == connection.total_changes


class VaultLedger:
    """What ``sync.ports.Ledger`` asks for. Used from the wire thread, which may wait for the vault."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock
        self.ordered: WipeOrder | None = None
        self._fresh: frozenset[str] = frozenset()  # handed to the wire, not tried yet
        self._position: _Position | None = None

    def outgoing(self, max_events: int, max_bytes: int, without: Collection[str] = ()) -> tuple[Event, ...]:
        if self._vault.standing is not Standing.SOUND:
            return ()  # an older file was put back: what waits in it may be settled by now, so ask first
        page = self._read(lambda tx: outbox.outgoing(tx.connection, max_events, max_bytes, without))
        if all(each.action is not Action.SETTLE for each in page):
            return page
        # What somebody may still take back: read again and noted as leaving in one transaction.
        return self._write(lambda tx: self._leaving(tx, outbox.outgoing(tx.connection, max_events, max_bytes, without)))

    def _leaving(self, tx: Tx, page: tuple[Event, ...]) -> tuple[Event, ...]:
        self._fresh |= withdrawals.leaving(tx.connection, [each.id for each in page])
        return page

    def tried(self, event_ids: Collection[str], *, has_left: bool) -> None:
        fresh = self._fresh.intersection(event_ids)
        self._fresh -= fresh
        if fresh and not has_left:
            self._write(lambda tx: withdrawals.stayed(tx.connection, fresh))

    def cursors(self) -> Mapping[str, int]:
        return self._read(lambda tx: families.cursors(tx.connection))

    def digests(self) -> Mapping[str, str]:
        return self._read(lambda tx: families.digests(tx.connection))

    def has_none(self) -> bool:
        return self._read(lambda tx: not families.has_cursors(tx.connection))

    def place(self) -> Place:
        return self._read(self._placed)

    def _placed(self, tx: Tx) -> Place:
        position = self._position
        if position is None or not position.holds(tx.connection):
            position = self._position = _position(tx.connection)
        return Place(
            position=position.text,
            config=configuration.version(tx.connection),
            decisions=decisions.known(tx.connection),
            report=Report(families=families.count(tx.connection), unsent=outbox.unsent(tx.connection)),
            leaving=release.waiting_ids(tx.connection, _MOST_LEAVING),
        )

    def apply(self, answer: RoundAnswer) -> Applied:
        now = reading(self._clock)
        applied = self._write(lambda tx: self._applied(tx, answer, now))
        self.hear(Orders(at=answer.at, wipe=answer.wipe))
        return applied

    def _applied(self, tx: Tx, answer: RoundAnswer, now: Reading) -> Applied:
        before = self._position
        was_right = before is not None and before.holds(tx.connection)
        tenures.renew(tx.connection, answer.lease, now)
        applied = inbox.apply(tx.connection, answer)
        if before is not None and was_right and applied.changes == ChangeSet():
            # What says that nothing is new is written too: the position need not be worked out again for it.
            tx.after_commit(lambda: self._still(before, tx.connection))
        return applied

    def _still(self, position: _Position, connection: Connection) -> None:
        self._position = replace(position, changes=connection.total_changes)

    def hear(self, orders: Orders) -> None:
        """Remember an order to wipe in :attr:`ordered`, if it is the council's own and for this laptop."""
        if orders.wipe is not None:
            signed = orders.wipe
            self.ordered = self._read(lambda tx: tenures.ordered(tx.connection, signed)) or self.ordered

    def apply_pull(
        self,
        records: Sequence[Record],
        raw: Sequence[bytes],
        ends: Sequence[FamilyState],
        only: Mapping[str, frozenset[str]],
    ) -> Future[Applied]:
        """Store a batch without waiting for it, so that the next lines are read meanwhile."""
        at = moment_text(self._clock.now())
        return self._vault.do(
            lambda tx: inbox.pull(tx.connection, records, raw, ends, only, at), urgent=False, reconciling=True
        )

    def load_began(self) -> None:
        """Let the index gather, and give SQLite room: rows of many years come at once."""
        self._write(lambda tx: index.gather(tx.connection))
        self._give_room(LOADING_CACHE_KIB)

    def load_ended(self) -> None:
        """All that came is found. Its segments are merged by :meth:`settle`, which nobody waits for."""
        self._write(lambda tx: index.gathered(tx.connection))
        self._give_room(CACHE_KIB)

    def settle(self) -> None:
        """Merge what a load put into the index, in slices: whatever a person saves meanwhile goes between two."""
        while not self._write(lambda tx: index.settle_slice(tx.connection)):
            pass

    def _give_room(self, kib: int) -> None:
        def resize(tx: Tx) -> None:
            with maintenance(tx.connection):
                tx.connection.execute(f"PRAGMA cache_size = {-kib}")
                if kib == CACHE_KIB:
                    tx.connection.execute("PRAGMA shrink_memory")

        self._read(resize)

    def reopen(self, families: Collection[str]) -> None:
        self._write(lambda tx: inbox.reopen(tx.connection, families))

    def set_aside(self, event_id: str, code: str) -> None:
        now = moment_text(self._clock.now())
        self._write(lambda tx: outbox.flag(tx.connection, event_id, code, now))

    def heard(self, at: str) -> None:
        self._write(lambda tx: meta.write(tx.connection, meta.HEARD_AT, at))

    def sign_in_state(self) -> SignIn:
        state = self._read(lambda tx: tokens.sign_in(tx.connection))
        if state is None:
            raise error("not_enrolled")
        return state

    def keep_tokens(self, tokens_: Tokens | None) -> None:
        self._write(lambda tx: tokens.keep_tokens(tx.connection, tokens_))

    def _read(self, fn: Callable[[Tx], T]) -> T:
        return self._vault.read(fn, urgent=False).result()

    def _write(self, fn: Callable[[Tx], T]) -> T:
        # A vault that was rolled back takes nothing from a person until the council has been asked; a round asks it.
        return self._vault.do(fn, urgent=False, reconciling=True).result()


def _position(connection: Connection) -> _Position:
    cursors, config = families.cursors(connection), configuration.version(connection)
    text = digest.position(cursors, config, families.digests(connection))
    return _Position(connection, connection.total_changes, text)
