"""Lays Today out: the date, a sentence, the visits, and what is due, begun and waiting beside them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.visiting.lone_working import OutWords
from sf_desktop.ui.kit.access.keeping import focus_kept, widgets_of
from sf_desktop.ui.kit.access.tabbing import first_stop
from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import Card, Page, clear, column
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.safety.outcard import OutCard
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, subtitle, title
from sf_desktop.ui.today.cards import Line, Planned, PlannedCard, ShortList

SAFETY, DUE, OWED, DRAFTS, WAITING = "safety", "due", "owed", "drafts", "waiting"  # the short lists, by name
_LISTS = {
    SAFETY: "Safeguarding concerns", DUE: "Due soon", OWED: "Also due soon", DRAFTS: "Drafts",
    WAITING: "Waiting to be sent",
}  # fmt: skip
NOTHING_DUE = (Line("", "Nothing is due in the next ten working days."),)


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

    def list(self, name: str) -> tuple[tuple[Line, ...], str]:
        """The lines of the short list of this name, and how many more there are."""
        return getattr(self, name), getattr(self, f"{name}_more")


class TodayPage(Page):
    """Today in words. Each part is built anew only when something it says has changed, and the keyboard stays."""

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
        self._opens = {
            SAFETY: self.concern_opened, DUE: self.part_opened, OWED: self.part_opened, DRAFTS: self.draft_opened,
            WAITING: self.sending_opened,
        }  # fmt: skip
        self._bringing = later(self, 0, self._on_laid_out)
        self._title, self._sentence = title(), subtitle()
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._sentence)
        self._out = column(gap=GAP_M)
        main, aside = QWidget(), QWidget()
        down, beside = column(main, gap=GAP_M), column(aside, gap=GAP_M)
        self._visits = column(gap=GAP_M)
        self._lists = {name: column(gap=GAP_M) for name in _LISTS}
        down.addLayout(self._lists[SAFETY])
        down.addWidget(heading("Visits"))
        down.addLayout(self._visits)
        down.addStretch(1)
        for name in (DUE, OWED, DRAFTS, WAITING):
            beside.addLayout(self._lists[name])
        beside.addStretch(1)
        self.layout_.setSpacing(GAP_L)
        self.layout_.addLayout(head)
        self.layout_.addLayout(self._out)
        self.layout_.addWidget(Beside(main, aside, room_chars=110, aside_chars=50))
        self.layout_.addStretch(1)

    def show_words(self, words: TodayWords) -> None:
        """Say these."""
        before, self._words = self._words, words
        self._title.setText(words.title)
        self._sentence.setText(words.sentence)
        if before is None or words.out != before.out:
            self._show_out(words.out)
        if before is None or words.visits != before.visits:
            self._show_visits(words.visits)
        for name in self._lists:
            if before is None or words.list(name) != before.list(name):
                self._show_list(name, *words.list(name))

    def first_button(self) -> Button | None:
        """Where work starts."""
        cards = [each for each in widgets_of(self._visits) if isinstance(each, PlannedCard)]
        return cards[0].main_button if cards else None

    def _show_out(self, out: tuple[OutWords, ...]) -> None:
        with focus_kept(self, self._out):
            clear(self._out)
            for each in out:
                card = OutCard(each)
                card.out_wanted.connect(self.out_wanted)
                card.longer_wanted.connect(self.longer_wanted)
                card.file_wanted.connect(self.family_opened)
                self._out.addWidget(card)

    def _show_visits(self, visits: tuple[Planned, ...]) -> None:
        with focus_kept(self, self._visits):
            clear(self._visits)
            for planned in visits:
                card = PlannedCard(planned)
                card.read_wanted.connect(self.read_wanted)
                card.move_wanted.connect(self.move_wanted)
                card.main_wanted.connect(self.main_wanted)
                self._visits.addWidget(card)
            if not visits:
                self._visits.addWidget(self._no_visits())

    def _no_visits(self) -> Card:
        card = Card()
        empty = EmptyState(
            "No visit is planned for today",
            "Plan one, or open a family and start a visit there. Whatever you write is kept on this laptop,"
            " with or without a signal.",
            "Plan a visit",
        )
        empty.pressed.connect(self.plan_wanted)
        card.layout_.addWidget(empty)
        return card

    def _show_list(self, name: str, lines: tuple[Line, ...], more: str) -> None:
        """Show one of the short lists; an empty one is not there."""
        where = self._lists[name]
        with focus_kept(self, where):
            clear(where)
            self._more.pop(name, None)
            if lines := lines or (NOTHING_DUE if name == DUE else ()):
                shown = ShortList(_LISTS[name], lines, more)
                shown.opened.connect(self._opens[name])
                if name == SAFETY:
                    shown.set_edge("danger")
                self._name(name, shown)
                where.addWidget(shown)

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
        """Put the keyboard where work starts, and show the page from its top."""
        (self.first_button() or first_stop(self) or self).setFocus()
        self._bringing.start()

    @Slot()
    def _on_laid_out(self) -> None:
        self.verticalScrollBar().setValue(0)
        button = self.first_button()
        if button is not None and button.hasFocus():
            self.ensureWidgetVisible(button)
