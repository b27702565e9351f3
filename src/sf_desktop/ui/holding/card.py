"""One thing to decide: what was written, by whom, why it lies here, and the two ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.form.reading import answers_widget
from sf_desktop.ui.holding.words import TrayView
from sf_desktop.ui.kit.controls.buttons import primary, secondary
from sf_desktop.ui.kit.layout.flow import Flow, wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, column, rule
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, muted, strong
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError
from sf_record.wire.tray import COMMENT_CHARACTERS


class TrayCard(Card):
    """`accepted(event_id)` and `returned(event_id, comment)` are wishes; `typed` comes while a comment is written."""

    accepted = Signal(str)
    returned = Signal(str, str)
    typed = Signal()

    def __init__(self, view: TrayView, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view = view
        self.setAccessibleName(f"{view.title}, {view.family}, {view.by}")
        self.head = heading(view.title)
        self.head.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.banner = Banner(closable=True)
        self.banner.hide()
        about = f"{view.title}, {view.family}"
        self.accept_button = primary("Put it into the family file", spoken=f"Put it into the family file: {about}")
        self.return_button = secondary("Return it to its author…", spoken=f"Return it to its author: {about}")
        self.comment = ProseField(
            "comment", "Comment for its author", hint=f"{view.author} reads it, and keeps the text.", min_lines=2,
            max_lines=6,
        )  # fmt: skip
        self.comment.set_phrases(view.phrases)
        self.confirm_button = primary("Return it with this comment", spoken=f"Return it with this comment: {about}")
        self.keep_button = secondary("Do not return it", spoken=f"Do not return it: {about}")
        self.asking = self._asking_box()
        self._lay_out()
        self.accept_button.clicked.connect(self._on_accept)
        self.return_button.clicked.connect(self._on_ask)
        self.confirm_button.clicked.connect(self._on_return)
        self.keep_button.clicked.connect(self._on_keep)
        self.comment.changed.connect(self.typed)

    def _lay_out(self) -> None:
        self.layout_.setSpacing(GAP_M)
        head = column(gap=GAP_XS)
        for label in (self.head, strong(self.view.family), muted(self.view.by), muted(self.view.why)):
            head.addWidget(label)
        self.layout_.addLayout(head)
        self.layout_.addWidget(rule())
        self.layout_.addWidget(answers_widget(self.view.lines))
        self.layout_.addWidget(self.banner)
        self.choosing = wrapping(self.accept_button, self.return_button)
        self.accept_button.setVisible(self.view.has_file)
        self.layout_.addWidget(self.choosing)
        self.layout_.addWidget(self.asking)

    def _asking_box(self) -> QWidget:
        box, buttons = QWidget(), QWidget()
        down = column(box, gap=GAP_S)
        down.addWidget(self.comment)
        flow = Flow(buttons, gap=GAP_S)
        flow.addWidget(self.confirm_button)
        flow.addWidget(self.keep_button)
        down.addWidget(buttons)
        box.hide()
        return box

    def ask_comment(self, comment: str) -> None:
        """Ask what its author is to be told; `comment` is what was typed before."""
        self.comment.set_value(comment)
        self.asking.show()
        self.choosing.hide()

    def wait(self, waiting: bool) -> None:
        """A decision is on its way: nothing is pressed twice."""
        for button in (self.accept_button, self.return_button, self.confirm_button, self.keep_button):
            button.setEnabled(not waiting)

    def refuse(self, error: SfError) -> None:
        """Say why nothing was decided; what was typed stays."""
        self.wait(False)
        show_error(self.banner, error)

    def does_not_fit(self, why: str) -> None:
        """Say that the council kept it where it is."""
        self.wait(False)
        self.banner.say("It does not fit the family file any more", f"{why}You can return it to its author.", "warning")
        self.banner.show()
        self.return_button.setFocus()

    def take_focus(self) -> None:
        """Put the keyboard where this card is read, or goes on being written: a stray Space decides nothing."""
        (self.head if self.asking.isHidden() else self.comment.area).setFocus()

    @Slot()
    def _on_accept(self) -> None:
        self.wait(True)
        self.accepted.emit(self.view.event_id)

    @Slot()
    def _on_ask(self) -> None:
        self.ask_comment(self.comment.value())
        self.comment.take_focus()

    @Slot()
    def _on_keep(self) -> None:
        self.comment.set_value("")
        self.comment.problem = ""
        self.asking.hide()
        self.choosing.show()
        self.typed.emit()
        self.return_button.setFocus()

    @Slot()
    def _on_return(self) -> None:
        comment = self.comment.value().strip()
        self.comment.problem = _problem(comment)
        if self.comment.problem:
            self.comment.take_focus()
            return
        self.wait(True)
        self.returned.emit(self.view.event_id, comment)


def _problem(comment: str) -> str:
    if not comment:
        return "Say why it comes back: its author sees nothing else."
    return f"At most {COMMENT_CHARACTERS:,} characters." if len(comment) > COMMENT_CHARACTERS else ""
