"""Finds the rows of the fault table: one file each in ``rows``, in the order of SECURITY.md's table."""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.faults.frame import Row

_ROWS = Path(__file__).with_name("rows")


def rows() -> tuple[Row, ...]:
    """Return every row there is."""
    names = sorted(path.stem for path in _ROWS.glob("*.py"))
    found = [importlib.import_module(f"tests.faults.rows.{name}").ROW for name in names]
    return tuple(sorted(found, key=lambda row: (row.line, row.name)))


def named(name: str) -> Row:
    """Return the row of this name; LookupError where there is none."""
    for row in rows():
        if row.name == name:
            return row
    raise LookupError(name)
