"""One event that the council did not take: why, what was written, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.form.reading import answers_widget
from sf_desktop.ui.kit.controls.buttons import danger, primary, quiet, secondary
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, from_left
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.difference import DifferenceText, all_same
from sf_desktop.ui.kit.text.labels import body, heading, muted, strong
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.ui.messages import show_at_reason
from sf_desktop.ui.needs import words
from sf_desktop.ui.needs.verbs import MendView
from sf_record.errors import SfError


class MendPanel(Card):
    """`again_wanted` opens it to be mended, `note_wanted` copies its text, `given_up(str)` gives it up with a reason.

    `text_wanted` copies the text of what was returned; `typed` comes when the reason is typed; `record_wanted`,
    `history_wanted` lead to the record.
    """

    again_wanted = Signal()
    note_wanted = Signal()
    text_wanted = Signal()
    given_up = Signal(str)
    typed = Signal()
    record_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view: MendView | None = None
        self._title, self._what, self._advice = heading(), body(), body()
        self._mend, self._saved = strong(), muted()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self._written = column(gap=GAP_S)
        self.again_button = primary("Open and mend", hint="Opens it as a draft; finishing that sends it again")
        self.note_button = secondary("Copy the text into a new note")
        self.text_button = secondary("Copy the text")
        self.record_button = secondary("Open the record")
        self.history_button = quiet("History")
        self.support_button = quiet("Tell support")
        self.give_up_button = quiet("Give it up…", spoken="Give it up")
        for button, slot in (
            (self.again_button, self.again_wanted), (self.note_button, self.note_wanted),
            (self.text_button, self.text_wanted), (self.record_button, self.record_wanted),
            (self.history_button, self.history_wanted), (self.support_button, self._on_support),
            (self.give_up_button, self._on_ask),
        ):  # fmt: skip
            button.clicked.connect(slot)
        self.support, self._ids = self._support_box()
        self.asking = self._asking_box()
        self._lay_out()

    def _lay_out(self) -> None:
        self.layout_.setSpacing(GAP_M)
        head = column(gap=GAP_XS)
        for label in (self._title, self._what, self._advice, self._mend, self._saved):
            head.addWidget(label)
        self.layout_.addLayout(head)
        self.layout_.addWidget(self.banner)
        self.layout_.addWidget(strong("What you wrote"))
        self.layout_.addLayout(self._written)
        buttons = wrapping(
            self.again_button, self.note_button, self.text_button, self.record_button, self.history_button,
            self.support_button, self.give_up_button,
        )  # fmt: skip
        self.layout_.addWidget(buttons)
        self.layout_.addWidget(self.support)
        self.layout_.addWidget(self.asking)

    def _support_box(self) -> tuple[QWidget, DifferenceText]:
        box, ids = QWidget(), DifferenceText("What to tell support")
        down = column(box, gap=GAP_S)
        down.addWidget(strong("What to tell support"))
        down.addWidget(muted("Only ids, codes and times: nobody can read from them what you wrote, or about whom."))
        down.addWidget(ids)
        self.copy_button = secondary("Copy", spoken="Copy what to tell support")
        self.copy_button.clicked.connect(self._on_copy)
        down.addWidget(self.copy_button)
        box.hide()
        return box, ids

    def _asking_box(self) -> QWidget:
        box = QWidget()
        self.reason = ProseField(
            "reason", "Why do you give it up?", hint="It stays readable under Sending, with your reason.", min_lines=1,
            max_lines=6,
        )  # fmt: skip
        self.reason.changed.connect(self.typed)
        self.confirm_button, self.keep_button = danger("Give it up"), secondary("Keep it")
        self.confirm_button.clicked.connect(self._on_give_up)
        self.keep_button.clicked.connect(self._on_keep)
        down = column(box, gap=GAP_S)
        down.addWidget(self.reason)
        down.addLayout(from_left(self.confirm_button, self.keep_button))
        box.hide()
        return box

    def show_view(self, view: MendView) -> None:
        """Show this event."""
        is_other = self.view is None or self.view.sheet.event.id != view.sheet.event.id
        self.view = view
        sheet, today = view.sheet, view.around.context.today
        title, advice = words.reason(sheet.row)
        self._title.setText(title)
        self._what.setText(f"{sheet.row.what}, {sheet.row.family_name}".strip(", "))
        self._advice.setText(f"{advice} {words.where_content_is(sheet)}".strip())
        self._mend.setText(words.to_mend(sheet))
        self._mend.setVisible(bool(self._mend.text()))
        self._saved.setText(f"{words.saved(sheet.row, today)} Nothing else waits for it.")
        self.setAccessibleName(f"{title}. {self._what.text()}")
        clear(self._written)
        self._written.addWidget(answers_widget(words.written(sheet, view.around.context)))
        self._ids.show_pieces(tuple(all_same(words.for_support(sheet.row))))
        self.again_button.setVisible(sheet.may_mend)
        is_returned = sheet.row.decided is not None
        self.note_button.setVisible(sheet.may_mend or not is_returned)  # there may be no file left to write into
        self.text_button.setVisible(is_returned)
        self.record_button.setVisible(sheet.record is not None)
        self.history_button.setVisible(sheet.record is not None)
        self.reason.set_phrases(view.around.context.phrases_for_reasons)
        if is_other:
            self.reason.set_spelling(view.around.context.spelling)
            self.banner.hide()
            self.support.hide()
            self.asking.hide()
            self.reason.set_value("")

    def offer_without_files(self) -> None:
        """Offer only what leads somewhere in a window without family files: the text, support, and giving it up."""
        for button in (self.again_button, self.note_button, self.record_button, self.history_button):
            button.hide()
        self.text_button.show()

    def take_focus(self) -> None:
        """Put the keyboard on the first way on."""
        ways = (self.again_button, self.note_button, self.text_button)
        next(each for each in ways if not each.isHidden()).setFocus()

    def is_asking(self, event_id: str) -> bool:
        """Whether it is being written why this event is given up."""
        return not self.asking.isHidden() and self.view is not None and self.view.sheet.event.id == event_id

    def ask_reason(self, reason: str = "") -> None:
        """Ask why it is given up; `reason` is what was typed before."""
        self.reason.set_value(reason)
        self.asking.show()

    def refuse(self, error: SfError) -> None:
        """Say what is wrong; everything typed stays."""
        show_at_reason(error, self.reason, self.banner)

    @Slot()
    def _on_support(self) -> None:
        self.support.setVisible(self.support.isHidden())
        if not self.support.isHidden():
            self.copy_button.setFocus()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._ids.text())
        self.copy_button.set_text("Copied", "What to tell support is copied")

    @Slot()
    def _on_ask(self) -> None:
        self.ask_reason(self.reason.value())
        self.reason.take_focus()

    @Slot()
    def _on_keep(self) -> None:
        self.reason.set_value("")
        self.asking.hide()
        self.typed.emit()
        self.give_up_button.setFocus()

    @Slot()
    def _on_give_up(self) -> None:
        self.given_up.emit(self.reason.value())
