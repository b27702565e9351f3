"""Notes what a run came to, one line of JSON in a file, and adds up such lines: a long row is run in slices."""

from __future__ import annotations

import fcntl
import json
import subprocess
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.frame import Task


def note(file: Path, task: Task) -> None:
    """Add a line about what a run has come to so far; several processes may have the same file."""
    tally = task.tally
    said = {
        "row": task.name,
        "seed": task.seed,
        "first": task.first,
        "asked": task.tries,
        "tries": tally.tries,
        "losses": tally.losses,
        "controls": tally.controls,
        "seconds": round(time.monotonic() - task.started, 1),
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "commit": _commit(),
    }
    with file.open("a", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(json.dumps(said) + "\n")


def summed(lines: Iterable[str]) -> list[str]:
    """Add up lines by row and say in a line each what they came to; of lines about one slice the last one counts."""
    slices: dict[tuple[str, int, int], dict[str, Any]] = {}
    for line in lines:
        said = json.loads(line)
        slices[said["row"], said["seed"], said["first"]] = said
    return [
        _sum(name, [each for each in slices.values() if each["row"] == name])
        for name in sorted({key[0] for key in slices})
    ]


def _sum(name: str, runs: Sequence[dict[str, Any]]) -> str:
    tries, losses = sum(run["tries"] for run in runs), sum(len(run["losses"]) for run in runs)
    blind = sum(not all(run["controls"].values()) for run in runs)
    commits = ", ".join(sorted({run["commit"] for run in runs}))
    at = sorted(run["at"] for run in runs)
    return (
        f"{name:<14} {tries:>7} tries {losses:>4} losses   {len(runs)} slices, {blind} with a control not found out   "
        f"{sum(run['seconds'] for run in runs):.0f} s   noted from {at[0]} to {at[-1]} UTC   commit {commits}"
    )


def _commit() -> str:
    """Return this checkout's commit, with a plus if something was changed since."""
    words = ["git", "describe", "--always", "--exclude=*", "--dirty=+"]
    return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
