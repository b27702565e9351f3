"""The family's plan: its goals with their scores, what is to be done, scaling questions, and licensed tools' scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.planning.measures import Measures, measures_of
from sf_desktop.ops.records import recording
from sf_desktop.store.tables import drafts, records
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.wording import error
from sf_record import body as bodies
from sf_record.kinds.family_star import TOOL
from sf_record.kinds.goal import ENDINGS, MOST_OPEN, Goal
from sf_record.kinds.goal_score import OCCASIONS, GoalScore
from sf_record.kinds.plan_action import RESULTS, PlanAction
from sf_record.kinds.scaling import QUESTIONS, Scaling
from sf_record.progress import Point, Series, change_words, day_words, in_order
from sf_record.record import Record

KINDS = ("goal", "goal_score", "plan_action", "scaling", "sdq_score", "family_star")


@dataclass(frozen=True, slots=True)
class GoalView:
    """One goal: whose it is, how it stands, and its scores."""

    id: str
    want: str
    whose: str
    better: str
    started_on: str
    ended_on: str | None
    how: str
    scores: Series

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action: who does it by when, for which goal, and what came of it."""

    id: str
    what: str
    who: str
    goal: str
    due_on: str | None
    result: str
    words: str
    is_open: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class ScalingView:
    """One scaling question with everybody's numbers over time, and what would take it one step up."""

    question: str
    answers: tuple[Series, ...]
    step: str


@dataclass(frozen=True, slots=True)
class FamilyPlan:
    """All of it, as the plan is opened."""

    family_id: str
    goals: tuple[GoalView, ...]
    actions: tuple[ActionView, ...]
    scalings: tuple[ScalingView, ...]
    measures: Measures
    drafts: tuple[Draft, ...]
    is_star_licensed: bool
    today: date

    @property
    def open_goals(self) -> tuple[GoalView, ...]:
        return tuple(each for each in self.goals if each.is_open)

    @property
    def may_open_goal(self) -> bool:
        """Whether another goal may be opened."""
        return len(self.open_goals) < MOST_OPEN


@reads
def family_plan(office: Office, family_id: str, *, with_measures: bool = True) -> FamilyPlan:
    """Return a family's plan. Reading scores about somebody's health leaves a look; without measures none are read."""
    kept: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for each in records.of_family(office.connection, family_id, KINDS):
        if each.in_error is None:
            kept[each.kind].append(each)
    names = {each.id: each.name for each in people_of(office, family_id)}
    goals = tuple(_goal(each, kept["goal_score"], names) for each in kept["goal"])
    return FamilyPlan(
        family_id=family_id,
        goals=goals,
        actions=_actions(office, kept["plan_action"], goals, names),
        scalings=_scalings(kept["scaling"], names),
        measures=measures_of(office, family_id, kept["sdq_score"], kept["family_star"], names)
        if with_measures
        else Measures((), (), ()),
        drafts=tuple(each for each in drafts.current(office.connection, family_id) if each.kind in KINDS),
        is_star_licensed=TOOL in office.configuration.licensed_tools,
        today=office.today(),
    )


def _goal(record: Record, scores: list[Record], names: Mapping[str, str]) -> GoalView:
    goal = cast("Goal", bodies.read("goal", record.body))
    mine = [cast("GoalScore", bodies.read("goal_score", each.body)) for each in scores if _is_of(each, record)]
    points = [
        Point(str(each.scored_on), int(each.score or 0), _by(each, names), each.words)
        for each in sorted(mine, key=_occasion)
    ]
    return GoalView(
        id=record.id,
        want=goal.want,
        whose=named(goal.whose, names),
        better=goal.better,
        started_on=str(goal.started_on),
        ended_on=goal.ended_on,
        how=dict(ENDINGS).get(goal.how, ""),
        scores=Series(goal.want, in_order(points)),
    )


def _is_of(score: Record, goal: Record) -> bool:
    return score.body.get("goal") == goal.id


def _occasion(score: GoalScore) -> int:
    order = [code for code, _ in OCCASIONS]
    return order.index(score.occasion) if score.occasion in order else len(order)


