"""Signing in to the council again, when it no longer takes what this laptop shows: nothing is sent until then."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.fields.text import SecretField
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.text.labels import body
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

ADVICE = "Everything is kept on this laptop meanwhile, and you can go on working. The password is not stored."
FIELD_WIDTH = 520


class SignInCard(Card):
    """Emits `wanted(password)`; whoever asks the council answers with `refused` or `accepted`."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sign in to the council again", parent=parent)
        self.banner = Banner()
        self.banner.hide()
        self.field = SecretField(
            "password", "Password", hint="The one your council gave you, not this laptop’s passphrase."
        )
        self.field.setMaximumWidth(FIELD_WIDTH)
        self.field.line.returnPressed.connect(self._on_sign_in)
        self.button = Button("Sign in", Kind.PRIMARY)
        self.button.clicked.connect(self._on_sign_in)
        for part in (body(ADVICE), self.banner, self.field, self.button):
            self.layout_.addWidget(part)

    @Slot(object)
    def refused(self, error: SfError) -> None:
        """Say why not, and let it be tried again."""
        self.button.setEnabled(True)
        show_error(self.banner, error)
        self.field.take_focus()

    @Slot(object)
    def accepted(self, _nothing: object = None) -> None:
        """Go away: the next round runs by itself."""
        self.button.setEnabled(True)
        self.banner.hide()
        self.field.set_value("")
        self.hide()

    @Slot()
    def _on_sign_in(self) -> None:
        password = self.field.value()
        if not password:
            self.field.problem = "Write your password."
            self.field.take_focus()
            return
        self.field.problem = ""
        self.field.set_value("")
        self.button.setEnabled(False)
        self.wanted.emit(password)
