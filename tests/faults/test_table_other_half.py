"""The other half of the fault table's rows, for the other worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.frame import Row
from tests.faults.table import holds, rows


@pytest.mark.parametrize("row", rows()[1::2], ids=lambda row: row.name)
def test_the_row_holds(row: Row, tmp_path: Path, run_count: Callable[[int, int], int]) -> None:
    if lacking := row.lacks():
        pytest.skip(lacking)
    holds(row, run_count(row.suite, row.full), tmp_path)
