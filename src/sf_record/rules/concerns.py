"""How far a safeguarding concern is: agreed, told, decided, escalated, closed, and how long each of its clocks runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sf_record.configuration import Configuration, EscalationLevel, Interval
from sf_record.dates import WorkingDays, moment_text, read_moment
from sf_record.deadlines.timescales import COUNCILS_RULE, limit, whose_rule, words_of
from sf_record.kinds.concern_step import DECISIONS, ENQUIRY, STRATEGY, ConcernStep


@dataclass(frozen=True, slots=True)
class Facts:
    """What clocks are worked out with. ``day_of`` returns the day on the wall of a moment's text."""

    configuration: Configuration
    days: WorkingDays
    now: datetime
    day_of: Callable[[str], date | None]

    @property
    def today(self) -> date:
        return self.day_of(moment_text(self.now)) or self.now.date()


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that is awaited: what, until when (a day, and a moment where hours count), by whose rule, and the code
    of the step that ends it (empty: it is no step).
    """

    what: str
    on: date
    why: str
    at: str = ""
    is_overdue: bool = False
    step: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a concern is. Moments are texts; empty: not yet."""

    manager_at: str = ""
    manager: str = ""
    hub_at: str = ""
    reference: str = ""
    decided_at: str = ""
    decision: str = ""
    level: int = 0
    closed_at: str = ""
    clocks: tuple[Clock, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.closed_at

    @property
    def lacks(self) -> tuple[str, ...]:
        """What nobody has recorded yet, in the order of the work."""
        if not self.is_open:
            return ()
        told = (
            (self.manager_at, "Not yet agreed with a manager"),
            (self.hub_at, "The safeguarding hub is not told yet"),
            (self.decided_at, "The hub’s decision is not known yet"),
        )
        return tuple(words for at, words in told if not at)


def standing(written_at: str, steps: Sequence[ConcernStep], facts: Facts, conferences: Sequence[str] = ()) -> Standing:
    """Work out how far a concern is from its steps, whoever recorded them and in whatever order they arrived.

    ``conferences`` are the days (texts) of the initial conferences that were held about a child of it.
    """
    steps = sorted(steps, key=_done_at)
    manager = _first(steps, "manager")
    hub = _first(steps, "hub")
    decided = _last(steps, "decision")
    escalated = _last(steps, "escalated")
    closed = _last(steps, "closed")
    made = Standing(
        manager_at=_done_at(manager),
        manager=manager.with_whom if manager else "",
        hub_at=_done_at(hub),
        reference=next((each.reference for each in reversed(steps) if each.reference), ""),
        decided_at=_done_at(decided),
        decision=dict(DECISIONS).get(decided.decision, "") if decided else "",
        level=int(escalated.level) if escalated and escalated.level.isdecimal() else 0,
        closed_at=_done_at(closed),
    )
    if made.closed_at:
        return made
    found = (
        _until("manager", _awaiting("concern_manager", "Agree it with a manager", written_at, made.manager_at, facts)),
        _until("hub", _awaiting("concern_hub", "Tell the safeguarding hub", written_at, made.hub_at, facts)),
        _until("decision", _awaiting("referral_decision", "The hub’s decision", made.hub_at, made.decided_at, facts)),
        _until("discussed", _discussion(decided, steps, facts)),
        _conference(decided, steps, facts, conferences),
        _until("answered", _answer(escalated, steps, facts)),
        *_follow_ups(steps, facts),
    )
    clocks = sorted((each for each in found if each is not None), key=_when)
    return Standing(
        made.manager_at, made.manager, made.hub_at, made.reference, made.decided_at, made.decision, made.level,
        made.closed_at, tuple(clocks),
    )  # fmt: skip


def _done_at(step: ConcernStep | None) -> str:
    return step.done_at or "" if step is not None else ""


def _when(clock: Clock) -> tuple[date, str]:
    return clock.on, clock.at


def _first(steps: Sequence[ConcernStep], step: str) -> ConcernStep | None:
    return next((each for each in steps if each.step == step), None)


def _last(steps: Sequence[ConcernStep], step: str) -> ConcernStep | None:
    return _first(tuple(reversed(steps)), step)


def _until(step: str, clock: Clock | None) -> Clock | None:
    """Say of a clock which step ends it."""
    return clock and replace(clock, step=step)


def _awaiting(key: str, what: str, since: str, until: str, facts: Facts) -> Clock | None:
    """Something that has to happen within an interval since another; none where nobody set the interval."""
    began = facts.day_of(since) if since and not until else None
    interval = facts.configuration.interval(key, facts.today) if began else None
    if began is None or interval is None:
        return None
    return _clock(what, since, began, interval, f"{words_of(interval)}, {whose_rule(interval)}", facts)


def _discussion(decided: ConcernStep | None, steps: Sequence[ConcernStep], facts: Facts) -> Clock | None:
    """A hub that decided on a strategy discussion holds it within hours; whatever it decides next ends the wait."""
    if decided is None or decided.decision != STRATEGY:
        return None
    since = _done_at(decided)
    held = next((_done_at(each) for each in steps if each.step == "discussed" and _done_at(each) >= since), "")
    return _awaiting("strategy_discussion", "The strategy discussion", since, held, facts)


def _conference(
    decided: ConcernStep | None, steps: Sequence[ConcernStep], facts: Facts, conferences: Sequence[str]
) -> Clock | None:
    """A conference is counted from the strategy discussion that began the enquiry; not every enquiry calls for one."""
    if decided is None or decided.decision != ENQUIRY:
        return None
    discussed = _last([each for each in steps if _done_at(each) <= _done_at(decided)], "discussed")
    began = facts.day_of(_done_at(discussed)) if discussed is not None else None
    if began is None:
        return None
    held = max((each for each in conferences if each >= began.isoformat()), default="")
    return _awaiting("icpc", "The initial conference, if one is called", _done_at(discussed), held, facts)


def _answer(escalated: ConcernStep | None, steps: Sequence[ConcernStep], facts: Facts) -> Clock | None:
    """An escalation waits for its answer; a decision of the hub is one too."""
    if escalated is None or not escalated.level.isdecimal():
        return None
    since = _done_at(escalated)
    # What was decided in the same minute is what was escalated, not its answer.
    if any(
        (each.step == "answered" and _done_at(each) >= since) or (each.step == "decision" and _done_at(each) > since)
        for each in steps
    ):
        return None
    began, level = facts.day_of(since), facts.configuration.escalation(int(escalated.level), facts.today)
    if began is None or level is None:
        return None
    why = f"level {level.level}, {level.label}: {words_of(level)}, {COUNCILS_RULE}"
    return _clock("Answer to the escalation", since, began, level, why, facts)


def _follow_ups(steps: Sequence[ConcernStep], facts: Facts) -> list[Clock]:
    """What was to be followed up since somebody last said that it was."""
    done = max((_done_at(each) for each in steps if each.step == "followed_up"), default="")
    found = []
    for each in steps:
        on = facts.day_of(each.follow_up_on or "")
        is_open = _done_at(each) > done or (each.step == "followed_up" and _done_at(each) == done)
        if on is not None and is_open:
            what = each.follow_up or "Follow the concern up"
            found.append(Clock(what, on, "as was agreed", is_overdue=on < facts.today, step="followed_up"))
    return found


def _clock(what: str, since: str, began: date, span: Interval | EscalationLevel, why: str, facts: Facts) -> Clock:
    if span.unit == "hours":
        ends = read_moment(since) + timedelta(hours=span.limit)
        at = moment_text(ends)
        return Clock(what, facts.day_of(at) or ends.date(), why, at, is_overdue=ends < facts.now)
    on = limit(began, span, facts.days)
    return Clock(what, on, why, is_overdue=on < facts.today)
