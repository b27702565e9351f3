"""What the steps of the first run share: a title, a banner for trouble, fields, and one button to go on."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.measured import MeasuredPage
from sf_desktop.ui.kit.layout.surfaces import column, row, show_when
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XL
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.messages import show_error
from sf_desktop.wording.first_run import at_first_run
from sf_record.errors import InputError, SfError

FIELD_WIDTH = 520


class Step(QWidget):
    """One step. `done(result)` when it is finished, `back` when the person wants the one before."""

    done = Signal(object)
    back = Signal()
    label = ""

    def __init__(self, heading: str, advice: str, go_on: str, *, may_go_back: bool = True) -> None:
        super().__init__()
        self.replies = Replies(self)
        self.banner = Banner()
        self.banner.hide()
        self._go_on_words = go_on
        self.button = Button(go_on, Kind.PRIMARY)
        self.button.clicked.connect(self._on_go_on)
        self.back_button = Button("Back")
        show_when(self.back_button, may_go_back)
        self.back_button.clicked.connect(self.back)
        page = MeasuredPage()
        for part in (title(heading), subtitle(advice), self.banner):
            page.layout_.addWidget(part)
        self.inside = column(gap=GAP_M)
        page.layout_.addLayout(self.inside)
        self.buttons = row(gap=GAP_S)
        self.buttons.addWidget(self.button)
        self.buttons.addWidget(self.back_button)
        self.buttons.addStretch(1)
        page.layout_.addSpacing(GAP_S)
        page.layout_.addLayout(self.buttons)
        self.below = column(gap=GAP_M)
        self.below.setContentsMargins(0, GAP_XL, 0, 0)
        page.layout_.addLayout(self.below)
        page.layout_.addStretch(1)
        column(self).addWidget(page)
        self.fields: list[Field] = []

    def add_field(self, field: Field) -> None:
        """Put a field into the step; Enter in it goes on."""
        field.setMaximumWidth(FIELD_WIDTH)
        self.fields.append(field)
        self.inside.addWidget(field)
        field.changed.connect(self._on_changed)
        for line in field.findChildren(QLineEdit):
            line.returnPressed.connect(self._on_go_on)

    def take_focus(self) -> None:
        """Put the keyboard into the first field, or onto the button."""
        if self.fields:
            self.fields[0].take_focus()
        else:
            self.button.setFocus()

    def go_on(self) -> None:
        """Do what the step is for; overridden."""
        raise NotImplementedError

    def in_words(self, error: SfError) -> SfError:
        """Return an error in the words of this step."""
        return at_first_run(error)

    def check(self) -> bool:
        """Whether every field will do; puts the keyboard into the first that will not."""
        at_fault = [field for field in self.fields if field.problem]
        if at_fault:
            self.banner.hide()
            at_fault[0].take_focus()
        return not at_fault

    def wait(self, words: str) -> None:
        """Show that something is under way."""
        self.banner.hide()
        self.button.setEnabled(False)
        self.back_button.setEnabled(False)
        self.button.set_text(words)

    def rest(self) -> None:
        """Show that nothing is under way any more."""
        self.button.setEnabled(True)
        self.back_button.setEnabled(True)
        self.button.set_text(self._go_on_words)

    @Slot(object)
    def on_error(self, error: SfError) -> None:
        """Say what went wrong; what was typed stays."""
        self.rest()
        show_error(self.banner, self.in_words(error))
        if isinstance(error, InputError):
            by_name = {field.name: field for field in self.fields}
            for problem in error.fields:
                if (field := by_name.get(problem.field)) is not None:
                    field.problem = problem.message
            if not self.check():
                self.banner.show()

    @Slot()
    def _on_go_on(self) -> None:
        if self.button.isEnabled():
            self.go_on()

    @Slot()
    def _on_changed(self) -> None:
        for field in self.fields:
            if field is self.sender():
                field.problem = ""
