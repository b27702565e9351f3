"""Reads the rows of a workbook's sheets into bodies of records, with the cell from which each value came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sf_desktop.ops.caseload.answers import NotAnsweredError, value_of
from sf_desktop.ops.caseload.columns import FAMILY, LISTS, PERSON, READ_ME, Column, Sheet, folded, one_sheet, sheets
from sf_desktop.ops.caseload.grids import Cell, Grid, beside
from sf_record.codes import CodeSets

Say = Callable[[str, str], None]


@dataclass(slots=True)
class Row:
    """One row that became a record's body. ``ties`` are its references; ``cells`` says where each field stands."""

    sheet: Sheet
    at: str
    ties: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    family: dict[str, Any] = field(default_factory=dict)  # of a CSV: what the row says of its family

    def where(self, path: str) -> str:
        """Return the cell of a field's path; the row's first cell where the field has none."""
        return self.cells.get(path) or self.cells.get(path.partition(".")[0]) or self.at


def rows_of(grids: Sequence[Grid], codes: CodeSets, say: Say) -> Iterator[Row]:
    """Yield every row of every sheet; whatever cannot be read is said, with its cell."""
    if len(grids) == 1 and not grids[0].title:
        yield from _rows(one_sheet(), grids[0], codes, say)
        return
    known = {folded(each.title): each for each in sheets()}
    found = {folded(each.title): each for each in grids}
    for title, sheet in known.items():
        if title in found:
            yield from _rows(sheet, found[title], codes, say)
        elif sheet.title in {"Families", "People"}:
            say(sheet.title, "this sheet is missing")
    for title, grid in found.items():
        if title not in known and title not in {folded(READ_ME), folded(LISTS)} and grid.rows:
            say(grid.title, "this sheet is not known; delete it, or give it the name that it has in the template")


def _rows(sheet: Sheet, grid: Grid, codes: CodeSets, say: Say) -> Iterator[Row]:
    if not grid.rows:
        if sheet.title in {"Families", "People"}:
            say(sheet.title, "this sheet is empty")
        return
    columns = _columns(sheet, grid.rows[0], say)
    headings = {each.heading for each in columns.values()}
    missing = [each.heading for each in sheet.columns if each.is_required and each.heading not in headings]
    for heading in missing:
        if not heading.startswith("Family file"):
            say(grid.title or "The first line", f"the column {heading} is missing")
    if any(heading in {FAMILY, PERSON} for heading in missing):
        return
    for cells in grid.rows[1:]:
        yield _row(sheet, columns, cells, codes, say)


def _columns(sheet: Sheet, heads: Mapping[int, Cell], say: Say) -> dict[int, Column]:
    known, found, seen = sheet.by_heading, dict[int, Column](), set[str]()
    for at, cell in heads.items():
        column = known.get(folded(cell.text))
        if column is None:
            say(cell.at, "this heading is not known")  # nor said again: it may be somebody's name
        elif column.heading in seen:
            say(cell.at, f"the heading {column.heading} stands twice")
        else:
            seen.add(column.heading)
            found[at] = column
    return found


def _row(sheet: Sheet, columns: Mapping[int, Column], cells: Mapping[int, Cell], codes: CodeSets, say: Say) -> Row:
    row = Row(sheet, min(cells.items())[1].at)
    row.cells = {_path(each): beside(row.at, at) for at, each in columns.items() if not each.rows}  # empty ones too
    for at, cell in cells.items():
        column = columns.get(at)
        if column is None:
            if at not in columns and columns and at > max(columns):
                say(cell.at, "there is no heading above this")
            continue
        try:
            _put(row, column, cell, codes)
        except NotAnsweredError as told:
            say(cell.at, f"{column.heading}: {told}")
            row.cells[column.field.name if column.field else column.heading] = cell.at
    return row


def _path(column: Column) -> str:
    """How a row calls the cell of a column: by its field, a family's own in a CSV as such."""
    if column.field is None:
        return column.heading
    return f"family.{column.field.name}" if column.heading.startswith("Family file") else column.field.name


def _put(row: Row, column: Column, cell: Cell, codes: CodeSets) -> None:
    if column.field is None:
        if cell.is_formula:
            raise NotAnsweredError("this is a formula; put what it shows in its place")
        row.ties[column.heading] = folded(cell.text)
        row.cells[column.heading] = cell.at
        return
    if column.rows == "contacts" and cell.is_number:
        raise NotAnsweredError("this is a number, so a 0 in front may be gone; make the cell text and write it again")
    value = value_of(column.field, cell, codes)
    body = row.family if column.heading.startswith("Family file") else row.body
    prefix = "family." if body is row.family else ""
    name = column.field.name
    if not column.rows:
        body[name] = value
        row.cells[f"{prefix}{name}"] = cell.at
        return
    inner = body.setdefault(column.rows, [])
    same = next((each for each in inner if column.fixed == () or dict(column.fixed).items() <= each.items()), None)
    if same is None:
        same = dict(column.fixed)
        inner.append(same)
    same[name] = value
    row.cells[f"{prefix}{column.rows}.{inner.index(same)}.{name}"] = cell.at
    row.cells.setdefault(f"{prefix}{column.rows}", cell.at)