def _by(score: GoalScore, names: Mapping[str, str]) -> str:
    occasion = dict(OCCASIONS).get(score.occasion, "").lower()
    who = names.get(score.who or "", "") or score.somebody_else
    return ", ".join(part for part in (who, occasion) if part)


def named(people: Iterable[str], names: Mapping[str, str]) -> str:
    """Say who is meant, in the order in which they were chosen."""
    return ", ".join(names[each] for each in people if each in names)


def _actions(
    office: Office, found: list[Record], goals: tuple[GoalView, ...], names: Mapping[str, str]
) -> tuple[ActionView, ...]:
    """Those still to be done first, the soonest first; then those that are settled, the latest first."""
    wants = {each.id: each.want for each in goals}
    views = [_action(office, each, wants, names) for each in found]
    to_do = sorted((each for each in views if each.is_open), key=_due)
    return (*to_do, *(each for each in reversed(views) if not each.is_open))


def _due(action: ActionView) -> str:
    return action.due_on or "9"


def _action(office: Office, record: Record, wants: Mapping[str, str], names: Mapping[str, str]) -> ActionView:
    action = cast("PlanAction", bodies.read("plan_action", record.body))
    return ActionView(
        id=record.id,
        what=action.what,
        who=", ".join(part for part in (named(action.who, names), action.who_else) if part),
        goal=wants.get(action.goal or "", ""),
        due_on=action.due_on,
        result=dict(RESULTS).get(action.result, ""),
        words=action.words,
        is_open=action.is_open,
        is_late=action.is_open and bool(action.due_on) and str(action.due_on) < office.today().isoformat(),
    )


def _scalings(found: list[Record], names: Mapping[str, str]) -> tuple[ScalingView, ...]:
    """One view for each question that was ever asked, with one series for each person who answered it."""
    asked = [cast("Scaling", bodies.read("scaling", each.body)) for each in found]
    views = []
    for code, question in QUESTIONS:
        mine = [each for each in asked if each.question == code]
        by_person: dict[str, list[Point]] = {}
        for each in mine:
            for answer in each.answers:
                point = Point(str(each.asked_on), int(answer.score or 0), "", answer.words)
                by_person.setdefault(answer.person or answer.somebody_else, []).append(point)
        if by_person:
            lines = tuple(Series(names.get(who, who), in_order(points)) for who, points in by_person.items())
            views.append(ScalingView(question, lines, next((each.step for each in reversed(mine) if each.step), "")))
    return tuple(views)


def start_score(office: Office, goal_id: str) -> Draft:
    """Begin a score of a goal: its first is the one at the start; its owner says the number, unless told otherwise."""
    goal = records.get(office.connection, goal_id)
    if goal is None:
        raise error("record_gone")
    scores = records.of_family(office.connection, goal.family_id, ("goal_score",))
    is_first = not any(_is_of(each, goal) for each in scores if each.in_error is None)
    body: dict[str, Any] = {"goal": goal_id, "occasion": "start" if is_first else "review"}
    owners = goal.body.get("whose") or ()
    return recording.start(office, "goal_score", goal.family_id, body | ({"who": owners[0]} if owners else {}))


def start_star(office: Office, family_id: str) -> Draft:
    """Begin readings of a Family Star Plus; InputError where the council has not said that it holds a licence."""
    if TOOL not in office.configuration.licensed_tools:
        raise error("not_licensed")
    return recording.start(office, "family_star", family_id)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the plan stands, for a review: a line for each open goal, and the actions still to be done."""

    goals: tuple[str, ...]
    to_do: tuple[ActionView, ...]


def standing(office: Office, family_id: str) -> Standing:
    """Return what a review begins with, and what one reads before a visit: nobody's scores of health are read."""
    plan = family_plan(office, family_id, with_measures=False)
    return Standing(tuple(map(_goal_words, plan.open_goals)), tuple(each for each in plan.actions if each.is_open))


def _goal_words(goal: GoalView) -> str:
    last = goal.scores.last
    if last is None:
        return f"{goal.want}: not scored yet."
    change = change_words(goal.scores)
    return f"{goal.want}: {last.value} out of 10 on {day_words(last.on)}{f', {change}' if change else ''}."
