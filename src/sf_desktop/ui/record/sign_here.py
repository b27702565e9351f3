"""Leads from an answer that says that the family signs on this screen to the pad on which they do."""

from __future__ import annotations

from PySide6.QtCore import Slot

from sf_desktop.ui.attach.card import AttachmentsCard
from sf_desktop.ui.form.answers import Answer
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.kit.messages.banners import Banner
from sf_record.kinds.attachment import DRAWN, SIGNED_HOW

_TITLE, _ADVICE = "Their signature is still to be taken", "They sign on the pad, which opens from here."
_TAKEN, _TAKEN_ADVICE = "Their signature is with it", "You see it under Attached. Another person may sign too."


class SignHere(Banner):
    """Stands beneath the question how it was given, while that is answered with the pad; says whether they signed."""

    def __init__(self, form: Form, answer: Answer, attached: AttachmentsCard) -> None:
        super().__init__(_TITLE, _ADVICE, button="Take their signature")
        self._answer, self._attached = answer, attached
        self.button.setAccessibleName("Take their signature on the pad")
        self.pressed.connect(attached.sign_button.click)
        form.changed.connect(self._on_changed)
        attached.shown.connect(self.refresh)
        self.hide()  # until it stands in its place

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        if name == self._answer.described.name:
            self._say(announce=True)

    @Slot()
    def refresh(self) -> None:
        """Say what is so now."""
        self._say(announce=False)

    def _say(self, *, announce: bool) -> None:
        is_drawn = self._answer.read() == DRAWN
        self.setVisible(is_drawn)
        if is_drawn and self._attached.is_signed(DRAWN):
            self.say(_TAKEN, _TAKEN_ADVICE, "ok", announce=announce)
        elif is_drawn:
            self.say(_TITLE, _ADVICE, "warning", announce=announce)


def lead_to_pad(form: Form, attached: AttachmentsCard) -> None:
    """Put the way to the pad beneath the question of a form how something was signed, if it asks that."""
    for section in form.sections.values():
        for name, answer in section.answers.items():
            if answer.described.choices == SIGNED_HOW:
                here = SignHere(form, answer, attached)
                section.layout_.insertWidget(section.beneath(name), here)
                here.refresh()
