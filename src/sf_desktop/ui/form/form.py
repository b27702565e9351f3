"""A whole form from a kind's description: its sections, its body, its problems and the place of the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.form.section import FormSection
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.layout.surfaces import show_when
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_record.description import Group, Kind, Shape
from sf_record.errors import FieldProblem


class Form(QObject):
    """The fields of one kind, by group. Whoever shows it arranges `sections`.

    `changed(str)` comes with each change by the person and `left(str)` when a field is left; both name the field.
    Fields in `hidden`, and those that a newer program wrote, are kept.
    """

    changed = Signal(str)
    left = Signal(str)

    def __init__(
        self, kind: Kind, context: FormContext, parent: QObject, *, hidden: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.sections: dict[str, FormSection] = {}
        self._kept: dict[str, Any] = {}
        self._last_left = ""
        for group in _groups(kind):
            fields = [each for each in kind.in_group(group.name) if each.name not in hidden]
            if fields:
                section = FormSection(group, fields, context)
                section.changed.connect(self._on_changed)
                section.left.connect(self._on_left)
                self.sections[group.name] = section
        self._ask_what_fits()

    def body(self) -> dict[str, Any]:
        """Everything that is answered; empty answers are left out."""
        read = {
            name: value
            for section in self.sections.values()
            for name, answer in section.answers.items()
            if (value := answer.read()) not in (None, "", [])
        }
        return {**self._kept, **read}

    def put(self, body: Mapping[str, Any]) -> None:
        """Show a body."""
        shown = {name for section in self.sections.values() for name in section.answers}
        self._kept = {name: value for name, value in body.items() if name not in shown}
        for section in self.sections.values():
            for name in section.answers:
                section.put(name, body.get(name))
        self._ask_what_fits()

    def put_one(self, name: str, value: Any) -> None:
        """Show one answer and leave the others alone."""
        section = self.section_of(name)
        if section is None:
            self._kept[name] = value
        else:
            section.put(name, value)
            self._ask_what_fits()

    def section_of(self, path: str) -> FormSection | None:
        """The section that holds a field, also one inside a row."""
        name = path.split(".", maxsplit=1)[0]
        return next((section for section in self.sections.values() if name in section.answers), None)

    def field(self, path: str) -> Field | None:
        """The field at a path such as `observed` or `children.0.seen`; its list for an unknown row."""
        section = self.section_of(path)
        if section is None:
            return None
        found = next((each for each in section.fields() if each.name == path), None)
        return found or section.answers[path.split(".", maxsplit=1)[0]].field

    def show_problems(self, problems: Iterable[FieldProblem]) -> list[Field]:
        """Mark these fields and no others; return the marked ones, in the order of the form."""
        for section in self.sections.values():
            for field in section.fields():
                field.problem = ""
        marked: list[Field] = []
        for problem in problems:
            field_at = self.field(problem.field)
            if field_at is not None and not field_at.problem:
                field_at.problem = plain_problem(problem)
                field_at.show()
                marked.append(field_at)
        return marked

    def has_answers(self, group: str) -> bool:
        """Whether anything in a section is answered."""
        answers = self.sections[group].answers.values()
        return any(_is_answered(answer.described.shape, answer.read()) for answer in answers)

    def place(self) -> dict[str, Any]:
        """Which field has the keyboard, or had it last, and where its cursor stands."""
        field = self._focused() or self.field(self._last_left)
        return {"field": field.name, "cursor": _cursor(field)} if field is not None else {}

    def _focused(self) -> Field | None:
        # Of the window, not of the program: a window in the background, or about to lock, has a place too.
        for section in self.sections.values():
            focused: QWidget | None = section.window().focusWidget()
            for field in reversed(section.fields()):
                if focused is not None and (field is focused or field.isAncestorOf(focused)):
                    return field
        return None

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        self._ask_what_fits()
        self.changed.emit(name)

    def _ask_what_fits(self) -> None:
        """Show the fields that the other answers call for; one that is answered or at fault is never hidden."""
        for section in self.sections.values():
            for answer in section.answers.values():
                if (asked := answer.described.asked_when) is not None:
                    is_fit = self._code(asked[0]) in asked[1]
                    is_kept = bool(answer.field.problem) or _is_answered(answer.described.shape, answer.read())
                    answer.field.setVisible(is_fit or is_kept)
            if all(answer.described.asked_when is not None for answer in section.answers.values()):
                show_when(section, any(not answer.field.isHidden() for answer in section.answers.values()))

    def asks(self, part: str) -> bool:
        """Say whether anything of a part is asked, with the other answers as they are."""
        section = self.sections.get(part)
        return section is None or any(not answer.field.isHidden() for answer in section.answers.values())

    def _code(self, name: str) -> str:
        section = self.section_of(name)
        return str((section.answers[name].read() if section else self._kept.get(name)) or "")

    @Slot(str)
    def _on_left(self, name: str) -> None:
        self._last_left = name
        self.left.emit(name)

    def restore(self, place: Mapping[str, Any]) -> bool:
        """Put the keyboard and the cursor back; say whether the field is there."""
        field = self.field(str(place.get("field") or ""))
        if field is None:
            return False
        field.take_focus()
        position = int(place.get("cursor") or 0)
        if isinstance(field, ProseField):
            field.put_cursor(position)
        elif isinstance(field, TextField):
            field.line.setCursorPosition(position)
        return True

    def set_read_only(self, on: bool) -> None:
        """Show the answers without letting them be changed."""
        for section in self.sections.values():
            for answer in section.answers.values():
                answer.field.set_read_only(on)


def plain_problem(problem: FieldProblem) -> str:
    """What to do, without the label in front that the rules give: the label stands beside it here."""
    _, _, words = problem.message.partition(": ")
    text = words or problem.message
    return text[:1].upper() + text[1:]


def _groups(kind: Kind) -> tuple[Group, ...]:
    named = {group.name for group in kind.groups}
    loose = any(field.group not in named for field in kind.fields)
    return (*kind.groups, Group("", kind.label)) if loose else kind.groups


def _is_answered(shape: Shape, value: Any) -> bool:
    if shape is Shape.ROWS:
        return any(set(each) - {"person"} for each in value)
    return value not in (None, "", [])


def _cursor(field: Field) -> int:
    if isinstance(field, ProseField):
        return field.cursor_place()
    return field.line.cursorPosition() if isinstance(field, TextField) else 0
