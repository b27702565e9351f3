"""The paper of a family's plan: its goals with every score, what is to be done, what came of it, scaling questions."""

from __future__ import annotations

from sf_desktop.ops.office import Office
from sf_desktop.ops.planning.family_plan import ActionView, FamilyPlan, GoalView, ScalingView, family_plan
from sf_desktop.ops.reading.record_paper import family_name
from sf_desktop.papers.paper import Paper, Section, Table
from sf_record.progress import day_words, in_words

_SCORED = ("Date", "Score", "Who", "In their words")
_TO_DO = ("What", "Who", "By when", "For which goal")
_DONE = ("What", "Who", "What came of it", "What helped, or got in the way")


def plan_paper(office: Office, family_id: str, _about: str) -> Paper:
    """Return the plan as the family has it. The scores of licensed tools are not on it: each is somebody's own."""
    plan = family_plan(office, family_id, with_measures=False)
    return Paper(
        title="Family plan",
        heading="Our plan",
        under=(family_name(office, family_id), f"As it stood on {day_words(plan.today.isoformat())}"),
        sections=(
            *(map(_goal, plan.open_goals) if plan.open_goals else (_no_goal(),)),
            *_actions(plan),
            *map(_scaling, plan.scalings),
            *_ended(plan),
        ),
        is_for_family=True,
        family_id=family_id,
    )


def _no_goal() -> Section:
    return Section("Goals", empty="No goal is open.")


def _goal(goal: GoalView) -> Section:
    told = (("Whose goal", goal.whose), ("What better looks like", goal.better), ("How it goes", in_words(goal.scores)))
    rows = tuple((day_words(each.on), str(each.value), each.by, each.said) for each in goal.scores.points)
    return Section(
        goal.want,
        lines=tuple((question, answer) for question, answer in told if answer),
        table=Table(_SCORED, rows, (4, 2, 6, 6)) if rows else None,
    )


def _actions(plan: FamilyPlan) -> tuple[Section, ...]:
    to_do = [each for each in plan.actions if each.is_open]
    done = [each for each in plan.actions if not each.is_open]
    sections = [_to_do(to_do)]
    if done:
        rows = tuple((each.what, each.who, each.result, each.words) for each in done)
        sections.append(Section("What was done", table=Table(_DONE, rows)))
    return tuple(sections)


def _to_do(actions: list[ActionView]) -> Section:
    rows = tuple((each.what, each.who, _by(each), each.goal) for each in actions)
    return Section("What is to be done", table=Table(_TO_DO, rows) if rows else None, empty="Nothing is to be done.")


def _by(action: ActionView) -> str:
    if not action.due_on:
        return ""
    return f"{day_words(action.due_on)}{' (this day has passed)' if action.is_late else ''}"


def _scaling(scaling: ScalingView) -> Section:
    lines = [(each.label, in_words(each)) for each in scaling.answers]
    if scaling.step:
        lines.append(("One step up", scaling.step))
    return Section(scaling.question, lines=tuple(lines))


def _ended(plan: FamilyPlan) -> tuple[Section, ...]:
    items = tuple(
        f"{each.want}: {each.how.lower() or 'ended'} on {day_words(each.ended_on or '')}. {in_words(each.scores)}"
        for each in plan.goals
        if not each.is_open
    )
    return (Section("Goals that have ended", items=items),) if items else ()
