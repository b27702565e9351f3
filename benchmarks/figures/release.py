"""Release of one family file from a laptop, with its proof: waits for the part of the program that does it."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.figure import Figure, Planned

RELEASE = Planned("release", "s", "at most 1.5 x VACUUM plus rekey of the database, with progress", most_ratio=1.5)
PLANNED = (RELEASE,)


def measure(_bench: Bench) -> Iterator[Figure]:
    yield RELEASE.not_measured("not built yet")
