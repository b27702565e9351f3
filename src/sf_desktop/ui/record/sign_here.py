"""Leads from an answer that says that the family signs on this screen to the pad, and says who has not signed yet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot

from sf_desktop.ui.attach.card import AttachmentsCard
from sf_desktop.ui.form.answers import Answer
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.kit.messages.banners import Banner
from sf_record.kinds.attachment import DRAWN, SIGNED_HOW
from sf_record.rules.agreements import still_to_sign

_TITLE, _ADVICE = "Their signature is still to be taken", "They sign on the pad, which opens from here."
_TAKEN, _TAKEN_ADVICE = "Their signature is with it", "You see it under Attached. Another person may sign too."
_ONE_TAKEN = "What is signed already stands under Attached. Take the next one from here."
_PEOPLE = "people"  # the question who was asked, in a form that asks it


class SignHere(Banner):
    """Stands beneath the question how it was given, while that is answered with the pad; says whether they signed."""

    def __init__(self, form: Form, answer: Answer, attached: AttachmentsCard, names: Mapping[str, str]) -> None:
        super().__init__(_TITLE, _ADVICE, button="Take their signature")
        self._form, self._answer, self._attached, self._names = form, answer, attached, names
        self.button.setAccessibleName("Take their signature on the pad")
        self.pressed.connect(attached.sign_button.click)
        form.changed.connect(self._on_changed)
        attached.shown.connect(self.refresh)
        self.hide()  # until it stands in its place

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        if name in (self._answer.described.name, _PEOPLE):
            self._say(announce=True)

    @Slot()
    def refresh(self) -> None:
        """Say what is so now."""
        self._say(announce=False)

    def _say(self, *, announce: bool) -> None:
        is_drawn = self._answer.read() == DRAWN
        self.setVisible(is_drawn)
        if is_drawn and self._attached.is_signed(DRAWN):
            if missing := self._missing():
                has = "has" if len(missing) == 1 else "have"
                self.say(f"{', '.join(missing)} {has} not signed", _ONE_TAKEN, "warning", announce=announce)
            else:
                self.say(_TAKEN, _TAKEN_ADVICE, "ok", announce=announce)
        elif is_drawn:
            self.say(_TITLE, _ADVICE, "warning", announce=announce)

    def _missing(self) -> list[str]:
        """The names of whoever was asked and has not signed."""
        held = [each.body for each in self._attached.views if not each.is_taken_out]
        left = still_to_sign(self._form.body().get(_PEOPLE) or (), held)
        return [self._names[each] for each in left if each in self._names]


def lead_to_pad(form: Form, attached: AttachmentsCard, names: Mapping[str, str]) -> None:
    """Put the way to the pad beneath the question of a form how something was signed, if it asks that."""
    for section in form.sections.values():
        for name, answer in section.answers.items():
            if answer.described.choices == SIGNED_HOW:
                here = SignHere(form, answer, attached, names)
                section.layout_.insertWidget(section.beneath(name), here)
                here.refresh()
