"""The visit form: its parts at the left, one thing to write at a time, last time and the way out beside it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.visiting.visits import LastTime, check_visit, sign_visit
from sf_desktop.ui.attach.card import AttachmentsCard, attached_parts
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.parted import PartedScreen
from sf_desktop.ui.form.progress import Progress
from sf_desktop.ui.form.reading import Part
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.layout.tagged import tagged
from sf_desktop.ui.kit.safety.numbers import DangerCard
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.text.moments import clock_words, day_words, local, long_day
from sf_desktop.ui.kit.text.statuses import status_tone
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.visit.progress import VisitProgress
from sf_desktop.ui.visit.side import LastTimeCard, Promised


class VisitScreen(PartedScreen):
    """Shows the draft of a visit."""

    kind_name = "visit"
    hidden = frozenset({"planned_visit"})
    one_row_each = frozenset({"children"})
    check_verb = staticmethod(check_visit)
    finish_verb = staticmethod(sign_visit)
    what = "visit"
    parts_name = "Parts of the visit"
    attached: AttachmentsCard | None = None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._last = LastTimeCard()

    def title(self) -> str:
        return "Visit"

    def more_parts(self) -> tuple[Part, ...]:
        return attached_parts(self.attached)

    def about(self) -> str:
        if self.sheet is None:
            return ""
        return f"Visit to {self.sheet.family_name}. {_started(self.sheet)}"

    # --- layout ----------------------------------------------------------------------------------------------------

    def make_progress(self, form: Form, sheet: Sheet) -> Progress:
        return VisitProgress(form, sheet)

    def head(self, sheet: Sheet) -> QWidget:
        words = QWidget()
        down = column(words, gap=GAP_XS)
        down.addWidget(tagged(title(f"Visit to {sheet.family_name}"), tags=_status_tags(sheet), gap=GAP_M))
        down.addWidget(subtitle(" · ".join(part for part in (_started(sheet), sheet.address) if part)))
        return words

    def side(self, sheet: Sheet) -> QWidget:
        side = QWidget()
        down = column(side, gap=GAP_M)
        self._last = LastTimeCard()
        self._last.show_promises(*_promised(sheet.last_time, sheet), was_visited=sheet.last_time is not None)
        self._last.done_wanted.connect(self._on_all_done)
        self._last.carry_wanted.connect(self._on_carry)
        danger = DangerCard(may_record=True)
        danger.concern_wanted.connect(self._on_concern)
        danger.show_numbers([(each.label, each.number) for each in sheet.configuration.contacts])
        down.addWidget(self._last)
        down.addWidget(danger)
        self.attached = AttachmentsCard(self._desk, is_small=True)
        self.attached.go.connect(self.go)
        self.attached.show_draft(sheet)
        self.attached.take_anywhere(self)
        down.addWidget(self.attached)
        down.addStretch(1)
        return side

    @Slot()
    def _on_concern(self) -> None:
        self.go.emit(GoTo("concern", {"for": self.family_id()}))

    # --- what was promised last time -------------------------------------------------------------------------------

    @Slot()
    def _on_all_done(self) -> None:
        self._put_promises(is_done=True)

    @Slot()
    def _on_carry(self) -> None:
        self._put_promises(is_done=False)

    def _put_promises(self, *, is_done: bool) -> None:
        """Put last time's promises among what was agreed, ticked or not; what is there already is not doubled."""
        if self.form is None or self.sheet is None or self.sheet.last_time is None:
            return
        rows = [dict(each) for each in self.form.body().get("agreed") or []]
        by_what = {str(each.get("what") or "").strip().casefold(): each for each in rows}
        for promise in self.sheet.last_time.promises:
            known = by_what.get(promise.what.strip().casefold())
            if known is None:
                known = {"what": promise.what, "who": promise.who, "due_on": promise.due_on}
                rows.append({name: value for name, value in known.items() if value})
                known = rows[-1]
            if is_done:
                known["is_done"] = True
            else:
                known.pop("is_done", None)
        self.form.put_one("agreed", rows)
        self.autosave.touch()
        self._show_section("agreed")


def _started(sheet: Sheet) -> str:
    text = str(sheet.draft.body.get("started_at") or sheet.draft.started_at)
    at = local(text)
    return f"{long_day(at.date())}, started {clock_words(text)}" if at else ""


def _status_tags(sheet: Sheet) -> list[tuple[str, str]]:
    by_status: dict[str, tuple[str, list[str]]] = {}
    for person in sheet.people:
        for status in person.statuses if person.is_child else ():
            by_status.setdefault(status.code, (status.label, []))[1].append(person.name.split(" ")[0])
    return [(f"{' · '.join(names)}: {label.lower()}", status_tone(code)) for code, (label, names) in by_status.items()]


def _promised(last: LastTime | None, sheet: Sheet) -> tuple[str, list[Promised]]:
    if last is None:
        return "", []
    at = local(last.happened_at)
    made = []
    for promise in last.promises:
        by = f"by {day_words(promise.due_on, sheet.today)}" if promise.due_on else ""
        under = " · ".join(part for part in (promise.who, by, "done" if promise.is_done else "") if part)
        made.append(Promised(promise.what, under))
    return (f"{at.day} {at:%b}" if at else ""), made
