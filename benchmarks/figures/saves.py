"""Saving one note, sealed and durable, three hundred times straight after a fresh first load."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks import limits
from benchmarks.bench import Bench
from benchmarks.figure import Figure, Planned, percentile
from benchmarks.laptops import Laptop
from tests.builders.written import write_note

P50 = Planned("save_note_p50", "s", "at most 10 x a bare durable 4 KB write", most_ratio=10)
P99 = Planned("save_note_p99", "s", "at most 40 x a bare durable 4 KB write", most_ratio=40)
PLANNED = (P50, P99)
COUNT = 300


def measure(bench: Bench) -> Iterator[Figure]:
    with bench.new_laptop(bench.one) as laptop:
        laptop.round(bench.council(bench.one).address)
        taken, bare = runs(bench, laptop, COUNT // 5 if bench.is_quick else COUNT)
    write = percentile(bare, 50)
    note = f"limit: median of {len(bare)} writes between them; their 99th percentile {percentile(bare, 99):.4g} s"
    yield P50.of([percentile(taken, 50)], [write], note)
    yield P99.of([percentile(taken, 99)], [write], note)


def runs(bench: Bench, laptop: Laptop, count: int) -> tuple[list[float], list[float]]:
    """Return the seconds of so many saves, and of bare durable writes between them."""
    family_ids = [row[0] for row in laptop.query("SELECT family_id FROM family_cursor")]
    lines = bench.workload(bench.one).files[0].records
    text = next(record.body["text"] for record in lines if record.kind == "note")
    taken: list[float] = []
    bare: list[float] = []
    for turn in range(count):
        body = {"type": "note", "happened_at": "2026-11-20T10:00:00.000000Z", "text": f"Turn {turn}. {text}"}
        family_id = family_ids[turn % len(family_ids)]
        started = time.perf_counter()
        laptop.do(write_note, family_id, body)
        taken.append(time.perf_counter() - started)
        bare += limits.durable_writes(bench.folder, 1)
    return taken, bare
