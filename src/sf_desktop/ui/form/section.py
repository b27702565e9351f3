"""One part of a form on its card: the fields of a group, with undo for those answers that have none of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.form.answers import Answer, make_answer, too_long
from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.form.rows import RowsField
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XL
from sf_desktop.ui.kit.text.labels import muted
from sf_record.description import Field as Described
from sf_record.description import Group, Shape

_MOST_UNDO = 100
WHY_SPECIAL = (
    "Why we ask: so that support fits the family, and so that the council can see that it serves everybody alike."
    " None of these need an answer. Record only what the person or their parent has told us."
)


_ONE_LINE = 24  # characters: so long a label stands above its box on one line
_SHORT = {Shape.NUMBER, Shape.DATE, Shape.APPROXIMATE_DATE, Shape.MOMENT}  # where there is room, beside one another


class FormSection(Card):
    """The fields of one group. `changed(str)` and `left(str)` name the field."""

    changed = Signal(str)
    left = Signal(str)

    def __init__(self, group: Group, fields: Sequence[Described], context: FormContext) -> None:
        is_alone = len(fields) == 1 and not fields[0].hint and fields[0].name not in context.one_row_each
        super().__init__("" if is_alone else group.label)
        self.group = group
        self.setAccessibleName(group.label)
        self.layout_.setSpacing(GAP_L)
        self.answers: dict[str, Answer] = {}
        self._seen: dict[str, Any] = {}
        self._undo: dict[str, list[Any]] = {}
        self._across: Flow | None = None  # short answers that follow one another stand beside one another
        if group.hint and not is_alone:
            self.layout_.addWidget(muted(group.hint))
        if any(each.is_special_category for each in fields):
            self.layout_.addWidget(Banner("", group.why or WHY_SPECIAL, "information"))
        for described in fields:
            self._add(described, context)
        if is_alone and group.hint:
            alone = self.answers[fields[0].name].field
            alone.hint_label.setText(group.hint)
            alone.hint_label.show()
        self.layout_.addStretch(1)

    def _add(self, described: Described, context: FormContext) -> None:
        if described.shape is Shape.ROWS:
            make = context.own_rows.get(described.name, RowsField)
            rows = make(described, context, described.name)
            answer = Answer(described, rows, rows.value, rows.set_value)
        else:
            answer = make_answer(described, context, described.name)
        answer.field.changed.connect(self._on_changed)
        answer.field.left.connect(self._on_left)
        self.answers[described.name] = answer
        self._seen[described.name] = answer.read()
        self._place(described, answer.field)

    def _place(self, described: Described, field: Field) -> None:
        if described.shape not in _SHORT or described.is_scale:
            self._across = None
            self.layout_.addWidget(field)
            return
        if len(described.label) <= _ONE_LINE:
            field.label.setWordWrap(False)  # over two lines it would push its box below the others
        if self._across is None:
            beside = QWidget()
            self._across = Flow(beside, gap=GAP_XL, at_top=True)
            self.layout_.addWidget(beside)
        self._across.addWidget(field)

    def beneath(self, name: str) -> int:
        """Return where in the layout stands what belongs beneath a field, and beneath those beside it."""
        field = self.answers[name].field
        at, beside = self.layout_.indexOf(field), field.parentWidget()
        return 1 + (self.layout_.indexOf(beside) if at < 0 and beside is not None else at)

    def put(self, name: str, value: Any) -> None:
        """Show a field's answer from code; undo starts afresh."""
        answer = self.answers[name]
        answer.write(value)
        self._seen[name] = answer.read()
        self._undo[name] = []
        self._tell_length(answer)

    def fields(self) -> list[Field]:
        """Every field on the card, rows' fields included, in order."""
        found: list[Field] = []
        for answer in self.answers.values():
            found.append(answer.field)
            if isinstance(answer.field, RowsField):
                found.extend(answer.field.fields())
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Text boxes undo by themselves and swallow the key; choices, ticks and rows are undone here.
        if event.matches(QKeySequence.StandardKey.Undo) and self._undo_focused():
            return
        super().keyPressEvent(event)

    def _undo_focused(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        for name, answer in self.answers.items():
            if focused is not None and answer.field.isAncestorOf(focused) and self._undo.get(name):
                answer.write(self._undo[name].pop())
                self._seen[name] = answer.read()
                self.changed.emit(name)
                return True
        return False

    @Slot()
    def _on_changed(self) -> None:
        answer = self._sending()
        if answer is None:
            return
        name = answer.described.name
        if answer.described.shape not in (Shape.TEXT, Shape.PROSE):
            self._undo.setdefault(name, []).append(self._seen[name])
            del self._undo[name][:-_MOST_UNDO]
            self._seen[name] = answer.read()
        self._tell_length(answer)
        self.changed.emit(name)

    def _tell_length(self, answer: Answer) -> None:
        """Say at once when a text is too long; it stays whole on the screen and in the draft."""
        if answer.described.shape not in (Shape.TEXT, Shape.PROSE):
            return
        words = too_long(answer.described, answer.read())
        if words or answer.field.problem.startswith("No more than"):
            answer.field.problem = words

    @Slot()
    def _on_left(self) -> None:
        answer = self._sending()
        if answer is not None:
            self.left.emit(answer.described.name)

    def _sending(self) -> Answer | None:
        sender = self.sender()
        return next((each for each in self.answers.values() if each.field is sender), None)
