"""Reads a spreadsheet that somebody chose into rows of cells: measured before it is opened, refused where it acts."""

from __future__ import annotations

import codecs
import csv
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from sf_desktop.wording import error

MOST_BYTES = 5_000_000  # of the file as it lies there
MOST_UNPACKED = 24_000_000
MOST_SHEET = 12_000_000
MOST_PARTS = 300
MOST_SQUEEZED = 150
MOST_ROWS = 2_000
MOST_COLUMNS = 80
MOST_EMPTY = 20_000  # rows that hold nothing but a colour; a sheet that is longer says nothing
# Parts of a workbook that act, or that fetch something from elsewhere.
_ACTS = ("vbaproject", "macrosheets/", "activex/", "embeddings/", "externallinks/", "connections.xml", "querytables/",
         "dialogsheets/", "ctrlprops/", "webextensions/")  # fmt: skip
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something: where it is, and what it says. ``is_number``: it was typed as a number."""

    at: str
    text: str
    is_number: bool = False
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, as its rows of cells by their column; rows that hold nothing are left out."""

    title: str
    rows: tuple[dict[int, Cell], ...]


def read_grids(path: str) -> tuple[Grid, ...]:
    """Read every sheet of a workbook (.xlsx), or the one of a CSV; InputError ``sheet_…`` for what is not read."""
    content = _content(Path(path))
    if content.startswith(b"PK\x03\x04"):
        _measure(content)
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise error("sheet_old_or_locked")
    return (_csv(content),)


def _content(path: Path) -> bytes:
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            raise error("sheet_unreadable")
        if told.st_size > MOST_BYTES:
            raise error("sheet_too_large")
        with path.open("rb") as source:
            content = source.read(MOST_BYTES + 1)
    except (OSError, ValueError) as cause:
        raise error("sheet_unreadable") from cause
    if not content:
        raise error("sheet_empty")
    return content


def _measure(content: bytes) -> None:
    """Hold a workbook's parts against the limits, before anything reads what they say."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            entries = zipped.infolist()
            names = [each.filename.lower().replace("\\", "/") for each in entries]
            if "xl/workbook.xml" not in names:
                raise error("sheet_unreadable")
            if any(acting in name for name in names for acting in _ACTS):
                raise error("sheet_acts")
            sizes = [each.file_size for each in entries]
            is_bomb = any(each.file_size > MOST_SQUEEZED * max(200, each.compress_size) for each in entries)
            if len(entries) > MOST_PARTS or sum(sizes) > MOST_UNPACKED or max(sizes) > MOST_SHEET or is_bomb:
                raise error("sheet_too_large")
            for each in entries:
                _look_into(zipped, each)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as cause:
        raise error("sheet_unreadable") from cause


def _look_into(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if not entry.filename.lower().endswith((".xml", ".rels")):
        return
    with zipped.open(entry) as part:
        text = part.read(entry.file_size + 1)
    if len(text) != entry.file_size or any(each in text for each in _ENTITIES) or b"\x00" in text[:200]:
        raise error("sheet_unreadable")
    if b"macroEnabled" in text[:20_000]:
        raise error("sheet_acts")


def _workbook(content: bytes) -> tuple[Grid, ...]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return tuple(Grid(each.title, tuple(_rows(each))) for each in book.worksheets)
        finally:
            book.close()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as cause:
        # What is no workbook after all: the library says so in each of these ways (SyntaxError is its XML's).
        raise error("sheet_unreadable") from cause


def _rows(sheet: Any) -> Iterator[dict[int, Cell]]:
    sheet.reset_dimensions()  # what it says of its own size is not believed
    filled = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        cells = {
            at: found for at, each in enumerate(row) if (found := _cell(sheet.title, at, number, each)) is not None
        }
        if cells:
            filled += 1
            yield cells
        if filled > MOST_ROWS + 1 or number > MOST_EMPTY:
            raise error("sheet_too_long")


def _cell(title: str, at: int, number: int, cell: Any) -> Cell | None:
    value = cell.value
    if value is None or value == "":
        return None
    where = f"{title}!{letters(at)}{number}"
    is_formula = cell.data_type == "f"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    text = "" if is_formula else _text(value)
    return Cell(where, text.strip(), is_number, is_formula) if text.strip() or is_formula else None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def letters(column: int) -> str:
    """Return a column's letters, as a spreadsheet shows them: 0 is A."""
    named = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(65 + rest) + named
    return named


def beside(at: str, column: int) -> str:
    """Return the cell of the same row in another column: of People!B3 and 0, People!A3."""
    sheet, mark, cell = at.rpartition("!")
    return f"{sheet}{mark}{letters(column)}{cell.lstrip(ascii_uppercase)}"


def _csv(content: bytes) -> Grid:
    text = _decoded(content)
    try:
        found = list(_csv_rows(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))))
    except csv.Error as cause:
        raise error("sheet_unreadable") from cause
    if not found:
        raise error("sheet_empty")
    return Grid("", tuple(found))


def _csv_rows(lines: Iterator[Sequence[str]]) -> Iterator[dict[int, Cell]]:
    filled = 0
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_COLUMNS or number > MOST_EMPTY or filled > MOST_ROWS:
            raise error("sheet_too_long")
        cells = {
            at: Cell(f"{letters(at)}{number}", each.strip(), is_formula=each.strip().startswith(("=", "@")))
            for at, each in enumerate(line)
            if each.strip()
        }
        if cells:
            filled += 1
            yield cells


def _decoded(content: bytes) -> str:
    # Unicode text, as spreadsheet programs call it, begins with its mark.
    marked = ("utf-16",) if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ()
    for encoding in (*marked, "utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(each) < 32 and each not in "\t\r\n" for each in text):
            return text
    raise error("sheet_unreadable")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
