"""Runs one transaction at a time over a vault's database: a change raises the head, and looks are entered with it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sf_desktop.store.connection import Connection, translated_database
from sf_desktop.store.folder.home import VaultHome, free_ballast
from sf_desktop.store.lifecycle.database import Database
from sf_desktop.store.lifecycle.opening import Standing, raise_head
from sf_desktop.store.sealed.seals import Event
from sf_desktop.store.thread.trail import Trail
from sf_desktop.wording import error
from sf_record.errors import SfError
from sf_record.wire.audit import Looked

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Tx:
    """What a verb is given: the connection inside one write transaction, and a way to have events sealed with it."""

    def __init__(self, connection: Connection, home: VaultHome) -> None:
        self.connection = connection
        self._home = home
        self.sealed: list[Event] = []
        self.goes_first = False  # something in it is not to wait for the next round
        self.is_change = False  # it was committed, and something was written
        self.afterwards: list[Callable[[], None]] = []
        self.looks: list[Looked] = []

    @property
    def attachments(self) -> Path:
        """The folder of what is attached."""
        return self._home.attachments

    def seal(self, event_id: str, payload: bytes, *, goes_first: bool = False) -> None:
        """Have this event also appended to the sealed outbox, after the commit and before anybody is told "saved"."""
        self.sealed.append((event_id, payload))
        self.goes_first = self.goes_first or goes_first

    def after_commit(self, fn: Callable[[], None]) -> None:
        """Have this run once the change is stored and sealed, just before its future is resolved; it must not fail."""
        self.afterwards.append(fn)

    def make_room(self) -> None:
        """Give a full disk the room back that is kept for the last save before a lock; the next opening takes it."""
        free_ballast(self._home)

    def look(self, looked: Looked) -> None:
        """Leave a row in the audit: with this write, or within about a second of this read."""
        self.looks.append(looked)


class Transactions:
    """Write and read transactions of one database. Used on the vault thread only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._trail = Trail()

    def write(self, fn: Callable[[Tx], T], *, reconciling: bool = False) -> tuple[T, Tx]:
        """Run ``fn`` in one write transaction, durable when this returns; whatever it raises undoes all of it.

        What it left to be sealed and to run afterwards is the caller's to do, with the Tx.
        """
        if self._database.standing is not Standing.SOUND and not reconciling:
            raise error("vault_rolled_back")
        tx = self._begin("BEGIN IMMEDIATE")
        with translated_database():
            before = tx.connection.total_changes
            try:
                result = fn(tx)
                # What changed nothing (a round with nothing to say) does not wait for the disk either.
                tx.is_change = bool(tx.looks) or tx.connection.total_changes != before
                events = [each[0] for each in tx.sealed]
                taken = self._trail.enter(tx.connection, tx.looks, events) if tx.is_change else 0
                reached = raise_head(tx.connection) if tx.is_change else None
                tx.connection.execute("COMMIT")
            except BaseException:
                self._database.roll_back()
                raise
        self._trail.written(taken)
        if reached is not None and self._database.standing is Standing.SOUND:
            self._database.reached(reached)
        return result, tx

    def read(self, fn: Callable[[Tx], T]) -> T:
        """Run ``fn`` in one read transaction; what it writes is undone, what it looked at is entered a little later."""
        tx = self._begin("BEGIN")
        with translated_database():
            try:
                result = fn(tx)
            finally:
                self._database.roll_back()
        self._trail.add(tx.looks)
        return result

    def enter(self, looks: Sequence[Looked]) -> None:
        """Put rows into the audit, durable when this returns; also on a vault that was put back."""
        self._trail.add(looks)
        self.write_looks()
        if self._trail.waiting:
            raise error("disk_failed")

    def wait_s(self) -> float | None:
        """Return how long what was looked at may still wait to be written; None where nothing does."""
        return self._trail.wait_s()

    def write_looks(self) -> None:
        """Write what was looked at. On a vault that was put back the head must not rise by it: that would heal it."""
        if not self._trail.waiting:
            return
        waiting = self._trail.waiting
        try:
            self.tend(lambda connection: bool(self._trail.enter(connection)))
        except SfError as cause:
            _log.warning("looks_wait code=%s", cause.code)
            self._trail.postpone()
            return
        self._trail.written(waiting)

    def tend(self, work: Callable[[Connection], bool]) -> bool:
        """Do what nobody asked for in a transaction of its own, which is undone unless ``work`` says it did anything.

        On a vault that was put back the head does not rise by it.
        """
        connection, reached = self._database.connection, None
        with translated_database():
            connection.execute("BEGIN IMMEDIATE")
            try:
                has_done = work(connection)
                if has_done and self._database.standing is Standing.SOUND:
                    reached = raise_head(connection)
                connection.execute("COMMIT" if has_done else "ROLLBACK")
            except BaseException:
                self._database.roll_back()
                raise
        if reached is not None:
            self._database.reached(reached)
        return has_done

    def write_last_looks(self) -> None:
        """At closing: with the ballast's room, if there is no other."""
        self.write_looks()
        if self._trail.waiting:
            free_ballast(self._database.home)
            self.write_looks()

    def _begin(self, statement: str) -> Tx:
        with translated_database():
            self._database.connection.execute(statement)
        return Tx(self._database.connection, self._database.home)
