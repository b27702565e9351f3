"""A real council in this process: the app under uvicorn on a loopback port, with people, families and one-time codes.

::

    with RunningCouncil(tmp_path) as council:
        council.url                                  # http://127.0.0.1:PORT, the same after a restart
        council.code("practitioner")                 # a fresh one-time code; PASSWORD signs everybody in
        council.worker("supervisor").id
        council.seed(families=2, records_per_family=12)
        with council.offline(): ...                  # connections are refused
        saved = council.backup(); ...; council.restore(saved)
"""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import uvicorn
from sqlalchemy import Connection

from sf_council.api.council import Council
from sf_council.app import create_app
from sf_council.cli.serving import listen
from sf_council.clock import Clock, SystemClock
from sf_council.database.council import configuration
from sf_council.database.engine import is_url, open_database
from sf_council.database.family import families as numbers
from sf_council.database.family import stream
from sf_council.database.identity import workers
from sf_council.database.laptop import devices
from sf_council.database.lifecycle import backups
from sf_council.database.lifecycle.migrate import migrate
from sf_council.ids import fresh_id
from sf_council.resources import intervals
from sf_council.settings import Settings
from sf_record.configuration import ContactNumber
from sf_record.description import Role
from sf_record.pretend import families
from sf_record.rules.permissions import Worker
from sf_record.wire.proof import ANSWER, PROOF_HEADER, of_answer
from tests.fakes.network import http_answer

_TICK_S = 0.1
PASSWORD = "pretend-password-for-trying"
_SIGNATURE = re.compile(rb"(?i)\r\nsignature: ([^\r\n]*)")
T = TypeVar("T")


