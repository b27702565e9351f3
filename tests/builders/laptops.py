"""Builds laptops that a council knows: a real encrypted database, the real verbs, the real way to the council."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sf_desktop.ops import writing
from sf_desktop.ops.firstrun.joining import identity_of
from sf_desktop.ops.office import Me, Office
from sf_desktop.resources import code_sets, working_days
from sf_desktop.store.connection import Connection
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.queries import counts, entries
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.tables import configuration, families, records, tokens
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.sync import round as rounds
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.load import Watch
from sf_desktop.sync.round import Ran
from sf_desktop.sync.session import Joiner, Session, enrol, greet
from sf_desktop.sync.transport import Patience, Transport
from sf_record.dates import moment_text
from sf_record.ids import new_id
from sf_record.record import Record
from sf_record.rules.permissions import Worker
from tests.builders.offices import OpenWork, open_vault, transaction
from tests.fakes.clock import FrozenClock

T = TypeVar("T")
QUICK = Patience(connect_s=2.0, read_s=5.0, whole_s=20.0)
CODES, DAYS = code_sets(), working_days()


class DirectVault:
    """Runs each job at once, in the caller's thread: one transaction over a real connection."""

    def __init__(self, connection: Connection, attachments: Path = Path("no-attachments-here")) -> None:
        self.connection = connection
        self.attachments = attachments
        self.standing = Standing.SOUND
        self.sealed: list[tuple[str, bytes]] = []

    def do(self, fn: Callable[[Any], T], *, urgent: bool = True, reconciling: bool = False) -> Future[T]:
        return self._run(fn)

    def read(self, fn: Callable[[Any], T], *, urgent: bool = True) -> Future[T]:
        return self._run(fn)

    def _run(self, fn: Callable[[Any], T]) -> Future[T]:
        future: Future[T] = Future()
        try:
            with transaction(self.connection):
                future.set_result(fn(OpenWork(self.connection, self.sealed, self.attachments)))
        except BaseException as error:  # noqa: BLE001 - a future carries it to whoever asks, as the vault thread's does
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Credentials:
    """What somebody types to enrol."""

    username: str
    password: str
    code: str


class Laptop:
    """One worker's laptop. Everything is real but the thread of its vault, and its clock."""

    def __init__(
        self,
        folder: Path,
        address: str,
        who: Credentials,
        clock: FrozenClock,
        *,
        seed: int = 0,
        patience: Patience = QUICK,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.address, self.who, self.clock = folder, address, who, clock
        self.seed = random.Random(seed)
        self.patience = patience
        self.vault: Any = DirectVault(open_vault(folder), folder / "attachments")
        self.ledger = VaultLedger(cast("Any", self.vault), clock)
        self.connect()

    def connect(self) -> None:
        """Begin with nothing in memory, as after a start of the program."""
        self.time = CouncilTime(self.clock)
        self.transport = Transport(self.address, self.clock, self.time.now, self.seed.randbytes, patience=self.patience)
        self.session = Session(self.ledger, self.transport, self.time)

    def enrol(self) -> Laptop:
        """Make the laptop known to its council."""
        key = Ed25519PrivateKey.generate()
        greeting = greet(self.transport, self.time)
        public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        made = enrol(self.transport, Joiner(self.who.username, self.who.password, self.who.code, public))
        identity = identity_of(self.address, self.who.username, greeting, made)
        self.vault.do(lambda tx: tokens.keep_identity(tx.connection, identity, key.private_bytes_raw())).result()
        self.ledger.keep_tokens(made.tokens)
        return self

    @property
    def identity(self) -> Identity:
        found = self.read(tokens.identity)
        assert found is not None
        return found

    @property
    def me(self) -> Me:
        who = self.identity
        return Me(Worker(who.worker_id, who.role, who.team_id), who.worker_name, who.device_id)

    def round(self, watch: Watch | None = None) -> Ran:
        """Exchange rounds until neither side has more."""
        return rounds.run(self.ledger, self.session, watch)

    def try_round(self) -> str:
        """Exchange rounds; return the code of what went wrong, or nothing."""
        try:
            self.round()
        except AnswerError as error:
            return error.code
        return ""

    def do(self, verb: Callable[..., T], *args: Any, **named: Any) -> T:
        """Run a verb of ops in one transaction."""
        return self.vault.do(lambda tx: verb(self.office(tx), *args, **named)).result()

    def office(self, tx: Any) -> Office:
        """Return the office of whoever works here, inside a transaction."""
        found = tokens.identity(tx.connection)
        assert found is not None
        me = Me(Worker(found.worker_id, found.role, found.team_id), found.worker_name, found.device_id)
        return Office(
            tx=tx,
            clock=self.clock,
            codes=CODES,
            days=DAYS,
            me=me,
            configuration=configuration.current(tx.connection),
            new_id=self.new_id,
        )

    def new_id(self) -> str:
        return new_id(self.clock.now(), self.seed.randbytes(10))

    def read(self, fn: Callable[..., T], *args: Any) -> T:
        """Ask the store something."""
        return self.vault.read(lambda tx: fn(tx.connection, *args)).result()

    def find(self, record_id: str) -> Record | None:
        """Return a record as it is shown, if it is on this laptop."""
        return self.read(records.get, record_id)

    def record(self, record_id: str) -> Record:
        """Return a record that must be on this laptop."""
        found = self.find(record_id)
        assert found is not None
        return found

    def entry(self, event_id: str) -> entries.Entry:
        """Return an event's entry in the ledger."""
        found = self.read(entries.one, event_id)
        assert found is not None
        return found

    def waiting(self) -> list[str]:
        """Return the ids of events that are to be sent, without noting that they were."""
        rows = self.read(
            lambda c: c.execute("SELECT id FROM outbox WHERE state = 'waiting' ORDER BY number").fetchall()
        )
        return [str(each[0]) for each in rows]

    def families(self) -> tuple[str, ...]:
        """Return the ids of the family files on this laptop."""
        return tuple(sorted(self.read(families.cursors)))

    def note(self, text: str, family_id: str = "", *, sign: bool = False) -> str:
        """Write a note in a family file (the first) and return its record's id."""
        body = {"type": "note", "happened_at": moment_text(self.clock.now()), "text": text}
        return self.do(writing.create, "note", family_id or self.families()[0], body, sign=sign).record_id

    def change(self, record_id: str, **values: Any) -> None:
        """Change fields of a record as it is shown now."""
        record = self.record(record_id)
        self.do(writing.change, record_id, {**record.body, **values})

    def events(self) -> list[entries.Entry]:
        """Return the whole ledger, oldest first."""
        every = self.read(lambda c: entries.chosen(c, entries.numbers(c)))
        return sorted(every, key=lambda each: each.number)

    def counts(self) -> counts.StatusCounts:
        """Return what the status line counts."""
        return self.do(lambda office: counts.status(office.connection, office.today_from()))

    def held(self) -> dict[str, tuple[int, str]]:
        """Return every record as it is shown: number and JSON by id."""
        rows = self.read(lambda c: c.execute("SELECT id FROM record WHERE is_forgotten = 0 ORDER BY id").fetchall())
        shown = {str(each[0]): self.record(str(each[0])) for each in rows}
        return {key: (each.seq, repr(each)) for key, each in shown.items()}

    def close(self) -> None:
        self.transport.close()

    def shut(self) -> None:
        """Close its vault too: the file in its folder is then whole, and may be copied."""
        self.close()
        self.vault.connection.close()
