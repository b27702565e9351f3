"""A record's history: everything that ever stood in it, newest first, and bringing an earlier value back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.office import Done
from sf_desktop.ops.reading.history import Version, fields_of, of_this_laptop, whole
from sf_desktop.ops.writing import restore
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.history import words
from sf_desktop.ui.history.cards import RestoreCard, VersionCard
from sf_desktop.ui.history.verbs import HistoryView, history_view
from sf_desktop.ui.history.words import ChangedWords
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.fields.choices import CodeField, Option
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import Page, clear, column, from_left
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, Words
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError
from sf_record.kinds import KINDS
from sf_record.wire.rounds import HistoryEntry

SHOWN_AT_ONCE = 30
ASKING = ("Asking the council for the whole history", "What is on this laptop is shown meanwhile.")
OTHER_STANDS = "other_stands"
NOT_REACHED = "The whole history is kept at the council. What is on this laptop is shown."


class HistoryScreen(Screen):
    """The subject is `{"family": id, "record": id}`.

    `asked(family, record)` asks for the council's part; whoever has the wire answers with `arrived` or `not_reached`.
    """

    asked = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = self._record_id = ""
        self.view: HistoryView | None = None
        self._council: tuple[HistoryEntry, ...] | None = None
        self._limit = SHOWN_AT_ONCE
        self._is_other_told = False  # that something else stands there by now: it is seen once the page shows it
        self._offered: tuple[Option, ...] = ()
        self._title, self._about = title("History"), subtitle()
        self.standing, self.banner = Banner(), Banner(closable=True)
        self.banner.hide()
        self.standing.hide()
        self.restoring = RestoreCard()
        self.restoring.hide()
        self.only = CodeField("only", "Show", (), empty="Everything")
        self.again_button = secondary("Ask the council again")
        self.again_button.hide()
        self.record_button = secondary("Open the record")
        self.more_button = secondary("Show older versions")
        self.more_button.hide()
        self._cards = column(gap=GAP_M)
        # The reason that is typed here has no draft: it is kept as `typed_words`, by record.
        self._keeping = later(self, AFTER_MS, self.place_changed)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._about)
        across = from_left(self.record_button, self.again_button)
        self.page = Page()
        down = self.page.layout_
        down.setSpacing(GAP_L)
        down.addLayout(head)
        for widget in (self.standing, self.banner):
            down.addWidget(widget)
        down.addLayout(across)
        down.addWidget(self.restoring)
        down.addWidget(self.only)
        down.addLayout(self._cards)
        down.addWidget(self.more_button)
        down.addStretch(1)
        column(self).addWidget(self.page)

    def _connect(self) -> None:
        self.only.changed.connect(self._on_only)
        self.again_button.clicked.connect(self._on_again)
        self.record_button.clicked.connect(self._on_record)
        self.more_button.clicked.connect(self._on_more)
        self.restoring.typed.connect(self._keeping.start)
        self.restoring.wanted.connect(self._on_restore)
        self.restoring.ended.connect(self._on_restore_ended)
        self._desk.changed.connect(self._on_changed)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "History"

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self.aside = self.typed_words()
        self._family_id, self._record_id = str(subject.get("family") or ""), str(subject.get("record") or "")
        self.view, self._council, self._limit = None, None, SHOWN_AT_ONCE
        self._is_other_told = False
        self.restoring.hide()
        self.restoring.restore(self.take_words(self._record_id))
        self.banner.hide()
        self.only.set_value(None)
        self._ask()

    def family_id(self) -> str:
        return self._family_id

    def take_focus(self) -> None:
        self.record_button.setFocus()

    def place(self) -> dict[str, Any]:
        scroll = self.page.verticalScrollBar().value()
        return {"only": self.only.value(), "scroll": scroll}

    def restore(self, place: Mapping[str, Any]) -> None:
        self.only.set_value(place.get("only"))
        self.page.verticalScrollBar().setValue(int(place.get("scroll") or 0))

    def typed_words(self) -> Words:
        typed = self.restoring.place()
        return {**self.aside, self._record_id: {"family": self._family_id, **typed}} if typed else self.aside

    # --- asking ----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        is_look = self.view is None
        self._desk.ask(history_view, self._record_id, is_look, on_done=self._on_view, on_error=self._on_error)

    def _ask_council(self) -> None:
        self.again_button.hide()
        if self.view is not None and not self.view.sheet.record.seq:
            self.standing.say("This is not with the council yet", "All of its history is here.", announce=False)
            self.standing.show()
            return
        self.standing.say(*ASKING, "information", announce=False)
        self.standing.show()
        self.asked.emit(self._family_id, self._record_id)

    @Slot(object)
    def arrived(self, entries: tuple[HistoryEntry, ...]) -> None:
        """The council's part is here; one that was asked for another record is not this one's."""
        if entries and entries[0].event.record_id != self._record_id:
            return
        self._council = entries
        self.standing.hide()
        self.again_button.hide()
        self._fill()

    @Slot(object)
    def not_reached(self, error: SfError) -> None:
        """The council could not be asked: say so, and show what is here."""
        self.standing.say(NOT_REACHED, f"{error.title}. You can ask again when there is a connection.", "information")
        self.standing.show()
        self.again_button.show()

    @Slot(object)
    def _on_view(self, view: HistoryView) -> None:
        if view.sheet.record.id != self._record_id:
            return
        is_newer = self.view is None or self.view.sheet.record.seq != view.sheet.record.seq
        self.view = view
        sheet = view.sheet
        if self._is_other_told:
            self.restoring.see(sheet.record.body, words.stands(view, self.restoring.field()))
            self._is_other_told = False
        if is_newer:
            self._ask_council()
        kind = KINDS.get(sheet.record.kind)
        self._about.setText(
            " · ".join(each for each in (kind.label if kind else "", sheet.title, sheet.family_name) if each)
        )
        self._fill()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and self._record_id in changes.ids:
            self._ask()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self.standing.hide()
        show_error(self.banner, error)

    # --- showing ---------------------------------------------------------------------------------------------------

    def _versions(self) -> tuple[Version, ...]:
        assert self.view is not None
        if self._council is None:
            return of_this_laptop(self.view.sheet)
        return whole(self._council, self.view.sheet)

    def _fill(self) -> None:
        if self.view is None:
            return
        sheet, around = self.view.sheet, self.view.around
        self.restoring.write_with(around.context)
        found = self._versions()
        self._offer(fields_of(sheet.record.kind, found))
        only = str(self.only.value() or "")
        said = words.versions(found, sheet.record.kind, around, dict(sheet.record.body))
        wanted = [each for each in said if not only or any(change.field == only for change in each.changes)]
        clear(self._cards)
        for version in wanted[: self._limit]:
            card = VersionCard(version, only, may_restore=sheet.may_restore, left_out=sheet.left_out)
            card.restore_wanted.connect(self._on_restore_wanted)
            self._cards.addWidget(card)
        self.more_button.setVisible(len(wanted) > self._limit)
        if sheet.record.signed is not None:
            self._title.setText("History of a signed record")
        else:
            self._title.setText("History")

    def _offer(self, fields: tuple[tuple[str, str], ...]) -> None:
        options = tuple(Option(name, label) for name, label in fields)
        if options != self._offered:
            self._offered = options
            self.only.set_options(options)

    @Slot()
    def _on_only(self) -> None:
        self._limit = SHOWN_AT_ONCE
        self._fill()

    @Slot()
    def _on_more(self) -> None:
        self._limit += SHOWN_AT_ONCE
        self._fill()

    @Slot()
    def _on_again(self) -> None:
        self._ask_council()

    @Slot()
    def _on_record(self) -> None:
        kind = self.view.sheet.record.kind if self.view is not None else ""
        tab = {"family": "overview", "person": "people", "relationship": "people", "planned_visit": "planned"}.get(kind)
        subject = {"tab": tab} if tab else {"record": self._record_id}
        self.go.emit(GoTo("family", {"family": self._family_id, **subject}))

    # --- bringing back ---------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_restore_wanted(self, change: ChangedWords) -> None:
        self.restoring.ask(change, self.view.sheet.record.body if self.view is not None else None)
        self.page.ensureWidgetVisible(self.restoring)

    @Slot(str, object, str, object)
    def _on_restore(self, field: str, value: Any, reason: str, seen: Mapping[str, Any] | None) -> None:
        self._desk.ask(
            restore, self._record_id, field, value, reason, seen,
            on_done=self._on_restored, on_error=self._on_refused,
        )  # fmt: skip

    @Slot(object)
    def _on_restored(self, _done: Done) -> None:
        self.restoring.hide()
        self.banner.say("Brought back as a new version", "What stood before is kept below.", "ok")
        self.banner.show()
        self.record_button.setFocus()

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        self.restoring.refuse(error)
        if error.code == OTHER_STANDS:
            self._is_other_told = True
            self._ask()

    @Slot()
    def _on_restore_ended(self) -> None:
        self.record_button.setFocus()
