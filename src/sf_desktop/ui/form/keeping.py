"""A screen on which one draft is typed: saved as one types, and let go of only once the vault has all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from sf_desktop.ops.drafts import drafting
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.autosave import Autosave
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.window.stack import Screen
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

GOES_ON = (
    "This family file is leaving this laptop",
    "What you had written is kept, for your supervisor to place. You go on in a draft of it: finish that as usual.",
)


class KeepingScreen(Screen):
    """Keeps what is typed in its form as a draft. Subclasses open the form and say how it is finished.

    Overrides: `kept_place`, `show_writing`, `go_on_finishing`, `say_not_saved`.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sheet: Sheet | None = None
        self.form: Form | None = None
        self._draft_id = ""
        self._place_wanted: Mapping[str, Any] | None = None
        self._finishing = False
        self._is_going_on = False  # it is being asked for
        self._goes_on = False  # in a draft of what the draft before became
        self._shown_next: Mapping[str, Any] | None = None  # to be shown once what is typed here is in the vault
        self._is_place_kept = False  # a kill leads back to this draft
        self._writing: QWidget | None = None
        self.autosave = Autosave(self)
        self.autosave.save_wanted.connect(self._on_save_wanted)
        self.autosave.said.connect(self._on_said)
        self.banner = Banner()
        self.banner.hide()
        self.pages = QStackedWidget()
        self._nothing = EmptyState("", "", "Go to Today")

    def kept_place(self) -> dict[str, Any]:
        """What else belongs to the place on this screen."""
        return {}

    def show_writing(self) -> None:
        """Show the form."""
        raise NotImplementedError

    def go_on_finishing(self) -> None:
        """What is typed is in the vault: make the record of it."""
        raise NotImplementedError

    def say_not_saved(self) -> None:
        """It was not saved, and the banner says why: bring that into view."""
        raise NotImplementedError

    def leave(self) -> None:
        if self.form is not None:
            self.autosave.now()
            if self.autosave.is_hurried:  # a vault that is slow may be closed before it has answered the save before
                self.save_now()

    def keeps_unsaved(self, subject: Mapping[str, Any]) -> bool:
        """Say whether something typed here is not in the vault yet: then another subject is shown once it is."""
        if self.form is None or self._finishing or self.autosave.is_clean:
            return False
        self._shown_next = subject
        self._nothing.say("Saving…", "")
        self.pages.setCurrentWidget(self._nothing)
        self.autosave.now()
        return True

    def say_what_became(self) -> None:
        """Say it where this goes on in a draft of what the draft before became."""
        if self._goes_on:
            self._goes_on = False
            self.banner.say(*GOES_ON, "warning")
            self.banner.show()

    @Slot(str)
    def _on_changed(self, _name: str) -> None:
        self.autosave.touch()

    @Slot(str)
    def _on_left(self, _name: str) -> None:
        self.autosave.now()

    @Slot()
    def _on_save_wanted(self) -> None:
        self.save_now()

    def save_now(self) -> None:
        """Hand the draft over as it stands."""
        self._save(self._on_saved, self._on_not_saved)

    def save_to_finish(self) -> None:
        """Hand the draft over as it stands, and `go_on_finishing` only once the vault has it."""
        self._finishing = True
        self._save(self._on_saved_to_finish, self._on_not_saved_to_finish)

    def _save(self, on_done: Callable[[Any], None], on_error: Callable[[Any], None]) -> None:
        if self.form is not None:
            self._desk.ask(
                drafting.save, self._draft_id, self.form.body(), {**self.kept_place(), **self.form.place()},
                on_done=on_done, on_error=on_error,
            )  # fmt: skip

    @Slot(object)
    def _on_saved_to_finish(self, at: str) -> None:
        self._on_saved(at)
        if self.form is not None:
            self.go_on_finishing()

    @Slot(object)
    def _on_not_saved_to_finish(self, error: SfError) -> None:
        self._finishing = False
        self._on_not_saved(error)
        self.say_not_saved()

    @Slot(object)
    def _on_saved(self, at: str) -> None:
        if self.autosave.failure:
            self.banner.hide()
        self.autosave.done(at)
        if not self._is_place_kept and self.form is not None:
            self._is_place_kept = True
            self.place_changed.emit()
        self._show_next()

    def _show_next(self) -> None:
        if self._shown_next is not None and self.autosave.is_clean:
            wanted, self._shown_next = self._shown_next, None
            self.show_subject(wanted)

    @Slot(object)
    def _on_not_saved(self, error: SfError) -> None:
        form, sheet = self.form, self.sheet
        if error.code != "draft_gone":
            self._on_unsaved(error)
        elif form is None or sheet is None or self._finishing:
            self.autosave.forget()
        elif not self._is_going_on:
            self._is_going_on = True
            self._desk.ask(
                drafting.go_on, sheet.draft, form.body(), on_done=self._on_goes_on, on_error=self._on_unsaved
            )

    @Slot(object)
    def _on_unsaved(self, error: SfError) -> None:
        """What is typed stays in this form, and nothing else is shown in its place."""
        self._is_going_on = False
        show_error(self.banner, error)
        self.autosave.failed(error.title)
        if self._shown_next is not None:
            self._shown_next = None
            self.show_writing()
            self.subject_changed.emit({"draft": self._draft_id})

    @Slot(object)
    def _on_goes_on(self, draft: drafting.Draft) -> None:
        """The draft was kept as it stood, because its family file leaves: what is typed now is in a draft of that."""
        self._is_going_on = False
        if self.form is None:
            return
        self._draft_id = draft.id
        self.save_now()  # with what was typed meanwhile
        wanted, self._shown_next = self._shown_next, None
        if wanted is None:
            wanted = {"draft": draft.id}
            self._goes_on, self._place_wanted = True, self.form.place()
            self.subject_changed.emit(wanted)
        self.form = None
        self.show_subject(wanted)

    @Slot()
    def _on_said(self) -> None:
        self.top_changed.emit()
