"""Screens made of every building block, with pretend content: what the gallery's pictures and tests show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QHBoxLayout, QTabBar

from sf_desktop.ui.kit.controls.buttons import Button, Kind, chip, danger, primary, quiet, secondary
from sf_desktop.ui.kit.fields.choices import ChoiceField, ChoicesField, CodeField, Option, YesNoField
from sf_desktop.ui.kit.fields.dates import ApproximateDateField, DateField, TimeField
from sf_desktop.ui.kit.fields.text import SecretField, TextField
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.sections import Section, SectionList
from sf_desktop.ui.kit.layout.surfaces import Card, Page, column, row
from sf_desktop.ui.kit.lists.rows import Column, RowsModel
from sf_desktop.ui.kit.lists.tables import RowsTable
from sf_desktop.ui.kit.lists.timeline import TimelineRow, TimelineView
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.messages.states import EmptyState, LoadingState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M
from sf_desktop.ui.kit.text.labels import body, muted, small, strong, subtitle, title
from sf_desktop.ui.kit.text.tags import Tag
from sf_desktop.ui.kit.window.stack import Screen, TopAction
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.wording.status import StatusWords

FOOT = StatusWords(
    "No signal.",
    "Working from this laptop",
    (("Saved here", "7", ""), ("With the council", "5", "(14:05)"), ("Waiting", "2", ""), ("Needs you", "2", "")),
    "Copies leave this laptop from 29 Nov",
)
OBSERVED = (
    "The bedroom is warm and Robin has a new bed with a rail. Two books on the shelf that were not there on the 10th. "
    "Ms Alder said the breakfast club has made mornings calmer. Wren showed me the chart they made together; five "
    "stars this week. There was a smell of damp by the back window, and Ms Alder has rported it to the landlord twice."
)


class SomeWords:
    """A speller that knows everything but one word."""

    def knows(self, word: str) -> bool:
        return word != "rported"

    def suggest(self, _word: str) -> Sequence[str]:
        return ["reported"]


class TodayLike(Screen):
    """Cards with a primary action each, and a column beside them."""

    def __init__(self) -> None:
        super().__init__()
        page = Page()
        column(self).addWidget(page)
        page.layout_.addWidget(title("Monday 23 November"))
        page.layout_.addWidget(subtitle("Four visits. All four families are complete on this laptop, as of 08:55."))
        across = row(gap=GAP_L)
        visits, beside = column(gap=GAP_M), column(gap=GAP_M)
        for at, name, tag, tone in (
            ("09:30", "Pretend family Alder", "Protection plan", "danger"),
            ("11:00", "Pretend family Birch", "In need", "warning"),
            ("13:45", "Pretend family Cedar", "Early help", "neutral"),
            ("15:30", "Pretend family Dogwood", "Looked after", "information"),
        ):
            visits.addWidget(self._visit(at, name, tag, tone))
        visits.addStretch(1)
        due = Card("Due soon")
        due.layout_.addWidget(small("Tomorrow: visit Robin Alder, in 1 working day"))
        due.layout_.addWidget(muted("Protection plan: every 10 working days, your council's rule"))
        worry = Card("Worried about a child now?", tone="danger")
        worry.layout_.addWidget(small("999 if in immediate danger. Safeguarding hub: the council's number here."))
        worry.layout_.addWidget(danger("Record a concern"))
        beside.addWidget(due)
        beside.addWidget(worry)
        beside.addStretch(1)
        across.addLayout(visits, 7)
        across.addLayout(beside, 3)
        page.layout_.addLayout(across, 1)

    def top_actions(self) -> Sequence[TopAction]:
        return (
            TopAction("New note", self.on_press, shortcut="new_note"),
            TopAction("Record a concern", self.on_press, Kind.DANGER),
        )

    def title(self) -> str:
        return "Today"

    @Slot()
    def on_press(self) -> None:
        self.setProperty("pressed", True)

    def _visit(self, at: str, name: str, tag: str, tone: str) -> Card:
        card = Card()
        card.setAccessibleName(f"{at}, {name}")
        when, what, across = column(gap=0), column(gap=2), row(gap=GAP_M)
        clock = strong(at)
        clock.setMinimumWidth(70)
        when.addWidget(clock)
        when.addWidget(muted("planned"))
        when.addStretch(1)
        head = row()
        head.addWidget(strong(name))
        head.addWidget(Tag(tag, tone))
        head.addStretch(1)
        what.addLayout(head)
        what.addWidget(subtitle("12 Example Terrace"))
        what.addWidget(small("Last promised: bring the nursery form for Robin"))
        across.addLayout(when)
        across.addLayout(what, 1)
        across.addWidget(secondary("Read first", spoken=f"Read first, {name}"))
        across.addWidget(primary("Start visit", spoken=f"Start visit, {name}"))
        card.layout_.addLayout(across)
        return card


class FormLike(Screen):
    """Every field, once plain and once with a problem."""

    def __init__(self) -> None:
        super().__init__()
        across = row(self, gap=0)
        self.sections = SectionList(
            "Parts of the visit",
            [Section("who", "Who and where"), Section("saw", "What you saw"), Section("agreed", "What was agreed")],
        )
        self.sections.say("who", "Complete", "ok")
        self.sections.say("saw", "Writing")
        self.sections.say("agreed", "1 to mend", "danger")
        self.sections.select("saw")
        left = column()
        left.setContentsMargins(GAP_L, GAP_L, 0, 0)
        left.addWidget(self.sections)
        across.addLayout(left)
        page = Page()
        across.addWidget(page, 1)
        self.summary = ErrorSummary()
        self.prose = ProseField("saw", "What you saw and heard", hint="Facts first. What is opinion goes elsewhere.")
        self.prose.set_value(OBSERVED)
        self.prose.set_spelling(SomeWords())
        people = ChoicesField("present", "Who was there")
        people.set_options(
            [Option("p1", "Robin Alder", "child, 4"), Option("p2", "Ms S. Alder", "mother, parental responsibility")]
        )
        people.set_value(["p1"])
        places = [
            Option("home", "At home"),
            Option("school", "At school or nursery"),
            Option("other", "Somewhere else"),
        ]
        self.fields = [
            TextField("place", "Where", placeholder="Only if it was not at home"),
            self.prose,
            YesNoField("bedroom", "Was each bedroom seen?", hint="Robin's and Wren's"),
            ChoiceField("where", "Where did you meet?", places),
            ChoicesField("topics", "What was talked about", places, across=True),
            people,
            CodeField("language", "Language spoken", [Option("en", "English"), Option("cy", "Welsh")]),
            DateField("day", "Day of the visit"),
            TimeField("at", "Started at"),
            ApproximateDateField("born", "Born"),
            SecretField("secret", "Passphrase"),
        ]
        page.layout_.addWidget(title("Visit to family Alder"))
        page.layout_.addWidget(self.summary)
        for field in self.fields:
            card = Card()
            card.layout_.addWidget(field)
            page.layout_.addWidget(card)
        page.layout_.addStretch(1)

    def take_focus(self) -> None:
        self.prose.take_focus()

    def saved_words(self) -> tuple[str, str]:
        return "Saved on this laptop", "09:52:14"

    def top_actions(self) -> Sequence[TopAction]:
        return (
            TopAction("Finish later", self.on_later, shortcut="finish_later"),
            TopAction("Check and sign", self.on_sign, Kind.PRIMARY, "sign"),
        )

    @Slot()
    def on_later(self) -> None:
        self.back.emit()

    @Slot()
    def on_sign(self) -> None:
        self.fields[0].problem = "Say where you met"
        self.fields[7].problem = "Give the day of the visit"
        self.summary.show_problems(self.fields)


class Timelines(QObject):
    """Rows for a model, made up as they are asked for."""

    def __init__(self, model: RowsModel, count: int) -> None:
        super().__init__(model)
        self.model = model
        model.page_wanted.connect(self.on_page_wanted)
        model.set_ids([f"r{at}" for at in range(count)])

    @Slot(object)
    def on_page_wanted(self, ids: tuple[str, ...]) -> None:
        self.model.put_rows({key: self.row(int(key[1:])) for key in ids})

    def row(self, at: int) -> Any:
        tags = (("", "neutral"), ("Returned: 1 question", "warning"), ("Signed off", "ok"))
        tag, tone = tags[at % 3]
        return TimelineRow(
            "Wed 18 Nov", f"Home visit {at + 1}", OBSERVED, "Signed 16:05 · with the council, no. 412", tag, tone
        )


class FamilyLike(Screen):
    """Banner, tabs, timeline, table and tags."""

    def __init__(self) -> None:
        super().__init__()
        page = Page()
        column(self).addWidget(page)
        page.layout_.addWidget(self._identity())
        tabs = QTabBar()
        tabs.setAccessibleName("Parts of the family file")
        tabs.setExpanding(False)
        for name in ("Overview", "Timeline", "People", "History"):
            tabs.addTab(name)
        tabs.setCurrentIndex(1)
        page.layout_.addWidget(tabs)
        across: QHBoxLayout = row(gap=GAP_L)
        view = TimelineView("Timeline")
        self.model = RowsModel([Column("What happened", TimelineRow.spoken)], self)
        self.rows = Timelines(self.model, 100_000)
        view.setModel(self.model)
        across.addWidget(view, 3)
        table_model = RowsModel(
            [Column("Family", _title, "name"), Column("Status", _tag, "status"), Column("Next visit", _when, "next")],
            self,
        )
        self.table_rows = Timelines(table_model, 1_000)
        self.table = RowsTable("Families", table_model)
        across.addWidget(self.table, 2)
        page.layout_.addLayout(across, 1)

    def _identity(self) -> Card:
        card = Card(edge="danger")
        top = row()
        top.addWidget(title("Robin Alder"))
        top.addWidget(subtitle("4 years 2 months · with mother and sister"), 1)
        card.layout_.addLayout(top)
        tags = Flow()
        tags.addWidget(Tag("Protection plan · neglect · since 3 Aug 2026", "danger"))
        tags.addWidget(Tag("No unsupervised contact: D. Alder"))
        tags.addWidget(Tag("Dog in the yard"))
        card.layout_.addLayout(tags)
        return card


class StatesLike(Screen):
    """Banners, buttons, and the empty and loading states."""

    def __init__(self) -> None:
        super().__init__()
        page = Page()
        column(self).addWidget(page)
        for tone in ("information", "ok", "warning", "danger"):
            banner = Banner(
                f"A {tone} message", "What happened, and what to do next.", tone, button="Try again", closable=True
            )
            page.layout_.addWidget(banner)
        buttons = Flow()
        off = Button("Not now")
        off.setEnabled(False)
        for button in (primary("Primary"), secondary("Secondary"), quiet("Quiet"), danger("Danger"), chip("Chip"), off):
            buttons.addWidget(button)
        page.layout_.addLayout(buttons)
        tags = Flow()
        for tone in ("neutral", "accent", "information", "ok", "warning", "danger"):
            tags.addWidget(Tag(tone.capitalize(), tone))
        page.layout_.addLayout(tags)
        page.layout_.addWidget(EmptyState("No visits today", "Plan one from a family's file.", "Show families"))
        loading = LoadingState("Fetching your families")
        loading.advance(1_240, 20_000)
        page.layout_.addWidget(loading)
        page.layout_.addWidget(body("Body text. " * 30))
        page.layout_.addStretch(1)


def _title(row_: TimelineRow) -> str:
    return row_.title


def _tag(row_: TimelineRow) -> str:
    return row_.tag


def _when(row_: TimelineRow) -> str:
    return row_.when
