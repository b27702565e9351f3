"""One thing that two people changed: both versions beside one another, and settling it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.writing import SAY_WHY
from sf_desktop.ui.form.answers import Answer, make_answer
from sf_desktop.ui.form.rows import RowsField
from sf_desktop.ui.kit.controls.buttons import primary, quiet, secondary
from sf_desktop.ui.kit.fields.choices import ChoiceField, Option
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.difference import DifferenceText, Piece, word_difference
from sf_desktop.ui.kit.text.labels import body, heading, muted
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.needs import words
from sf_desktop.ui.needs.verbs import ConflictView
from sf_record.description import Field as Described
from sf_record.description import Shape
from sf_record.errors import InputError, SfError
from sf_record.kinds import KINDS

KEPT, STANDS, AFRESH = "kept", "stands", "afresh"
NOTHING = "Nothing (it was emptied)"
OTHER_STANDS = (
    "Something else stands there by now",
    "It came since you looked. Look at both once more, then choose; what you wrote is kept.",
)


@dataclass(frozen=True, slots=True)
class Settling:
    """What somebody chose: the conflict, the value, what they saw stand at the council, and why."""

    record_id: str
    conflict_id: str
    value: Any
    seen: Any
    reason: str


class ConflictPanel(Card):
    """`settle_wanted(Settling)`; `typed` when something was typed or chosen; `record_wanted`, `history_wanted`.

    Of a signed record the text stands: `amend_wanted` and `note_wanted` carry the other version on.
    """

    settle_wanted = Signal(object)
    typed = Signal()
    record_wanted = Signal()
    history_wanted = Signal()
    amend_wanted = Signal(str)
    note_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view: ConflictView | None = None
        self.family_id = self._conflict_id = ""  # also of one whose family file has left since
        self._answer: Answer | None = None
        self._is_third_typed = False
        self._title, self._about = heading(), muted()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self._safety = Banner(
            "This is about safety",
            "Such answers are never merged by themselves. Speak to your colleague before you settle it, if you can.",
            "danger",
        )
        self._versions = column(gap=GAP_M)
        self._choices = column(gap=GAP_L)
        self.settle_button = primary("Settle")
        self.settle_button.clicked.connect(self._on_settle)
        self.amend_button = secondary("Add the other version as an amendment")
        self.amend_button.clicked.connect(self._on_amend)
        self.note_button = secondary("Copy the other version into a new note")
        self.note_button.clicked.connect(self._on_note)
        self.record_button = secondary("Open the record")
        self.record_button.clicked.connect(self.record_wanted)
        self.history_button = quiet("History")
        self.history_button.clicked.connect(self.history_wanted)
        self._halves = QWidget()
        self.choice = ChoiceField("choice", "Which one stands?", ())
        self.reason = ProseField("reason", "Why", hint="One sentence for the record", min_lines=1, max_lines=6)
        self._lay_out()

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._about)
        self.layout_.setSpacing(GAP_M)
        self.layout_.addLayout(head)
        self.layout_.addWidget(self._safety)
        self.layout_.addWidget(self.banner)
        self.layout_.addLayout(self._versions)
        self.layout_.addLayout(self._choices)
        buttons = (self.settle_button, self.amend_button, self.note_button, self.record_button, self.history_button)
        self._buttons = wrapping(*buttons)
        self.layout_.addWidget(self._buttons)
        self._undo = muted("You can undo this until it is sent. Both versions stay in the record’s history.")
        self.layout_.addWidget(self._undo)

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_view(self, view: ConflictView) -> None:
        """Show this conflict; what was typed about the same one stays."""
        if self.view is not None and self.view.sheet == view.sheet:
            return  # whatever is being typed is not disturbed
        kept = self.place() if self.is_about(view.sheet.conflict.id) else {}
        self.view = view
        self.family_id, self._conflict_id = view.sheet.record.family_id, view.sheet.conflict.id
        self._show_ways_on(True)
        sheet, context = view.sheet, view.around.context
        self.banner.hide()
        self._title.setText(words.conflict_title(sheet))
        self.setAccessibleName(f"Two people changed one thing: {self._title.text()}")
        self._about.setText(_about(view))
        self._safety.setVisible(sheet.row.is_safeguarding)
        is_closed = self._is_closed()
        self.amend_button.setVisible(sheet.record.signed is not None and sheet.is_author)
        self.note_button.setVisible(is_closed)
        clear(self._versions)
        mine, theirs = self._texts()
        self._halves = self._both(mine, theirs)
        self._versions.addWidget(self._halves)
        base = words.answered(sheet, sheet.conflict.base, context) if sheet.conflict.base else ""
        if base and base not in (mine, theirs):
            self._versions.addWidget(muted(f"Before either of them: {base}"))
        self._build_choices(is_closed)
        self.restore(kept)

    def is_about(self, conflict_id: str) -> bool:
        """Whether this conflict is shown."""
        return self.view is not None and self.view.sheet.conflict.id == conflict_id

    def need_id(self) -> str:
        """The need that is, or was, shown here; empty for none."""
        return f"{words.CONFLICT}:{self._conflict_id}" if self._conflict_id else ""

    def keep_only_typed(self) -> None:
        """Show nothing of a family file that has left but what was typed here, so that it can be copied."""
        self.view = None
        clear(self._versions)
        self._title.setText("This family file has left this laptop")
        self._about.setText(
            "Whoever has it now settles this. What you typed was not sent: copy it if somebody needs it."
        )
        self.setAccessibleName(self._title.text())
        self._show_ways_on(False)
        for widget in (self.choice, self._safety, self.banner):
            widget.hide()

    def _show_ways_on(self, is_shown: bool) -> None:
        for widget in (self._buttons, self._undo):
            widget.setVisible(is_shown)

    def forget(self) -> None:
        """Let go of what was typed about something that is not here any more."""
        clear(self._choices)
        self._answer, self._is_third_typed = None, False
        self.family_id = self._conflict_id = ""
        self.reason = ProseField("reason", "Why", min_lines=1, max_lines=6)

    def _is_closed(self) -> bool:
        assert self.view is not None
        record = self.view.sheet.record
        return record.signed is not None or record.in_error is not None

    def _described(self) -> Described | None:
        assert self.view is not None
        kind = KINDS.get(self.view.sheet.record.kind)
        return kind.by_name.get(self.view.sheet.conflict.field) if kind else None

    def _texts(self) -> tuple[str, str]:
        assert self.view is not None
        sheet, context = self.view.sheet, self.view.around.context
        mine = words.answered(sheet, sheet.conflict.mine, context)
        return mine, words.answered(sheet, sheet.stands, context)

    def _both(self, mine: str, theirs: str) -> QWidget:
        assert self.view is not None
        sheet, today = self.view.sheet, self.view.around.context.today
        here, there = word_difference(mine, theirs)
        one = _version(words.kept_by(sheet, today), here, "ok")
        other = _version(words.stands_by(sheet, today), there, "warning")
        return Halves(one, other)

    def _build_choices(self, is_closed: bool) -> None:
        assert self.view is not None
        clear(self._choices)
        sheet = self.view.sheet
        mine = "Yours" if sheet.is_mine else f"{sheet.row.by[:1].upper()}{sheet.row.by[1:]}’s version"
        theirs = "Yours, as it stands" if sheet.stands_by == "you" else f"{sheet.stands_by}’s, as it stands"
        self._answer, self._is_third_typed = None if is_closed else self._third(), False
        options = [Option(KEPT, mine), Option(STANDS, theirs)]
        if self._answer is not None:
            options.append(Option(AFRESH, "Write it afresh"))
        if is_closed:
            options = [Option(STANDS, "Leave it as it stands")]
        self.choice = ChoiceField("choice", "Which one stands?", options, across=True)
        if is_closed:
            self.choice.set_value(STANDS)
        self.reason = ProseField("reason", "Why", hint="One sentence for the record", min_lines=1, max_lines=6)
        self.reason.set_spelling(self.view.around.context.spelling)
        self.reason.set_phrases(self.view.around.context.phrases_for_reasons)
        self.choice.changed.connect(self._on_chosen)
        self.reason.changed.connect(self.typed)
        self._choices.addWidget(self.choice)
        if self._answer is not None:
            self._answer.field.changed.connect(self._on_third_typed)
            self._answer.field.hide()
            self._choices.addWidget(self._answer.field)
        self._choices.addWidget(self.reason)

    def _third(self) -> Answer | None:
        assert self.view is not None
        described, context = self._described(), self.view.around.context
        if described is None:
            return None
        if described.shape is Shape.ROWS:
            rows = RowsField(described, context, described.name)
            answer = Answer(described, rows, rows.value, rows.set_value)
        else:
            answer = make_answer(described, context, described.name)
        answer.write(self.view.sheet.stands)
        return answer

    def offer_without_files(self) -> None:
        """Offer only what leads somewhere in a window without family files: to settle it."""
        for button in (self.amend_button, self.note_button, self.record_button, self.history_button):
            button.hide()

    # --- choosing --------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Put the keyboard where the choice is made."""
        self.choice.take_focus()

    def place(self) -> dict[str, Any]:
        """What is chosen and typed, to be kept in the vault; nothing where nothing is."""
        third = self._answer.read() if self._answer is not None and self._is_third_typed else None
        said = {"choice": self.choice.value(), "third": third, "reason": self.reason.value()}
        if not any(said.values()):
            return {}
        stands = {"stands": self.view.sheet.stands} if self.view is not None else {}
        return said | stands

    def is_typed(self) -> bool:
        """Whether a reason or a version of its own is being written here."""
        return bool(self.reason.value().strip()) or self._is_third_typed

    def restore(self, place: Mapping[str, Any]) -> None:
        """Show what was chosen and typed before; where something else stands by now, it is chosen once more."""
        if not place or self.view is None:
            return
        stands = self.view.sheet.stands
        is_other = not self._is_closed() and place.get("stands", stands) != stands
        self.choice.set_value(None if is_other else place.get("choice"))
        if is_other:
            self.banner.say(*OTHER_STANDS, "warning")
            self.banner.show()
        if self._answer is not None and place.get("third") is not None:
            self._answer.write(place["third"])
            self._is_third_typed = True
        self.reason.set_value(str(place.get("reason") or ""))
        self._show_third()

    def refuse(self, error: SfError) -> None:
        """Say what is wrong; everything typed stays."""
        fields = error.fields if isinstance(error, InputError) else ()
        for each in fields:
            if each.field == "reason":
                self.reason.problem = each.message
                self.reason.take_focus()
            elif self._answer is not None:
                self._answer.field.problem = each.message
                self.choice.problem = "" if self.choice.value() == AFRESH else each.message
        if not fields:
            show_error(self.banner, error)

    @Slot()
    def _on_chosen(self) -> None:
        self._show_third()
        self.typed.emit()

    @Slot()
    def _on_third_typed(self) -> None:
        self._is_third_typed = True
        self.typed.emit()

    def _show_third(self) -> None:
        if self._answer is not None:
            self._answer.field.setVisible(self.choice.value() == AFRESH)

    @Slot()
    def _on_settle(self) -> None:
        if self.view is None:
            return
        chosen = self.choice.value()
        if chosen is None:
            self.choice.problem = "Choose which one stands, or write it afresh"
            self.reason.problem = "" if self.reason.value().strip() else SAY_WHY
            self.choice.take_focus()
            return
        sheet = self.view.sheet
        value = {KEPT: sheet.conflict.mine, STANDS: sheet.stands}.get(chosen)
        if chosen == AFRESH and self._answer is not None:
            value = self._answer.read()
        self.settle_wanted.emit(
            Settling(sheet.record.id, sheet.conflict.id, value, sheet.stands, self.reason.value())
        )  # fmt: skip

    @Slot()
    def _on_amend(self) -> None:
        self.amend_wanted.emit(self._texts()[0])

    @Slot()
    def _on_note(self) -> None:
        self.note_wanted.emit(self._texts()[0])


