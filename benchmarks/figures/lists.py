"""A list of all records of a supervisor's caseload, from asking for it until its first rows are painted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from benchmarks.bench import Bench
from benchmarks.child import answer_of
from benchmarks.figure import Figure, Planned
from benchmarks.laptops import KEYRING, PASSPHRASE
from benchmarks.window import Plan

LIST = Planned("list_100k", "s", "100,000 rows to the first paint at most 120 ms, true scrollbar", most_value=0.120)
PLANNED = (LIST,)


def measure(bench: Bench) -> Iterator[Figure]:
    folder = bench.closed_laptop(bench.five)
    plan = Plan(data=str(folder), keyring=str(folder / KEYRING), passphrase=PASSPHRASE, until="list")
    environment = {"QT_QPA_PLATFORM": "offscreen"} if sys.platform == "linux" else {}
    taken, rows = [], 0
    for _ in range(bench.times(5)):
        said = answer_of("benchmarks.long_list", json.dumps(asdict(plan)), environment=environment)
        if said["scroll_maximum"] < said["rows"] * 20:
            raise RuntimeError("the scrollbar does not span the whole list")
        taken.append(said["painted_s"])
        rows = said["rows"]
    yield LIST.of(taken, (), f"{rows:,} rows")
