"""A card for one paragraph that is added to a record: an amendment, or why it was entered in error."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.banners import Banner
from sf_desktop.ui.kit.buttons import primary, secondary
from sf_desktop.ui.kit.prose import ProseField
from sf_desktop.ui.kit.spelling import Spelling
from sf_desktop.ui.kit.surfaces import Card, row
from sf_desktop.ui.kit.tokens import GAP_S
from sf_desktop.ui.messages import show_error
from sf_record.errors import InputError, SfError

AMEND = (
    "Add an amendment",
    "What you want to add",
    "What was signed stays as it is; this stands below it with your name and the time.",
    "Sign the amendment",
)
IN_ERROR = (
    "Mark as entered in error",
    "Why was this entered in error?",
    "It stays readable with your reason, and counts for nothing. This cannot be undone.",
    "Mark as entered in error",
)


class AddingCard(Card):
    """`done(str)` carries the text; what is typed stays until it is saved or put away."""

    done = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.field = ProseField("text", "What you want to add", hint=" ", min_lines=3, max_lines=10)
        self.banner = Banner()
        self.banner.hide()
        self.done_button, self.cancel_button = primary("Save"), secondary("Do not add")
        self.done_button.clicked.connect(self._on_done)
        self.cancel_button.clicked.connect(self.cancelled)
        across = row(gap=GAP_S)
        across.addWidget(self.done_button)
        across.addWidget(self.cancel_button)
        across.addStretch(1)
        self.layout_.addWidget(self.field)
        self.layout_.addWidget(self.banner)
        self.layout_.addLayout(across)

    def ask(self, words: tuple[str, str, str, str], spelling: Spelling | None) -> None:
        """Ask for the text of an amendment, or for the reason."""
        title, label, hint, button = words
        self.set_title(title)
        self.field.label.setText(label)
        self.field.area.setAccessibleName(label)
        self.field.hint_label.setText(hint)
        self.field.set_value("")
        self.field.problem = ""
        self.field.set_spelling(spelling)
        self.done_button.set_text(button)
        self.banner.hide()
        self.show()
        self.field.take_focus()

    def refuse(self, error: SfError) -> None:
        """Say what is wrong; the text stays."""
        if isinstance(error, InputError) and error.fields:
            self.field.problem = error.fields[0].message
        else:
            show_error(self.banner, error)

    @Slot()
    def _on_done(self) -> None:
        self.done.emit(self.field.value())
