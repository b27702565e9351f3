"""Builds an office over a real SQLCipher database, empty or with invented families, for tests of store and ops."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sf_desktop.ops.office import Me, Office
from sf_desktop.resources import code_sets, usual_intervals, working_days
from sf_desktop.store.connection import Connection, open_connection
from sf_desktop.store.lifecycle.migrating import migrate
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import configuration, index
from sf_record.configuration import Configuration, Offered, WorkerName
from sf_record.dates import moment_text
from sf_record.description import Role
from sf_record.ids import new_id
from sf_record.pretend import families, records
from sf_record.record import Record
from sf_record.rules.permissions import Worker
from sf_record.wire import digest
from sf_record.wire.audit import Looked
from sf_record.wire.rounds import FamilyState, RoundAnswer
from tests.fakes.clock import FrozenClock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class OpenWork:
    """One transaction over a real connection; what is sealed can be looked at."""

    connection: Connection
    sealed: list[tuple[str, bytes]] = field(default_factory=list)
    attachments: Path = Path("no-attachments-here")
    looks: list[Looked] = field(default_factory=list)
    goes_first: bool = False

    def seal(self, event_id: str, payload: bytes, *, goes_first: bool = False) -> None:
        self.sealed.append((event_id, payload))
        self.goes_first = self.goes_first or goes_first

    def after_commit(self, fn: Callable[[], None]) -> None:
        fn()

    def make_room(self) -> None:
        """There is none to give: this connection keeps no ballast."""

    def look(self, looked: Looked) -> None:
        self.looks.append(looked)


def open_vault(folder: Path) -> Connection:
    """Return a folder's encrypted database with today's tables; a new one where there is none yet."""
    path = folder / "vault.db"
    connection = open_connection(path, bytearray(b"k" * 32), create=not path.exists())
    migrate(connection, path)
    return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def an_id(seed: random.Random, at: datetime = NOW) -> str:
    return new_id(at, seed.randbytes(10))


def an_office(
    connection: Connection,
    seed: random.Random,
    clock: FrozenClock | None = None,
    attachments: Path = Path("no-attachments-here"),
) -> Office:
    """Return the office of a practitioner whose ids come from the seed."""
    now = clock or FrozenClock(NOW)
    worker = Worker(an_id(seed), Role.PRACTITIONER, an_id(seed))
    known = Configuration(
        version=1,
        council_name="Pretend council",
        intervals=usual_intervals(),
        activities=(
            Offered(code="cooking", label="Pretend cooking", about="Families, Fridays at 15:45"),
            Offered(code="bumps", label="Pretend bumps and babies"),
        ),
        workers=(WorkerName(id=worker.id, name="P. Example", role="practitioner"),),
    )
    configuration.keep(connection, known, moment_text(now.now()))
    return Office(
        tx=OpenWork(connection, attachments=attachments),
        clock=now,
        codes=code_sets(),
        days=working_days(),
        me=Me(worker, "P. Example", an_id(seed)),
        configuration=known,
        new_id=lambda: an_id(seed, now.now()),
    )


def state_of(family_id: str, held: Sequence[Record], cursor: int | None = None) -> FamilyState:
    """Return what the council says of a family file with these records."""
    seq = max((each.seq for each in held), default=0)
    proof = digest.text(digest.combine(digest.entry(each.id, each.seq) for each in held))
    return FamilyState(
        family_id=family_id, cursor=seq if cursor is None else cursor, seq=seq, count=len(held), digest=proof
    )


def answer(held: Sequence[Record], at: datetime = NOW, **more: object) -> RoundAnswer:
    """Return a round's answer that brings these records, whole by family file."""
    by_family: dict[str, list[Record]] = {}
    for each in held:
        by_family.setdefault(each.family_id, []).append(each)
    states = tuple(state_of(family_id, its) for family_id, its in by_family.items())
    values = {"records": tuple(held), "families": states, **more}
    return RoundAnswer(at=moment_text(at), **values)  # type: ignore[arg-type]


def pretend_records(office: Office, seed: random.Random, count: int, per_family: int = 60) -> tuple[Record, ...]:
    """Return invented family files of the office's worker, as the council holds them."""
    boss = Worker(an_id(seed), Role.SUPERVISOR, office.me.worker.team_id)
    invented = families(seed, count, (office.me.worker, boss), office.today(), records_per_family=per_family)
    return records(event for each in invented for event in each.events)


def with_families(office: Office, seed: random.Random, count: int = 3, per_family: int = 60) -> tuple[Record, ...]:
    """Bring invented family files into the vault, whole and searchable."""
    held = pretend_records(office, seed, count, per_family)
    with transaction(office.connection):
        inbox.apply(office.connection, answer(held, office.clock.now()))
        while not index.build_slice(office.connection):
            pass
    return held
