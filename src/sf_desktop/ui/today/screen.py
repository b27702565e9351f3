"""Today: asks the vault what the day wants, and goes where its buttons lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.adding import LABELS
from sf_desktop.ops.drafts.drafting import Draft, get
from sf_desktop.ops.visiting.lone_working import come_out, take_longer
from sf_desktop.ops.visiting.plans import PlanView, move_visit, planned
from sf_desktop.ops.visiting.visits import start_visit
from sf_desktop.ops.worker.today import TodayView, today
from sf_desktop.ui.desk import Changes, Desk, Repeated
from sf_desktop.ui.form.opening import screen_of, to_draft
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.today.cards import Planned
from sf_desktop.ui.today.view import DRAFTS, DUE, OWED, WAITING, TodayPage
from sf_desktop.ui.today.words import SHOWN, STEP, moved_words, today_words
from sf_record.errors import SfError

AGAIN_MS = 30_000


class TodayScreen(Screen):
    """The first screen of the day."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._question = Repeated(desk, today, self)
        self._question.answered.connect(self._on_today)
        self._question.failed.connect(self._on_error)
        self._is_focus_wanted = False
        self._shown = dict(SHOWN)  # how many lines of each list
        self._more_from: tuple[str, int] | None = None  # the list of which more is wanted, and how many it showed
        self.page = TodayPage()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.moved = Banner(closable=True)  # the last visit that was moved from here, and the way back
        self.moved.hide()
        self._moving: Planned | None = None
        self._back: PlanView | None = None
        down = column(self, gap=0)
        down.addWidget(self.moved)
        down.addWidget(self.banner)
        down.addWidget(self.page, 1)
        self.page.read_wanted.connect(self._on_read)
        self.page.move_wanted.connect(self._on_move)
        self.moved.pressed.connect(self._on_move_back)
        self.page.main_wanted.connect(self._on_main)
        self.page.plan_wanted.connect(self._on_plan)
        self.page.family_opened.connect(self._on_family)
        self.page.concern_opened.connect(self._on_concern)
        self.page.part_opened.connect(self._on_part)
        self.page.draft_opened.connect(self._on_draft)
        self.page.sending_opened.connect(self._on_sending)
        self.page.more_wanted.connect(self._on_more)
        self.page.out_wanted.connect(self._on_out)
        self.page.longer_wanted.connect(self._on_longer)
        desk.changed.connect(self._on_changed)
        self._again = QTimer(self)  # time passes: whoever is expected back becomes overdue
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._on_again)

    def title(self) -> str:
        return "Today"

    def top_actions(self) -> Sequence[TopAction]:
        return (
            TopAction("Registers", self._on_register, Kind.SECONDARY),
            TopAction("Ready for tomorrow", self._on_ready, Kind.SECONDARY),
            TopAction("Plan a visit", self._on_plan, Kind.SECONDARY),
        )

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self.moved.hide()
        if self._moving is not None:
            self._desk.ask(planned, self._moving.id, on_done=self._on_moved, on_error=self._on_error)
        self._ask()

    def take_focus(self) -> None:
        self._is_focus_wanted = True
        self.page.focus_first()

    def _ask(self) -> None:
        self._question.ask(max(self._shown[DUE], self._shown[OWED]))

    @Slot(object)
    def _on_today(self, view: TodayView) -> None:
        self.page.show_words(today_words(view, self._shown))
        if self._more_from is not None:
            self.page.focus_line(*self._more_from)
            self._more_from = None
        if view.out:
            self._again.start()
        else:
            self._again.stop()
        if self._is_focus_wanted and self.isVisible():
            self._is_focus_wanted = False
            self.page.focus_first()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self._ask()

    @Slot()
    def _on_again(self) -> None:
        if self.isVisible():
            self._ask()

    @Slot(str)
    def _on_more(self, name: str) -> None:
        """Drafts and what waits have lists of their own; the others go on where they stand."""
        if name == DRAFTS:
            self.go.emit(GoTo("drafts", {}))
        elif name == WAITING:
            self.go.emit(GoTo("ledger", {}))
        else:
            self._more_from = name, self._shown[name]
            self._shown[name] += STEP
            self._ask()

    @Slot(str)
    def _on_out(self, out_id: str) -> None:
        self._desk.ask(come_out, out_id, on_error=self._on_error)

    @Slot(str)
    def _on_longer(self, out_id: str) -> None:
        self._desk.ask(take_longer, out_id, on_error=self._on_error)

    @Slot(object)
    def _on_read(self, visit: Planned) -> None:
        self.go.emit(GoTo("pack", {"family": visit.family_id, "planned": visit.id}))

    @Slot(object)
    def _on_move(self, wanted: Planned) -> None:
        self._moving = wanted
        self.go.emit(GoTo("move", {"family": wanted.family_id, "planned": wanted.id}))

    @Slot(object)
    def _on_moved(self, plan: PlanView) -> None:
        """Somebody is back from moving this visit: say so if they did, with the way back."""
        before, self._moving = self._moving, None
        if before is not None and before.id == plan.id and before.planned_at != plan.planned_at:
            self._back = plan
            self.moved.say(*moved_words(plan), "ok")
            self.moved.offer("Move it back" if plan.may_move_back else "")
            self.moved.show()

    @Slot()
    def _on_move_back(self) -> None:
        self.moved.hide()
        self.take_focus()
        if self._back is not None:
            self._desk.ask(move_visit, self._back.id, self._back.moved_from, on_error=self._on_error)

    @Slot(object)
    def _on_main(self, visit: Planned) -> None:
        if visit.visit_id:
            self.go.emit(GoTo("family", {"family": visit.family_id, "record": visit.visit_id}))
        elif visit.draft_id:
            self.go.emit(GoTo("visit", {"draft": visit.draft_id}))
        else:
            self._desk.ask(start_visit, visit.family_id, visit.id, on_done=self._on_begun, on_error=self._on_error)

    @Slot(object)
    def _on_begun(self, draft: Draft) -> None:
        self.go.emit(GoTo("visit", {"draft": draft.id}))

    @Slot()
    def _on_plan(self) -> None:
        self.go.emit(GoTo("plan", {}))

    @Slot()
    def _on_register(self) -> None:
        self.go.emit(GoTo("register", {}))

    @Slot()
    def _on_ready(self) -> None:
        self.go.emit(GoTo("ready", {}))

    @Slot(str)
    def _on_family(self, family_id: str) -> None:
        self.go.emit(GoTo("family", {"family": family_id}))

    @Slot(str)
    def _on_concern(self, family_id: str) -> None:
        self.go.emit(GoTo("family", {"family": family_id, "tab": "safety"}))

    @Slot(str)
    def _on_part(self, target: str) -> None:
        part, _, family_id = target.partition(":")
        self.go.emit(GoTo("family", {"family": family_id, "tab": part}))

    @Slot(str)
    def _on_draft(self, target: str) -> None:
        kind, _, draft_id = target.partition(":")
        if kind in LABELS:
            self._desk.ask(get, draft_id, on_done=self._on_adding, on_error=self._on_error)
            return
        self.go.emit(GoTo(screen_of(kind), {"draft": draft_id}))

    @Slot(object)
    def _on_adding(self, draft: Draft) -> None:
        """Something is being added to a record: it goes on beside that record."""
        self.go.emit(to_draft(draft))

    @Slot(str)
    def _on_sending(self, event_id: str) -> None:
        self.go.emit(GoTo("needs", {"event": event_id}))
