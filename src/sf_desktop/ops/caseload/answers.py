"""Turns what somebody typed into a cell into the value of a field, or says what the cell should hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sf_desktop.ops.caseload.columns import answers, folded
from sf_desktop.ops.caseload.grids import Cell
from sf_record.codes import CodeSets
from sf_record.dates import ApproximateDate, read_day
from sf_record.description import Field, Shape

_MOST_NAMED = 8
_DAY = "write the day as day/month/year, with the whole year"
_PART = "write a date such as 3/4/2019, a month and year such as 11/2019, or a year"


class NotAnsweredError(Exception):
    """What a cell holds is no answer; the message says what would be."""


def value_of(field: Field, cell: Cell, codes: CodeSets) -> Any:
    """Return the value of a field that a cell gives."""
    if cell.is_formula:
        raise NotAnsweredError("this is a formula; put what it shows in its place")
    read = _READ.get(field.shape)
    return cell.text if read is None else read(field, cell, codes)


def _text(field: Field, cell: Cell, _codes: CodeSets) -> str:
    return cell.text if field.shape is Shape.PROSE else " ".join(cell.text.split())


def _code(field: Field, cell: Cell, codes: CodeSets) -> str:
    return _one_of(answers(field, codes), cell.text)


def _codes(field: Field, cell: Cell, codes: CodeSets) -> list[str]:
    known = answers(field, codes)
    return [_one_of(known, each) for each in re.split(r"[;\n]", cell.text) if each.strip()]


def _yes_no(_field: Field, cell: Cell, _codes: CodeSets) -> bool:
    word = folded(cell.text)
    if word in {"yes", "y", "true", "1"}:
        return True
    if word in {"no", "n", "false", "0"}:
        return False
    raise NotAnsweredError("write Yes or No, or leave it empty")


def _one_of(known: tuple[tuple[str, str], ...], text: str) -> str:
    word = folded(text)
    for code, label in known:
        if word in {folded(code), folded(label)}:
            return code
    named = ", ".join(label for _, label in known[:_MOST_NAMED]) + (" …" if len(known) > _MOST_NAMED else "")
    raise NotAnsweredError(f"this is none of the list: {named}")


def _date(_field: Field, cell: Cell, _codes: CodeSets) -> str:
    found = None if cell.is_number or not _has_whole_year(cell.text) else read_day(cell.text)
    if found is None:
        raise NotAnsweredError(_DAY)
    return found.isoformat()


def _approximate(field: Field, cell: Cell, codes: CodeSets) -> str:
    month = re.fullmatch(r"(\d{1,2})[/.\s-]+(\d{4})|(\d{4})-(\d{1,2})", cell.text)
    if re.fullmatch(r"\d{4}", cell.text):
        text = cell.text
    elif month is not None:
        text = f"{month[2] or month[3]}-{int(month[1] or month[4]):02}"
    else:
        try:
            text = _date(field, cell, codes)
        except NotAnsweredError:
            raise NotAnsweredError(_PART) from None
    try:
        return str(ApproximateDate.read(text))
    except ValueError:
        raise NotAnsweredError(_PART) from None


def _number(_field: Field, cell: Cell, _codes: CodeSets) -> int:
    if not re.fullmatch(r"-?\d{1,12}", cell.text):
        raise NotAnsweredError("write a whole number")
    return int(cell.text)


def _has_whole_year(text: str) -> bool:
    return re.search(r"\d{4}", text) is not None


_READ: dict[Shape, Callable[[Field, Cell, CodeSets], Any]] = {
    Shape.TEXT: _text,
    Shape.PROSE: _text,
    Shape.CODE: _code,
    Shape.CODES: _codes,
    Shape.YES_NO: _yes_no,
    Shape.DATE: _date,
    Shape.APPROXIMATE_DATE: _approximate,
    Shape.NUMBER: _number,
}
