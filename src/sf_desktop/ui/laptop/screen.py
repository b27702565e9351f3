"""What is on this laptop, and until when: every family file with its reason, and what is on its way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from sf_desktop.ops.leaving.laptop import OnLaptop, on_this_laptop
from sf_desktop.ui.desk import Changes, Desk, Repeated
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.layout.surfaces import Page, clear, column
from sf_desktop.ui.kit.lists.rows import RowsModel
from sf_desktop.ui.kit.lists.sampled import SampledTable
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import body, heading, muted, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.laptop.words import RECORDS, columns, leaving_words, left_words, summary
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

ELASTIC = {0: "Pretend family", 1: "Leaves: with", 2: "Something is", 3: "Complete, as of"}


class LaptopScreen(Screen):
    """Enter opens a family file, or a group's register. Nobody else's vault on this computer is counted or named."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._question = Repeated(desk, on_this_laptop, self)
        self._question.answered.connect(self._on_here)
        self._question.failed.connect(self._on_error)
        self._registers: frozenset[str] = frozenset()
        self._title = title("What is on this laptop")
        self._summary, self._left = column(gap=GAP_XS), column(gap=GAP_XS)
        self._left_heading = heading("Left lately")
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.leaving = Banner("", "", "information")
        self.leaving.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(560)
        self.bar.setAccessibleName("Writing the vault anew")
        self.bar.hide()
        self.model = RowsModel(columns(), self)
        self.table = SampledTable("Family files on this laptop", self.model, (), elastic=ELASTIC, spared=(RECORDS,))
        self.table.opened.connect(self._on_opened)
        self.empty = EmptyState(
            "No family file is on this laptop", "Those on your caseload come when it next reaches the council."
        )
        self.page = Page()
        self._lay_out()
        desk.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        self.table.setMinimumHeight(240)
        down = self.page.layout_
        down.setSpacing(GAP_L)
        down.addWidget(self._title)
        down.addLayout(self._summary)
        for widget in (self.banner, self.leaving, self.bar):
            down.addWidget(widget)
        down.addWidget(self.table, 1)
        down.addWidget(self.empty, 1)
        down.addWidget(self._left_heading)
        down.addLayout(self._left)
        column(self).addWidget(self.page)

    def title(self) -> str:
        return "What is on this laptop"

    def top_actions(self) -> Sequence[TopAction]:
        return (TopAction("Ready for tomorrow", self._on_ready, Kind.SECONDARY),)

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._ask()

    def take_focus(self) -> None:
        self.table.setFocus()

    def in_hand(self) -> tuple[str, str]:
        return self.table.current_id(), ""

    @Slot(object)
    def show_part(self, part: float | None) -> None:
        """Show how much of the vault is written anew; None where it is not being written."""
        self.bar.setVisible(part is not None)
        self.bar.setValue(round(100 * (part or 0.0)))
        self.bar.setAccessibleDescription(f"{self.bar.value()} per cent")
        if part is None and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self._question.ask()

    @Slot(object)
    def _on_here(self, here: OnLaptop) -> None:
        today = here.today
        clear(self._summary)
        for line in summary(here, today):
            self._summary.addWidget(body(line))
        says, advice = leaving_words(here)
        self.leaving.say(says, advice, "information", announce=False)
        self.leaving.setVisible(bool(says))
        self._registers = frozenset(each.family_id for each in here.families if each.is_register)
        rows = {each.family_id: (each, today) for each in here.families}
        self.model.set_ids(tuple(rows), rows)
        self.table.sample([max((each.text(row) for row in rows.values()), key=len, default="") for each in columns()])
        self.table.setVisible(bool(here.families))
        self.empty.setVisible(not here.families)
        clear(self._left)
        self._left_heading.setVisible(bool(here.left))
        for left in here.left:
            self._left.addWidget(muted(left_words(left, today)))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self._ask()

    @Slot(str)
    def _on_opened(self, family_id: str) -> None:
        if family_id in self._registers:
            self.go.emit(GoTo("register", {"activity": family_id}))
            return
        self.go.emit(GoTo("family", {"family": family_id}))

    @Slot()
    def _on_ready(self) -> None:
        self.go.emit(GoTo("ready", {}))
