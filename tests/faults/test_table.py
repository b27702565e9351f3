"""Half of the fault table's rows, with the small counts, or with --long the full ones: a file for each worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.frame import Row
from tests.faults.table import holds, names, rows


@pytest.mark.parametrize("row", rows()[0::2], ids=lambda row: row.name)
def test_the_row_holds(row: Row, tmp_path: Path, run_count: Callable[[int, int], int]) -> None:
    if lacking := row.lacks():
        pytest.skip(lacking)
    holds(row, run_count(row.suite, row.full), tmp_path)


def test_a_row_says_what_it_is() -> None:
    assert sorted(row.name for row in rows()) == list(names())  # its file is named after it
    for row in rows():
        assert row.full >= row.suite > 0, row.name
        assert row.after, row.name
        assert row.holds, row.name
