"""Opening a laptop whose passphrase is forgotten or whose key is missing: a code to give, an answer to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.clipboard import freely
from sf_desktop.ui.kit.controls.buttons import Button, Kind, quiet
from sf_desktop.ui.kit.fields.new_passphrase import NewPassphrase
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.measured import MeasuredPage
from sf_desktop.ui.kit.layout.surfaces import Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import Label, body, muted, subtitle, title
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.ui.lock.ports import Recovering, RecoveryAsked
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

GO_ON = "Open this laptop"
RECOVERED = (
    "This laptop is open again",
    "Everything in it is here, also what you had begun to write. The new passphrase opens it from now on.",
)
_ENDS = frozenset({"recovered", "wiped", "lease_ended"})


class RecoveryScreen(QWidget):
    """Emits `unlocked(result)` when the answer opened the vault, and `left` to go back to the lock screen.

    `ended(SfError)` is for what the lock screen has to say: the answer was taken and the vault is shut all the same, or
    has been cleared.
    """

    unlocked = Signal(object)
    ended = Signal(object)
    left = Signal()

    def __init__(self, recovering: Recovering) -> None:
        super().__init__()
        self._recovering = recovering
        self._slots = ""
        self.replies = Replies(self)
        self.banner = Banner()
        self.banner.hide()
        self.code, self.laptop = Label("", "code", wraps=False), muted()
        self.slots = muted()
        self.slots.hide()
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName("Request code")
        self.copy_button, self.anew_button = Button("Copy the request code"), quiet("Make another request code")
        self.answer = ProseField("answer", "Answer code", min_lines=5, max_lines=12)
        self.passphrase = NewPassphrase(recovering.judge)
        self.button, self.back_button = Button(GO_ON, Kind.PRIMARY), Button("Back")
        self.copy_button.clicked.connect(self._on_copy)
        self.anew_button.clicked.connect(self._on_anew)
        self.button.clicked.connect(self._on_go_on)
        self.passphrase.entered.connect(self._on_go_on)
        self.back_button.clicked.connect(self.left)
        self.answer.changed.connect(self._on_typed)
        self._lay_out()
        self.replies.watch(recovering.request_recovery(), self._on_asked, self._on_failed)

    def take_focus(self) -> None:
        """Put the keyboard onto the first thing to do."""
        self.copy_button.setFocus()

    @Slot(object)
    def _on_asked(self, asked: RecoveryAsked) -> None:
        self.code.setText(asked.code)
        self.laptop.setText(f"This laptop’s number: {asked.laptop}" if asked.laptop else "")
        self.laptop.setVisible(bool(asked.laptop))
        self.code.setAccessibleDescription(asked.code)
        self._slots = _slot_words(asked.slots)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setMimeData(freely(f"{self.laptop.text()}\n{self.code.text()}".strip()))
        self.copy_button.set_text("Copied")

    @Slot()
    def _on_anew(self) -> None:
        self.copy_button.set_text("Copy the request code")
        self.replies.watch(self._recovering.request_recovery(anew=True), self._on_asked, self._on_failed)

    @Slot()
    def _on_typed(self) -> None:
        self.answer.problem = ""

    @Slot()
    def _on_go_on(self) -> None:
        if not self.button.isEnabled():
            return
        answer = str(self.answer.value() or "")
        if not answer.strip():
            self.answer.problem = "Write the answer that you were given."
            self.answer.take_focus()
            return
        if self.passphrase.check():
            self._wait(True)
            future = self._recovering.recover(answer, self.passphrase.value())
            self.replies.watch(future, self._on_recovered, self._on_failed)

    @Slot(object)
    def _on_recovered(self, result: Any) -> None:
        self.passphrase.forget()
        self.unlocked.emit(result)

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        self._wait(False)
        if error.code in _ENDS:
            self.passphrase.forget()
            self.ended.emit(error)
        elif error.code in {"code_misread", "code_short", "recovery_refused"}:
            self.answer.problem = f"{error.title}. {error.advice}"
            self.slots.setText(self._slots)
            self.slots.setVisible(bool(self._slots) and error.code == "recovery_refused")
            self.answer.take_focus()
        else:
            show_error(self.banner, error)

    def _wait(self, waiting: bool) -> None:
        self.banner.hide()
        self.button.setEnabled(not waiting)
        self.button.set_text("Opening…" if waiting else GO_ON)

    def _lay_out(self) -> None:
        page = MeasuredPage()
        words = (
            "Ring your manager or IT. They decide whether this laptop may be opened, and their decision is written"
            " down. Everything in it stays, also what you had begun to write."
        )
        for part in (title("Open this laptop again"), subtitle(words), self.banner):
            page.layout_.addWidget(part)
        give = _card("1. Give them this request code", page)
        give.layout_.addWidget(body("Read it line by line, or copy it into a message. It is no secret."))
        give.layout_.addWidget(self.laptop)
        give.layout_.addWidget(self.code)
        for button in (self.copy_button, self.anew_button):
            give.layout_.addWidget(button)
        take = _card("2. Write the answer that they give you", page)
        take.layout_.addWidget(muted("Line by line, or paste it. Spaces and small letters do not matter."))
        take.layout_.addWidget(self.answer)
        take.layout_.addWidget(self.slots)
        _card("3. Choose a new passphrase", page).layout_.addWidget(self.passphrase)
        end = Flow()
        for button in (self.button, self.back_button):
            end.addWidget(button)
        page.layout_.addLayout(end)
        page.layout_.addStretch(1)
        column(self).addWidget(page)


def _slot_words(slots: tuple[Path, ...]) -> str:
    """Say which files hold a newer key than the council may have."""
    if not slots:
        return ""
    names = " and ".join(each.name for each in slots)
    return (
        "This laptop may have got a newer key while it had no signal. Then the council’s answer opens nothing until it"
        f" has {names} from the folder {slots[0].parent}. Only the council can open that."
    )


def _card(heading: str, page: Page) -> Card:
    made = Card(heading)
    made.layout_.setSpacing(GAP_S)
    page.layout_.addWidget(made)
    return made
