"""The panel in which one record is read: what it says, what was added after signing, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.adding import IN_ERROR
from sf_desktop.ui.form.adding import adding_words
from sf_desktop.ui.form.opening import FAMILYS_COPY, FAMILYS_COPY_SPOKEN, to_familys_copy
from sf_desktop.ui.form.reading import Part, ReadingView
from sf_desktop.ui.kit.controls.buttons import quiet, secondary
from sf_desktop.ui.kit.layout.flow import Flow, wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, row
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import Label, heading, muted
from sf_desktop.ui.kit.text.tags import Tag
from sf_desktop.ui.kit.window.stack import GoTo, ToRead


@dataclass(frozen=True, slots=True)
class Amended:
    """What somebody added to a signed record."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordWords:
    """One record to be read."""

    id: str
    title: str
    when: str
    tags: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    standing: tuple[str, ...]
    amendments: tuple[Amended, ...] = ()
    in_error: str = ""
    ended: str = "Entered in error"  # what that is called
    kind: str = ""
    conflicts: tuple[str, ...] = ()
    may_amend: bool = False
    may_mark: bool = False
    may_change: bool = False
    may_settle: bool = False
    family_id: str = ""
    may_put_in: bool = False  # into the chronology
    line_id: str = ""  # its line there
    to_read: str = ""  # what of it can be read back to the family


