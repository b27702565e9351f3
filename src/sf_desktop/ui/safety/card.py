"""One concern on its card: what was said, how far it is, what is awaited, and the next step as a button."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.records.concerns import ConcernView
from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.drawings.body_drawing import BodyDrawing, Mark
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import Card, column
from sf_desktop.ui.kit.layout.tagged import tagged
from sf_desktop.ui.kit.safety.concern_words import PHONE_NOW, about_words, clock_line
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import Label, body, heading, muted
from sf_desktop.ui.kit.text.moments import moment_words
from sf_record.kinds.concern_step import DECISIONS, ENQUIRY, STRATEGY

MOST_WORDS = 280
DRAWING_HEIGHT = 300
NEXT = (
    ("manager", "Agreed with a manager"),
    ("hub", "Hub told"),
    ("decision", "Hub’s decision"),
    ("discussed", "Strategy discussion held"),
    ("escalated", "Escalate"),
    ("answered", "Answered"),
    ("followed_up", "Followed up"),
    ("other", "Something else"),
    ("closed", "Close the concern"),
)


class ConcernCard(Card):
    """`step_wanted(concern, step)` and `opened(concern)`. A closed concern only says what became of it."""

    step_wanted = Signal(str, str)
    opened = Signal(str)

    def __init__(self, view: ConcernView, today: date) -> None:
        is_open = view.standing.is_open
        super().__init__("", edge="danger" if is_open else "")
        self.view = view
        self._steps: dict[Button, str] = {}
        self._name = f"{about_words(view)}, {moment_words(view.happened_at, today)}"
        self.setAccessibleName(f"Concern: {self._name}")
        self.layout_.addWidget(tagged(heading(self._name), tags=self._tags()))
        if view.words:
            words = view.words if len(view.words) <= MOST_WORDS else f"{view.words[:MOST_WORDS]}…"
            self.layout_.addWidget(body(words))
        self.layout_.addWidget(muted(f"Recorded by {view.author}, {moment_words(view.written_at, today)}"))
        for clock in view.standing.clocks:
            line = Label(clock_line(clock, today), "strong")
            if clock.is_overdue:
                line.tone("danger")
            self.layout_.addWidget(line)
        for lack in view.standing.lacks:
            self.layout_.addWidget(body(f"• {lack}"))
        self._add_steps(today)
        self.layout_.addWidget(self._buttons())
        if view.marks:
            self._add_marks()

    def _tags(self) -> list[tuple[str, str]]:
        standing = self.view.standing
        tags = [] if self.view.is_sent else [(PHONE_NOW, "danger")]
        if self.view.is_in_danger:
            tags.append(("Danger when recorded", "danger"))
        if standing.level and standing.is_open:
            tags.append((f"Escalated: level {standing.level}", "warning"))
        tags.append(("Open", "warning") if standing.is_open else ("Closed", "neutral"))
        return tags

    def _add_marks(self) -> None:
        drawing = BodyDrawing()
        drawing.setFixedHeight(DRAWING_HEIGHT)
        drawing.set_read_only(True)
        drawing.show_marks([Mark(each.side, each.x, each.y) for each in self.view.marks])
        told = column(gap=2)
        for number, each in enumerate(self.view.marks, 1):
            told.addWidget(body(f"{number}. {each.words}"))
        self.layout_.addWidget(drawing)
        self.layout_.addLayout(told)

    def _add_steps(self, today: date) -> None:
        if not self.view.steps:
            return
        down = column(gap=GAP_S)
        for each in self.view.steps:
            waits = " · not with the council yet" if each.is_waiting else ""
            step = column(gap=0)
            step.addWidget(body(f"✓ {each.title}, {moment_words(each.done_at, today)}"))
            words = f"{each.words.splitlines()[0][:120]} · " if each.words else ""
            step.addWidget(muted(f"{words}{each.author}{waits}"))
            down.addLayout(step)
        self.layout_.addLayout(down)

    def _buttons(self) -> QWidget:
        box = QWidget()
        flow = Flow(box, gap=GAP_S)
        is_awaited = bool(self._awaited() or self.view.standing.lacks)
        for step, label in self._next():
            kind = Kind.PRIMARY if is_awaited and not self._steps else Kind.SECONDARY
            button = Button(label, kind, spoken=f"{label}: concern about {self._name}")
            button.clicked.connect(self._on_step)
            self._steps[button] = step
            flow.addWidget(button)
        reading = Button("Read it", Kind.QUIET, spoken=f"Read the concern about {self._name}")
        reading.clicked.connect(self._on_open)
        flow.addWidget(reading)
        return box

    def _next(self) -> list[tuple[str, str]]:
        """What can be added, what comes next first."""
        standing = self.view.standing
        if not standing.is_open:
            return []
        done = {"manager": standing.manager_at, "hub": standing.hub_at, "decision": standing.decided_at}
        hidden = {step for step, at in done.items() if at and step != "decision"}
        hidden |= set() if standing.level else {"answered"}
        asks_for_one = {dict(DECISIONS)[each] for each in (STRATEGY, ENQUIRY)}
        hidden |= set() if standing.decision in asks_for_one else {"discussed"}
        labels = {step: label for step, label in NEXT if step not in hidden}
        return [(step, labels[step]) for step in dict.fromkeys((*self._awaited(), *labels)) if step in labels]

    def _awaited(self) -> tuple[str, ...]:
        """Return the steps that somebody waits for, the one whose time runs out first at the head."""
        return tuple(each.step for each in self.view.standing.clocks if each.step)

    @Slot()
    def _on_step(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.step_wanted.emit(self.view.id, self._steps[sender])

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self.view.id)
