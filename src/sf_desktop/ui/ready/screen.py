"""Ready for tomorrow: choose the visits of a day, see that each family is on this laptop, and fetch what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.office import Done
from sf_desktop.ops.worker.ready import ReadyView, fetch_documents, ready_on, want
from sf_desktop.sync.scheduler import Wire
from sf_desktop.ui.desk import Changes, Desk, Repeated
from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Page, clear, column, row
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import LoadingState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, subtitle, title
from sf_desktop.ui.kit.text.moments import counted
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.ready.card import ReadyCard
from sf_desktop.ui.ready.cover import CoverCard
from sf_desktop.ui.ready.words import head_words
from sf_record.errors import SfError
from sf_record.wire.packs import MOST_DAYS, VisitPack


class ReadyScreen(Screen):
    """`fetch_wanted` and `stop_wanted` go to whoever has the wire, which answers with `show_wire`.

    `take_wanted` (family, until, reason) and the card's own `searched` are answered to the cover card.
    """

    fetch_wanted = Signal()
    stop_wanted = Signal()
    take_wanted = Signal(str, str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._day: date | None = None
        self._view: ReadyView | None = None
        self._is_fetching = False
        self._question = Repeated(desk, ready_on, self)
        self._question.answered.connect(self._on_view)
        self._question.failed.connect(self._on_error)
        self._title, self._sentence = title("Ready for tomorrow"), subtitle()
        self.earlier_button, self.later_button = Button("Day before"), Button("Day after")
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.fetching = LoadingState("Fetching from the council", margin=0)
        self.fetching.hide()
        self._cards = column(gap=GAP_M)
        self.others = Combo("Put another of your families on the list")
        self.others.setMinimumContentsLength(30)
        self.add_button = Button("Put on the list")
        self.cover = CoverCard()
        self.page = Page(chars=FORM_CHARS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head, days = column(gap=GAP_XS), row()
        self._others = QWidget()
        below = column(self._others)
        below.addWidget(heading("Another of your families"))
        add = row()
        below.addLayout(add)
        head.addWidget(self._title)
        head.addWidget(self._sentence)
        for across, widgets in (
            (days, (self.earlier_button, self.later_button)),
            (add, (self.others, self.add_button)),
        ):
            for widget in widgets:
                across.addWidget(widget)
            across.addStretch(1)
        down = self.page.layout_
        down.setSpacing(GAP_L)
        down.addLayout(head)
        down.addLayout(days)
        down.addWidget(self.banner)
        down.addWidget(self.fetching)
        down.addLayout(self._cards)
        down.addWidget(self._others)
        down.addWidget(self.cover)
        down.addStretch(1)
        column(self).addWidget(self.page)

    def _connect(self) -> None:
        self.earlier_button.clicked.connect(self._on_earlier)
        self.later_button.clicked.connect(self._on_later)
        self.add_button.clicked.connect(self._on_add)
        self.fetching.cancelled.connect(self.stop_wanted)
        self.cover.wanted.connect(self._on_cover_wanted)
        self.cover.taken.connect(self._on_taken)
        self._desk.changed.connect(self._on_changed)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Ready for tomorrow"

    def top_actions(self) -> Sequence[TopAction]:
        return (TopAction("Fetch now", self._on_fetch, Kind.PRIMARY),)

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._ask()

    def take_focus(self) -> None:
        self.later_button.setFocus()

    def place(self) -> dict[str, Any]:
        return {"day": self._day.isoformat() if self._day else ""}

    def restore(self, place: Mapping[str, Any]) -> None:
        day = str(place.get("day") or "")
        self._day = date.fromisoformat(day) if len(day) == 10 else None
        self._ask()

    def _ask(self) -> None:
        self._question.ask(self._day)

    @Slot(object)
    def _on_view(self, view: ReadyView) -> None:
        self._view = view
        name, line = head_words(view)
        self._title.setText(name)
        self._sentence.setText(line)
        self.earlier_button.setEnabled(view.day > view.today)
        clear(self._cards)
        for each in view.rows:
            card = ReadyCard(each, view.today)
            card.taken_off.connect(self._on_taken_off)
            card.opened.connect(self._on_opened)
            card.documents_wanted.connect(self._on_documents_wanted)
            self._cards.addWidget(card)
        self.others.clear()
        for choice in view.others:
            self.others.addItem(choice.name, choice.family_id)
        self._others.setVisible(bool(view.others))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self._ask()

    # --- the day and its list --------------------------------------------------------------------------------------

    @Slot()
    def _on_earlier(self) -> None:
        self._go_by(-1)

    @Slot()
    def _on_later(self) -> None:
        self._go_by(1)

    def _go_by(self, days: int) -> None:
        if self._view is not None:
            self._day = max(self._view.today, self._view.day + timedelta(days=days))
            self._ask()

    @Slot()
    def _on_add(self) -> None:
        self._want(str(self.others.currentData()), is_wanted=True)

    @Slot(str)
    def _on_taken_off(self, family_id: str) -> None:
        self._want(family_id, is_wanted=False)

    def _want(self, family_id: str, *, is_wanted: bool) -> None:
        if self._view is not None and family_id:
            self._desk.ask(want, self._view.day, family_id, is_wanted, on_error=self._on_error)

    @Slot(str)
    def _on_opened(self, family_id: str) -> None:
        self.go.emit(GoTo("family", {"family": family_id}))

    @Slot(str)
    def _on_documents_wanted(self, family_id: str) -> None:
        self._desk.ask(fetch_documents, family_id, on_done=self._on_documents_asked, on_error=self._on_error)

    @Slot(object)
    def _on_documents_asked(self, _done: Done) -> None:
        self._on_fetch()

    # --- fetching --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_fetch(self) -> None:
        self._is_fetching = True
        self.banner.hide()
        self.fetching.advance(0, 0, "Asking the council")
        self.fetching.show()
        self.fetch_wanted.emit()

    @Slot(object)
    def show_wire(self, wire: Wire) -> None:
        """Show how the wire stands, while somebody here waits for it."""
        if not self._is_fetching:
            return
        if wire.progress is not None:
            far = wire.progress
            files, here = (
                counted(far.families, "family file", "family files"),
                counted(far.records, "record", "records"),
            )
            self.fetching.advance(far.families, far.families_total, f"{files}, {here}")
        if wire.is_busy:
            return
        self._is_fetching = False
        self.fetching.hide()
        if wire.error is not None:
            show_error(self.banner, wire.error)
        self._ask()

    # --- a family of the team --------------------------------------------------------------------------------------

    @Slot(str, str)
    def _on_cover_wanted(self, family_id: str, reason: str) -> None:
        if self._view is not None:
            latest = self._view.today + timedelta(days=MOST_DAYS)
            self.take_wanted.emit(family_id, min(self._view.day, latest).isoformat(), reason)

    @Slot(object)
    def _on_taken(self, pack: VisitPack) -> None:
        self._want(pack.family_id, is_wanted=True)
        self._on_fetch()