class RecordPanel(Card):
    """Reads one record aloud to eye and screen reader; nothing in it can be typed over."""

    closed = Signal()
    amend_wanted = Signal(str)
    error_wanted = Signal(str)
    change_wanted = Signal(str)
    history_wanted = Signal(str)
    settle_wanted = Signal(str)
    chronology_wanted = Signal(str)
    read_back_wanted = Signal()
    go = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._id = self._family_id = self._line_id = ""
        self.to_read: ToRead | None = None
        self._title, self._when = heading(), muted()
        self.close_button = secondary("Close", spoken="Close this record")
        self.close_button.clicked.connect(self.closed)
        words = column(gap=2)
        words.addWidget(self._title)
        words.addWidget(self._when)
        top = row(gap=GAP_M)
        top.addLayout(words, 1)
        top.addWidget(self.close_button)
        self._tags = QWidget()
        self._tag_flow = Flow(self._tags, gap=GAP_S)
        self._error = Banner("", "", "danger")
        self._conflicts = Banner("", "", "warning", button="Settle it")
        self._conflicts.pressed.connect(self._on_settle)
        self._reading = ReadingView()
        self._after = column(gap=GAP_M)
        self.amend_button = secondary("Add an amendment")
        self.change_button = secondary("Go on with it")
        self.error_button = quiet("Mark as entered in error")
        self.history_button = quiet("History", spoken="History of this record")
        self.history_button.clicked.connect(self._on_history)
        self.print_button = secondary("Print", spoken="Print this record, or save it as a PDF")
        self.print_button.clicked.connect(self._on_print)
        self.copy_button = secondary(FAMILYS_COPY, spoken=FAMILYS_COPY_SPOKEN)
        self.copy_button.clicked.connect(self._on_copy)
        self._copy: GoTo | None = None
        self.read_button = secondary("Read back", spoken="Read back to the family, in large letters", hint="F8")
        self.read_button.clicked.connect(self.read_back_wanted)
        self.chronology_button = secondary("")
        self.chronology_button.clicked.connect(self._on_chronology)
        self.amend_button.clicked.connect(self._on_amend)
        self.change_button.clicked.connect(self._on_change)
        self.error_button.clicked.connect(self._on_error)
        self.layout_.setSpacing(GAP_M)
        self.layout_.addLayout(top)
        for widget in (self._tags, self._error, self._conflicts, self._reading):
            self.layout_.addWidget(widget)
        self.layout_.addLayout(self._after)
        self.layout_.addWidget(self._buttons())

    def _buttons(self) -> QWidget:
        return wrapping(
            self.amend_button, self.change_button, self.read_button,
            self.chronology_button, self.copy_button, self.print_button, self.history_button,
            self.error_button,
        )  # fmt: skip

    @property
    def record_id(self) -> str:
        """The record that is shown."""
        return self._id

    def show_record(self, words: RecordWords) -> None:
        """Show this record."""
        self._id, self._family_id, self._line_id = words.id, words.family_id, words.line_id
        self.setAccessibleName(f"{words.title}, {words.when}")
        self._title.setText(words.title)
        self._when.setText(words.when)
        clear(self._tag_flow)
        for text, tone in words.tags:
            self._tag_flow.addWidget(Tag(text, tone))
        self._tags.setVisible(bool(words.tags))
        self._say(self._error, words.ended, words.in_error, "danger")
        self._say(self._conflicts, "Two people changed one thing", "\n".join(words.conflicts), "warning")
        self._conflicts.offer("Settle it" if words.may_settle else "")
        self._reading.show_parts(words.parts)
        self._show_after(words)
        self.amend_button.setVisible(words.may_amend)
        self.change_button.setVisible(words.may_change)
        self.to_read = ToRead(words.to_read, self._way("read_back", large=True)) if words.to_read else None
        self.read_button.setVisible(self.to_read is not None)
        self._copy = None if words.in_error else to_familys_copy(words.kind, words.family_id, words.id)
        self.copy_button.setVisible(self._copy is not None)
        self.chronology_button.setVisible(words.may_put_in or bool(words.line_id))
        self.chronology_button.set_text("Show in the chronology" if words.line_id else "Put into the chronology")
        self.error_button.setVisible(words.may_mark)
        self.error_button.set_text(adding_words(IN_ERROR, words.kind).title)

    def mark(self, question: str, answer: str, start: int, length: int) -> QWidget:
        """Mark some words of an answer, those marked before no longer; return what they stand in."""
        found: QWidget = self._error if not self._error.isHidden() else self
        for label in self.findChildren(Label):
            if label.hasSelectedText():
                label.setSelection(0, 0)
            if label.accessibleName() == f"{question}: {answer}" and not self._is_put_away(label):
                label.setSelection(start, length)
                found = label
        return found

    def _is_put_away(self, label: QWidget) -> bool:
        """Say whether a label belongs to the record that was shown before, and waits to be destroyed."""
        above: QWidget | None = label
        while above is not None and above is not self:
            if above.isHidden() and above.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                return True
            above = above.parentWidget()
        return False

    def _say(self, banner: Banner, lead: str, text: str, tone: str) -> None:
        banner.setVisible(bool(text))
        if text:
            banner.say(lead, text, tone, announce=False)

    def _show_after(self, words: RecordWords) -> None:
        clear(self._after)
        for amended in words.amendments:
            down = column(gap=GAP_XS)
            down.addWidget(heading("Added after signing"))
            down.addWidget(muted(amended.by))
            text = Label(amended.text)
            text.setAccessibleName(f"Added after signing: {amended.text}")
            text.make_selectable()
            down.addWidget(text)
            self._after.addLayout(down)
        if words.standing:
            down = column(gap=2)
            for line in words.standing:
                down.addWidget(muted(line))
            self._after.addLayout(down)

    @Slot()
    def _on_amend(self) -> None:
        self.amend_wanted.emit(self._id)

    @Slot()
    def _on_history(self) -> None:
        self.history_wanted.emit(self._id)

    @Slot()
    def _on_print(self) -> None:
        self.go.emit(self._way("record"))

    @Slot()
    def _on_copy(self) -> None:
        self.go.emit(self._copy)

    def _way(self, paper: str, *, large: bool = False) -> GoTo:
        return GoTo("paper", {"paper": paper, "family": self._family_id, "about": self._id, "large": large})

    @Slot()
    def _on_chronology(self) -> None:
        if self._line_id:
            self.go.emit(GoTo("family", {"family": self._family_id, "tab": "chronology"}))
        else:
            self.chronology_wanted.emit(self._id)

    @Slot()
    def _on_settle(self) -> None:
        self.settle_wanted.emit(self._id)

    @Slot()
    def _on_change(self) -> None:
        self.change_wanted.emit(self._id)

    @Slot()
    def _on_error(self) -> None:
        self.error_wanted.emit(self._id)
