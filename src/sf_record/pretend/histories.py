"""Invents what happened with a family over two years: visits, notes, plans, and what is planned for today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.dates import moment_text
from sf_record.kinds.note import Note
from sf_record.kinds.planned_visit import PlannedVisit
from sf_record.kinds.visit import AgreedAction, ChildSeen, Visit
from sf_record.pretend import phrases
from sf_record.pretend.chance import Randomness
from sf_record.pretend.households import YEARS_KNOWN, Household
from sf_record.pretend.prose import Prose
from sf_record.pretend.writer import Writer

NOTE_SHARE, VISIT_SHARE, PLAN_SHARE = 0.40, 0.20, 0.18  # the rest are calls, messages, letters, meetings
_FIRST_DAYS = 62  # the family became known within these; history begins after them
_SHORT_TYPES = ("telephone", "telephone", "message", "letter", "meeting", "supervision")


class History:
    """Writes the history of one family."""

    def __init__(self, randomness: Randomness, writer: Writer, household: Household, today: date) -> None:
        self._random = randomness
        self._writer = writer
        self._home = household
        self._today = today
        self._prose = Prose(randomness, household.adult_names, household.child_names)
        self._everybody = (*household.adults, *household.children)

    def write(self, count: int) -> None:
        """Write so many records, the last visit being as long ago as the household says."""
        visits = max(2, round(count * VISIT_SHARE))
        plans = round(count * PLAN_SHARE)
        notes = round(count * NOTE_SHARE)
        self._visit(self._weekday(self._home.last_seen_days_ago), is_last=True)
        for index in range(1, visits):
            self._visit(self._some_day(), was_planned=index <= plans)
        for _ in range(plans - visits + 1):
            self._plan_that_fell_through(self._some_day())
        for _ in range(notes):
            self._case_note(self._some_day())
        for _ in range(count - visits - plans - notes):
            self._short_note(self._some_day())

    def plan_today(self, hour: int, minute: int) -> None:
        """Write a visit planned for today."""
        planned_at = datetime.combine(self._today, time(hour, minute), UTC)
        plan = PlannedVisit(
            worker=self._home.cast.lead,
            planned_at=moment_text(planned_at),
            place="Foster placement" if self._home.is_fostered else "Family home",
            purpose=self._random.choice(phrases.PURPOSES),
        )
        self._writer.create(plan, self._home.cast.lead, planned_at - timedelta(days=self._random.randrange(1, 5)))

    def _weekday(self, days_ago: int) -> date:
        day = self._today - timedelta(days=days_ago)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def _some_day(self) -> date:
        earliest = self._home.last_seen_days_ago + 4
        return self._weekday(self._random.randrange(earliest, 365 * YEARS_KNOWN - _FIRST_DAYS))

    def _moment(self, day: date) -> datetime:
        minutes = self._random.randrange(8 * 60 + 30, 17 * 60)
        return datetime.combine(day, time(), UTC) + timedelta(minutes=minutes, seconds=self._random.randrange(0, 60))

    def _visit(self, day: date, *, is_last: bool = False, was_planned: bool = False) -> None:
        started = self._moment(day)
        ended = started + timedelta(minutes=self._random.randrange(25, 95))
        fields = self._visit_fields(started, ended, is_last=is_last)
        at = ended + timedelta(minutes=self._random.randrange(10, 200))
        visit_id = self._create_signed(fields, at)
        if was_planned:
            self._plan_that_was_kept(started, at, visit_id)

    def _visit_fields(self, started: datetime, ended: datetime, *, is_last: bool) -> Visit:
        choice, chance = self._random.choice, self._random.random
        place = "placement" if self._home.is_fostered else choice(("home", "home", "home", "school", "centre"))
        return Visit(
            type="unannounced" if chance() < 0.15 else "planned",
            place=place,
            started_at=moment_text(started),
            ended_at=moment_text(ended),
            present=self._everybody[: self._random.randrange(1, len(self._everybody) + 1)],
            others_present="Gran" if chance() < 0.1 else "",
            children=tuple(self._child_seen(child, place, must_be=is_last) for child in self._home.children),
            observed=self._prose.words(int(self._random.lognormvariate(4.4, 0.6))),
            voice=self._prose.voice(),
            worries=self._prose.words(25) if chance() < 0.5 else "",
            strengths=self._prose.words(20) if chance() < 0.6 else "",
            agreed=tuple(self._agreed(started.date(), is_last=is_last) for _ in range(self._random.randrange(1, 4))),
            next_visit_on=(started.date() + timedelta(days=self._random.randrange(10, 28))).isoformat(),
            next_visit_for=choice(phrases.PURPOSES),
        )

    def _child_seen(self, child: str, place: str, *, must_be: bool) -> ChildSeen:
        if not must_be and self._random.random() < 0.08:
            return ChildSeen(
                person=child,
                seen=False,
                seen_alone=False,
                why_not=self._random.choice(phrases.WHY_NOT),
                bedroom_seen=False,
            )
        alone = self._random.random() < 0.7
        why_not = "" if alone else self._random.choice(phrases.WHY_NOT_ALONE)
        seen_bedroom = place in {"home", "placement"} and self._random.random() < 0.6
        return ChildSeen(person=child, seen=True, seen_alone=alone, why_not=why_not, bedroom_seen=seen_bedroom)

    def _agreed(self, day: date, *, is_last: bool) -> AgreedAction:
        what = self._random.choice(phrases.ACTIONS)
        return AgreedAction(
            what=what[0].upper() + what[1:],
            who=self._random.choice(self._home.adult_names),
            due_on=(day + timedelta(days=self._random.randrange(5, 29))).isoformat(),
            is_done=not is_last and self._random.random() < 0.8,
        )

    def _create_signed(self, record: Visit | Note, at: datetime) -> str:
        """Most are signed as they are saved; some a while later, and a few of those after a word was mended."""
        author = self._home.cast.lead
        later = self._random.random()
        record_id = self._writer.create(record, author, at, is_signing=later >= 0.04)
        if later >= 0.04:
            return record_id
        if later < 0.01:
            name = "observed" if isinstance(record, Visit) else "text"
            was = getattr(record, name)
            mended = {name: f"{was} {self._prose.sentence()}"}
            self._writer.change(record_id, at + timedelta(minutes=20), mended, {name: was})
        self._writer.sign(record_id, at + timedelta(minutes=40))
        return record_id

    def _plan_that_was_kept(self, started: datetime, at: datetime, visit_id: str) -> None:
        plan = PlannedVisit(
            worker=self._home.cast.lead,
            planned_at=moment_text(started.replace(minute=0, second=0)),
            place="Family home",
            purpose=self._random.choice(phrases.PURPOSES),
        )
        plan_id = self._writer.create(plan, self._home.cast.lead, started - timedelta(days=3))
        self._writer.change(plan_id, at + timedelta(seconds=5), {"visit": visit_id}, {"visit": None})

    def _plan_that_fell_through(self, day: date) -> None:
        planned = self._moment(day).replace(minute=30, second=0)
        plan = PlannedVisit(
            worker=self._home.cast.lead,
            planned_at=moment_text(planned),
            place="Family home",
            purpose=self._random.choice(phrases.PURPOSES),
            is_cancelled=True,
        )
        self._writer.create(plan, self._home.cast.lead, planned - timedelta(days=2))

    def _case_note(self, day: date) -> None:
        happened = self._moment(day)
        note = Note(
            type="note",
            happened_at=moment_text(happened),
            about=self._about(),
            subject=self._random.choice(phrases.SUBJECTS),
            text=self._prose.note(),
        )
        self._create_signed(note, happened + timedelta(minutes=self._random.randrange(15, 240)))

    def _short_note(self, day: date) -> None:
        happened = self._moment(day)
        note = Note(
            type=self._random.choice(_SHORT_TYPES),
            happened_at=moment_text(happened),
            about=self._about(),
            subject=self._random.choice(phrases.SUBJECTS),
            text=self._prose.words(self._random.randrange(15, 90)),
        )
        self._create_signed(note, happened + timedelta(minutes=self._random.randrange(2, 60)))

    def _about(self) -> tuple[str, ...]:
        return self._everybody[: self._random.randrange(0, 3)]
