"""Lays Today out: the date, a sentence, the visits, and what is due, begun and waiting beside them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.visiting.lone_working import OutWords
from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import Card, Page, clear, column
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.safety.outcard import OutCard
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, subtitle, title
from sf_desktop.ui.today.cards import Line, Planned, PlannedCard, ShortList

SAFETY, DUE, OWED, DRAFTS, WAITING = "safety", "due", "owed", "drafts", "waiting"  # the short lists, by name


@dataclass(frozen=True, slots=True)
class TodayWords:
    """Everything that Today says."""

    title: str
    sentence: str
    safety: tuple[Line, ...] = ()
    safety_more: str = ""
    visits: tuple[Planned, ...] = ()
    due: tuple[Line, ...] = ()
    due_more: str = ""
    owed: tuple[Line, ...] = ()
    owed_more: str = ""
    drafts: tuple[Line, ...] = ()
    drafts_more: str = ""
    waiting: tuple[Line, ...] = ()
    waiting_more: str = ""
    out: tuple[OutWords, ...] = ()


class TodayPage(Page):
    """Today in words. It is built anew only when something it says has changed."""

    read_wanted = Signal(object)
    move_wanted = Signal(object)
    main_wanted = Signal(object)
    plan_wanted = Signal()
    concern_opened = Signal(str)
    family_opened = Signal(str)
    part_opened = Signal(str)  # of a family file: ``part:family``
    draft_opened = Signal(str)
    sending_opened = Signal(str)
    out_wanted = Signal(str)
    longer_wanted = Signal(str)
    more_wanted = Signal(str)  # of the list of this name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words: TodayWords | None = None
        self._more: dict[str, ShortList] = {}  # the lists that may go on, by name
        self._title, self._sentence = title(), subtitle()
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._sentence)
        self._out = column(gap=GAP_M)
        main, aside = QWidget(), QWidget()
        self._visits, self._lists = column(main, gap=GAP_M), column(aside, gap=GAP_M)
        self.layout_.setSpacing(GAP_L)
        self.layout_.addLayout(head)
        self.layout_.addLayout(self._out)
        self.layout_.addWidget(Beside(main, aside, room_chars=110, aside_chars=50))
        self.layout_.addStretch(1)

    def show_words(self, words: TodayWords) -> None:
        """Say these."""
        if words == self._words:
            return
        self._words = words
        self._more = {}
        self._title.setText(words.title)
        self._sentence.setText(words.sentence)
        self._show_out(words.out)
        self._show_visits(words)
        self._show_lists(words)

    def first_button(self) -> Button | None:
        """Where work starts."""
        cards = self.content.findChildren(PlannedCard)
        return cards[0].main_button if cards else None

    def _show_out(self, out: tuple[OutWords, ...]) -> None:
        clear(self._out)
        for each in out:
            card = OutCard(each)
            card.out_wanted.connect(self.out_wanted)
            card.longer_wanted.connect(self.longer_wanted)
            card.file_wanted.connect(self.family_opened)
            self._out.addWidget(card)

    def _show_visits(self, words: TodayWords) -> None:
        clear(self._visits)
        visits = words.visits
        if words.safety:
            safety = ShortList("Safeguarding concerns", words.safety, words.safety_more)
            safety.set_edge("danger")
            safety.opened.connect(self.concern_opened)
            self._name(SAFETY, safety)
            self._visits.addWidget(safety)
        self._visits.addWidget(heading("Visits"))
        for planned in visits:
            card = PlannedCard(planned)
            card.read_wanted.connect(self.read_wanted)
            card.move_wanted.connect(self.move_wanted)
            card.main_wanted.connect(self.main_wanted)
            self._visits.addWidget(card)
        if not visits:
            card_ = Card()
            empty = EmptyState(
                "No visit is planned for today",
                "Plan one, or open a family and start a visit there. Whatever you write is kept on this laptop,"
                " with or without a signal.",
                "Plan a visit",
            )
            empty.pressed.connect(self.plan_wanted)
            card_.layout_.addWidget(empty)
            self._visits.addWidget(card_)
        self._visits.addStretch(1)

    def _show_lists(self, words: TodayWords) -> None:
        clear(self._lists)
        nothing = (Line("", "Nothing is due in the next ten working days."),)
        due = ShortList("Due soon", words.due or nothing, words.due_more)
        due.opened.connect(self.part_opened)
        self._name(DUE, due)
        self._lists.addWidget(due)
        if words.owed:
            owed = ShortList("Also due soon", words.owed, words.owed_more)
            owed.opened.connect(self.part_opened)
            self._name(OWED, owed)
            self._lists.addWidget(owed)
        if words.drafts:
            drafts = ShortList("Drafts", words.drafts, words.drafts_more)
            drafts.opened.connect(self.draft_opened)
            self._name(DRAFTS, drafts)
            self._lists.addWidget(drafts)
        if words.waiting:
            waiting = ShortList("Waiting to be sent", words.waiting, words.waiting_more)
            waiting.opened.connect(self.sending_opened)
            self._name(WAITING, waiting)
            self._lists.addWidget(waiting)
        self._lists.addStretch(1)

    def _name(self, name: str, its: ShortList) -> None:
        self._more[name] = its
        its.setObjectName(name)
        its.more_wanted.connect(self._on_more)

    @Slot()
    def _on_more(self) -> None:
        self.more_wanted.emit(self.sender().objectName())

    def focus_line(self, name: str, number: int) -> None:
        """Put the keyboard on a line of a list: the first of those that came to it."""
        if name in self._more:
            self._more[name].focus_line(number)

    @Slot()
    def focus_first(self) -> None:
        """Put the keyboard where work starts."""
        button = self.first_button()
        (button or self).setFocus()
