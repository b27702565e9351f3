"""A field that holds several rows of fields: one for each child, or as many as are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from sf_desktop.ops.reading.in_words import one_of
from sf_desktop.ui.form.answers import Answer, make_answer
from sf_desktop.ui.form.context import Choosable, FormContext
from sf_desktop.ui.kit.controls.buttons import quiet, secondary
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import clear, column, from_left, page_around, row, rule
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XL
from sf_desktop.ui.kit.text.labels import Label, heading, muted
from sf_record.description import LIST_ROWS, Shape
from sf_record.description import Field as Described

_SHORT = frozenset({Shape.YES_NO, Shape.DATE})  # stand beside one another


class RowBox(QFrame):
    """One row: its fields, and a way to take it out again."""

    changed = Signal()
    left = Signal()
    remove_wanted = Signal(object)

    def __init__(self, described: Described, context: FormContext, number: int, person: Choosable | None) -> None:
        super().__init__()
        self._described, self._context = described, context
        self.person = person
        self._person_name = next((each.name for each in described.rows if each.shape is Shape.PERSON), "person")
        self.answers: dict[str, Answer] = {}
        self.kept: dict[str, Any] = {}  # what a newer program wrote into the row
        self._title = heading()
        self.remove = quiet("Take out")
        self.remove.clicked.connect(self._on_remove)
        top = row()
        top.addWidget(self._title, 1)
        top.addWidget(self.remove)
        self._line = rule()
        down = column(self, gap=GAP_M)
        down.addWidget(self._line)
        down.addLayout(top)
        asked = [each for each in described.rows if not each.is_drawn]
        wanted = [each for each in asked if person is None or each.shape is not Shape.PERSON]
        short = QWidget()
        beside = Flow(short, gap=GAP_XL, at_top=True)
        for each in wanted:
            self._add(each, beside if each.shape in _SHORT else down)
        down.insertWidget(2 if person is not None else down.count(), short)
        if not any(each.shape in _SHORT for each in wanted):
            short.hide()
        self.number(number)

    def _add(self, each: Described, down: QLayout) -> None:
        answer = make_answer(each, self._context, each.name)
        answer.field.changed.connect(self.changed)
        answer.field.left.connect(self.left)
        self.answers[each.name] = answer
        down.addWidget(answer.field)

    def number(self, number: int) -> None:
        """Say which row this is, to eye, screen reader and error summary."""
        words = self.person.name if self.person else f"{one_of(self._described.label)} {number + 1}"
        self._title.setText(words)
        self._line.setVisible(number > 0)
        self.setAccessibleName(words)
        self.remove.set_text("Take out", f"Take out: {words}")
        for name, answer in self.answers.items():
            answer.field.name = f"{self._described.name}.{number}.{name}"
            answer.field.full_title = f"{words}, {answer.described.label.lower()}"
            answer.field.setAccessibleName(answer.field.full_title)
            answer.field.say_row(words)

    def body(self) -> dict[str, Any]:
        """The row's answers, without the empty ones."""
        read = {name: value for name, answer in self.answers.items() if (value := answer.read()) not in (None, "", [])}
        return {**self.kept, **({self._person_name: self.person.id} if self.person else {}), **read}

    def put(self, body: dict[str, Any]) -> None:
        """Show a row's answers."""
        known = {*self.answers, self._person_name} if self.person else set(self.answers)
        self.kept = {name: value for name, value in body.items() if name not in known}
        for name, answer in self.answers.items():
            answer.write(body.get(name))

    @Slot()
    def _on_remove(self) -> None:
        self.remove_wanted.emit(self)


