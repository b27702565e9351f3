"""Prints rows under headings, each column as wide as what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print the rows under their headings; nothing where there is no row. A cell that has nothing to say is a dash."""
    cells = [[each or "-" for each in row] for row in rows]
    if not cells:
        return
    table = [list(headings), *cells]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        print("  ".join(each.ljust(width) for each, width in zip(row, widths, strict=True)).rstrip())
