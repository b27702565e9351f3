"""Makes workbooks of families, good and bad, as a spreadsheet program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

FAMILIES = (
    ("Family", "Family name", "Address", "Postcode", "Warning", "Why the warning is recorded"),
    ("1", "Pretend family Alder", "1 Pretend Lane", "PR1 1AA", "A large dog", "It bit a visitor"),
    ("2", "Pretend family Birch", "2 Pretend Lane", "PR1 1AB", None, None),
)
PEOPLE = (
    ("Family", "Person", "In this family", "First names", "Family name", "Date of birth", "Mobile", "Ethnicity"),
    ("1", "a", "Child", "Pretend Robin", "Alder", "3/4/2019", None, None),
    ("1", "b", "Parent", "Pretend Wren", "Alder", "1988", "07700 900000", None),
    ("2", "a", "Child", "Pretend Finch", "Birch", "11/2020", None, None),
)
RELATIONSHIPS = (
    ("Family", "Person", "Is", "Of", "Has parental responsibility"),
    ("1", "b", "Mother of", "a", "Yes"),
)
STATUS = (("Family", "Child", "Status", "Began on"), ("1", "a", "In need", "1/10/2026"))
GOOD = {"Families": FAMILIES, "People": PEOPLE, "Relationships": RELATIONSHIPS, "Status": STATUS}

Rows = Sequence[Sequence[Any]]


def workbook(sheets: Mapping[str, Rows] = GOOD) -> bytes:
    """Return a workbook with these sheets."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_cell(sheet: str, at: tuple[int, int], value: Any) -> dict[str, Rows]:
    """Return the good sheets with one cell otherwise, at (row, column) from 0."""
    rows = [list(each) for each in GOOD[sheet]]
    rows[at[0]][at[1]] = value
    return {**GOOD, sheet: rows}


def with_part(name: str, content: bytes, workbook_: bytes | None = None) -> bytes:
    """Return a workbook with one part more, or another in place of one that it has."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_ or workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return made.getvalue()


def saved(folder: Path, content: bytes, name: str = "families.xlsx") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)
