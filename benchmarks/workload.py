"""The workload of SPEED.md, from a seed: 1x is one worker's caseload, 5x a supervisor's, as the council holds it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import msgspec
import zstandard

from sf_record import pretend
from sf_record.description import Role
from sf_record.events import Event
from sf_record.ids import new_id
from sf_record.record import Record
from sf_record.rules.permissions import Worker
from sf_record.wire.digest import combine, entry, text
from sf_record.wire.rounds import FamilyState, record_wire

SEED = 20261123
FAMILIES_PER_WORKER = 60
TODAY = date(2026, 11, 23)
_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True)
class FamilyFile:
    """One family file: how it came about, and what it is now."""

    family_id: str
    worker_id: str
    events: tuple[Event, ...]
    records: tuple[Record, ...]
    lines: tuple[bytes, ...]  # each record as it is sent
    plain: tuple[Mapping[str, Any], ...]

    @property
    def state(self) -> FamilyState:
        seq = len(self.events)
        marks = combine(entry(record.id, record.seq) for record in self.records)
        return FamilyState(family_id=self.family_id, cursor=seq, seq=seq, count=len(self.records), digest=text(marks))


@dataclass(frozen=True)
class Workload:
    """Family files and the workers to whom they belong. ``reader`` is the one whose laptop holds them all."""

    scale: float
    workers: tuple[Worker, ...]
    files: tuple[FamilyFile, ...]

    @property
    def practitioner(self) -> Worker:
        return self.workers[1]

    @property
    def supervisor(self) -> Worker:
        return self.workers[0]

    @property
    def reader(self) -> Worker:
        return self.practitioner if len(self.workers) == 2 else self.supervisor

    @cached_property
    def lines(self) -> tuple[bytes, ...]:
        return tuple(line for each in self.files for line in each.lines)

    @cached_property
    def size_bytes(self) -> int:
        return sum(map(len, self.lines)) + len(self.lines)

    @cached_property
    def packed(self) -> bytes:
        return zstandard.ZstdCompressor(level=3).compress(b"\n".join(self.lines) + b"\n")


def make(scale: float, *, thick: int = pretend.RECORDS_PER_FAMILY, practitioners: int = 0) -> Workload:
    """Make the workload of a scale: 1 is 60 families, about 20,000 records. Less than 1 is for quick runs."""
    chance = random.Random(SEED)
    count = practitioners or max(1, round(scale))
    workers = [_worker(chance, Role.SUPERVISOR)] + [_worker(chance, Role.PRACTITIONER) for _ in range(count)]
    number = max(1, round(FAMILIES_PER_WORKER * scale))
    made = pretend.families(chance, number, workers, TODAY, records_per_family=thick)
    return Workload(scale, tuple(workers), tuple(_file(family) for family in made))


def _worker(chance: random.Random, role: Role) -> Worker:
    return Worker(new_id(datetime(2024, 1, 2, tzinfo=UTC), chance.randbytes(10)), role, "pretend-team")


def _file(family: pretend.PretendFamily) -> FamilyFile:
    records = pretend.records(family.events)
    plain = tuple(record_wire(record) for record in records)
    lines = tuple(_ENCODER.encode(each) for each in plain)
    return FamilyFile(family.family_id, family.worker_id, family.events, records, lines, plain)
