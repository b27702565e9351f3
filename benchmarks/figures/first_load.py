"""First load: everything of a caseload through the real council and the real sync, until it can be searched."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import limits
from benchmarks.bench import Bench, address_of
from benchmarks.child import Running
from benchmarks.figure import Figure, Planned, seconds

FAST = Planned("first_load", "s", "at most 1.5 x the limit", most_ratio=1.5)
SLOW = Planned("first_load_slow_link", "s", "over 50 ms and 10 Mbit/s at most 1.2 x one zstd stream", most_ratio=1.2)
BYTES = Planned("wire_bytes", "bytes", "at most 1.15 x zstd-3 of the records", most_ratio=1.15)
PLANNED = (FAST, SLOW, BYTES)


def measure(bench: Bench) -> Iterator[Figure]:
    values, allowed = runs(bench, bench.one, bench.times(3))
    yield FAST.of(values, allowed)
    council = bench.council(bench.one)
    with bench.slow_link(council.port) as link:
        slow = load(bench, bench.one, address_of(link))
    with bench.served(records=council.workload.packed) as server, bench.slow_link(server.port) as limit_link:
        slow_limit = bare_load(bench, limit_link)
    yield SLOW.of([slow], [slow_limit])
    yield BYTES.of([link.said["up_bytes"] + link.said["down_bytes"]], [len(council.workload.packed)])


def runs(bench: Bench, scale: float, times: int) -> tuple[list[float], list[float]]:
    """Return the seconds of first loads and of their limit, turn and turn about."""
    council = bench.council(scale)
    values, allowed = [], []
    with bench.served(records=council.workload.packed) as server:
        for _ in range(times):
            allowed.append(bare_load(bench, server))
            values.append(load(bench, scale, council.address))
    return values, allowed


def load(bench: Bench, scale: float, address: str) -> float:
    """Return the seconds of one first load; RuntimeError where it is not all there, or cannot be found."""
    expected = len(bench.workload(scale).lines)
    with bench.new_laptop(scale) as laptop:
        took = seconds(lambda: laptop.round(address))
        ((there,),) = laptop.query("SELECT count(*) FROM record")
        ((found,),) = laptop.query("SELECT count(*) FROM record_fts WHERE record_fts MATCH 'school'")
    if there < expected or not found:  # other figures may have added some
        raise RuntimeError(f"{there} of {expected} records arrived, {found} were found")
    return took


def bare_load(bench: Bench, server: Running) -> float:
    """Return the seconds of the limit."""
    path = bench.fresh("limit.db")
    took = seconds(lambda: limits.first_load(f"{address_of(server)}/records", path))
    path.unlink()
    return took