class RowsField(Field):
    """Rows of fields. What is taken out can be put back until the form is closed."""

    def __init__(self, described: Described, context: FormContext, path: str, parent: QWidget | None = None) -> None:
        super().__init__(path, described.label, hint=described.hint, parent=parent)
        self.described, self._context = described, context
        self._each: Sequence[Choosable] = context.children if described.name in context.one_row_each else ()
        self._is_fixed = described.name in context.one_row_each
        self.label.setVisible(not self._is_fixed)
        self._person_name = next((each.name for each in described.rows if each.shape is Shape.PERSON), "person")
        self.boxes: list[RowBox] = []
        self._removed: list[tuple[int, dict[str, Any]]] = []
        self._entered: QWidget | None = None
        self._list = column(gap=GAP_L)
        self._nobody: Label = muted("There is no child in this family file yet. Add the child under People first.")
        self._nobody.hide()
        self.add = secondary("Add another", spoken=f"Add to {described.label.lower()}")
        self.add.clicked.connect(self._on_add)
        self.back = quiet("Put back what was taken out")
        self.back.clicked.connect(self._on_back)
        self.back.hide()
        buttons = from_left(self.add, self.back)
        at = self.layout_.count() - 1
        self.layout_.insertWidget(at, self._nobody)
        self.layout_.insertLayout(at + 1, self._list)
        self.layout_.insertLayout(at + 2, buttons)
        self.add.setVisible(not self._is_fixed)
        self._controls = [self.add]
        self._show([])

    def value(self) -> list[dict[str, Any]]:
        bodies = [box.body() for box in self.boxes]
        return bodies if self._is_fixed else [each for each in bodies if each]

    def set_value(self, value: Sequence[dict[str, Any]] | None) -> None:
        bodies = list(value or ())
        if bodies == self.value():
            return
        by_person = {body.get(self._person_name): body for body in bodies}
        if self._is_fixed and [box.person for box in self.boxes] == self._people(by_person):
            for box in self.boxes:
                box.put(by_person.get(box.person.id if box.person else "", {}))
        else:
            self._show(bodies)

    def set_read_only(self, on: bool) -> None:
        self.add.setEnabled(not on)
        for box in self.boxes:
            box.remove.setEnabled(not on)
            for answer in box.answers.values():
                answer.field.set_read_only(on)

    def fields(self) -> list[Field]:
        """The fields of all rows."""
        return [answer.field for box in self.boxes for answer in box.answers.values()]

    def take_focus(self) -> None:
        fields = self.fields()
        fields[0].take_focus() if fields else super().take_focus()

    def _show(self, bodies: list[dict[str, Any]]) -> None:
        clear(self._list)
        self.boxes = []
        if self._is_fixed:
            by_person = {body.get(self._person_name): body for body in bodies}
            for person in self._people(by_person):
                self._append(by_person.get(person.id, {}), person)
            self._nobody.setVisible(not self.boxes)
        else:
            for body in bodies:
                self._append(body, None)
        self._renumber()

    def _people(self, by_person: dict[Any, dict[str, Any]]) -> list[Choosable]:
        """The children of today, and any other person whom a draft already has a row for.

        A child that the draft knows by another record of theirs has one row, under that record. Where it has rows under
        both, because it was begun before the two were read as one, both are shown if something is written in both.
        """
        twice = {each.read_with: each.id for each in self._context.people if each.is_other and each.id in by_person}
        rows = [
            replace(each, id=twice[each.id])
            if each.id in twice and not self._is_written(by_person.get(each.id, {}))
            else each
            for each in self._each
        ]
        known = {each.id for each in rows}
        others = [each for each in self._context.people if each.id in by_person and each.id not in known]
        spare = [each for each in others if each.is_other or each.id in twice]
        return [
            *rows,
            *(each for each in others if each not in spare),
            *(replace(each, name=f"{each.name}, {each.who}") for each in spare if self._is_written(by_person[each.id])),
        ]

    def _is_written(self, body: dict[str, Any]) -> bool:
        return any(value not in (None, "", []) for name, value in body.items() if name != self._person_name)

    def _append(self, body: dict[str, Any], person: Choosable | None, at: int | None = None) -> RowBox:
        number = len(self.boxes) if at is None else at
        box = RowBox(self.described, self._context, number, person)
        box.put(body)
        box.remove.setVisible(not self._is_fixed)
        box.changed.connect(self.changed)
        box.left.connect(self.left)
        box.remove_wanted.connect(self._on_remove_wanted)
        self.boxes.insert(number, box)
        self._list.insertWidget(number, box)
        return box

    def _renumber(self) -> None:
        for number, box in enumerate(self.boxes):
            box.number(number)
        self.add.set_text("Add another" if self.boxes else "Add", f"Add to {self.title.lower()}")
        self.add.setEnabled(len(self.boxes) < LIST_ROWS)

    def _go_to(self, field: Field) -> None:
        """Put the keyboard into a field of a new row; it comes into view as the page grows around it."""
        field.take_focus()
        self._entered, page = self.window().focusWidget(), page_around(self)
        if page is not None:
            page.verticalScrollBar().rangeChanged.connect(self._on_grown, Qt.ConnectionType.UniqueConnection)

    @Slot()
    def _on_grown(self) -> None:
        page, entered = page_around(self), self._entered
        if page is not None and entered is not None and entered is self.window().focusWidget():
            page.ensureWidgetVisible(entered)

    @Slot()
    def _on_add(self) -> None:
        box = self._append({}, None)
        self._renumber()
        self._go_to(next(iter(box.answers.values())).field)
        self.changed.emit()

    @Slot(object)
    def _on_remove_wanted(self, box: RowBox) -> None:
        number = self.boxes.index(box)
        self._removed.append((number, box.body()))
        self.boxes.remove(box)
        box.hide()
        self._list.removeWidget(box)
        box.deleteLater()
        self._renumber()
        self.back.show()
        self.back.setFocus()
        self.changed.emit()

    @Slot()
    def _on_back(self) -> None:
        number, body = self._removed.pop()
        self._append(body, None, min(number, len(self.boxes)))
        self._renumber()
        self.back.setVisible(bool(self._removed))
        self.changed.emit()
