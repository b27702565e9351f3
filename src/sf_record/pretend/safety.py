"""Invents what keeps a child safe: a concern followed to its end, a danger statement, and a plan’s own interval."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.dates import moment_text
from sf_record.kinds.concern import BodyMark, Concern
from sf_record.kinds.concern_step import ConcernStep
from sf_record.kinds.danger_statement import DangerStatement
from sf_record.kinds.timescale_override import TimescaleOverride
from sf_record.pretend.households import Household
from sf_record.pretend.writer import Writer


def write_safety(writer: Writer, home: Household, today: date) -> None:
    """Write the concern and the statement behind a protection plan, and an interval of its own."""
    if home.status_child is None or home.status_since is None:
        return
    if home.status == "CP":
        _concern(writer, home, home.status_child, home.status_since - timedelta(days=18))
        _danger(writer, home, home.status_child, home.status_since, today)
        _interval(writer, home, home.status_child, home.status_since)


def _concern(writer: Writer, home: Household, child: str, day: date) -> None:
    at = datetime.combine(day, time(14, 20), UTC)
    mark = BodyMark(
        place="Left forearm, front", side="front", x=378, y=390, person=child, kind="bruise", size="2 cm across",
        colour="Yellow and green", words="“I bumped it.”",
    )  # fmt: skip
    concern = Concern(
        about=(child,),
        is_in_danger=False,
        words="“I was on my own all night and I did not like it.”",
        facts="Nobody answered the door for ten minutes. The kitchen was cold and there was no food in the cupboard.",
        opinion="I think this was not the first night.",
        done="Stayed until mum came home. Rang the office from the car.",
        parents_told="Mum was told by me what I would pass on, and why.",
        marks=(mark,),
        happened_at=moment_text(at),
        place="Family home",
        present=(child,),
    )
    concern_id = writer.create(concern, home.cast.lead, at + timedelta(minutes=25), is_signing=True)
    steps = (
        (home.cast.lead, 40, "manager", {"with_whom": "P. Manager"}),
        (home.cast.lead, 65, "hub", {"with_whom": "Pretend hub", "way": "telephone", "reference": "PRETEND-0001"}),
        (home.cast.supervisor, 20 * 60, "decision", {"with_whom": "Pretend hub", "decision": "enquiry"}),
        (home.cast.supervisor, 18 * 24 * 60, "closed", {"words": "A protection plan was made at the conference."}),
    )
    for author, minutes, step, more in steps:
        done_at = at + timedelta(minutes=minutes)
        made = ConcernStep(concern=concern_id, step=step, done_at=moment_text(done_at), **more)
        writer.create(made, author, done_at + timedelta(minutes=2), is_signing=True)


def _danger(writer: Writer, home: Household, child: str, since: date, today: date) -> None:
    statement = DangerStatement(
        about=(child,),
        worried="The social worker, the school and gran",
        danger="They are worried that the children will be left alone at night again, and that a fire or a fall could"
        " hurt them badly with nobody there to help.",
        goal="A grown-up whom the plan names is in the house every night, for six months, and the children say so too.",
        written_on=since.isoformat(),
        review_on=(today + timedelta(days=40)).isoformat(),
    )
    writer.create(statement, home.cast.lead, datetime.combine(since, time(16), UTC))


def _interval(writer: Writer, home: Household, child: str, since: date) -> None:
    interval = TimescaleOverride(
        person=child, key="core_group_repeat", limit=4, unit="weeks", since=since.isoformat(),
        agreed_by="the core group", reason="The group meets on Thursdays",
    )  # fmt: skip
    writer.create(interval, home.cast.lead, datetime.combine(since, time(16, 30), UTC))
