"""What a working day moves: two hundred changed records down to a laptop, and two hundred edits up from one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from typing import Any

import zstandard

from benchmarks import limits
from benchmarks.bench import Bench, address_of
from benchmarks.figure import Figure, Planned, seconds
from benchmarks.laptops import Laptop
from benchmarks.workload import SEED, Workload
from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_desktop.store.tables import outbox, records
from sf_record.rules.permissions import Worker

DOWN = Planned("delta_down_200", "s", "searchable, at most 2 x the limit", most_ratio=2)
UP = Planned(
    "push_200", "s", "acknowledged, at most 5 x the limit, which checks, signs and merges nothing", most_ratio=5
)
PLANNED = (DOWN, UP)
COUNT = 200


def measure(bench: Bench) -> Iterator[Figure]:
    down, down_limit, up, up_limit = runs(bench, bench.one, bench.times(5))
    yield DOWN.of(down, down_limit)
    yield UP.of(up, up_limit)


def runs(bench: Bench, scale: float, times: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return seconds: down, its limit, up, its limit. A practitioner edits, whoever reads everything receives."""
    council = bench.council(scale)
    reader = bench.laptop(scale)
    down, down_limit, up, up_limit = [], [], [], []
    store = bench.fresh("limit.db")
    with (
        bench.new_laptop(scale, council.workload.practitioner) as writer,
        bench.served(records=council.workload.packed) as server,
    ):
        limits.first_load(f"{address_of(server)}/records", store)
        bare = limits.open_store(store)
        writer.round(council.address)
        for _ in range(times):
            ids = edit(writer, council.workload, bench.busy_day(scale))
            events = waiting(writer)
            up_limit.append(seconds(partial(limits.push, f"{address_of(server)}/events", events)))
            up.append(seconds(lambda: writer.round(council.address)))
            down.append(seconds(lambda: reader.round(council.address)))
            with bench.served(changed=packed(reader, ids)) as changed:
                down_limit.append(seconds(partial(limits.delta, f"{address_of(changed)}/changed", bare)))
        bare.close()
    store.unlink()
    return down, down_limit, up, up_limit


def growth(bench: Bench, times: int) -> list[float]:
    """Return how many times as long a delta takes at 5x: each beside one at 1x that comes right after it."""
    with (
        bench.new_laptop(bench.five, _practitioner(bench, bench.five)) as five,
        bench.new_laptop(bench.one, _practitioner(bench, bench.one)) as one,
    ):
        return [_down(bench, bench.five, five) / _down(bench, bench.one, one) for _ in range(times)]


def _practitioner(bench: Bench, scale: float) -> Worker:
    return bench.council(scale).workload.practitioner


def _down(bench: Bench, scale: float, writer: Laptop) -> float:
    """Return the seconds in which whoever reads everything receives a day's changes."""
    council, reader = bench.council(scale), bench.laptop(scale)
    writer.round(council.address)
    edit(writer, council.workload, bench.busy_day(scale))
    writer.round(council.address)
    return seconds(lambda: reader.round(council.address))


def edit(laptop: Laptop, workload: Workload, day: int) -> tuple[str, ...]:
    """Change a hundred plans and add to a hundred signed notes, each of another record, in one transaction.

    Another ``day`` chooses other records, and changes those that were chosen before into something else.
    """
    chance = random.Random(SEED + day)
    chosen = [each for file in workload.files for each in file.records if each.author_id == laptop.known.worker.id]
    plans = [each.id for each in chosen if each.kind == "planned_visit"]
    notes = [each.id for each in chosen if each.kind == "note" and each.signed is not None]
    plans = chance.sample(plans, min(COUNT // 2, len(plans)))
    notes = chance.sample(notes, min(COUNT - len(plans), len(notes)))

    def work(office: Office) -> None:
        for record_id in plans:
            body = dict(writing.found(office, record_id).body)
            writing.change(office, record_id, body | {"purpose": f"Changed on busy day {day}"})
        for record_id in notes:
            writing.amend(office, record_id, f"Added on busy day {day}: the school rang back.")

    laptop.do(work)
    return (*plans, *notes)


def waiting(laptop: Laptop) -> list[Any]:
    """Return the events that the next round sends."""

    def work(office: Office) -> list[Any]:
        return list(outbox.outgoing(office.connection, 1_000, 10_000_000))

    return laptop.do(work)


def packed(laptop: Laptop, ids: tuple[str, ...]) -> bytes:
    """Return the records as the limit is sent them."""

    def work(office: Office) -> list[str]:
        return [stored.shown_text for stored in records.stored_many(office.connection, ids).values()]

    lines = laptop.read(work)
    return zstandard.ZstdCompressor(level=3).compress("".join(f"{line}\n" for line in lines).encode())
