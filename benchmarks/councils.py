"""Sets up real councils for a run: fills their database at once, and serves them from a process of their own."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert

from benchmarks.child import program
from benchmarks.workload import FamilyFile, Workload
from sf_council.database import tables
from sf_council.database.council import configuration, councils
from sf_council.database.engine import open_database
from sf_council.database.identity import sessions, workers
from sf_council.database.laptop import devices
from sf_council.database.lifecycle.migrate import migrate
from sf_council.keys import PublicKeys, make_keys, public_keys
from sf_council.settings import Settings
from sf_record.dates import moment_text
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.rules.permissions import Worker
from sf_record.wire.rounds import Tokens

AT = datetime(2026, 11, 22, 6, tzinfo=UTC)
_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True)
class Known:
    """A laptop that the council knows: enough to be it."""

    council_id: str
    keys: PublicKeys
    worker: Worker
    username: str
    device_id: str
    device_key: bytes
    tokens: Tokens


@dataclass(frozen=True)
class FilledCouncil:
    """A council's database and keys, filled and not running. ``known`` is by worker."""

    settings: Settings
    council_id: str
    known: dict[str, Known]

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serve it from a process of its own and give its address."""
        told = json.dumps({"database": self.settings.database, "data": str(self.settings.data)})
        with program("benchmarks.council_server", told) as server:
            yield f"http://127.0.0.1:{server.port}"

    def laptop_of(self, worker: Worker) -> Known:
        """Enrol another laptop for a worker."""
        database = open_database(self.settings)
        try:
            keys = public_keys(self.settings.data)
            return database.write(lambda connection: _laptop(connection, self.council_id, keys, worker))
        finally:
            database.close()


def fill(folder: Path, workload: Workload, database: str = "") -> FilledCouncil:
    """Fill a new database (an SQLite file in the folder, or the one at a URL) as rounds would have, only faster."""
    folder.mkdir(exist_ok=True)
    settings = Settings(database=database or str(folder / "council.db"), data=folder / "keys", argon2_memory_kib=8_192)
    opened = open_database(settings)
    try:
        migrate(opened)
        filled = opened.write(lambda connection: _filled(connection, settings, workload))
        opened.survey()  # as after a copy was put back: a council that was filled by rounds has run for long
        return filled
    finally:
        opened.close()


def _filled(connection: Connection, settings: Settings, workload: Workload) -> FilledCouncil:
    council_id = councils.settle(connection, None, AT)
    team_id = workers.add_team(connection, council_id, AT, "Pretend team")
    people = [Worker(each.id, each.role, team_id) for each in workload.workers]
    for number, person in enumerate(people):
        _add_worker(connection, council_id, person, number)
    configuration.publish(connection, council_id, AT, council_name="Pretend council")
    for file in workload.files:
        _add_file(connection, council_id, file)
    make_keys(settings.data)
    keys = public_keys(settings.data)
    known = {each.id: _laptop(connection, council_id, keys, each) for each in people}
    return FilledCouncil(settings, council_id, known)


def _add_worker(connection: Connection, council_id: str, person: Worker, number: int) -> None:
    values = {
        "worker_id": person.id,
        "username": _username(person),
        "name": f"P. Example {number}",
        "role": person.role.value,
        "team_id": person.team_id,
        "password_hash": "",
        "is_disabled": False,
        "created_at": moment_text(AT),
    }
    connection.execute(insert(tables.worker).values(council_id=council_id, **values))


def _add_file(connection: Connection, council_id: str, file: FamilyFile) -> None:
    key = {"council_id": council_id, "family_id": file.family_id}
    state = file.state
    counted = {"seq": state.seq, "record_count": state.count, "digest": state.digest}
    connection.execute(insert(tables.family), [key | counted])
    records = [
        key | {"record_id": record.id, "kind": record.kind, "seq": record.seq, "line": line}
        for record, line in zip(file.records, file.lines, strict=True)
    ]
    connection.execute(insert(tables.record), records)
    at = moment_text(AT)
    events = []
    for seq, event in enumerate(file.events, 1):
        receipt = Receipt(family_id=file.family_id, seq=seq, at=at)
        outcome = Outcome(event_id=event.id, result=Result.ACCEPTED, receipt=receipt)
        stored = {"event_id": event.id, "record_id": event.record_id, "seq": seq, "author_id": event.author_id}
        lines = {"at": at, "line": _ENCODER.encode(event), "outcome": _ENCODER.encode(outcome)}
        events.append(key | stored | lines)
    connection.execute(insert(tables.event), events)
    allocations = [
        key
        | {
            "allocation_id": record.id,
            "worker_id": record.body["worker"],
            "began_on": record.body["began_on"],
            "ended_on": record.body.get("ended_on"),
        }
        for record in file.records
        if record.kind == "allocation"
    ]
    connection.execute(insert(tables.allocation), allocations)


def _laptop(connection: Connection, council_id: str, keys: PublicKeys, worker: Worker) -> Known:
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    now = datetime.now(UTC)
    code = base64.b32encode(key.private_bytes_raw()[:10]).decode()
    devices.keep_code(connection, council_id, worker.id, code, now.replace(year=now.year + 1))
    device_id = devices.enrol(connection, council_id, now, worker_id=worker.id, code=code, public_key=public)
    assert device_id is not None
    tokens = sessions.start(connection, council_id, now, worker_id=worker.id, device_id=device_id)
    return Known(council_id, keys, worker, _username(worker), device_id, key.private_bytes_raw(), tokens)


def _username(worker: Worker) -> str:
    return f"pretend-{worker.id[-12:]}"
