"""Needs you: everything that waits for somebody in one list, and one of them beside it with the ways on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop import wording
from sf_desktop.ops.office import Done
from sf_desktop.ops.sending.conflicts import Became, became_of, is_here, undo
from sf_desktop.ops.writing import settle_with
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import Card, Page, column
from sf_desktop.ui.kit.lists.timeline import row_height
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.left import LeftCard
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import Screen, Words
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.needs import words
from sf_desktop.ui.needs.conflict import ConflictPanel, Settling
from sf_desktop.ui.needs.list import NeedsList
from sf_desktop.ui.needs.mend import MendPanel
from sf_desktop.ui.needs.panes import Panes
from sf_desktop.ui.needs.settled import SettledPanel
from sf_desktop.ui.needs.verbs import ConflictView, MendView, NeedsSheet, conflict_view, mend_view, needs_sheet
from sf_desktop.ui.needs.ways import About, WaysOn
from sf_desktop.ui.needs.words import CONFLICT, REFUSED, SETTLED, Need
from sf_record.errors import SfError

SETTLED_ALREADY = wording.error("settled_already")
MOST_ROWS, FEW_ROWS = 7, 2
SENTENCE = "Nothing is lost: it is all kept, whatever you choose, and nothing else waits for it."


class NeedsScreen(Screen):
    """The subject may name what to begin with: `{"record": id}`, `{"event": id}` or `{"need": id}`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._needs: dict[str, Need] = {}
        self._sheet: NeedsSheet | None = None
        self._chosen = self._wanted = self._done_with = self._looked_at = ""
        self._used: dict[str, Any] = {}  # by need: with what it was settled here, for whoever takes that back
        self._settling: dict[str, dict[str, Any]] = {}
        self._undone = ""  # the conflict that stands again
        self._is_focus_due = False
        self._settled_on: frozenset[str] = frozenset()  # the records on which something was settled while one looks on
        self._title, self._sentence = title("Nothing needs you"), subtitle(SENTENCE)
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.list = NeedsList()
        self.conflict, self.mend, self.settled = ConflictPanel(), MendPanel(), SettledPanel()
        self.left = LeftCard("reason", words.LEFT)
        self._ways = WaysOn(desk, self._about, self)
        self.empty = EmptyState(
            "What this page is for",
            "Here you will find what two people changed at the same time, and what the council could not take as it"
            " was. Each says why, and what you can do. Nothing else ever waits for it.",
        )
        # What is typed here has no draft: it is kept as `typed_words`, by need.
        self._keeping = later(self, AFTER_MS, self.place_changed)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.panes = Panes(self.conflict, self.mend, self.settled)
        self._both = Beside(self.panes, self.list, room_chars=112, aside_chars=50, aside_first=True)
        self._none = Card()
        self._none.layout_.addWidget(self.empty)
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._sentence)
        self.page = Page()
        self.page.layout_.setSpacing(GAP_L)
        self.page.layout_.addLayout(head)
        for widget in (self.banner, self.left, self._both, self._none):
            self.page.layout_.addWidget(widget)
        self.page.layout_.addStretch(1)
        column(self).addWidget(self.page)
        self._both.hide()
        self._none.hide()

    def _connect(self) -> None:
        self._both.arranged.connect(self._on_arranged)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.conflict.settle_wanted.connect(self._on_settle)
        self.conflict.typed.connect(self._on_typed)
        self.mend.typed.connect(self._on_typed)
        self.settled.undo_wanted.connect(self._on_undo)
        self.left.put_away.connect(self._on_put_away)
        self.mend.given_up.connect(self._on_give_up)
        self._ways.offered_by(self.conflict, self.mend, self.settled)
        self._ways.said.connect(self._say)
        self._ways.refused.connect(self._on_refused)
        self._ways.go.connect(self.go)
        self._desk.changed.connect(self._on_changed)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Needs you"

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self._settled_on = frozenset()
        self.banner.hide()  # of what was done here before: it may be sent by now
        self._wanted = str(subject.get("record") or subject.get("event") or "")
        self._turn_to(str(subject.get("need") or self._chosen))
        self._ask()

    def take_focus(self) -> None:
        self._is_focus_due = not self._needs
        (self.list if self._needs else self).setFocus()

    def in_hand(self) -> tuple[str, str]:
        about = self._about()
        return (about.family_id, about.record_id) if about is not None else ("", "")

    def leave(self) -> None:
        if self.conflict.view is None:
            self.conflict.forget()

    def place(self) -> dict[str, Any]:
        return {"need": self._chosen}

    def restore(self, place: Mapping[str, Any]) -> None:
        if place.get("need"):
            self._turn_to(str(place["need"]))
            self._wanted = ""
        self._ask()

    def typed_words(self) -> Words:
        used = {need_id: {**each, "is_used": True} for need_id, each in self._used.items()}
        return {**self.aside, **used, **self._typed()}

    def put_words(self, words: Words) -> None:
        self._used |= {need_id: each for need_id, each in words.items() if each.get("is_used")}
        super().put_words({need_id: each for need_id, each in words.items() if not each.get("is_used")})

    def _typed(self) -> dict[str, dict[str, Any]]:
        """What is typed about the one that is shown, also where somebody else has settled it meanwhile."""
        need_id, need = self._chosen, self._needs.get(self._chosen)
        if self.panes.shown is self.conflict and self.conflict.need_id() == need_id and need_id:
            typed = self.conflict.place()
            return {need_id: {"family": self.conflict.family_id, **typed}} if typed else {}
        if need is not None and self.mend.is_asking(need.target):
            return {need_id: {"family": need.family_id, "reason": self.mend.reason.value()}}
        return {}

    # --- the list --------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._desk.ask(needs_sheet, on_done=self._on_sheet, on_error=self._on_error)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.ids or "outbox" in changes.kinds):
            self._ask()

    @Slot(object)
    def _on_sheet(self, sheet: NeedsSheet) -> None:
        rows = words.needs(sheet)
        before, typed, self._sheet = self._chosen, self._typed(), sheet
        self._needs = {each.id: each for each in rows}
        alive = {*self._needs, *(words.conflict_need(each) for each in sheet.settled)}
        self._used = {each: typed for each, typed in self._used.items() if each in alive}
        self._title.setText(words.title(rows))
        self._both.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._sentence.setVisible(bool(rows))
        self._say_sent(rows)
        if self._wanted:
            self._turn_to(next((each.id for each in rows if each.is_about(self._wanted)), self._chosen))
            self._wanted = ""
        if self._undone in self._needs:
            self._done_with = ""
            if used := self._used.pop(self._undone, None):
                self.put_words({self._undone: {**used, "is_used": False}})
            self._turn_to(self._undone)
            self._undone = ""
        if before == self._chosen and self._is_typed_and_gone(before):
            self._keep_typed()
            return
        if before not in alive and before != self._done_with:
            self.put_words(typed)
        self.aside = {on: each for on, each in self.aside.items() if on in alive or words.typed(each)}
        self._show_left()
        self._fit_list()
        self._chosen = self.list.show_needs(rows, self._chosen)
        self._show_chosen()
        if self._is_focus_due and rows and self.isVisible():
            self._is_focus_due = False
            self.list.setFocus()
        elif before and before != self._chosen and rows:
            self.list.setFocus()  # what was looked at is dealt with: the keyboard is not left in nothing
        elif before and not rows:
            self.setFocus()

    def _say_sent(self, rows: Sequence[Need]) -> None:
        """What was settled a moment ago can be undone no longer: the banner does not go on saying so."""
        if self._settled_on and not any(each.what == SETTLED for each in rows):
            self._desk.ask(became_of, self._settled_on, on_done=self._on_became, on_error=self._on_error)
            self._settled_on = frozenset()

    @Slot(object)
    def _on_became(self, became: Became) -> None:
        self._say(*words.SETTLED_AND[became])

    def _is_typed_and_gone(self, before: str) -> bool:
        """Whether somebody else settled what is being written about here: what is typed is not taken away."""
        was_conflict = before.startswith(f"{CONFLICT}:") and self.panes.shown is self.conflict
        return was_conflict and before not in self._needs and before != self._done_with and self.conflict.is_typed()

    def _keep_typed(self) -> None:
        self._both.show()
        self._none.hide()
        self.list.show_needs(tuple(self._needs.values()), "", choose=False)
        if self.conflict.view is not None:
            self._desk.ask(
                is_here, self.conflict.view.sheet.record.id, on_done=self._on_settled_elsewhere, on_error=self._on_error
            )

    @Slot(object)
    def _on_settled_elsewhere(self, is_here: bool) -> None:
        if is_here:
            self.conflict.refuse(SETTLED_ALREADY)
        else:
            self.conflict.keep_only_typed()

    @Slot(bool)
    def _on_arranged(self, _is_beside: bool) -> None:
        self._fit_list()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_both"):
            self._fit_list()

    def _fit_list(self) -> None:
        """Above the panel the list shows two rows and scrolls, so that what it is about is in view too."""
        most = MOST_ROWS if self._both.is_beside else FEW_ROWS
        self.list.setFixedHeight(row_height(self.list.font()) * min(most, max(1, len(self._needs))) + 4)

    @Slot(str)
    def _on_chosen(self, need_id: str) -> None:
        if need_id != self._chosen:
            self._turn_to(need_id)
            self._show_left()
            self._show_chosen()
            self.place_changed.emit()

    def _turn_to(self, need_id: str) -> None:
        """Another one is looked at: what is typed about this one is there when one comes back to it."""
        if need_id != self._chosen:
            if self._chosen != self._done_with:
                self.put_words(self._typed())
            self._chosen = need_id

    def _left(self) -> dict[str, Any]:
        """What was typed about those that nobody can settle or give up any more, by need."""
        return {on: each for on, each in self.aside.items() if on not in self._needs and words.typed(each)}

    def _show_left(self) -> None:
        self.left.show_texts([text for each in self._left().values() for text in words.typed(each)])

    @Slot()
    def _on_put_away(self) -> None:
        left = self._left()
        self.aside = {on: each for on, each in self.aside.items() if on not in left}
        self.left.hide()
        self.place_changed.emit()
        self.take_focus()

    @Slot(str)
    def _on_opened(self, _need_id: str) -> None:
        panel = self.panes.shown
        if isinstance(panel, ConflictPanel | MendPanel | SettledPanel):
            panel.take_focus()

    def _show_chosen(self) -> None:
        need = self._needs.get(self._chosen)
        is_look, self._looked_at = self._chosen != self._looked_at, self._chosen
        if need is None or self._sheet is None:
            self.panes.show_panel(None)
        elif need.what == CONFLICT:
            self._desk.ask(
                conflict_view, need.record_id, need.target, is_look,
                on_done=self._on_conflict, on_error=self._on_error,
            )  # fmt: skip
        elif need.what == REFUSED:
            self._desk.ask(mend_view, need.target, is_look, on_done=self._on_mend, on_error=self._on_error)
        elif need.what == SETTLED:
            row = next(each for each in self._sheet.settled if each.event_id == need.target)
            self.settled.show_row(row, self._sheet.today)
            self._show_panel(self.settled)

    @Slot(object)
    def _on_conflict(self, view: ConflictView) -> None:
        if self._chosen == f"{CONFLICT}:{view.sheet.conflict.id}":
            self.conflict.show_view(view)
            self.conflict.restore(self.take_words(self._chosen))
            self._show_panel(self.conflict)

    @Slot(object)
    def _on_mend(self, view: MendView) -> None:
        if self._chosen == f"{REFUSED}:{view.sheet.event.id}":
            self.mend.show_view(view)
            if typed := self.take_words(self._chosen):
                self.mend.ask_reason(str(typed.get("reason") or ""))
            self._show_panel(self.mend)

    def _show_panel(self, panel: ConflictPanel | MendPanel | SettledPanel) -> None:
        if self._sheet is not None and not self._sheet.has_files:
            panel.offer_without_files()
        self.panes.show_panel(panel)

    @Slot()
    def _on_typed(self) -> None:
        self._keeping.start()

    # --- settling --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_settle(self, chosen: Settling) -> None:
        if self._settling:
            return  # pressed twice
        self._settling = self._typed()  # whoever takes it back finds what they had chosen
        self._desk.ask(
            settle_with, chosen.record_id, chosen.conflict_id, chosen.value, chosen.seen, chosen.reason,
            on_done=self._on_settled, on_error=self._on_refused,
        )  # fmt: skip

    @Slot(object)
    def _on_settled(self, done: Done) -> None:
        for need_id in self._settling:
            self._done_with = need_id
            self.take_words(need_id)
        self._used |= self._settling
        self._settling = {}
        settled_on = self._settled_on | {done.record_id}
        self._say(*words.SETTLED_HERE)
        self._settled_on = settled_on

    @Slot(str)
    def _on_give_up(self, _reason: str) -> None:
        self._done_with = self._chosen  # what is typed about it goes with it

    @Slot()
    def _on_undo(self) -> None:
        rows = self._sheet.settled if self._sheet is not None else ()
        self._undone = next((words.conflict_need(each) for each in rows if each.event_id == self._target()), "")
        self._desk.ask(undo, self._target(), on_done=self._on_undone, on_error=self._on_refused)

    @Slot(object)
    def _on_undone(self, _done: Done) -> None:
        self._say("Undone", "Both versions wait to be settled again. Nothing of it was sent.")

    def _about(self) -> About | None:
        """What is before the worker, also where somebody else has settled it meanwhile."""
        if need := self._needs.get(self._chosen):
            return About(need.family_id, need.record_id, need.target)
        if self.panes.shown is self.conflict and self.conflict.view is not None:
            record = self.conflict.view.sheet.record
            return About(record.family_id, record.id, "")
        return None

    def _target(self) -> str:
        need = self._needs.get(self._chosen)
        return need.target if need else ""

    @Slot(str, str)
    def _say(self, lead: str, rest: str) -> None:
        self._settled_on = frozenset()
        self.banner.say(lead, rest, "ok")
        self.banner.show()

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        self._done_with, self._settling = "", {}
        panel = self.panes.shown
        if isinstance(panel, ConflictPanel | MendPanel | SettledPanel):
            panel.refuse(error)
        self._ask()  # it may be settled by somebody else meanwhile

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)
