"""Invents whole family files, dealt out to a council's practitioners: each with its people and two years of history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sf_record.description import Role
from sf_record.events import Event
from sf_record.pretend import names
from sf_record.pretend.activities import write_activity
from sf_record.pretend.alone import write_alone
from sf_record.pretend.around import AroundWriter
from sf_record.pretend.chance import Randomness, pretend_id
from sf_record.pretend.chronologies import write_chronology
from sf_record.pretend.early_help import EarlyHelpWriter
from sf_record.pretend.histories import History
from sf_record.pretend.households import (
    FOSTERED,
    OVERDUE,
    UNBORN,
    WITH_INTERPRETER,
    WITH_WARNING,
    YEARS_KNOWN,
    Builder,
    Cast,
)
from sf_record.pretend.meetings import write_meetings
from sf_record.pretend.plans import PlanWriter
from sf_record.pretend.safety import write_safety
from sf_record.pretend.writer import Writer
from sf_record.rules.permissions import Worker

RECORDS_PER_FAMILY = 333  # 60 families make one worker's caseload: 20,000 records, 27 MB
_ON_ACTIVITY = {OVERDUE: "Nuts bring out a rash", UNBORN: "", WITH_WARNING: ""}
_WITH_PLAN = (OVERDUE, WITH_WARNING)
_TODAY = {UNBORN: (9, 30), FOSTERED: (11, 0), WITH_WARNING: (14, 0), WITH_INTERPRETER: (15, 30)}

_EARLY_HELP = {
    UNBORN: EarlyHelpWriter.write_assessed,
    FOSTERED: EarlyHelpWriter.write_withdrawn,
}


@dataclass(frozen=True, slots=True)
class PretendFamily:
    """One invented family file: all that was ever written in it, in the order of time."""

    family_id: str
    worker_id: str  # to whom it is allocated
    events: tuple[Event, ...]


def families(
    randomness: Randomness,
    count: int,
    workers: Sequence[Worker],
    today: date,
    *,
    records_per_family: int = RECORDS_PER_FAMILY,
) -> Iterator[PretendFamily]:
    """Yield so many family files, dealt in turn to the practitioners among the workers; the same from the same seed.

    The first five of each practitioner are told apart: a protection plan with an overdue visit, a restriction and two
    fathers; an unborn child; a foster placement; a dog at the door; an interpreter. All but the first are planned for
    ``today``. Only supervisors allocate and set a status, so at least one must be among the workers.
    """
    practitioners = [worker for worker in workers if worker.role is Role.PRACTITIONER]
    supervisors = [worker for worker in workers if worker.role is Role.SUPERVISOR]
    if not practitioners or not supervisors:
        raise ValueError("a practitioner and a supervisor are needed")
    known_at = datetime.combine(today - timedelta(days=365 * YEARS_KNOWN), time(8), UTC)
    device = pretend_id(randomness, known_at)
    for index in range(count):
        lead = practitioners[index % len(practitioners)]
        boss = next((each for each in supervisors if each.team_id == lead.team_id), supervisors[0])
        family_id = pretend_id(randomness, known_at)
        writer = Writer(randomness, family_id, device)
        trait = index // len(practitioners)
        builder = Builder(randomness, writer, Cast(lead.id, boss.id), names.family_name(index), today)
        household = builder.build(family_id, index + 1, trait)
        if trait in _WITH_PLAN:
            PlanWriter(writer, household, today).write()
            AroundWriter(writer, household, today).write()
        if trait in _EARLY_HELP:
            _EARLY_HELP[trait](EarlyHelpWriter(writer, household, today))
        if trait in _ON_ACTIVITY:
            write_activity(writer, household, today, must_know=_ON_ACTIVITY[trait])
        history = History(randomness, writer, household, today)
        if trait in _TODAY:
            history.plan_today(*_TODAY[trait])
        write_meetings(randomness, writer, household, today)
        write_safety(writer, household, today)
        # Some files are three times as thick as others, as in life; together they make the caseload's size.
        thickness = 0.5 + (index % 11) / 10
        history.write(max(5, round(records_per_family * thickness) - writer.count))
        if trait == OVERDUE:
            write_chronology(writer, household, today)
            write_alone(writer, household, today)
        yield PretendFamily(family_id, lead.id, writer.events)
