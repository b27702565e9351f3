"""Invents a family's plan: goals with their scores, actions, a scaling question, and scores of licensed tools."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.kinds.family_star import AREAS, FamilyStar
from sf_record.kinds.goal import Goal
from sf_record.kinds.goal_score import GoalScore
from sf_record.kinds.plan_action import PlanAction
from sf_record.kinds.scaling import Scaling, ScalingAnswer
from sf_record.kinds.sdq_score import SdqScore
from sf_record.pretend.households import Household
from sf_record.pretend.writer import Writer

_WEEKS = (18, 12, 6, 1)  # ago: the start, and three reviews
_GOALS = (
    ("Everybody gets a whole night's sleep", (2, 4, 4, 6)),
    ("To school on time, and calmly", (3, 3, 5, 7)),
    ("One evening a week for the children alone", (1, 2, 5, 5)),
)
_ACTIONS = (
    ("Same bedtime every evening, with a story", 0, "worked", "The chart on the fridge helped"),
    ("Pack the school bags before tea", 1, "partly", "It works on most days"),
    ("Ask the school about the breakfast club", 1, "not_done", "They were shut for half-term"),
    ("Keep Thursday evening free", 2, "", ""),
)
_SDQ = ((21, 6, 4, 7, 4, 5, 3), (18, 5, 4, 6, 3, 6, 2), (15, 4, 3, 5, 3, 7, 1))
_STAR = ((5, 4, 4, 6, 3, 5, 3, 3, 4, 2), (6, 6, 6, 7, 5, 6, 5, 6, 5, 3))


class PlanWriter:
    """Writes the plan of one household, made by its lead practitioner."""

    def __init__(self, writer: Writer, household: Household, today: date) -> None:
        self._writer, self._home, self._today = writer, household, today

    def write(self) -> None:
        """Write all of it."""
        goals = [self._goal(want, scores) for want, scores in _GOALS]
        for action in _ACTIONS:
            self._action(goals, *action)
        self._scaling(12, (3, 5))
        self._scaling(1, (6, 6))
        self._tools()

    def _day(self, weeks_ago: int) -> date:
        return self._today - timedelta(weeks=weeks_ago)

    def _create(self, record: object, weeks_ago: int) -> str:
        at = datetime.combine(self._day(weeks_ago), time(16, 30), UTC)
        return self._writer.create(record, self._home.cast.lead, at)

    def _goal(self, want: str, scores: tuple[int, ...]) -> str:
        day = self._day(_WEEKS[0]).isoformat()
        goal = Goal(want=want, whose=self._home.adults[:1], started_on=day)
        goal_id = self._create(goal, _WEEKS[0])
        for weeks, score in zip(_WEEKS, scores, strict=True):
            given = GoalScore(
                goal=goal_id,
                score=score,
                who=self._home.adults[0],
                scored_on=self._day(weeks).isoformat(),
                occasion="start" if weeks == _WEEKS[0] else "review",
                words="Some evenings are still hard" if score == max(scores) else "",
            )
            self._create(given, weeks)
        return goal_id

    def _action(self, goals: list[str], what: str, goal: int, result: str, words: str) -> None:
        action = PlanAction(
            what=what,
            goal=goals[goal],
            who=self._home.adults[:1],
            agreed_on=self._day(_WEEKS[1]).isoformat(),
            due_on=self._day(_WEEKS[2] if result else -1).isoformat(),
            result=result,
            settled_on=self._day(_WEEKS[2]).isoformat() if result else None,
            words=words,
        )
        self._create(action, _WEEKS[1])

    def _scaling(self, weeks_ago: int, scores: tuple[int, int]) -> None:
        theirs, teachers = scores
        answers = (
            ScalingAnswer(person=self._home.adults[0], score=theirs, words="Gran helps now"),
            ScalingAnswer(somebody_else="Pretend teacher", score=teachers),
        )
        asked = Scaling(question="safety", asked_on=self._day(weeks_ago).isoformat(), answers=answers)
        self._create(asked, weeks_ago)

    def _tools(self) -> None:
        for weeks, numbers in zip((18, 12, 1), _SDQ, strict=True):
            total, emotional, conduct, hyperactivity, peer, prosocial, impact = numbers
            form = SdqScore(
                child=self._home.children[0],
                form="parent",
                measured_on=self._day(weeks).isoformat(),
                total=total,
                emotional=emotional,
                conduct=conduct,
                hyperactivity=hyperactivity,
                peer=peer,
                prosocial=prosocial,
                impact=impact,
            )
            self._create(form, weeks)
        for weeks, readings in zip((18, 1), _STAR, strict=True):
            known = dict(zip(AREAS, readings, strict=True))
            star = FamilyStar(whose=self._home.adults[0], read_on=self._day(weeks).isoformat(), **known)
            self._create(star, weeks)
