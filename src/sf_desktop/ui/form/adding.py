"""A card for one paragraph that is added to a record: an amendment, or why it was entered in error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts import adding
from sf_desktop.ops.drafts.adding import AMENDMENT, IN_ERROR
from sf_desktop.ops.office import Done
from sf_desktop.ui.desk import Desk, Request
from sf_desktop.ui.form.autosave import Autosave
from sf_desktop.ui.form.left_behind import LeftBehind, Typed, left_behind
from sf_desktop.ui.kit.controls.buttons import primary, secondary
from sf_desktop.ui.kit.layout.surfaces import Card, from_left
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.window.topbar import NOT_SAVED
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.ui.kit.writing.spelling import Spelling
from sf_desktop.ui.messages import show_error
from sf_record.configuration import Phrase
from sf_record.errors import InputError, SfError
from sf_record.rules import sameness


class Words(NamedTuple):
    """What the card says: its title, the question with what follows from it, and its button."""

    title: str
    label: str
    hint: str
    button: str
    cancel: str = "Do not add"


_WORDS = {
    AMENDMENT: Words(
        "Add an amendment",
        "What you want to add",
        "What was signed stays as it is; this stands below it with your name and the time.",
        "Sign the amendment",
    ),
    IN_ERROR: Words(
        "Mark as entered in error",
        "Why was this entered in error?",
        "It stays readable with your reason, and counts for nothing. This cannot be undone.",
        "Mark as entered in error",
    ),
}
_APART = Words(
    "Take the two apart",
    "How do you know that they are two people?",
    "Both records are read apart again, exactly as before. Until it is sent you can take this back.",
    "Take them apart",
    "Leave them as one",
)


def adding_words(adding_kind: str, record_kind: str) -> Words:
    """Say what is asked when this is added to a record of that kind: a merge is not an error, it is taken apart."""
    return _APART if (adding_kind, record_kind) == (IN_ERROR, sameness.KIND) else _WORDS[adding_kind]


class AddingCard(Card):
    """What is typed is a draft in the vault until it is added or put away.

    `ended` comes when it is, `said` when the words about saving have changed, `added(record)` when it was added,
    `begun` when the first words of it are in the vault, `failed(SfError)` when the vault did not take what was typed
    here before something else was asked: that is tried until it does, and stands here again with its record.
    """

    ended = Signal()
    begun = Signal()
    added = Signal(str)
    said = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._desk = desk
        self._asked, self._is_begun = Typed("", "", ""), False
        self._saving: Request | None = None
        self._ending: Typed | None = None  # it is being added or put away
        self.autosave = Autosave(self)
        self.autosave.save_wanted.connect(self._on_save_wanted)
        self.autosave.said.connect(self.said)
        self.field = ProseField("text", "What you want to add", hint=" ", min_lines=3, max_lines=10)
        self.field.changed.connect(self.autosave.touch)
        self.field.left.connect(self.autosave.now)
        self.banner = Banner()
        self.banner.hide()
        self.done_button, self.cancel_button = primary("Save"), secondary("Do not add")
        self.done_button.clicked.connect(self._on_done)
        self.cancel_button.clicked.connect(self._on_cancel)
        across = from_left(self.done_button, self.cancel_button)
        self.layout_.addWidget(self.field)
        self.layout_.addWidget(self.banner)
        self.layout_.addLayout(across)

    def ask(
        self,
        asked: Typed,
        spelling: Spelling | None,
        *,
        of: str = "",
        phrases: Sequence[Phrase] = (),
    ) -> None:
        """Ask for the text of an amendment, or for the reason; `of` is the record's kind.

        Offered are the `phrases` that are for all of such a record and not for a certain question of it.
        """
        self.leave()
        self._asked, self._is_begun = asked, False
        words = adding_words(asked.kind, of)
        self.set_title(words.title)
        self.field.label.setText(words.label)
        self.field.area.setAccessibleName(words.label)
        self.field.hint_label.setText(words.hint)
        left = next((each for each in left_behind(self._desk) if each.typed.draft_id == asked.draft_id), None)
        self.field.set_value(left.typed.text if left is not None else asked.text)
        self.field.problem = ""
        self.field.set_spelling(spelling)
        self.field.set_phrases(tuple(each for each in phrases if each.is_for(of, "")))
        self.done_button.set_text(words.button)
        self.cancel_button.set_text(words.cancel)
        self.banner.hide()
        self.show()
        if left is not None:
            left.let_go()
            self.autosave.touch()

    def is_asking(self, record_id: str, kind: str = "", draft_id: str = "") -> bool:
        """Whether something (of this kind, this draft) is being added to this record here."""
        asked = self._asked
        is_it = record_id == asked.record_id and kind in ("", asked.kind) and draft_id in ("", asked.draft_id)
        return is_it and not self.isHidden()

    def left_of(self, record_id: str, draft_id: str = "") -> Typed | None:
        """Return what was being added to this record (in this draft) and is not in the vault yet, the last of it."""
        left = [each.typed for each in left_behind(self._desk) if each.typed.record_id == record_id]
        return next((each for each in reversed(left) if draft_id in ("", each.draft_id)), None)

    def leave(self) -> None:
        """Hand over what is typed, and step back. What the vault does not take is held until it does."""
        if not self.autosave.is_clean:
            self._leave_behind(self._typed())  # also while another save is under way: this has all of it
        if self._saving is not None:
            self._saving.cancel()  # its answer is not about what is shown next
            self._saving = None
        self.hide()
        self.autosave.forget()

    def hand_over(self) -> None:
        """Hand over what is typed here, and what was left behind."""
        self.autosave.now()
        if self.autosave.is_hurried:  # a vault that is slow may be closed before it has answered the save before
            self._on_save_wanted()
        for each in left_behind(self._desk):
            each.now()

    def words(self) -> tuple[str, str]:
        """What to say about saving, and the time that goes with it."""
        if any(each.is_failing for each in left_behind(self._desk)):
            return NOT_SAVED, ""
        return ("", "") if self.isHidden() else self.autosave.words()

    def place(self) -> dict[str, Any]:
        """Where the cursor stands while something is being added."""
        if self.isHidden():
            return {}
        return {
            "kind": self._asked.kind,
            "draft": self._asked.draft_id,
            "cursor": self.field.cursor_place(),
            "focus": self.field.area.hasFocus(),
        }

    def _typed(self) -> Typed:
        return self._asked._replace(text=self.field.value(), cursor=self.field.cursor_place())

    def _leave_behind(self, typed: Typed) -> None:
        left = LeftBehind(self._desk, typed)
        left.kept.connect(self.said)
        left.failed.connect(self._on_left_unsaved)
        left.now()

    @Slot(object)
    def _on_left_unsaved(self, error: SfError) -> None:
        self.failed.emit(error)
        self.said.emit()

    @Slot()
    def _on_save_wanted(self) -> None:
        self._saving = self._desk.ask(adding.keep, *self._typed(), on_done=self._on_kept, on_error=self._on_not_kept)

    @Slot(object)
    def _on_kept(self, at: str) -> None:
        if self.autosave.failure:
            self.banner.hide()
        self.autosave.done(at)
        if not self._is_begun:
            self._is_begun = True
            self.begun.emit()
            self._desk.begun.emit()

    @Slot(object)
    def _on_not_kept(self, error: SfError) -> None:
        show_error(self.banner, error)
        self.autosave.failed(error.title)

    @Slot()
    def _on_done(self) -> None:
        """Add it: a save that is still to come must not begin the draft again afterwards."""
        self.autosave.forget()
        self._ending = self._typed()
        self._desk.ask(adding.add, *self._ending[:4], on_done=self._on_added, on_error=self._on_refused)

    @Slot(object)
    def _on_added(self, done: Done) -> None:
        self._on_ended(done)
        self.added.emit(done.record_id)

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        """Say what is wrong; the text stays, here and as a draft."""
        ending, self._ending = self._ending, None
        if ending is not None and not self._is_shown(ending):
            self._leave_behind(ending)
            self.failed.emit(error)
            return
        if isinstance(error, InputError) and error.fields:
            self.field.problem = error.fields[0].message
            self.field.take_focus()
        else:
            show_error(self.banner, error)
        self.autosave.touch()

    @Slot()
    def _on_cancel(self) -> None:
        """Throw away all of it: what is taken back later has the last words too."""
        self.autosave.now()
        if self.autosave.is_hurried:
            self._on_save_wanted()
        self.autosave.forget()
        self._ending = self._typed()
        self._desk.ask(adding.put_away, self._ending.draft_id, on_done=self._on_ended, on_error=self._on_refused)

    @Slot(object)
    def _on_ended(self, _done: object) -> None:
        ending, self._ending = self._ending, None
        if ending is None or self._is_shown(ending):  # something else may be asked by now
            self.autosave.forget()
            self.hide()
            self.ended.emit()

    def _is_shown(self, typed: Typed) -> bool:
        return not self.isHidden() and typed.draft_id == self._asked.draft_id
