"""Runs the figures one after the other and prints one JSON object; says on standard error how far it is."""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.bench import Bench
from benchmarks.figure import Figure, Planned
from benchmarks.garbage import collected_beside
from benchmarks.table import table

SOURCES = Path(__file__).resolve().parents[1] / "src"
MODULES = (
    "first_load", "deltas", "rounds", "saves", "opening", "searches", "lists", "starting", "memory", "growth",
    "council", "release",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if options.table:
        print(table(json.loads(options.table.read_bytes())))
        return 0
    if options.list:
        print("\n".join(f"{planned.name:28} {planned.target}" for planned in all_planned()))
        return 0
    if options.only and options.only not in {planned.name for planned in all_planned()}:
        print(f"there is no figure {options.only}; see --list", file=sys.stderr)
        return 2
    started = time.perf_counter()
    figures = measure(quick=options.quick, only=options.only, folder=options.folder)
    printed = {
        "machine": machine(),
        "scale": "quick: 3 families for 1x, 15 for 5x" if options.quick else "1x: 60 families; 5x: 300",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "took_s": round(time.perf_counter() - started, 1),
        "figures": [figure.plain for figure in figures],
    }
    print(json.dumps(printed, indent=1))
    return 0


def measure(*, quick: bool, only: str = "", folder: Path | None = None) -> list[Figure]:
    """Measure all figures, or those of the module that measures ``only`` and of them that one."""
    figures: list[Figure] = []
    # The program is measured as it is installed, with its bytecode, also where the environment forbids writing any.
    compileall.compile_dir(SOURCES, quiet=2)
    with tempfile.TemporaryDirectory(prefix="sf-benchmarks-", dir=folder) as made:
        bench = Bench(Path(made), quick)
        with bench.stack, collected_beside():
            for module in map(_module, MODULES):
                if not only or only in {planned.name for planned in module.PLANNED}:
                    figures += _measured(module, bench)
    return [figure for figure in figures if not only or figure.name == only]


def machine() -> dict[str, Any]:
    """Say on what was measured: enough to compare, nothing that names a person."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _measured(module: ModuleType, bench: Bench) -> Iterable[Figure]:
    """Measure one module's figures; whatever stops it is said for each that is missing then."""
    found: dict[str, Figure] = {}
    why = "the module gave no figure"
    started = time.perf_counter()
    try:
        for figure in module.measure(bench):
            found[figure.name] = figure
            print(f"  {figure.name}: {figure.value} {figure.unit} {figure.why}", file=sys.stderr, flush=True)
    except Exception as problem:  # noqa: BLE001 - a figure that cannot be measured says why, the others go on
        why = f"{type(problem).__name__}: {problem}"
        print(f"  {module.__name__}: {why}", file=sys.stderr, flush=True)
    print(f"{module.__name__}: {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
    planned: tuple[Planned, ...] = module.PLANNED
    return [found.get(each.name) or each.not_measured(why) for each in planned]


def _module(name: str) -> ModuleType:
    return import_module(f"benchmarks.figures.{name}")


def all_planned() -> list[Planned]:
    return [planned for name in MODULES for planned in _module(name).PLANNED]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("ascii", "replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a twentieth of the size, under a minute")
    parser.add_argument("--only", default="", metavar="NAME", help="one figure")
    parser.add_argument("--list", action="store_true", help="the names of the figures, and their targets")
    parser.add_argument("--table", type=Path, metavar="FILE", help="only write what a run printed, as a table")
    parser.add_argument("--folder", type=Path, help="where to work: on the disk that is to be measured")
    return parser.parse_args(arguments)