class Halves(Beside):
    """Two versions, each with half of the width where there is room for both."""

    def __init__(self, one: QWidget, other: QWidget) -> None:
        super().__init__(one, other, room_chars=70, gap=GAP_M)
        self._box.setStretch(0, 1)
        self._box.setStretch(1, 1)


def _version(by: str, pieces: tuple[Piece, ...], tone: str) -> QWidget:
    box = QWidget()
    box.setAccessibleName(by)
    down = column(box, gap=GAP_XS)
    down.addWidget(muted(by))
    if pieces:
        text = DifferenceText(by, tone)
        text.show_pieces(pieces)
        down.addWidget(text)
    else:
        down.addWidget(body(NOTHING))
    down.addStretch(1)
    return box


def _about(view: ConflictView) -> str:
    record = view.sheet.record
    if record.in_error is not None:
        return "The record was marked as entered in error. It stays so; the other version is kept beside it."
    if record.signed is not None:
        return "The record is signed, so its text stands. The other version is kept beside it and can be added to it."
    kept = "Both versions are kept, whatever you choose. Words that only one of them has are underlined."
    kind = KINDS.get(record.kind)
    if kind is None or not kind.is_signable:
        return kept
    who = "you sign" if view.sheet.is_author else "its author signs"
    return f"{kept} It is not signed: once it is settled, {who} what stands."
