"""To place: work on family files that had moved, which a supervisor puts into the file or returns to its author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.holding.card import TrayCard
from sf_desktop.ui.holding.words import TrayView, tray_views, undecided
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import Card, Page, column, show_when
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.left import LeftCard
from sf_desktop.ui.kit.messages.states import EmptyState, LoadingState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.text.moments import count_words
from sf_desktop.ui.kit.window.stack import Screen, TopAction, Words
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError
from sf_record.wire.tray import Decided

SENTENCE = "Written in a family file that had moved, or begun on a laptop that was lost. Each waits until you decide."
_NEEDS_CONNECTION = "This list is the council’s, so it needs a connection. Nothing was decided, and nothing is lost."


class HoldingScreen(Screen):
    """`list_wanted` and `decided(event_id, is_accepted, comment, last_id)` are for whoever has the wire.

    The answers come back by `arrived`, `not_reached`, `settle` and `refuse`. Nothing of the list is kept here.
    """

    list_wanted = Signal()
    decided = Signal(str, bool, str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._deciding: TrayCard | None = None
        self._shown: list[TrayCard] = []
        self._is_asking = self._is_accepting = self._is_focus_due = False
        self._title, self._sentence = title("To place"), subtitle(SENTENCE)
        self.banner = Banner(closable=True)
        self.loading = LoadingState("Asking the council", cancel="")
        self.empty = EmptyState("", "", "")
        self.empty.pressed.connect(self._on_again)
        self._around_empty = Card()
        self._around_empty.layout_.addWidget(self.empty)
        self._cards = column(gap=GAP_L)
        self.left = LeftCard(
            "comment", "The work it was about is decided by now. Copy it if its author still needs it."
        )
        self.left.put_away.connect(self._on_put_away)
        self._keeping = later(self, AFTER_MS, self.place_changed)  # a comment has no draft: it is kept as `typed_words`
        self._lay_out()
        desk.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._sentence)
        self.page = Page()
        self.page.layout_.setSpacing(GAP_L)
        self.page.layout_.addLayout(head)
        for widget in (self.banner, self.loading, self._around_empty, self.left):
            self.page.layout_.addWidget(widget)
            widget.hide()
        self.page.layout_.addLayout(self._cards)
        self.page.layout_.addStretch(1)
        column(self).addWidget(self.page)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "To place"

    def top_actions(self) -> Sequence[TopAction]:
        return (TopAction("Look again", self._on_again),)

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._ask()

    def take_focus(self) -> None:
        self._is_focus_due = True
        self._focus()

    def in_hand(self) -> tuple[str, str]:
        at = self.focusWidget()
        view = next((each.view for each in self.cards() if at in each.findChildren(QWidget)), None)
        return (view.family_id, view.record_id) if view is not None else ("", "")

    def typed_words(self) -> Words:
        return {**self.aside, **self._typed()}

    def put_words(self, words: Words) -> None:
        super().put_words(words)
        self._put_comments()

    def _typed(self) -> dict[str, dict[str, Any]]:
        return {
            each.view.event_id: {
                "family": each.view.family_id if each.view.is_here else "",
                "comment": each.comment.value(),
            }
            for each in self.cards()
            if not each.asking.isHidden()
        }

    def cards(self) -> list[TrayCard]:
        """What is to be decided, from the top."""
        return list(self._shown)

    # --- the list --------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if not self._is_asking:
            self._is_asking = True
            show_when(self.loading, not self.cards())
            self._around_empty.hide()
            self.list_wanted.emit()

    @Slot()
    def _on_again(self) -> None:
        self.banner.hide()
        self._ask()

    @Slot(object)
    def arrived(self, chains: tuple[Any, ...]) -> None:
        """The council has answered."""
        self._desk.ask(tray_views, tuple(chains), on_done=self._on_views, on_error=self.not_reached)

    @Slot(object)
    def _on_views(self, views: tuple[TrayView, ...]) -> None:
        self._is_asking = False
        self.loading.hide()
        self._show_cards(views)
        waits = count_words(len(views), "piece of work waits for you", "pieces of work wait for you")
        self._title.setText(waits if views else "To place")
        if not views:
            self._say_empty(
                "Nothing waits for you to place",
                "Where somebody writes in a family file that has moved meanwhile, their work comes here.",
            )
        self._put_comments()
        self.left.show_texts([text for each in self.aside.values() if (text := str(each["comment"])).strip()])
        self._focus()

    def _show_cards(self, views: tuple[TrayView, ...]) -> None:
        """A card of which nothing is different stays, with what was typed and said in it.

        What was typed in another is put into the one that comes in its place; where none does, it is shown by itself.
        """
        kept = {card.view.event_id: card for card in self._shown if card.view in views}
        self.aside = {**self.aside, **{on: each for on, each in self._typed().items() if on not in kept}}
        for card in self._shown:
            if card.view.event_id not in kept:
                card.hide()
                card.deleteLater()
        self._shown = [kept.get(view.event_id) or self._made(view) for view in views]
        for place, card in enumerate(self._shown):
            self._cards.insertWidget(place, card)

    def _made(self, view: TrayView) -> TrayCard:
        card = TrayCard(view)
        card.accepted.connect(self._on_accepted)
        card.returned.connect(self._on_returned)
        card.typed.connect(self._on_typed)
        return card

    @Slot(object)
    def not_reached(self, error: SfError) -> None:
        """The list could not be had: say so, and keep what is shown."""
        self._is_asking = False
        self.loading.hide()
        if self.cards():
            show_error(self.banner, error)
        else:
            self._say_empty(error.title, _NEEDS_CONNECTION, "Try again")
        self._focus()

    def _say_empty(self, lead: str, rest: str, button: str = "") -> None:
        self.empty.say(lead, rest, button)
        self._around_empty.show()

    # --- deciding --------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_accepted(self, event_id: str) -> None:
        self._decide(event_id, True, "")

    @Slot(str, str)
    def _on_returned(self, event_id: str, comment: str) -> None:
        self._decide(event_id, False, comment)

    def _decide(self, event_id: str, is_accepted: bool, comment: str) -> None:
        self.banner.hide()
        self._deciding = next(each for each in self.cards() if each.view.event_id == event_id)
        for card in self.cards():
            card.wait(True)  # one after the other: each answer belongs to one card
        self._is_accepting = is_accepted
        self.decided.emit(event_id, is_accepted, comment, self._deciding.view.last_id)

    @Slot(object)
    def settle(self, decided: Decided) -> None:
        """The council has decided as was wished, or says why it does not fit."""
        if decided.is_decided and self._deciding is not None:
            self.take_words(self._deciding.view.event_id)
        card = self._answered()
        if card is None:
            return
        if not decided.is_decided:
            card.does_not_fit(undecided(decided))
            return
        author = card.view.author
        if self._is_accepting:
            self._say("It is in the family file", f"{author} is told when their laptop next reaches the council.")
        else:
            self._say("It goes back to its author", f"{author} finds it, with your comment, under Needs you.")
        card.asking.hide()
        self._is_focus_due = True
        self._ask()

    @Slot(object)
    def refuse(self, error: SfError) -> None:
        """Nothing was decided by this."""
        card = self._answered()
        if card is not None:
            card.refuse(error)
        if error.code in {"decided_already", "not_there", "more_came"}:
            show_error(self.banner, error)
            self._ask()

    def _answered(self) -> TrayCard | None:
        card, self._deciding = self._deciding, None
        for each in self.cards():
            each.wait(False)
        return card if card in self.cards() else None

    def _say(self, lead: str, rest: str) -> None:
        self.banner.say(lead, rest, "ok")
        self.banner.show()

    # --- what is typed, and the keyboard ---------------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        self._keeping.start()

    @Slot()
    def _on_put_away(self) -> None:
        self.aside = {}
        self.left.hide()
        self.place_changed.emit()
        self.take_focus()

    def _put_comments(self) -> None:
        for card in self.cards():
            if typed := self.take_words(card.view.event_id):
                card.ask_comment(str(typed["comment"]))

    def _focus(self) -> None:
        if not self._is_focus_due or self._is_asking or not self.isVisible():
            return
        self._is_focus_due = False
        cards = self.cards()
        if cards:
            cards[0].take_focus()
        elif self.empty.button.isVisible():
            self.empty.button.setFocus()
        else:
            self.setFocus()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and "to_place" in changes.kinds and self._deciding is None:
            self._ask()
