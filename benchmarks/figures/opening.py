"""Opening family files in the real window until they are painted, and whether the window stalls while work is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks import limits
from benchmarks.bench import Bench, address_of
from benchmarks.figure import Figure, Planned, at_once, percentile
from benchmarks.figures.starting import played

OPEN = Planned("open_family_p50", "s", "to painted, at most 50 ms", most_value=0.050)
STALL = Planned(
    "window_stall", "s", "the window never stalls over 50 ms while notes are saved and sent", most_value=0.05
)
PLANNED = (OPEN, STALL)


def measure(bench: Bench) -> Iterator[Figure]:
    said = day(bench, bench.one)
    taken = said["open_family_s"][1:]  # the first one also builds the screen
    reading = bare(bench, bench.one)
    note = f"{len(taken)} files; the first, with building the screen, {said['open_family_s'][0]:.4g} s"
    yield OPEN.of([percentile(taken, 50)], [percentile(reading, 50)], note)
    yield STALL.of([said["stall_s"]], (), f"idle in the same run {said['stall_idle_s']:.4g} s")


def day(bench: Bench, scale: float) -> dict[str, Any]:
    """Play a day in the window, once a run: every family file opened, notes saved, rounds beside them."""
    if scale not in bench.days:
        bench.days[scale] = _day(bench, scale)
    return bench.days[scale]


def _day(bench: Bench, scale: float) -> dict[str, Any]:
    chosen = [file.family_id for file in bench.workload(scale).files][: 30 if not bench.is_quick else 6]
    return played(bench, scale, "day", families=(*chosen, *chosen), saves=bench.times(60))


def bare(bench: Bench, scale: float) -> list[float]:
    """Return the seconds of reading and parsing each family file with one query from the least of stores."""
    made, path = bench.workload(scale), bench.fresh("limit.db")
    with bench.served(records=made.packed) as server:
        limits.first_load(f"{address_of(server)}/records", path)
    connection = limits.open_store(path)
    taken = [at_once(limits.family_file, connection, file.family_id) for file in made.files]
    connection.close()
    path.unlink()
    return taken
