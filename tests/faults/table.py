"""Finds the rows of the fault table: one file each in ``rows``, named after its row; in SECURITY.md's order."""

from __future__ import annotations

import importlib
from collections.abc import Collection
from pathlib import Path

from tests.faults.frame import Row, Task

_ROWS = Path(__file__).with_name("rows")


def names() -> tuple[str, ...]:
    """Return the name of every row there is."""
    return tuple(sorted(path.stem for path in _ROWS.glob("*.py")))


def rows(only: Collection[str] = ()) -> tuple[Row, ...]:
    """Return every row, or these; a row that is not asked for is not read either."""
    found = [importlib.import_module(f"tests.faults.rows.{name}").ROW for name in names() if not only or name in only]
    return tuple(sorted(found, key=lambda row: (row.line, row.name)))


def holds(row: Row, tries: int, folder: Path) -> None:
    """Run a row and assert that it holds, for pytest."""
    tally = row.run(Task(row.name, tries, folder))
    assert not tally.losses, "\n".join(tally.losses)
    blind = [name for name, has_failed in tally.controls.items() if not has_failed]
    assert not blind, f"not found out: {blind}"
    assert tally.tries > 0, "nothing was tried"
