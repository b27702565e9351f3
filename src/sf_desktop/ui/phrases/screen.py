"""Templates and phrases: make, change and give up one's own; read the council's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.worker.phrases import OwnPhrase, Phrases, drop, keep, phrases, put_back
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.kit.access.actions import key_words
from sf_desktop.ui.kit.controls.buttons import Kind, quiet, secondary
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import Screen, TopAction, Words
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.ui.messages import show_error
from sf_record.errors import InputError, SfError

SENTENCE = (
    "Put in where you write with {keys}, the button Phrases or a right click. What is to be filled in stands in [ ]."
)
NO_NAMES = "They are no record and are not sent: write nothing about a family into them."
KEPT = ("What you were writing is kept", "It comes back when you are done with this one.")
GIVEN_UP = ("Given up", "What you wrote with it before stays as it is.")
SHOWN_CHARACTERS = 300


class PhrasesScreen(Screen):
    """What is being written here has no draft: it is kept as `typed_words`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._changing = ""
        self._before: list[dict[str, Any]] = []  # what was being written when another was opened, the last one last
        self._gone: OwnPhrase | None = None
        self._is_saving = False
        self._own: dict[str, OwnPhrase] = {}
        self._keeping = later(self, AFTER_MS, self.place_changed)
        self.banner, self.summary = Banner(closable=True), ErrorSummary()
        self.banner.hide()
        self.form = Card("A phrase of your own")
        self.label = TextField("label", "Name", hint="What you find it by", width_chars=40, max_length=120)
        self.text = ProseField("text", "Words", hint=NO_NAMES, min_lines=4, max_lines=14)
        self.cancel_button = secondary("Leave it as it was")
        self.drop_button = quiet("Give it up")
        self._buttons = wrapping(self.cancel_button, self.drop_button)
        self._buttons.hide()
        self.form.layout_.addWidget(self.label)
        self.form.layout_.addWidget(self.text)
        self.form.layout_.addWidget(self._buttons)
        self.own = ListCard("Yours", "None yet. Write one above.")
        self.councils = ListCard("Your council’s", "Your council has given none.")
        head = column(gap=GAP_XS)
        head.addWidget(title("Templates and phrases"))
        head.addWidget(subtitle(SENTENCE.format(keys=key_words("insert_phrase"))))
        page = Page(chars=FORM_CHARS)
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        for part in (self.banner, self.summary, self.form, self.own, self.councils):
            page.layout_.addWidget(part)
        page.layout_.addStretch(1)
        column(self).addWidget(page)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.drop_button.clicked.connect(self._on_drop)
        self.own.pressed.connect(self._on_pressed)
        self.banner.pressed.connect(self._on_put_back)
        self.label.changed.connect(self._on_typed)
        self.text.changed.connect(self._on_typed)
        desk.changed.connect(self._on_changed)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Templates and phrases"

    def top_actions(self) -> Sequence[TopAction]:
        return (TopAction("Keep it", self._on_keep, Kind.PRIMARY, "sign"),)

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._ask()

    def take_focus(self) -> None:
        self.label.take_focus()

    def typed_words(self) -> Words:
        if not self._is_typed() and not self._before:
            return {}
        return {"": {"family": "", "before": self._before, **self._written()}}

    def put_words(self, words: Words) -> None:
        if (typed := words.get("")) and not self.typed_words():
            self._before = [dict(each) for each in typed["before"]]
            self._put_written(typed)

    def _written(self) -> dict[str, Any]:
        return {"label": self.label.value(), "text": self.text.value(), "changing": self._changing}

    def _put_written(self, place: Mapping[str, Any]) -> None:
        self._put(str(place.get("changing") or ""), str(place.get("label") or ""), str(place.get("text") or ""))

    def _ask(self) -> None:
        self._desk.ask(phrases, on_done=self._on_phrases, on_error=self._on_error)

    @Slot(object)
    def _on_phrases(self, told: Phrases) -> None:
        self._own = {each.id: each for each in told.own}
        self.own.show_rows([ListRow(each.label, _short(each.text), "Change", each.id) for each in told.own])
        self.councils.show_rows([ListRow(each.label, _short(each.text)) for each in told.councils])

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"phrase", "configuration"}:
            self._ask()

    # --- one's own -------------------------------------------------------------------------------------------------

    def _put(self, phrase_id: str, label: str, text: str) -> None:
        self._changing = phrase_id
        self.label.set_value(label)
        self.text.set_value(text)
        self.summary.show_problems([])
        self.form.set_title("Change this phrase" if phrase_id else "A phrase of your own")
        self._buttons.setVisible(bool(phrase_id))

    def _is_typed(self) -> bool:
        """Say whether something is written here that is not kept."""
        known = self._own.get(self._changing)
        kept = (known.label, known.text) if known is not None else ("", "")
        return (self.label.value(), self.text.value()) != kept

    def _go_back(self) -> None:
        """One is done with: go on with what was being written before, or with a new one."""
        self._put_written(self._before.pop() if self._before else {})
        self.place_changed.emit()

    @Slot()
    def _on_typed(self) -> None:
        self._keeping.start()

    @Slot()
    def _on_keep(self) -> None:
        if self._is_saving:
            return
        self._is_saving = True
        self._desk.ask(
            keep, self.label.value(), self.text.value(), self._changing, on_done=self._on_kept, on_error=self._on_error
        )

    @Slot(object)
    def _on_kept(self, _done: object) -> None:
        self._is_saving = False
        self._go_back()
        self.banner.offer("")
        self.banner.say("Kept on this laptop", "It is offered wherever you write.", "ok")
        self.banner.show()
        self.label.take_focus()

    @Slot()
    def _on_cancel(self) -> None:
        self._go_back()
        self.label.take_focus()

    @Slot(str)
    def _on_pressed(self, phrase_id: str) -> None:
        known = self._own.get(phrase_id)
        if known is not None:
            if self._is_typed():
                self._before.append(self._written())
                self.banner.offer("")
                self.banner.say(*KEPT, "information")
                self.banner.show()
            self._put(known.id, known.label, known.text)
            self.label.take_focus()

    @Slot()
    def _on_drop(self) -> None:
        self._desk.ask(drop, self._changing, on_done=self._on_dropped, on_error=self._on_error)

    @Slot(object)
    def _on_dropped(self, gone: OwnPhrase) -> None:
        self._gone = gone
        self._go_back()
        self.banner.offer("Put it back")
        self.banner.say(*GIVEN_UP, "ok")
        self.banner.show()
        self.banner.button.setFocus()
        self._ask()

    @Slot()
    def _on_put_back(self) -> None:
        if self._gone is not None:
            self._desk.ask(put_back, self._gone, on_error=self._on_error)
        self._gone = None
        self.banner.hide()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._is_saving = False
        if isinstance(error, InputError) and error.fields:
            marked: list[Field] = []
            for each in error.fields:
                field: Field = self.label if each.field == "label" else self.text
                field.problem = each.message
                marked.append(field)
            self.summary.show_problems(marked)
        else:
            self.banner.offer("")
            show_error(self.banner, error)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN_CHARACTERS else words[:SHOWN_CHARACTERS] + "…"
