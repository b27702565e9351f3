"""The people on a register, each with two answers, and how many of them are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot

from sf_desktop.ops.activities.registers import RegisterRow
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.fields.choices import ChoiceField, Option
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.style.tokens import GAP_L
from sf_desktop.ui.kit.text.labels import muted

CAME, AWAY = "came", "away"
_ANSWERS = (Option(CAME, "Came"), Option(AWAY, "Did not come"))
NOBODY = "Nobody has a place on this register on that day. Give somebody a place under Support in their family file."
KEPT_BACK = "there is something to know for whoever runs the session"


class RowsCard(Card):
    """`marked` comes with each answer by the person, `runs` when somebody says that they run the session."""

    marked = Signal()
    runs = Signal()

    def __init__(self) -> None:
        super().__init__("Who came")
        self.fields: dict[str, ChoiceField] = {}
        self.counted = muted("")
        self._list = column(gap=GAP_L)
        self.runs_button = secondary("I run this session", spoken="I run this session: show what the group must know")
        self.runs_button.clicked.connect(self.runs)
        self._why = muted(
            "What a group must know of a child is for those who run it. It is written down that you looked at it."
        )
        self.layout_.addWidget(self.counted)
        self.layout_.addWidget(self._why)
        self.layout_.addWidget(self.runs_button)
        self.layout_.addLayout(self._list)

    def show_rows(self, rows: Sequence[RegisterRow], marks: Mapping[str, bool | None]) -> None:
        """Show these people, with what was marked since over what stands."""
        clear(self._list)
        self.fields = {}
        for row in rows:
            field = ChoiceField(row.person_id, row.name, _ANSWERS, hint=_hint(row), across=True)
            came = marks.get(row.person_id, row.came)
            field.set_value(None if came is None else CAME if came else AWAY)
            field.changed.connect(self._on_marked)
            self.fields[row.person_id] = field
            self._list.addWidget(field)
        for widget in (self._why, self.runs_button):
            widget.setVisible(any(each.is_kept_back for each in rows))
        if not rows:
            self._list.addWidget(muted(NOBODY))
        self._count()

    def marks(self) -> dict[str, bool | None]:
        """Everybody shown, and what is marked: came, did not come, or nothing yet."""
        values = {person_id: field.value() for person_id, field in self.fields.items()}
        return {person_id: None if value is None else value == CAME for person_id, value in values.items()}

    @Slot()
    def _on_marked(self) -> None:
        self._count()
        self.marked.emit()

    def _count(self) -> None:
        marks = self.marks()
        came = sum(each is True for each in marks.values())
        away = sum(each is False for each in marks.values())
        left = len(marks) - came - away
        told = f"{came} came, {away} did not come" + (f", {left} not marked yet" if left else "")
        self.counted.setText(told)
        self.counted.setVisible(bool(marks))


def _hint(row: RegisterRow) -> str:
    if row.is_kept_back:
        return f"{row.age_group} · ⚠ {KEPT_BACK}"
    return f"{row.age_group} · ⚠ {row.must_know}" if row.must_know else row.age_group
