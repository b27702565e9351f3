"""The council on PostgreSQL: rounds with changes a second, beside a bare endpoint that sends the same bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import requests

from benchmarks import councils, workload
from benchmarks.bench import Bench
from benchmarks.child import program
from benchmarks.councils import FilledCouncil, Known
from benchmarks.figure import Figure, Planned
from benchmarks.load import answered, request
from benchmarks.workload import FamilyFile, Workload
from sf_desktop.sync.signing import NONCE_BYTES, Identity, sign
from sf_record.wire.digest import position
from sf_record.wire.rounds import PROTOCOL, RoundRequest
from tests.fakes.postgres import Postgres, running_postgres

RATE = Planned(
    "council_rounds_per_s", "rounds/s", "at least 0.5 x a bare endpoint of the same framework", least_ratio=0.5
)
EMPTY = Planned("council_empty_rounds_per_s", "rounds/s", "no target of its own")
TENFOLD = Planned("council_tenfold", "x", "a round costs at most 1.2 x with ten times the families", most_value=1.2)
PLANNED = (RATE, EMPTY, TENFOLD)
THICK = 150  # records of a family file: enough for a page of a hundred
PAGE = 100


def measure(bench: Bench) -> Iterator[Figure]:
    count, families = 30 if bench.is_quick else 600, bench.one
    with running_postgres(bench.fresh_folder("postgres")) as postgres:
        small = workload.make(families, thick=THICK)
        with _served(bench, postgres, small) as one:
            bare, sizes = one.bare_rounds(count)
            real, real_size = one.rounds(count)
            again, _ = one.rounds(count)
            bare_again, _ = one.bare_rounds(count)
            note = f"pages of {PAGE} records, {real_size:,} bytes packed; bare {sizes:,}"
            yield RATE.of([real, again], [bare, bare_again], note)
            yield EMPTY.of([one.empty_rounds(count)])
            large = workload.make(families * 10, thick=THICK, practitioners=10)
            with _served(bench, postgres, large) as ten:
                costs = [one.rounds(count)[0] / ten.rounds(count)[0] for _ in range(3)]
            yield TENFOLD.of(costs)


@dataclass
class _Served:
    """A council that runs on PostgreSQL, a bare endpoint beside it, and a laptop that the council knows."""

    filled: FilledCouncil
    known: Known
    files: list[FamilyFile]
    port: int
    bare_port: int
    asked: int = 0

    def bare_rounds(self, count: int) -> tuple[float, int]:
        wanted = [f"{self.filled.council_id} {file.family_id} {_cursor(file)}".encode() for file in self._files(count)]
        return answered(self.bare_port, [request("/page", self.bare_port, body) for body in wanted])

    def rounds(self, count: int) -> tuple[float, int]:
        here = {file.family_id: len(file.events) for file in self.files}
        asked = []
        for file in self._files(count):
            cursors = here | {file.family_id: _cursor(file)}
            asked.append(RoundRequest(protocol=PROTOCOL, position="", config=1, cursors=cursors))
        return answered(self.port, [self._signed(each) for each in asked])

    def empty_rounds(self, count: int) -> float:
        states = [file.state for file in self.files]
        here, digests = {each.family_id: each.seq for each in states}, {each.family_id: each.digest for each in states}
        asked = RoundRequest(protocol=PROTOCOL, position=position(here, 1, digests), config=1)
        return answered(self.port, [self._signed(asked) for _ in range(count)])[0]

    def _files(self, count: int) -> list[FamilyFile]:
        thick = [file for file in self.files if len(file.records) > PAGE]
        return [thick[turn % len(thick)] for turn in range(count)]

    def _signed(self, asked: RoundRequest) -> bytes:
        body = msgspec.json.encode(asked)
        url = f"http://127.0.0.1:{self.port}/v1/rounds"
        headers = {"Authorization": f"Bearer {self.known.tokens.access_token}", "Accept-Encoding": "zstd"}
        prepared = requests.Request("POST", url, data=body, headers=headers).prepare()
        identity = Identity(self.known.device_id, self.known.device_key, self.known.keys.policy)
        sign(prepared, body, identity, datetime.now(UTC), os.urandom(NONCE_BYTES))
        sent = {name: value for name, value in prepared.headers.items() if name.lower() != "content-length"}
        return request("/v1/rounds", self.port, body, sent)


@contextmanager
def _served(bench: Bench, postgres: Postgres, made: Workload) -> Iterator[_Served]:
    url = postgres.new_database()
    filled = councils.fill(bench.fresh_folder("council"), made, url)
    known = filled.known[made.practitioner.id]
    files = [file for file in made.files if file.worker_id == made.practitioner.id]
    with filled.running() as address, program("benchmarks.bare_council", url) as bare:
        yield _Served(filled, known, files, int(address.rpartition(":")[2]), bare.port)


def _cursor(file: FamilyFile) -> int:
    return file.records[-PAGE - 1].seq
