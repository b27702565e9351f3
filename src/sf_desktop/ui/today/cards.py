"""What lies on Today: a card for each planned visit, and short lists beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.controls.buttons import Button, Kind, quiet
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import Card, at_edge, column, row
from sf_desktop.ui.kit.layout.tagged import tagged
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import Label, body, heading, muted, small, subtitle


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned visit in words. `main` says what its first button does."""

    id: str
    family_id: str
    time: str
    state: str
    family: str
    tags: tuple[tuple[str, str], ...]
    address: str
    line: str
    is_warning: bool
    main: str
    is_primary: bool = False
    draft_id: str = ""
    visit_id: str = ""
    planned_at: str = ""
    may_move: bool = False  # not begun yet


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a short list: bold lead, rest, and a quieter second line. With a `target` it can be opened."""

    lead: str
    rest: str = ""
    under: str = ""
    action: str = ""
    target: str = ""
    is_grave: bool = False


class PlannedCard(Card):
    """A planned visit. `read_wanted`, `move_wanted` and `main_wanted` carry the visit."""

    read_wanted = Signal(object)
    move_wanted = Signal(object)
    main_wanted = Signal(object)

    def __init__(self, planned: Planned) -> None:
        super().__init__()
        self.planned = planned
        self.setAccessibleName(f"{planned.time} {planned.state}, {planned.family}")
        self.read_button = Button("Read first", spoken=f"Read first, {planned.family}")
        kind = Kind.PRIMARY if planned.is_primary else Kind.SECONDARY
        self.main_button = Button(planned.main, kind, spoken=f"{planned.main}, {planned.family}")
        self.read_button.clicked.connect(self._on_read)
        self.main_button.clicked.connect(self._on_main)
        buttons = QWidget()
        across = row(buttons)
        across.addStretch(1)
        if planned.may_move:
            self.move_button = quiet("Move…", spoken=f"Move, {planned.family}")
            self.move_button.clicked.connect(self._on_move)
            across.addWidget(self.move_button)
        across.addWidget(self.read_button)
        across.addWidget(self.main_button)
        self.layout_.addWidget(Beside(self._words(), buttons, room_chars=84, gap=GAP_M, at_top=False))

    def _words(self) -> QWidget:
        planned = self.planned
        words = QWidget()
        across = row(words, gap=GAP_L)
        across.addWidget(_When(planned.time, planned.state), 0, Qt.AlignmentFlag.AlignVCenter)
        down = column(gap=GAP_XS)
        down.addWidget(tagged(heading(planned.family), tags=planned.tags))
        if planned.address:
            down.addWidget(subtitle(planned.address))
        if planned.line:
            line = small(f"⚠ {planned.line}" if planned.is_warning else planned.line)
            line.setAccessibleName(f"Warning: {planned.line}" if planned.is_warning else planned.line)
            down.addWidget(line)
        across.addLayout(down, 1)
        return words

    @Slot()
    def _on_read(self) -> None:
        self.read_wanted.emit(self.planned)

    @Slot()
    def _on_move(self) -> None:
        self.move_wanted.emit(self.planned)

    @Slot()
    def _on_main(self) -> None:
        self.main_wanted.emit(self.planned)


class _When(QWidget):
    """The time over the word for it, as wide on every card."""

    def __init__(self, time: str, state: str) -> None:
        super().__init__()
        down = column(self, gap=0)
        self._time = Label(time, "heading", wraps=False)
        down.addWidget(self._time)
        down.addWidget(muted(state))

    def sizeHint(self) -> QSize:
        return QSize(self._time.fontMetrics().horizontalAdvance("00:00") + GAP_L, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class ShortList(Card):
    """A card with a few lines. `opened(str)` is the target of the line whose button was pressed.

    `more` says how many it does not show: the words of a button, with which `more_wanted` comes.
    """

    opened = Signal(str)
    more_wanted = Signal()

    def __init__(self, title: str, lines: Sequence[Line], more: str = "") -> None:
        super().__init__(title)
        self._targets: dict[Button, str] = {}
        for line in lines:
            self.layout_.addWidget(self._line(line))
        if more:
            self.more_button = quiet(more, spoken=f"{title}: {more}")
            self.more_button.clicked.connect(self.more_wanted)
            self.layout_.addLayout(at_edge(self.more_button))

    def focus_line(self, number: int) -> None:
        """Put the keyboard on the button of the line of this number, counted from nought."""
        buttons = tuple(self._targets)
        if number < len(buttons):
            buttons[number].setFocus()

    def _line(self, line: Line) -> QWidget:
        """The button stands beside the lead only, so that what is under it has the whole width."""
        box = QWidget()
        down = column(box, gap=2)
        across = row(gap=GAP_S)
        if line.lead:
            lead = Label(line.lead, "strong")
            if line.is_grave:
                lead.tone("danger")
            across.addWidget(lead, 1)
        if line.lead or line.action:
            down.addLayout(across)
        if line.rest:
            down.addWidget(body(line.rest) if not line.lead else small(line.rest))
        if line.under:
            down.addWidget(muted(line.under))
        if line.action:
            button = quiet(line.action, spoken=f"{line.action}: {line.lead} {line.rest}".strip())
            button.clicked.connect(self._on_pressed)
            self._targets[button] = line.target
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return box

    @Slot()
    def _on_pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.opened.emit(self._targets[sender])
