"""Runs the fault table and prints one line a row: see script/faults."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.faults.frame import Row, Tally, Task
from tests.faults.notes import note, summed
from tests.faults.table import names, rows


def main() -> int:
    wanted = _words().parse_args()
    if wanted.sum:
        print("\n".join(summed(wanted.sum.read_text("utf-8").splitlines())))
        return 0
    unknown = set(wanted.only) - set(names())
    if unknown:
        print(f"faults: no row is called {', '.join(sorted(unknown))}; script/faults --list has them", file=sys.stderr)
        return 2
    chosen = rows(wanted.only)
    if wanted.list:
        for row in chosen:
            print(f"{row.name:<14} {row.full:>7} / {row.suite:<5} {row.after}: {row.holds}")
        return 0
    print(f"faults: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_machine()}, seed {wanted.seed}", flush=True)
    if len(chosen) > 1 and wanted.jobs > 1:
        is_clean = _side_by_side(chosen, wanted)
    else:
        is_clean = [_run(row, wanted) for row in chosen]
    return 0 if all(is_clean) else 1


def _side_by_side(chosen: Sequence[Row], wanted: argparse.Namespace) -> list[bool]:
    """Run each row in a process of its own, a few at a time, and print what it printed in the order of the table."""
    more = ["--seed", str(wanted.seed), "--first", str(wanted.first), *(["--quick"] if wanted.quick else [])]
    more += ["--tries", str(wanted.tries)] if wanted.tries else []
    more += ["--note", str(wanted.note)] if wanted.note else []

    def run(row: Row) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "tests.faults", "--only", row.name, *more]
        return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)

    is_clean = []
    with ThreadPoolExecutor(wanted.jobs) as pool:
        for done in pool.map(run, chosen):
            print("\n".join(line for line in done.stdout.splitlines() if not line.startswith("faults:")), flush=True)
            is_clean.append(done.returncode == 0)
    return is_clean


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="script/faults", description="The fault table of SECURITY.md, tried.")
    words.add_argument("--quick", action="store_true", help="the counts of the suite: under five minutes in all")
    words.add_argument("--only", action="append", default=[], metavar="ROW", help="this row only; may be repeated")
    words.add_argument("--list", action="store_true", help="the rows, their counts and what must hold")
    words.add_argument("--tries", type=int, metavar="N", help="this many tries a row instead of the row's own count")
    words.add_argument("--first", type=int, default=0, metavar="N", help="begin with this try: goes on, or repeats one")
    words.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="rows at a time")
    words.add_argument("--seed", type=int, default=2026, metavar="N", help="other luck")
    words.add_argument(
        "--note", type=Path, metavar="FILE", help="add lines to this file about what each row has come to"
    )
    words.add_argument(
        "--sum", type=Path, metavar="FILE", help="run nothing: say what the lines of this file add up to"
    )
    return words


def _machine() -> str:
    return f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _run(row: Row, wanted: argparse.Namespace) -> bool:
    """Run one row and print its line; what could not run has shown nothing, and counts as failed."""
    if lacking := row.lacks():
        print(f"{row.name:<14} CANNOT RUN HERE: {lacking}", flush=True)
        return False
    tries = wanted.tries or (row.suite if wanted.quick else row.full)
    with tempfile.TemporaryDirectory(prefix="sf-faults-") as folder:
        noting = partial(note, wanted.note) if wanted.note else None
        task = Task(row.name, tries, Path(folder), wanted.seed, wanted.first, is_told=True, note=noting)
        try:
            tally = row.run(task)
        except KeyboardInterrupt:
            left = f"--first {task.first + task.tally.tries} --tries {tries - task.tally.tries}"
            print(f"faults: stopped; go on with: script/faults --only {row.name} --seed {task.seed} {left}")
            raise
        print(line(row, task, tally), flush=True)
        if noting:
            noting(task)
    for loss in tally.losses:
        print(f"    lost: {loss}", flush=True)
    for name, has_failed in tally.controls.items():
        if not has_failed:
            print(f"    this control was not found out, so the row is blind: {name}", flush=True)
    if tally.losses:
        print(f"    again: script/faults --only {row.name} --seed {task.seed} --tries 1 --first TRY", flush=True)
    return tally.is_clean


def line(row: Row, task: Task, tally: Tally) -> str:
    """Say in one line what a row came to."""
    controls = f"controls {tally.failed_controls} of {len(tally.controls)} failed as they must"
    took = f"{time.monotonic() - task.started:.1f} s"
    return f"{row.name:<14} {tally.tries:>7} tries {len(tally.losses):>4} losses   {controls}   {took}"


if __name__ == "__main__":
    sys.exit(main())
