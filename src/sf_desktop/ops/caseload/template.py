"""Writes the workbook to be filled in: a sheet for each kind, what each column asks, the lists, and no formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from sf_desktop.ops.caseload.columns import FAMILY, LISTS, PERSON, READ_ME, Column, Sheet, answers, sheets
from sf_desktop.ops.caseload.grids import MOST_ROWS, letters
from sf_record.codes import CodeSets
from sf_record.description import Field, Shape

_HOW = {
    Shape.DATE: "A date, such as 23/11/2026.",
    Shape.APPROXIMATE_DATE: "A date such as 23/11/2026, or only 11/2026 or 2026.",
    Shape.CODES: "One or more of the list, parted by a semicolon.",
    Shape.YES_NO: "Yes or No; empty where it is not known.",
    Shape.PERSON: f"As under {PERSON} on the sheet People.",
}
_LINES = (
    "Families to be brought into Strengthening Families",
    "",
    "Fill in the sheets Families, People, Relationships and Status. A column with a star must be filled in.",
    f"{FAMILY}: any word or number of your own that ties the sheets together, the same in every row of one family.",
    f"{PERSON}: any word or number of your own for a person, used once in a family.",
    "Leave a cell empty where you do not know. Ethnicity, disability and needs: only what the person has told us.",
    "Do not rename the sheets or the headings. Columns may be left out, moved or hidden; formulae are not taken.",
    f"At most {MOST_ROWS:,} rows to a sheet.",
    "",
    "This workbook is not encrypted. Delete it when the families are in the program.",
)


def template(codes: CodeSets) -> bytes:
    """Return the empty workbook (.xlsx)."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "Families to be brought in"})
    _Template(book, codes).write()
    book.close()
    return made.getvalue()


class _Template:
    def __init__(self, book: Any, codes: CodeSets) -> None:
        self._book, self._codes = book, codes
        self._bold = book.add_format({"bold": True, "bg_color": "#E4EDEB", "border": 1, "text_wrap": True})
        self._text = book.add_format({"num_format": "@"})  # a number keeps its leading zero
        self._lists: dict[tuple[str, ...], str] = {}

    def write(self) -> None:
        self._read_me()
        lists = None
        for sheet in sheets():
            self._sheet(sheet)
        lists = self._book.add_worksheet(LISTS)
        for at, labels in enumerate(self._lists):
            lists.write_column(0, at, labels)
        lists.set_column(0, max(0, len(self._lists) - 1), 36)

    def _read_me(self) -> None:
        page = self._book.add_worksheet(READ_ME)
        page.set_column(0, 0, 110)
        for at, line in enumerate(_LINES):
            page.write_string(at, 0, line)

    def _sheet(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.title)
        page.freeze_panes(1, 1)
        page.set_column(0, len(sheet.columns) - 1, 22, self._text)
        page.set_row(0, 32)
        for at, column in enumerate(sheet.columns):
            page.write_string(0, at, column.heading + ("*" if column.is_required else ""), self._bold)
            page.write_comment(0, at, "\n".join(self._told(column)), {"x_scale": 2})
            labels = self._labels(column)
            if labels:
                page.data_validation(1, at, MOST_ROWS, at, {"validate": "list", "source": self._named(labels)})

    def _labels(self, column: Column) -> tuple[str, ...]:
        if column.field is None or column.field.shape not in {Shape.CODE, Shape.YES_NO}:
            return ()
        return tuple(label for _, label in answers(column.field, self._codes))

    def _named(self, labels: tuple[str, ...]) -> str:
        """Return where a list stands: a cell's own list may have 255 characters only."""
        if labels not in self._lists:
            at = letters(len(self._lists))
            self._lists[labels] = f"='{LISTS}'!${at}$1:${at}${len(labels)}"
        return self._lists[labels]

    def _told(self, column: Column) -> Iterator[str]:
        field: Field | None = column.field
        if field is None:
            yield "Ties the rows of the sheets together."
            return
        yield field.hint or field.label
        if how := _HOW.get(field.shape):
            yield how
        if field.shape is Shape.CODES:
            yield "; ".join(label for _, label in answers(field, self._codes))
        if field.is_special_category:
            yield "Special category: only what the person or their parent has told us. Never needed."
