"""Fills in a form of the real window by the names that a screen reader says, from the description of its kind.

Answers are what a body holds, but for people: they are given by name. Whatever was typed can be held against a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import hands
from hands import Missed, said, shown
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTextEdit, QWidget

from sf_desktop.ops.reading.in_words import one_of
from sf_desktop.ui.form.rows import RowBox
from sf_record.codes import CodeSets
from sf_record.dates import read_moment
from sf_record.description import Field, Kind, Shape
from sf_record.kinds import KINDS

W = TypeVar("W", bound=QWidget)
Answers = Mapping[str, Any]


@dataclass
class Typist:
    """Somebody at the keyboard. ``keys`` pressed and controls clicked (``clicks``) are counted."""

    codes: CodeSets
    keys: int = 0
    clicks: int = 0
    typed: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)  # family, kind, answers
    came: list[str] = field(default_factory=list)  # who was marked on a register as having come

    def click(self, name: str, within: QWidget | None = None) -> None:
        """Click a control."""
        self.click_on(_the(QAbstractButton, name, within))

    def click_on(self, button: QWidget) -> None:
        self.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2))

    def press(self, keys: str) -> None:
        """Press a key or a combination."""
        self.keys += 1
        hands.press(keys)

    def write(self, field_: QWidget, text: str) -> None:
        """Type over what stands in a field, with its last key: Tab, so that it is left."""
        self.keys += len(text) + 2
        field_.setFocus()
        if isinstance(field_, QLineEdit | QTextEdit):
            field_.selectAll()
        QTest.keyClicks(field_, text)
        QTest.keyClick(field_, Qt.Key.Key_Tab)

    def fill(self, kind_name: str, answers: Answers, *, in_parts: bool, family: str = "") -> None:
        """Answer the questions of a form, part by part where it has parts; remember what was typed."""
        kind = KINDS[kind_name]
        for group in _groups_of(kind, answers):
            if in_parts:
                self.click(group)
            for described in (each for each in kind.fields if _group_label(kind, each) == group):
                if described.name in answers:
                    self.answer(described, answers[described.name])
        self.typed.append((family, kind_name, dict(answers)))

    def answer(self, described: Field, value: Any, within: QWidget | None = None) -> None:
        """Give one answer."""
        ways: dict[Shape, Callable[[Field, Any, QWidget | None], None]] = {
            Shape.TEXT: self._text,
            Shape.PROSE: self._prose,
            Shape.DATE: self._date,
            Shape.MOMENT: self._moment,
            Shape.YES_NO: self._yes_no,
            Shape.NUMBER: self._number,
            Shape.CODE: self._code,
            Shape.PERSON: self._one,
            Shape.RECORD: self._one,
            Shape.CODES: self._codes,
            Shape.PEOPLE: self._several,
            Shape.ROWS: self._rows,
        }
        if described.shape not in ways:
            raise Missed(f"a way to answer {described.name}")
        ways[described.shape](described, value, within)

    def _text(self, described: Field, value: Any, within: QWidget | None) -> None:
        self.write(_the(QLineEdit, described.label, within), str(value))

    def _prose(self, described: Field, value: Any, within: QWidget | None) -> None:
        self.write(_the(QTextEdit, described.label, within), str(value))

    def _date(self, described: Field, value: Any, within: QWidget | None) -> None:
        self.write(_the(QLineEdit, described.label, within), _day(str(value)))

    def _moment(self, described: Field, value: Any, within: QWidget | None) -> None:
        at = read_moment(str(value)).astimezone()
        self.write(_the(QLineEdit, f"{described.label}: day", within), _day(at.date().isoformat()))
        self.write(_the(QLineEdit, f"{described.label}: time", within), f"{at:%H:%M}")

    def _yes_no(self, described: Field, value: Any, within: QWidget | None) -> None:
        self.click(f"{described.label}: {'Yes' if value else 'No'}", within)

    def _code(self, described: Field, value: Any, within: QWidget | None) -> None:
        self._one(described, self._label_of(described, value), within)

    def _codes(self, described: Field, value: Any, within: QWidget | None) -> None:
        self._several(described, [self._label_of(described, each) for each in value], within)

    def _number(self, described: Field, value: Any, within: QWidget | None) -> None:
        radio = _find(QAbstractButton, f"{described.label}: {value}", within)
        if radio is not None:
            self.click_on(radio)
        else:
            self.write(_the(QLineEdit, described.label, within), str(value))

    def _one(self, described: Field, option: str, within: QWidget | None) -> None:
        radio = _find(QAbstractButton, f"{described.label}: {option}", within)
        if radio is not None:
            self.click_on(radio)
            return
        self.choose(described.label, option, within)

    def choose(self, name: str, option: str, within: QWidget | None = None) -> None:
        """Choose from a long list: one click opens it, one takes the answer."""
        combo = _the(QComboBox, name, within)
        fits = [each for each in range(combo.count()) if combo.itemText(each).startswith(option)]
        if not fits:
            raise Missed(f"the wanted answer to {name!r}")
        self.clicks += 2
        combo.setFocus()
        combo.setCurrentIndex(fits[0])
        combo.activated.emit(fits[0])

    def _several(self, described: Field, options: list[str], within: QWidget | None) -> None:
        for option in options:
            tick = _the(QAbstractButton, f"{described.label}: {option}", within)
            if not tick.isChecked():
                self.click_on(tick)
        wanted = tuple(f"{described.label}: {option}" for option in options)
        for tick in _all(QAbstractButton, within):
            if said(tick).startswith(f"{described.label}: ") and tick.isChecked() and not said(tick).startswith(wanted):
                self.click_on(tick)

    def _rows(self, described: Field, rows: list[dict[str, Any]], _within: QWidget | None) -> None:
        person = next((each.name for each in described.rows if each.shape is Shape.PERSON), "")
        for number, row in enumerate(rows):
            fixed = _row(str(row.get(person)))
            box = fixed or self._row_box(described, number)
            for each in described.rows:
                if each.name in row and not (fixed and each.name == person):
                    self.answer(each, row[each.name], box)

    def _row_box(self, described: Field, number: int) -> QWidget:
        name = f"{one_of(described.label)} {number + 1}"
        if _row(name) is None:
            self.click(f"Add to {described.label.lower()}")
            QApplication.sendPostedEvents()  # the new row is shown with the next turn of the event loop
        box = _row(name)
        if box is None:
            raise Missed(f"a row named {name!r}")
        return box

    def _label_of(self, described: Field, code: Any) -> str:
        if described.choices:
            return dict(described.choices)[str(code)]
        return self.codes[described.code_set].label(str(code)) if described.code_set else str(code)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day}/{day.month}/{day.year}"


def _groups_of(kind: Kind, answers: Answers) -> Iterator[str]:
    wanted = {_group_label(kind, each) for each in kind.fields if each.name in answers}
    yield from (group.label for group in kind.groups if group.label in wanted)


def _group_label(kind: Kind, described: Field) -> str:
    return next((group.label for group in kind.groups if group.name == described.group), "")


def _all(kind: type[W], within: QWidget | None) -> list[W]:
    if within is None:
        return shown(kind)
    return [each for each in within.findChildren(kind) if each.isVisible()]


def _row(name: str) -> RowBox | None:
    return next((each for each in shown(RowBox) if said(each) == name), None)


def _find(kind: type[W], name: str, within: QWidget | None) -> W | None:
    named = [(said(widget), widget) for widget in _all(kind, within)]
    exactly = [widget for words, widget in named if words == name]
    begun = [widget for words, widget in named if words.startswith(name)]
    return next(iter([*exactly, *begun]), None)


def _the(kind: type[W], name: str, within: QWidget | None) -> W:
    widget = _find(kind, name, within)
    if widget is None:
        raise Missed(f"there is no {kind.__name__} named {name!r}")
    return widget
