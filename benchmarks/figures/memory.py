"""How much memory the program holds with its vault open and in use, against a bare window."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.figure import Figure, Planned
from benchmarks.figures.opening import day
from benchmarks.figures.starting import started

ONE = Planned("memory", "bytes", "vault open and in use, at most 2 x a bare PySide6 window", most_ratio=2)
FIVE = Planned("memory_5x", "x", "at most 1.3 x as much at 5x", most_value=1.3)
PLANNED = (ONE, FIVE)


def measure(bench: Bench) -> Iterator[Figure]:
    bare = [started("benchmarks.bare_window")["resident_bytes"] for _ in range(3)]
    used = day(bench, bench.one)["resident_in_use_bytes"]
    yield ONE.of([used], bare)
    yield FIVE.of([day(bench, bench.five)["resident_in_use_bytes"] / used])
