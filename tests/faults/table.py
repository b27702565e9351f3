"""Finds the rows of the fault table: one file each in ``rows``, named after its row; in SECURITY.md's order."""

from __future__ import annotations

import importlib
from collections.abc import Collection
from pathlib import Path

from tests.faults.frame import Row

_ROWS = Path(__file__).with_name("rows")


def names() -> tuple[str, ...]:
    """Return the name of every row there is."""
    return tuple(sorted(path.stem for path in _ROWS.glob("*.py")))


def rows(only: Collection[str] = ()) -> tuple[Row, ...]:
    """Return every row, or these; a row that is not asked for is not read either."""
    found = [importlib.import_module(f"tests.faults.rows.{name}").ROW for name in names() if not only or name in only]
    return tuple(sorted(found, key=lambda row: (row.line, row.name)))
