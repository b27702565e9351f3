"""What a council decides for itself: names, numbers, intervals, each with the day from which it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sf_record.errors import FieldProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNumber:
    """A number to ring: 999, the safeguarding hub, the emergency duty team."""

    label: str
    number: str


EMERGENCY = "999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How long there is between a trigger and its limit; its key is one of ``timescales``."""

    key: str
    limit: int
    unit: str  # hours, days, weeks, months
    day_type: str  # working, calendar
    is_statutory: bool = False  # fixed by law or statutory guidance: nobody decides otherwise
    is_guidance: bool = False  # by statutory guidance, not by the law itself
    effective_from: str = "1900-01-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationLevel:
    """To whom a concern goes that was not answered, and within how long they answer: the council's own rule."""

    level: int
    label: str
    limit: int
    unit: str  # hours, days
    day_type: str = "calendar"  # working, calendar
    effective_from: str = "1900-01-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One line of a list that the council keeps: a cost band, an activity."""

    code: str
    label: str
    about: str = ""  # for whom, where and when
    effective_from: str = "1900-01-01"
    effective_until: str = ""  # the last day on which it may be chosen; "" means: still

    def is_offered(self, on: date) -> bool:
        """Say whether it may be chosen on a day."""
        day = on.isoformat()
        return self.effective_from <= day and (not self.effective_until or day <= self.effective_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words to begin with: a sentence, or the headings of a whole note. What is to be filled in stands in brackets.

    ``where`` names the kinds ("visit") or their fields ("visit.voice") for which it is; nothing means: for any.
    """

    label: str
    text: str
    where: tuple[str, ...] = ()
    effective_from: str = "1900-01-01"
    effective_until: str = ""  # the last day on which it is offered; "" means: still

    def is_offered(self, on: date, kind: str = "") -> bool:
        """Say whether it is offered on a day, for a kind where one is given."""
        day = on.isoformat()
        is_now = self.effective_from <= day and (not self.effective_until or day <= self.effective_until)
        return is_now and (not kind or not self.where or any(each.partition(".")[0] == kind for each in self.where))

    def is_for(self, kind: str, field_name: str) -> bool:
        """Say whether it is for a field of a kind."""
        return not self.where or kind in self.where or f"{kind}.{field_name}" in self.where


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerName:
    """A worker as colleagues see them."""

    id: str
    name: str
    role: str
    team_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeVersion:
    """One version of the council's privacy notice, as its families are given it: the full text and the plain one."""

    version: str
    effective_from: str
    text: str
    easy_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One version of everything that the council decides; a newer version replaces it whole."""

    version: int = 0
    council_id: str = ""
    council_name: str = ""
    service_name: str = "Strengthening Families"
    contacts: tuple[ContactNumber, ...] = ()
    lone_working: tuple[ContactNumber, ...] = ()  # who is rung about somebody who visits alone and is overdue
    intervals: tuple[Interval, ...] = ()
    escalations: tuple[EscalationLevel, ...] = ()
    workers: tuple[WorkerName, ...] = ()
    teams: Mapping[str, str] = field(default_factory=dict)
    activities: tuple[Offered, ...] = ()
    cost_bands: tuple[Offered, ...] = ()
    licensed_tools: tuple[str, ...] = ()  # measures whose owner the council holds a licence of
    notices: tuple[NoticeVersion, ...] = ()
    notice_from_age: int = 0  # young people of this age are given the notice themselves; 0: as the worker judges
    phrases: tuple[Phrase, ...] = ()
    idle_lock_minutes: int = 10
    copies_leave_after_days: int = 7
    lease_warn_hours: int = 72
    lease_lock_days: int = 7
    lease_wipe_days: int = 30

    @property
    def numbers(self) -> tuple[ContactNumber, ...]:
        """The numbers to ring when a child is in danger, 999 before the council's own."""
        emergency = [each for each in self.contacts if each.number == EMERGENCY]
        others = [each for each in self.contacts if each.number != EMERGENCY]
        return (*(emergency or [ContactNumber(label="Immediate danger", number=EMERGENCY)]), *others)

    @property
    def lone_numbers(self) -> tuple[ContactNumber, ...]:
        """The numbers to ring about somebody who is overdue: those kept for it, else the council's own, then 999."""
        own = [each for each in (self.lone_working or self.contacts) if each.number != EMERGENCY]
        return (*own, self.numbers[0])

    def phone_for(self, *, is_in_danger: bool) -> ContactNumber:
        """Return whom to ring about a concern: the council's first number, or 999 while a child is in danger."""
        numbers = self.numbers
        return numbers[0] if is_in_danger or len(numbers) == 1 else numbers[1]

    def interval(self, key: str, on: date) -> Interval | None:
        """Return the interval in force on a day: the one with the latest start not after it."""
        known = [each for each in self.intervals if each.key == key and date.fromisoformat(each.effective_from) <= on]
        return max(known, key=_effective, default=None)

    def interval_before(self, now: Interval) -> Interval | None:
        """Return the interval that was in force until this one took its place."""
        known = [each for each in self.intervals if each.key == now.key and each.effective_from < now.effective_from]
        return max(known, key=_effective, default=None)

    def escalation(self, level: int, on: date) -> EscalationLevel | None:
        """Return a level of the council's escalation procedure as it is in force on a day."""
        known = [
            each for each in self.escalations if each.level == level and date.fromisoformat(each.effective_from) <= on
        ]
        return max(known, key=_effective, default=None)

    def lists(self, on: date) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return the council's own lists by name, each as (code, label) of what may be chosen on a day."""
        kept = {"activities": self.activities, "cost_bands": self.cost_bands}
        return {
            name: tuple((each.code, each.label) for each in lines if each.is_offered(on))
            for name, lines in kept.items()
        }

    def notice(self, on: date) -> NoticeVersion | None:
        """Return the privacy notice in force on a day."""
        known = [each for each in self.notices if each.effective_from <= on.isoformat()]
        return max(known, key=lambda each: each.effective_from, default=None)

    def worker_name(self, worker_id: str | None) -> str:
        """Return what to call a worker."""
        return next((each.name for each in self.workers if each.id == worker_id), "A colleague")


def _effective(each: Interval | EscalationLevel) -> str:
    return each.effective_from


def silent_changes(
    before: Configuration, after: Configuration, facts: tuple[Interval, ...]
) -> tuple[FieldProblem, ...]:
    """Return what would move a limit without saying so: an interval or a level changed in place, and any of the law.

    A council that changes its rule adds an entry with a later day, so that what held before is known; what the law or
    its guidance fixes (in ``facts``) stays as it is.
    """
    moved = [each.key for each in before.intervals if not _is_kept(each, after, facts)]
    fixed = {each.key: each for each in facts if each.is_statutory}
    unlawful = [each.key for each in after.intervals if each.key in fixed and not _is_as_long(each, fixed[each.key])]
    levels = [each.level for each in before.escalations if each not in after.escalations]
    return (
        *(FieldProblem("intervals", f"{key}: do not change it, add one with a later day") for key in moved),
        *(FieldProblem("intervals", f"{key}: this is fixed by the law or its guidance") for key in unlawful),
        *(
            FieldProblem("escalations", f"level {level}: do not change it, add one with a later day")
            for level in levels
        ),
    )


def _is_kept(each: Interval, after: Configuration, facts: tuple[Interval, ...]) -> bool:
    """Say whether an interval is still there. Who fixed it may be told better than before; how long it is may not."""
    fact = next((fact for fact in facts if fact.key == each.key), each)
    told = replace(each, is_statutory=fact.is_statutory, is_guidance=fact.is_guidance)
    return each in after.intervals or told in after.intervals


def _is_as_long(one: Interval, other: Interval) -> bool:
    return (one.limit, one.unit, one.day_type) == (other.limit, other.unit, other.day_type)
