"""The benchmarks run, print one JSON object in the agreed shape, and never claim what was not measured."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.bench import Bench
from benchmarks.cli import all_planned
from benchmarks.figure import Planned
from benchmarks.figures import deltas
from sf_desktop.store.lease import tenures
from tests.house.tree import ROOT

KEYS = {"name", "unit", "value", "limit", "ratio", "target", "met", "min", "max", "runs"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "run"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def printed(*arguments: str):
    ran = run(*arguments)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_a_figure_is_measured_beside_its_limit() -> None:
    said = printed("--quick", "--only", "wire_bytes")
    assert {"machine", "scale", "figures"} <= said.keys()
    (figure,) = said["figures"]
    assert figure.keys() >= KEYS
    assert figure["runs"] > 0, figure
    assert 0.9 < figure["ratio"] < 3


def test_a_laptop_that_is_measured_holds_its_councils_lease_as_an_enrolled_one(tmp_path: Path) -> None:
    """Else each round would refuse it, and measure less than a round does."""
    with ExitStack() as stack:
        bench = Bench(tmp_path, is_quick=True, stack=stack)
        laptop = stack.enter_context(bench.new_laptop(0.02))
        laptop.round(bench.council(0.02).address)
        tenure = laptop.vault.read(lambda tx: tenures.in_vault(tx.connection)).result()
    assert tenure is not None
    assert tenure.lease.device_id == laptop.known.device_id


def test_whoever_measures_changes_once_more_brings_as_many(tmp_path: Path) -> None:
    """Else growth sets two hundred changes at one size beside half of them at the other."""
    with ExitStack() as stack:
        bench = Bench(tmp_path, is_quick=True, stack=stack)
        council = bench.council(0.05)
        for _ in range(2):
            with bench.new_laptop(0.05, council.workload.practitioner) as writer:
                writer.round(council.address)
                chosen = deltas.edit(writer, council.workload, bench.busy_day(0.05))
                brought = deltas.waiting(writer)
                writer.round(council.address)
            assert len(set(chosen)) == len(brought) > 50


def test_what_cannot_be_measured_says_why_and_is_not_met() -> None:
    planned = Planned("load", "s", "at most 1.5 x", most_ratio=1.5)
    figure = planned.not_measured("there is no council here")
    assert (figure.value, figure.met) == (None, None)
    assert figure.why == "not measured: there is no council here"


def test_an_unknown_figure_is_refused() -> None:
    ran = run("--only", "how_fast_it_feels")
    assert ran.returncode == 2
    assert ran.stdout == ""


def test_every_figure_has_a_name_of_its_own_and_a_target() -> None:
    planned = all_planned()
    assert len({each.name for each in planned}) == len(planned)
    assert all(each.target and each.unit for each in planned)


@pytest.mark.parametrize(("value", "limit", "is_met"), [(1.0, 1.0, True), (1.6, 1.0, False), (3.0, 2.0, True)], ids=str)
def test_met_is_what_the_ratio_says(value: float, limit: float, is_met: bool) -> None:
    figure = Planned("load", "s", "at most 1.5 x", most_ratio=1.5).of([value], [limit])
    assert figure.met is is_met


def test_a_figure_without_a_target_is_neither_met_nor_missed() -> None:
    assert Planned("round", "s", "none").of([1.0]).met is None