class RunningCouncil:
    """A council with one team: ``practitioner``, ``colleague`` and ``supervisor``, and an ``administrator``."""

    def __init__(
        self, folder: Path, *, database: str | None = None, clock: Clock | None = None, pull_records: int = 500
    ) -> None:
        self.folder = folder
        self.clock = clock or SystemClock()
        self.settings = Settings(
            database=database or str(folder / "council.sqlite"),
            data=folder / "keys",
            clock=self.clock,
            argon2_memory_kib=1_024,
            pull_records=pull_records,
        )
        self.council: Council
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._port = 0
        self._codes = 0

    # --- its life

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Serve, on the port of the last time if there was one."""
        if is_url(self.settings.database):
            database = open_database(self.settings)
            migrate(database)
            database.close()
        app = create_app(self.settings)
        self.council = app.state.council
        if not self.do(lambda c: workers.accounts(c, self.council.id)):
            self._settle_people()
        listening = listen("127.0.0.1", self._port)
        self._port = listening.getsockname()[1]
        started = threading.Event()
        self._server = _Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="on"), started)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listening]}, name="council", daemon=True
        )
        self._thread.start()
        if not started.wait(30):
            raise RuntimeError("the council did not start")

    def stop(self) -> None:
        """Stop serving; its port stays its own for the next start."""
        if self._server is None or self._thread is None:
            return
        self._server.end()
        self._thread.join(30)
        if self._thread.is_alive():
            raise RuntimeError("the council did not stop")
        self._server = self._thread = None

    def restart(self) -> None:
        self.stop()
        self.start()

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Refuse connections for a while."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def backup(self) -> Path:
        """Copy the whole of an SQLite council; it is stopped and started for that."""
        self._codes += 1
        saved = self.folder / f"backup-{self._codes}.sqlite"
        with self.offline():
            shutil.copyfile(self.settings.database, saved)
        return saved

    def restore(self, saved: Path) -> None:
        """Put an earlier copy in place of the database, as ``sf-council restore`` does."""
        with self.offline():
            given = backups.given(self.settings, backups.content(self.settings))
            for end in ("", "-wal", "-shm"):
                Path(self.settings.database + end).unlink(missing_ok=True)
            shutil.copyfile(saved, self.settings.database)
            database = open_database(self.settings)
            database.write(partial(numbers.number_anew, behind=given))
            database.close()

    # --- its people and families

    def do(self, work: Callable[[Connection], T]) -> T:
        """Run work in the council's database, in one transaction."""
        return self.council.database.write(work)

    def worker(self, username: str) -> Worker:
        found = self.do(lambda c: workers.account(c, self.council.id, username))
        assert found is not None, username
        return found.worker

    def add_worker(self, username: str, role: Role, team: str = "Pretend team") -> Worker:
        def add(connection: Connection) -> None:
            now, council_id = self.clock.now(), self.council.id
            team_id = workers.add_team(connection, council_id, now, team)
            hashed = self.council.passwords.hash(PASSWORD)
            workers.add(
                connection, council_id, now, workers.NewWorker(username, f"Pretend {username}", role, team_id, hashed)
            )
            configuration.publish(connection, council_id, now)

        self.do(add)
        return self.worker(username)

    def code(self, username: str) -> str:
        """Return a fresh one-time code."""
        self._codes += 1
        code = f"TEST-{self._codes:04}-{random.randrange(10**6):06}"
        until = self.clock.now() + timedelta(hours=72)
        self.do(lambda c: devices.keep_code(c, self.council.id, self.worker_in(c, username).id, code, until))
        return code

    def worker_in(self, connection: Connection, username: str) -> Worker:
        found = workers.account(connection, self.council.id, username)
        assert found is not None, username
        return found.worker

    def seed(
        self,
        families_count: int = 2,
        *,
        records_per_family: int = 12,
        seed: int = 1,
        usernames: tuple[str, ...] = ("practitioner", "supervisor"),
    ) -> tuple[str, ...]:
        """Add invented families, allocated to the practitioners among these; return their ids."""
        people = [self.worker(username) for username in usernames]
        today = self.clock.now().date()
        made = list(families(random.Random(seed), families_count, people, today, records_per_family=records_per_family))

        def put(connection: Connection) -> None:
            for each in made:
                stream.put(connection, self.council.id, each.family_id, each.events, self.clock.now())

        self.do(put)
        return tuple(each.family_id for each in made)

    def allocate(self, family_id: str, username: str) -> None:
        """Give a family file to this worker alone, from today."""
        self.do(
            lambda c: stream.allocate(
                c, self.council.id, family_id, self.worker_in(c, username).id, self.clock.now(), by=self.council.id
            )
        )

    def revoke(self, device_id: str) -> None:
        self.do(lambda c: devices.revoke(c, self.council.id, device_id, self.clock.now()))

    def disable(self, username: str) -> None:
        self.do(lambda c: workers.disable(c, self.council.id, self.worker_in(c, username).id))

    def answer(self, asked: bytes, body: bytes) -> bytes:
        """Return an answer with this body to a request as it was sent, signed as this council signs its own."""
        signature = _SIGNATURE.search(asked)
        if signature is None:
            return http_answer(body=body)
        proof = self.council.policy.sign(ANSWER, of_answer(signature[1].decode(), 200, body)).signature
        return http_answer(body=body, headers=f"{PROOF_HEADER}: {proof}\r\n")

    def new_id(self) -> str:
        return fresh_id(self.clock.now())

    def configure(self, **changes: object) -> None:
        """Publish a new version of the configuration with these changes."""
        self.do(lambda c: configuration.publish(c, self.council.id, self.clock.now(), **changes))

    def _settle_people(self) -> None:
        for username, role in (
            ("practitioner", Role.PRACTITIONER),
            ("colleague", Role.PRACTITIONER),
            ("supervisor", Role.SUPERVISOR),
            ("administrator", Role.ADMINISTRATOR),
        ):
            self.add_worker(username, role)
        self.configure(
            council_name="Pretend County Council",
            contacts=(ContactNumber(label="Emergency", number="999"),),
            intervals=intervals(),
        )


class _Members(set[Any]):
    """What a server counts: it leaves by being discarded, and `gone` waits until the last has left."""

    def __init__(self) -> None:
        super().__init__()
        self._leaving = asyncio.Event()

    def discard(self, element: Any) -> None:
        super().discard(element)
        self._leaving.set()

    async def gone(self) -> None:
        while self:
            self._leaving.clear()
            await self._leaving.wait()


class _Server(uvicorn.Server):
    """Says when it listens, leaves signals to the tests, and ends at once instead of at the next tick of its clock."""

    def __init__(self, config: uvicorn.Config, started: threading.Event) -> None:
        super().__init__(config)
        self._listening = started
        self._loop: asyncio.AbstractEventLoop
        self._ending: asyncio.Event

    def end(self) -> None:
        """Stop serving: from another thread, once it listens."""
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._ending.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        self._connections, self._tasks = _Members(), _Members()
        self.server_state.connections, self.server_state.tasks = self._connections, self._tasks
        await super().startup(sockets)
        self._listening.set()

    async def main_loop(self) -> None:
        tick = 0
        while not await self.on_tick(tick):
            tick += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), _TICK_S)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what was asked, close what is open, and then the council."""
        for each in self.servers:
            each.close()
        for connection in [*self.server_state.connections]:
            connection.shutdown()
        await self._connections.gone()
        await self._tasks.gone()
        await self.lifespan.shutdown()
