"""A card with a family's records of some kinds: opens one, goes on with what is begun, begins a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft, begin_change
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import recording
from sf_desktop.ops.records.recording import Listed, Listing
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import screen_of, to_draft
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.text.moments import day_words, local, moment_words, short_day
from sf_desktop.ui.kit.window.filetab import FileTab
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.errors import SfError
from sf_record.kinds import KINDS

MOST_SHOWN = 30
TITLE_CHARS = 90


class RecordsCard(ListCard):
    """`kinds` are listed together; `add` is the text of the button that begins one of the first kind, if any.

    It begins with the verb `start(kind, family)`.
    """

    go = Signal(object)
    failed = Signal(object)
    shown = Signal(object)

    def __init__(
        self,
        desk: Desk,
        title: str,
        kinds: Sequence[str],
        *,
        nothing: str,
        add: str = "",
        start: Callable[[Office, str, str], Draft] = recording.start,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, nothing)
        self._start = start
        if parent is not None:
            self.setParent(parent)
        self._desk, self._kinds = desk, tuple(kinds)
        self._family_id = ""
        self.listing: Listing | None = None
        self.add_button = secondary(add)
        self.add_button.setVisible(False)
        if add:
            self.layout_.addWidget(self.add_button)
            self.add_button.show()
        self.add_button.clicked.connect(self._on_add)
        self.pressed.connect(self._on_pressed_row)

    def show_family(self, family_id: str) -> None:
        """Show this family's."""
        self._family_id = family_id
        self._desk.ask(
            recording.listed, family_id, self._kinds, on_done=self._on_listed, on_error=self._on_failed
        )  # fmt: skip

    def order(self, rows: Sequence[Listed]) -> Sequence[Listed]:
        """Put records in the order in which they are shown: newest first, unless a card knows better."""
        return rows

    def row(self, each: Listed, today: date) -> ListRow:
        """Say one record; a card that says more of its kind overrides this."""
        state = "" if not KINDS[each.kind].is_signable else "signed" if each.is_signed else "not signed yet"
        under = (
            when(each.happened_at, today),
            each.summary.split("\n")[0][:TITLE_CHARS],
            each.author,
            state,
            unsent(each),
        )
        return ListRow(each.title, joined(under), "Open", f"record:{each.id}")

    @Slot(object)
    def _on_listed(self, listing: Listing) -> None:
        self.listing = listing
        today = listing.today
        begun = [
            ListRow(
                f"{KINDS[each.kind].label}, begun", f"stopped {moment_words(each.saved_at, today)}", "Continue",
                f"{each.kind}:{each.id}",
            )
            for each in listing.drafts
        ]  # fmt: skip
        rows = self.order(listing.rows)
        more = [ListRow(f"{len(rows) - MOST_SHOWN:,} more stand in the timeline")] if len(rows) > MOST_SHOWN else []
        self.show_rows([*begun, *(self.row(each, today) for each in rows[:MOST_SHOWN]), *more])
        self.shown.emit(listing)

    @Slot(str)
    def _on_pressed_row(self, target: str) -> None:
        what, _, id_ = target.partition(":")
        if what == "record":
            self.go.emit(GoTo("family", {"family": self._family_id, "record": id_}))
        elif what == "change":
            self._desk.ask(begin_change, id_, on_done=self._on_draft, on_error=self._on_failed)
        elif what == "answer":
            self._desk.ask(recording.start_answer, id_, on_done=self._on_draft, on_error=self._on_failed)
        else:
            self.go.emit(GoTo(screen_of(what), {"draft": id_}))

    @Slot()
    def _on_add(self) -> None:
        self._desk.ask(
            self._start, self._kinds[0], self._family_id, on_done=self._on_draft, on_error=self._on_failed
        )  # fmt: skip

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        self.failed.emit(error)


class CardsTab(FileTab):
    """A part of the family file that is made of such cards, under one another."""

    def __init__(self, cards: Sequence[RecordsCard]) -> None:
        super().__init__()
        self.cards = tuple(cards)
        self._used: RecordsCard | None = None  # the one from which somebody went on
        self.layout_ = column(self, gap=GAP_M)
        for card in self.cards:
            card.go.connect(self._on_used)
            card.go.connect(self.go)
            card.shown.connect(self.grown)
            card.failed.connect(self.failed)
            self.layout_.addWidget(card)
        self.layout_.addStretch(1)

    def show_family(self, family_id: str) -> None:
        for card in self.cards:
            card.show_family(family_id)

    def take_focus(self) -> None:
        self.cards[0].add_button.setFocus()

    def place(self) -> dict[str, Any]:
        return {} if self._used is None else {"card": self.cards.index(self._used)}

    def restore(self, place: Mapping[str, Any]) -> None:
        number = place.get("card")
        self._used = self.cards[number] if isinstance(number, int) and number < len(self.cards) else None

    def came_back_to(self) -> QWidget | None:
        if self._used is not None and not self._used.add_button.isHidden():
            self._used.add_button.setFocus()
        return self._used

    @Slot()
    def _on_used(self) -> None:
        sender = self.sender()
        self._used = sender if isinstance(sender, RecordsCard) else None


def joined(parts: Iterable[str]) -> str:
    """Say what is known of a record in one line."""
    return " · ".join(part for part in parts if part)


def unsent(each: Listed) -> str:
    """Say that a record waits, where it does."""
    return "not with the council yet" if each.is_waiting else ""


def when(text: str, today: date) -> str:
    """Say a day or a moment as a list does."""
    at = local(text)
    return short_day(at.date(), today) if at else day_words(text, today)
