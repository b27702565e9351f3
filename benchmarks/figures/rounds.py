"""A round with nothing to say: how many bytes it is each way, and whether that grows with the vault."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench import Bench, address_of
from benchmarks.figure import Figure, Planned, seconds
from benchmarks.laptops import Laptop

UP = Planned("round_empty_up_bytes", "bytes", "under 1 KB, headers and signature included", most_value=1_000)
DOWN = Planned("round_empty_down_bytes", "bytes", "under 1 KB, headers included", most_value=1_000)
GROWTH = Planned("round_empty_growth", "x", "the same bytes for a vault a tenth as large", most_value=1.02)
TIME = Planned("round_empty", "s", "no target of its own; 1.2 x at 5x, see growth")
PLANNED = (UP, DOWN, GROWTH, TIME)


def measure(bench: Bench) -> Iterator[Figure]:
    up, down = size(bench, bench.one)
    yield UP.of([up])
    yield DOWN.of([down])
    small_up, small_down = size(bench, bench.one / 10)
    yield GROWTH.of([(up + down) / (small_up + small_down)])
    laptop, address = bench.laptop(bench.one), bench.council(bench.one).address
    yield TIME.of(times(laptop, address, bench.times(30)))


def size(bench: Bench, scale: float) -> tuple[float, float]:
    """Return the bytes up and down of the second of two rounds, so that no connection is opened within."""
    laptop, port = bench.laptop(scale), bench.council(scale).port
    with bench.counting_link(port) as once:
        laptop.round(address_of(once))
    with bench.counting_link(port) as thrice:
        for _ in range(3):
            laptop.round(address_of(thrice))
    return (thrice.said["up_bytes"] - once.said["up_bytes"]) / 2, (
        thrice.said["down_bytes"] - once.said["down_bytes"]
    ) / 2


def times(laptop: Laptop, address: str, count: int) -> list[float]:
    """Return the seconds of rounds with nothing to say."""
    laptop.round(address)
    return [seconds(lambda: laptop.round(address)) for _ in range(count)]
