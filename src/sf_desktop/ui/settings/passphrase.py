"""Changing the passphrase, in the settings: the present one, and a new one with its strength."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from sf_desktop.ops.firstrun.passphrases import Verdict, judged
from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.fields.new_passphrase import NewPassphrase
from sf_desktop.ui.kit.fields.text import SecretField
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

CHANGE = "Change the passphrase"


def change_told(*, is_changed: bool) -> tuple[str, str]:
    """Say after unlocking what became of a change that a lock came into: a title, and what to do next."""
    used = "It was being changed when this laptop was locked. The one that you have just used"
    if is_changed:
        return "The passphrase is changed", f"{used} is the new one, and opens it from now on."
    return "The passphrase is not changed", f"{used} opens it as before. To have another, change it again in Settings."


class PassphraseCard(Card):
    """Emits `wanted(old, new)`; whoever changes it answers :meth:`changed_now` or :meth:`refused`."""

    wanted = Signal(str, str)

    def __init__(self, username: str = "") -> None:
        super().__init__("Passphrase of this laptop")
        self._known = (username,) if username else ()
        self.layout_.setSpacing(GAP_S)
        self.banner = Banner()
        self.banner.hide()
        self.present = SecretField("present", "Present passphrase")
        self.fresh = NewPassphrase(self.judge)
        self.button = Button(CHANGE)
        self.button.clicked.connect(self._on_change)
        self.fresh.entered.connect(self._on_change)
        self.present.changed.connect(self._on_typed)
        self.layout_.addWidget(muted("Your council password is another one: it is not changed here."))
        for part in (self.banner, self.present, self.fresh, self.button):
            self.layout_.addWidget(part)

    def judge(self, passphrase: str) -> Verdict:
        """Say what a new passphrase is worth."""
        return judged(passphrase, self._known)

    @Slot(object)
    def changed_now(self, _done: object) -> None:
        """It is changed."""
        self._rest()
        self.forget()
        self.banner.say("The passphrase is changed", "The new one opens this laptop from now on.", "ok")
        self.banner.show()
        self.button.setFocus()

    @Slot(object)
    def refused(self, error: SfError) -> None:
        """It is not changed; what was typed stays."""
        self._rest()
        show_error(self.banner, error)
        if error.code == "wrong_passphrase":
            self.present.problem = error.title
            self.present.take_focus()

    def forget(self) -> None:
        """Let go of what was typed."""
        self.present.set_value("")
        self.fresh.forget()

    @Slot()
    def _on_typed(self) -> None:
        self.present.problem = ""

    @Slot()
    def _on_change(self) -> None:
        if not self.button.isEnabled():
            return
        self.banner.hide()
        if not self.present.value():
            self.present.problem = "Write the passphrase that opens this laptop now."
            self.present.take_focus()
        elif self.fresh.check():
            self.button.setEnabled(False)
            self.button.set_text("Changing…")
            self.wanted.emit(self.present.value(), self.fresh.value())

    def _rest(self) -> None:
        self.button.setEnabled(True)
        self.button.set_text(CHANGE)
