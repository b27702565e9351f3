"""Invents a family's early help: its agreement, an assessment, a team meeting, a step, a notice given, a withdrawal."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.dates import moment_text
from sf_record.kinds.agreement import AgencyShare, Agreement
from sf_record.kinds.assessment import (
    AssessedChild,
    Assessment,
    ChildsVoice,
    CopyGiven,
    ParentsView,
    PlannedStep,
    Professional,
    Responsible,
    Scaled,
)
from sf_record.kinds.notice_given import NoticeGiven
from sf_record.kinds.step import Step
from sf_record.kinds.team_meeting import NewAction, OfTheTeam, Progress, TeamMeeting
from sf_record.kinds.withdrawal import Told, Withdrawal
from sf_record.pretend.households import Household
from sf_record.pretend.writer import Writer

_AGENCIES = (
    AgencyShare(agency="Pretend Primary School", may_share=True),
    AgencyShare(agency="Pretend health visitors", may_share=True, limits="Nothing about the family doctor"),
    AgencyShare(agency="Pretend Housing", may_share=False),
)


class EarlyHelpWriter:
    """Writes the early help of one household, by its lead practitioner."""

    def __init__(self, writer: Writer, household: Household, today: date) -> None:
        self._writer, self._home, self._today = writer, household, today

    def write_assessed(self) -> None:
        """Write a family that agreed, was assessed and has a team."""
        self._notice("Pretend 0", weeks_ago=20)
        self._agreement(weeks_ago=16)
        self._assessment(weeks_ago=14)
        self._meeting(weeks_ago=5)

    def write_withdrawn(self) -> None:
        """Write a family that came down a step, agreed and took it back; one agency has not been told."""
        self._step_down()
        agreement = self._agreement(weeks_ago=12)
        at = self._at(3)
        told = (
            Told(agency="Pretend Primary School", told_on=at.date().isoformat(), how="The head, by telephone"),
            Told(agency="Pretend health visitors"),
        )
        self._writer.create(
            Withdrawal(
                agreement=agreement,
                withdrawn_at=moment_text(at - timedelta(hours=2)),
                by=self._home.adults[:1],
                how="phone",
                said="We want to manage by ourselves for now.",
                told=told,
            ),
            self._home.cast.lead,
            at,
        )

    def _at(self, weeks_ago: int) -> datetime:
        return datetime.combine(self._today - timedelta(weeks=weeks_ago), time(15, 0), UTC)

    def _sign(self, record: object, weeks_ago: int) -> str:
        return self._writer.create(record, self._home.cast.lead, self._at(weeks_ago), is_signing=True)

    def _began(self, weeks_ago: int) -> str:
        return moment_text(self._at(weeks_ago) - timedelta(hours=1))

    def _step_down(self) -> None:
        self._sign(
            Step(
                type="down",
                decided_on=self._at(9).date().isoformat(),
                children=self._home.children,
                agreed_with="Pretend manager",
                why="Mornings are calm, and both schools see the difference.",
                where_to="early_help",
                handed_to="Pretend family centre",
            ),
            9,
        )

    def _notice(self, version: str, weeks_ago: int) -> None:
        given = NoticeGiven(
            version=version,
            people=self._home.adults,
            given_at=self._began(weeks_ago),
            how=("read", "paper"),
            text="both",
            understood="partly",
            why_not="How long it is kept. We go through that part again next time.",
        )
        self._writer.create(given, self._home.cast.lead, self._at(weeks_ago))

    def _agreement(self, weeks_ago: int) -> str:
        return self._sign(
            Agreement(
                people=self._home.adults,
                agreed_at=self._began(weeks_ago),
                answer="agreed",
                what_for=("assessment", "team", "sharing"),
                explained="We read it together. They know that they can change their minds.",
                agencies=_AGENCIES,
                how="spoken",
                witness="Pretend health visitor",
                review_on=(self._today + timedelta(weeks=10)).isoformat(),
            ),
            weeks_ago,
        )

    def _assessment(self, weeks_ago: int) -> None:
        home = self._home
        self._sign(
            Assessment(
                started_at=self._began(weeks_ago),
                children=tuple(AssessedChild(person=each, setting="Pretend Primary School") for each in home.children),
                household=(*home.adults, *home.children),
                responsible=tuple(Responsible(person=each, children=home.children) for each in home.adults[:1]),
                professionals=(
                    Professional(name="Pretend teacher", role="Class teacher", agency="Pretend Primary School"),
                    Professional(name="Pretend health visitor", agency="Pretend health visitors", took_part=True),
                ),
                asked_by="1A",
                reason="Mornings have become hard, and a baby is on the way.",
                tried="A chart for the mornings. It helped for a week.",
                voices=tuple(
                    ChildsVoice(
                        person=each, words="“I like it when we all have breakfast.”", day="Up late, then a rush."
                    )
                    for each in home.children
                ),
                views=tuple(ParentsView(person=each, view="We are tired and argue too much.") for each in home.adults),
                worries="Everybody is late and nobody sleeps enough.",
                strengths="They ask for help, and the children are proud of school.",
                needed="A routine that both adults keep, and one evening without screens.",
                scales=(Scaled(person=home.adults[0], score=4, why="The mornings"),),
                learning="Both read for fun.",
                care="Meals are regular. Bedtimes are not.",
                home="The flat is damp; the landlord has been written to.",
                analysis="With sleep and a shared routine the children would manage school well.",
                plan=(
                    PlannedStep(what="Same bedtime every evening", who=home.adult_names[0]),
                    PlannedStep(what="Breakfast club twice a week", who="Pretend teacher"),
                ),
                decision="team",
                lead="Pretend teacher, Pretend Primary School",
                copies=(CopyGiven(to="The family", given_on=self._at(weeks_ago).date().isoformat(), how="paper"),),
            ),
            weeks_ago,
        )

    def _meeting(self, weeks_ago: int) -> None:
        due = (self._at(weeks_ago) + timedelta(weeks=4)).date().isoformat()
        self._sign(
            TeamMeeting(
                sort="first",
                met_at=self._began(weeks_ago),
                place="Pretend Primary School",
                chaired_by="Pretend teacher",
                family_came=self._home.adults[:1],
                team=(
                    OfTheTeam(name="Pretend teacher", agency="Pretend Primary School", came="came"),
                    OfTheTeam(name="Pretend health visitor", agency="Pretend health visitors", came="apologies"),
                ),
                family_view="The evenings are better. Mornings are still a rush.",
                child_view="“We had pancakes at breakfast club.”",
                progress=(
                    Progress(what="Same bedtime every evening", who=self._home.adult_names[0], progress="begun"),
                    Progress(what="Breakfast club twice a week", who="Pretend teacher", progress="done"),
                ),
                actions=(NewAction(what="Pack the school bags before tea", who=self._home.adult_names[0], due_on=due),),
                is_still_needed=True,
                next_on=(self._at(weeks_ago) + timedelta(weeks=6)).date().isoformat(),
            ),
            weeks_ago,
        )
