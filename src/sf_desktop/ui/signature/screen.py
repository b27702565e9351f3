"""Taking a signature: who signs, what for, and how: drawn here, given on paper, or agreed aloud before a witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.attaching.attachments import Signed, Target, add, of_draft, sign
from sf_desktop.ops.household.people import people
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.store.tables import drafts
from sf_desktop.ui.attach.reading import aside, png_of
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.form.context import Choosable
from sf_desktop.ui.form.sheet import choosable
from sf_desktop.ui.kit.controls.buttons import Kind, secondary
from sf_desktop.ui.kit.fields.choices import ChoiceField, CodeField, Option
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import muted, subtitle, title
from sf_desktop.ui.kit.window.stack import Screen, TopAction, Words
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.signature.pad import SignaturePad
from sf_record.errors import SfError
from sf_record.kinds import KINDS
from sf_record.kinds.attachment import SIGNED_HOW
from sf_record.rules.agreements import still_to_sign

_HINTS = {"drawn": "With a pen, a finger or the mouse", "paper": "Photograph the paper too, if you can"}


@dataclass(frozen=True, slots=True)
class Signers:
    """The people of a family file, of whom one may sign, and what lies before them to be signed."""

    people: tuple[Choosable, ...]  # those who were asked and have not signed come first
    what_for: str
    next_id: str = ""  # the one person who was asked and has not signed, where that is one


@reads
def signers(office: Office, target: Target) -> Signers:
    """Return who may sign, and what the draft is that the signature goes with; empty for the file itself."""
    draft = drafts.get(office.connection, target.draft_id) if target.draft_id else None
    kind = KINDS.get(draft.kind) if draft is not None else None
    today = office.today()
    what_for = f"{kind.label} of {today.day} {today:%B %Y}" if kind is not None else ""
    everybody = choosable(people(office, target.family_id))
    offered = [each for each in everybody if not each.is_other and not each.is_unborn]
    asked = tuple(draft.body.get("people") or ()) if draft is not None else ()
    held = [each.body for each in of_draft(office, target.draft_id) if not each.is_taken_out] if asked else []
    left = still_to_sign(asked, held)
    first = [each for each in offered if each.id in left]
    next_id = first[0].id if len(first) == 1 else ""
    return Signers((*first, *(each for each in offered if each not in first)), what_for, next_id)


class SignatureScreen(Screen):
    """Shows an empty pad for its subject `{"family": id, "draft": id}`; without a draft it is for the file itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._replies = desk, Replies(self)
        self._target: Target | None = None
        self._people: tuple[Choosable, ...] = ()
        self._who = ""  # who was chosen before, until those who may be chosen are here
        self._is_begun = False  # something stands here that did not come by itself
        self._is_saving = False
        # What is drawn here is kept as `typed_words`, so that a lock does not lose it.
        self._keeping = later(self, AFTER_MS, self.place_changed)
        self.banner, self.summary = Banner(closable=True), ErrorSummary()
        self.banner.hide()
        self.who = CodeField("who", "Who signs", [], empty="Somebody else")
        self.other = TextField(
            "other", "Their name", hint="If they are not in the list", width_chars=40, max_length=200
        )
        self.what_for = TextField("what_for", "What for", hint="For example: the plan of today", max_length=300)
        self.how = ChoiceField("how", "How", [Option(code, label, _HINTS.get(code, "")) for code, label in SIGNED_HOW])
        self.witness = TextField("witness", "Who heard it", width_chars=40, max_length=200)
        self.pad = SignaturePad()
        self.clear_button, self.undo_button = secondary("Clear"), secondary("Undo the last stroke")
        self.back_button = secondary("Bring it back", spoken="Bring back what was cleared")
        self._cleared: list[Any] = []
        self._lay_out()

    def _lay_out(self) -> None:
        page = Page(chars=FORM_CHARS)
        head = column(gap=GAP_XS)
        head.addWidget(title("Signature"))
        head.addWidget(
            subtitle("Read aloud what is signed. Nobody has to sign: agreeing aloud before a witness counts.")
        )
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        card = Card()
        card.layout_.setSpacing(GAP_L)
        for field in (self.who, self.other, self.what_for, self.how, self.witness):
            card.layout_.addWidget(field)
            field.changed.connect(self._on_changed)
        self._drawn = Card("Sign here")
        self._drawn.layout_.addWidget(self.pad)
        self._drawn.layout_.addWidget(muted("Ctrl+Z takes the last stroke back."))
        buttons = QWidget()
        flow = Flow(buttons, gap=GAP_S)
        for button, slot in (
            (self.undo_button, self._on_undo),
            (self.clear_button, self._on_clear),
            (self.back_button, self._on_restore),
        ):  # fmt: skip
            button.clicked.connect(slot)
            flow.addWidget(button)
        self._drawn.layout_.addWidget(buttons)
        drawing = QWidget()
        down = column(drawing)
        down.addWidget(self._drawn)
        down.addStretch(1)
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(self.summary)
        page.layout_.addWidget(Beside(drawing, card, room_chars=84, aside_chars=48, aside_first=True), 1)
        column(self).addWidget(page)
        self.pad.changed.connect(self._on_changed)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Signature"

    def is_seen_by_family(self) -> bool:
        return True

    def top_actions(self) -> Sequence[TopAction]:
        return (
            TopAction("Do not sign", self._on_cancel, Kind.SECONDARY),
            TopAction("Save the signature", self._on_save, Kind.PRIMARY, "sign"),
        )

    def family_id(self) -> str:
        return self._target.family_id if self._target is not None else ""

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        target = Target(str(subject.get("family") or ""), str(subject.get("draft") or ""))
        if target != self._target:
            self.aside = self.typed_words()
            self._target, self._is_saving = target, False
            typed = self.take_words(_about(target))
            self._put(typed or {"how": "drawn"})
            self._is_begun, self._who = bool(typed), str(typed.get("who") or "")
        self._desk.ask(signers, target, on_done=self._on_people, on_error=self._on_error)

    def typed_words(self) -> Words:
        if self._target is None or not self._is_begun:
            return self.aside
        typed = {
            "who": self.who.value() or self._who, "other": self.other.value(), "what_for": self.what_for.value(),
            "how": self.how.value(), "witness": self.witness.value(), "strokes": self.pad.strokes,
        }  # fmt: skip
        return {**self.aside, _about(self._target): {"family": self._target.family_id, **typed}}

    def take_focus(self) -> None:
        self.who.take_focus()

    def _put(self, place: Mapping[str, Any]) -> None:
        self.who.set_value(place.get("who"))
        for line in (self.other, self.what_for, self.witness):
            line.set_value(str(place.get(line.name) or ""))
        self.how.set_value(place.get("how") or "drawn")
        self.pad.put(place.get("strokes") or [])
        self._cleared = []
        for field in (self.who, self.other, self.what_for, self.how, self.witness):
            field.problem = ""
        self.summary.show_problems([], [])
        self.banner.hide()
        self._arrange()

    @Slot(object)
    def _on_people(self, found: Signers) -> None:
        self._people = found.people
        chosen = self.who.value() or self._who or ("" if self._is_begun else found.next_id)
        self._who = ""
        self.who.set_options([Option(each.id, each.name, each.who) for each in found.people])
        self.who.set_value(chosen)
        if not self.what_for.value().strip():
            self.what_for.set_value(found.what_for)
        self._arrange()

    @Slot()
    def _on_changed(self) -> None:
        self._is_begun = True
        self._arrange()
        if not self._keeping.isActive():
            self._keeping.start()

    def _arrange(self) -> None:
        """Show what the answers so far ask for."""
        how = self.how.value()
        self.other.setVisible(not self.who.value())
        self.witness.setVisible(how == "spoken")
        self._drawn.setVisible(how == "drawn")
        self.undo_button.setEnabled(bool(self.pad.strokes))
        self.clear_button.setEnabled(bool(self.pad.strokes))
        self.back_button.setVisible(bool(self._cleared) and not self.pad.strokes)

    # --- drawing ---------------------------------------------------------------------------------------------------

    @Slot()
    def _on_undo(self) -> None:
        self.pad.undo()

    @Slot()
    def _on_clear(self) -> None:
        self._cleared = list(self.pad.strokes)
        self.pad.clear()

    @Slot()
    def _on_restore(self) -> None:
        self.pad.put(self._cleared)
        self._on_changed()

    # --- saving ----------------------------------------------------------------------------------------------------

    def _name(self) -> str:
        chosen = next((each.name for each in self._people if each.id == self.who.value()), "")
        return chosen or self.other.value()

    @Slot()
    def _on_save(self) -> None:
        if self._is_saving or self._target is None or not self._is_complete():
            return
        self._is_saving = True
        if self.how.value() == "drawn":
            self._replies.watch(aside(png_of, self.pad.image()), self._on_drawn, self._on_error)
        else:
            self._sign(b"")

    def _is_complete(self) -> bool:
        wrong: list[Field] = []
        for field, is_missing, what in (
            (self.who if self._people else self.other, not self._name(), "Say who signs"),
            (self.what_for, not self.what_for.value(), "Say what is signed"),
            (self.witness, self.how.value() == "spoken" and not self.witness.value(), "Say who heard it"),
        ):
            field.problem = what if is_missing else ""
            if is_missing:
                wrong.append(field)
        is_blank = self.how.value() == "drawn" and self.pad.is_empty
        self.summary.show_problems(wrong, ["Nothing is drawn on the pad yet"] if is_blank else [])
        return not wrong and not is_blank

    @Slot(object)
    def _on_drawn(self, drawing: bytes) -> None:
        self._sign(drawing)

    def _sign(self, drawing: bytes) -> None:
        assert self._target is not None
        signed = Signed(
            self._name(), self.what_for.value(), str(self.how.value()), self.witness.value(), self.who.value() or "",
            drawing,
        )  # fmt: skip
        self._desk.ask(sign, self._target, signed, on_done=self._on_saved, on_error=self._on_error)

    @Slot(object)
    def _on_saved(self, done: Done) -> None:
        """What belongs to the family file itself goes into it now; the rest with its visit or note."""
        target = self._target
        if target is not None and not target.draft_id:
            self._desk.ask(add, done.record_id, on_error=self._on_error)
        self._end()
        self.back.emit()

    @Slot()
    def _on_cancel(self) -> None:
        self._end()
        self.back.emit()

    def _end(self) -> None:
        self._keeping.stop()
        self._is_saving = False
        self._target = None
        self._put({})
        self._is_begun, self._who = False, ""

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._is_saving = False
        show_error(self.banner, error)


def _about(target: Target) -> str:
    return f"{target.family_id}|{target.draft_id}"
