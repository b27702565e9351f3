"""The people on a register, each with two answers, and how many of them are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.activities.registers import RegisterRow
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.fields.choices import ChoiceField, Option
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.style.tokens import GAP_L
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.kit.text.moments import count_words

CAME, AWAY = "came", "away"
_ANSWERS = (Option(CAME, "Came"), Option(AWAY, "Did not come"))
NOBODY = "Nobody has a place on this register on that day. Give somebody a place under Support in their family file."
DISPUTED = "two marked them, and not alike: mark them once more"
KEPT_BACK = "there is something to know for whoever runs the session"


class RowsCard(Card):
    """`marked` comes with each answer by the person, `runs` when somebody says that they run the session."""

    marked = Signal()
    runs = Signal()

    def __init__(self) -> None:
        super().__init__("Who came")
        self.fields: dict[str, ChoiceField] = {}
        self._told: tuple[tuple[str, str, str], ...] = ()  # who is shown: id, name, hint
        self._touched: set[str] = set()
        self._stands: dict[str, bool | None] = {}
        self.summary = ""
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
        """Show these people, with what was marked since over what stands. The keyboard stays with its person."""
        self._touched = {row.person_id for row in rows if row.person_id in marks}
        self._stands = {row.person_id: _stands(row) for row in rows}
        told = tuple((row.person_id, row.name, _hint(row, marks)) for row in rows)
        if told != self._told or not rows:
            self._told = told
            self._build()
        for row in rows:
            came = marks.get(row.person_id, _stands(row))
            self.fields[row.person_id].set_value(None if came is None else CAME if came else AWAY)
        for widget in (self._why, self.runs_button):
            widget.setVisible(any(each.is_kept_back for each in rows))
        self._count()

    def _build(self) -> None:
        at = next((each for each, field in self.fields.items() if _has_keyboard(field)), "")
        clear(self._list)
        self.fields = {}
        for person_id, name, hint in self._told:
            field = ChoiceField(person_id, name, _ANSWERS, hint=hint, across=True)
            field.changed.connect(self._on_marked)
            self.fields[person_id] = field
            self._list.addWidget(field)
        if at in self.fields:
            self.fields[at].take_focus()
        if not self._told:
            self._list.addWidget(muted(NOBODY))

    def marks(self) -> dict[str, bool | None]:
        """Who was marked here: came, did not come, or a mark that was taken away. Nobody else is spoken of."""
        return {person_id: came for person_id, came in self._all().items() if person_id in self._touched}

    def _all(self) -> dict[str, bool | None]:
        values = {person_id: field.value() for person_id, field in self.fields.items()}
        return {person_id: None if value is None else value == CAME for person_id, value in values.items()}

    @Slot()
    def _on_marked(self) -> None:
        self._touched |= {each for each, field in self.fields.items() if field is self.sender()}
        self._count()
        self.marked.emit()

    def _count(self) -> None:
        marks = self._all()
        came = sum(each is True for each in marks.values())
        away = sum(each is False for each in marks.values())
        left = len(marks) - came - away
        unsaved = sum(marks[each] != self._stands.get(each) for each in self._touched & marks.keys())
        self.summary = f"{came} came, {away} did not come" + (f", {left} not marked yet" if left else "")
        waits = f"{count_words(unsaved, 'mark is', 'marks are')} not saved yet."
        self.counted.setText(f"{self.summary}. {waits}" if unsaved else self.summary)
        self.counted.setVisible(bool(marks))


def _has_keyboard(field: ChoiceField) -> bool:
    return any(each.hasFocus() for each in field.findChildren(QWidget))


def _stands(row: RegisterRow) -> bool | None:
    """Return how somebody is marked; whom two records of the day mark differently is to be marked once more."""
    return None if row.is_disputed else row.came


def _hint(row: RegisterRow, marks: Mapping[str, bool | None]) -> str:
    must_know = KEPT_BACK if row.is_kept_back else row.must_know
    stands = _stands(row)
    is_other = row.person_id in marks and stands is not None and stands != marks[row.person_id]
    parts = (
        row.age_group,
        f"⚠ {must_know}" if must_know else "",
        f"saved as: {'came' if row.came else 'did not come'}" if is_other else "",
        DISPUTED if row.is_disputed else "",
    )
    return " · ".join(each for each in parts if each)
