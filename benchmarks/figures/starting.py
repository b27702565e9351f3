"""From starting the program to its lock screen, and from the passphrase to Today, against the least of each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from benchmarks.bench import Bench
from benchmarks.child import answer_of
from benchmarks.figure import Figure, Planned
from benchmarks.laptops import KEYRING, PASSPHRASE
from benchmarks.process import shared_clock
from benchmarks.window import Plan

START = Planned("start_to_lock", "s", "at most 1.5 x a bare PySide6 window", most_ratio=1.5)
UNLOCK = Planned("unlock_to_today", "s", "beyond Argon2id at most 300 ms", most_value=0.3)
PLANNED = (START, UNLOCK)


def measure(bench: Bench) -> Iterator[Figure]:
    times = bench.times(5)
    played(bench, bench.one, "today")  # it has been used before: it remembers which theme the system asked for
    bare, lock = [], []
    for _ in range(times):
        bare.append(started("benchmarks.bare_window")["start_s"])
        lock.append(played(bench, bench.one, "lock")["start_s"])
    yield START.of(lock, bare, "from starting the interpreter to the first paint, both without a display")
    yield UNLOCK.of(beyond_argon2(bench, bench.one, times), (), "Argon2id at its full cost taken off")


def beyond_argon2(bench: Bench, scale: float, times: int) -> list[float]:
    """Return the seconds from the passphrase to Today, without those of Argon2id within."""
    return [without_argon2(played(bench, scale, "today")) for _ in range(times)]


def without_argon2(said: dict[str, Any]) -> float:
    """Return what is left of unlocking beside stretching the passphrase."""
    return float(said["unlock_to_today_s"]) - float(said["argon2_s"])


def played(bench: Bench, scale: float, until: str, **more: Any) -> dict[str, Any]:
    """Play the real window on the closed laptop of a scale."""
    folder = bench.closed_laptop(scale)
    plan = Plan(data=str(folder), keyring=str(folder / KEYRING), passphrase=PASSPHRASE, until=until, **more)
    return started("benchmarks.window", json.dumps(asdict(plan)))


def started(module: str, *arguments: str) -> dict[str, Any]:
    """Run a program with a window and add the seconds from before it was started to its first paint."""
    environment = {"QT_QPA_PLATFORM": "offscreen"} if sys.platform == "linux" else {}
    before = shared_clock()
    said = answer_of(module, *arguments, environment=environment)
    return said | {"start_s": said["painted_at"] - before}
