"""Every row of the fault table holds: with its small count in the suite, with the full one with --long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.frame import Row, Task
from tests.faults.table import names, rows

each_row = pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)


@each_row
def test_the_row_holds(row: Row, tmp_path: Path, run_count: Callable[[int, int], int]) -> None:
    if lacking := row.lacks():
        pytest.skip(lacking)
    tally = row.run(Task(row.name, run_count(row.suite, row.full), tmp_path))
    assert tally.losses == []
    assert [name for name, has_failed in tally.controls.items() if not has_failed] == []
    assert tally.tries >= row.suite


def test_a_row_says_what_it_is() -> None:
    assert sorted(row.name for row in rows()) == list(names())  # its file is named after it
    for row in rows():
        assert row.full >= row.suite > 0, row.name
        assert row.after, row.name
        assert row.holds, row.name
