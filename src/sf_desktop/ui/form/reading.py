"""A record as somebody reads it: each answered question with its answer in words, group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.kit.labels import Label, heading, muted
from sf_desktop.ui.kit.moments import local, long_day
from sf_desktop.ui.kit.surfaces import clear, column
from sf_desktop.ui.kit.tokens import GAP_L, GAP_M, GAP_S, GAP_XS
from sf_record.dates import ApproximateDate
from sf_record.description import Field, Group, Kind, Shape

NOTHING = "Nothing written"
SHORT = 60  # so many characters stand beside their question
LABEL_CHARS = 26
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. A `path` leads back to its field."""

    path: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one group."""

    name: str
    label: str
    lines: tuple[Line, ...]


def parts_in_words(
    kind: Kind, body: Mapping[str, Any], context: FormContext, *, hidden: frozenset[str] = frozenset()
) -> tuple[Part, ...]:
    """Say every answer of a body in words, groups without an answer included."""
    named = {group.name for group in kind.groups}
    loose = any(field.group not in named for field in kind.fields)
    groups = (*kind.groups, Group("", kind.label)) if loose else kind.groups
    made = []
    for group in groups:
        fields = [field for field in kind.in_group(group.name) if field.name not in hidden]
        lines = tuple(line for field in fields for line in _lines(field, body.get(field.name), context, field.name))
        made.append(Part(group.name, group.label, lines))
    return tuple(made)


def _lines(field: Field, value: Any, context: FormContext, path: str) -> tuple[Line, ...]:
    if value in (None, "", [], ()):
        return ()
    if field.shape is Shape.ROWS:
        return tuple(_row_line(field, row, number, context) for number, row in enumerate(value))
    return (Line(path, field.label, in_words(field, value, context)),)


def answer_in_words(field: Field | None, value: Any, context: FormContext) -> str:
    """Say one answer of any shape, rows one to a line; empty where nothing is answered."""
    if value in (None, "", [], ()):
        return ""
    if field is None:
        return str(value)
    try:
        if field.shape is Shape.ROWS:
            lines = (_row_line(field, row, number, context) for number, row in enumerate(value))
            return "\n".join(f"{line.label}: {line.text}" for line in lines)
        return in_words(field, value, context)
    except (TypeError, AttributeError, ValueError):
        return str(value)  # a newer program gave it another shape


def _row_line(field: Field, row: Mapping[str, Any], number: int, context: FormContext) -> Line:
    label = f"{field.label} {number + 1}"
    told = []
    for each in field.rows:
        value = row.get(each.name)
        if value in (None, "", [], ()):
            continue
        words = in_words(each, value, context)
        if each.shape is Shape.PERSON:
            label = words
        else:
            told.append(words if each.is_required else f"{each.label}: {words}")
    return Line(f"{field.name}.{number}", label, ". ".join(told) or NOTHING)


def in_words(field: Field, value: Any, context: FormContext) -> str:
    """Say one answer; what cannot be read is said as it stands."""
    match field.shape:
        case Shape.YES_NO:
            return "Yes" if value else "No"
        case Shape.CODE:
            return _code(field, value, context)
        case Shape.CODES:
            return ", ".join(_code(field, each, context) for each in value)
        case Shape.DATE | Shape.APPROXIMATE_DATE | Shape.MOMENT:
            return _day(field.shape, str(value))
        case Shape.PERSON | Shape.WORKER:
            return _name(str(value), context)
        case Shape.PEOPLE:
            return ", ".join(_name(str(each), context) for each in value)
        case Shape.TEXTS:
            return "\n".join(str(each) for each in value)
    return str(value)


def _code(field: Field, value: Any, context: FormContext) -> str:
    if field.choices:
        return dict(field.choices).get(value, str(value))
    return context.codes[field.code_set].label(str(value)) if field.code_set in context.codes else str(value)


def _day(shape: Shape, text: str) -> str:
    try:
        if shape is Shape.DATE:
            day = date.fromisoformat(text)
            return f"{long_day(day)} {day.year}"
        if shape is Shape.APPROXIMATE_DATE:
            return ApproximateDate.read(text).words
    except ValueError:
        return text
    at = local(text)
    return f"{long_day(at.date())} {at.year}, {at:%H:%M}" if at else text


def _name(identity: str, context: FormContext) -> str:
    for each in (*context.people, *context.workers):
        if each.id == identity:
            return each.name
    return "Somebody who is not in this family file"


class ReadingView(QWidget):
    """Shows parts to be read: groups with their answers, text that can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._down = column(self, gap=GAP_L)

    def show_parts(self, parts: Sequence[Part], *, skip_empty: bool = True) -> None:
        """Show these parts; those without an answer are left out, or said to be empty."""
        clear(self._down)
        for part in parts:
            if part.lines or not skip_empty:
                self._down.addWidget(_part_widget(part))
        self._down.addStretch(1)


def _part_widget(part: Part) -> QWidget:
    box = QWidget()
    box.setAccessibleName(part.label)
    down = column(box, gap=GAP_M)
    down.addWidget(heading(part.label))
    down.addWidget(answers_widget(part.lines))
    return box


def answers_widget(lines: Sequence[Line]) -> QWidget:
    """Answers under one another: short ones beside their question, long ones below it."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP_L)
    grid.setVerticalSpacing(GAP_S)
    grid.setColumnStretch(1, 1)
    if not lines:
        grid.addWidget(muted(NOTHING), 0, 0)
    for line in lines:
        _add_line(grid, line)
    return box


def _add_line(grid: QGridLayout, line: Line) -> None:
    label, told = muted(line.label), Label(line.text, "body")
    told.setAccessibleName(f"{line.label}: {line.text}")
    told.setTextInteractionFlags(_SELECTABLE)
    at = grid.rowCount()
    if len(line.text) <= SHORT and "\n" not in line.text:
        label.setFixedWidth(label.fontMetrics().averageCharWidth() * LABEL_CHARS)
        grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(told, at, 1)
    else:
        pair = column(gap=GAP_XS)
        pair.addWidget(label)
        pair.addWidget(told)
        grid.addLayout(pair, at, 0, 1, 2)
