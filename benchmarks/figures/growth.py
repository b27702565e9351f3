"""What becomes of each figure when the vault is five times as large: a supervisor's caseload beside a worker's."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.figure import Figure, Planned, percentile
from benchmarks.figures import deltas, first_load, opening, rounds, saves, starting

LOAD = Planned("growth_first_load", "x", "its ratio to the limit no worse than at 1x", most_value=1.0)
SAVE = Planned("growth_save", "x", "at most 1.2 x", most_value=1.2)
POLL = Planned("growth_poll", "x", "at most 1.2 x", most_value=1.2)
OPEN = Planned("growth_open_family", "x", "at most 1.2 x", most_value=1.2)
UNLOCK = Planned("growth_unlock", "x", "at most 1.2 x", most_value=1.2)
DOWN = Planned("growth_delta", "x", "at most 1.2 x", most_value=1.2)
PLANNED = (SAVE, POLL, OPEN, UNLOCK, DOWN, LOAD)


def measure(bench: Bench) -> Iterator[Figure]:
    one, five = bench.one, bench.five
    yield SAVE.of([_saves(bench, five) / _saves(bench, one)])
    yield POLL.of([_polls(bench, five) / _polls(bench, one)])
    yield OPEN.of([_opens(bench, five) / _opens(bench, one)])
    times = bench.times(3)
    unlocks = [_unlocks(bench, scale, times) for scale in (five, one)]
    yield UNLOCK.of([unlocks[0] / unlocks[1]], (), "Argon2id taken off both")
    yield DOWN.of(deltas.growth(bench, bench.times(9)))
    yield LOAD.of([_load_ratio(bench, five) / _load_ratio(bench, one)])


def _saves(bench: Bench, scale: float) -> float:
    with bench.new_laptop(scale) as laptop:
        laptop.round(bench.council(scale).address)
        taken, _ = saves.runs(bench, laptop, bench.times(100))
    return percentile(taken, 50)


def _polls(bench: Bench, scale: float) -> float:
    return statistics.median(rounds.times(bench.laptop(scale), bench.council(scale).address, bench.times(30)))


def _opens(bench: Bench, scale: float) -> float:
    return percentile(opening.day(bench, scale)["open_family_s"][1:], 50)


def _unlocks(bench: Bench, scale: float, times: int) -> float:
    if bench.is_quick:
        return starting.without_argon2(opening.day(bench, scale))
    return statistics.median(starting.beyond_argon2(bench, scale, times))


def _load_ratio(bench: Bench, scale: float) -> float:
    values, allowed = first_load.runs(bench, scale, 1)
    return values[0] / allowed[0]
