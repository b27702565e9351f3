"""Searching as one types: the newest fifty with their snippets, against the bare query for their row numbers."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.figure import Figure, Planned, at_once, percentile
from benchmarks.laptops import Laptop
from sf_desktop.ops.families.search import search
from sf_desktop.store.queries.search import query

P50 = Planned("search_p50", "s", "newest 50 with snippets, at most 3 x the raw query", most_ratio=3)
P99_FIVE = Planned("search_p99_5x", "s", "at most 10 ms at 5x, whatever the word", most_value=0.010)
PLANNED = (P50, P99_FIVE)

# As people type: common words, rare ones, names, one letter, and each word letter by letter.
TYPED = (
    "the", "a", "school", "said", "bedtime", "visit", "alder", "pretend", "lighthouse", "boiler", "zebra", "wren",
    "health visitor", "the plan is", "half-term", "07700 900", "volcano yacht", "nothing like this at all",
)  # fmt: skip
RAW = "SELECT rowid FROM record_fts WHERE record_fts MATCH ? ORDER BY rowid DESC LIMIT 50"


def measure(bench: Bench) -> Iterator[Figure]:
    taken, raw = runs(bench.laptop(bench.one), bench.times(3))
    yield P50.of([percentile(taken, 50)], [percentile(raw, 50)], f"{len(taken)} searches, each also as a raw query")
    large, _ = runs(bench.laptop(bench.five), bench.times(3))
    yield P99_FIVE.of([percentile(large, 99)], (), f"{len(large)} searches; slowest {max(large):.4g} s")


def runs(laptop: Laptop, times: int) -> tuple[list[float], list[float]]:
    """Return the seconds of searches as somebody types, and of the raw queries for the same words."""
    typed = [word[:length] for word in TYPED for length in range(1, len(word) + 1)]
    taken, raw = [], []
    for _ in range(times):
        for words in typed:
            taken.append(at_once(laptop.read, search, words))
            raw.append(at_once(laptop.query, RAW, query(words)))
    return taken, raw
