"""The plan on paper says every goal, score and action of the family, and no score of a licensed tool."""

from __future__ import annotations

from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office
from sf_desktop.ops.planning.family_plan import family_plan
from sf_desktop.ops.printing import papers
from sf_desktop.ops.printing.papers import Wanted
from sf_desktop.papers import press
from sf_record.record import Record
from tests.builders.papers import squeezed, tags_of, text_of


def test_all_of_the_plan_stands_on_it(office: Office, family_id: str) -> None:
    sheet = papers.preview(office, Wanted("plan", family_id))
    assert {each.what for each in office.tx.looks} == {Look.FAMILY_OPENED}  # type: ignore[attr-defined]
    plan = family_plan(office, family_id)
    assert len(plan.open_goals) == 3
    made = press.pdf(sheet.paper, sheet.stamp)
    read = squeezed(text_of(made))
    for goal in plan.open_goals:
        assert squeezed(goal.want) in read
        assert all(squeezed(point.said) in read for point in goal.scores.points)
    for action in plan.actions:
        assert squeezed(action.what) in read
        assert squeezed(action.result) in read
    for scaling in plan.scalings:
        assert squeezed(scaling.question) in read
    assert "/Table" in tags_of(made)
    assert "SDQ" not in sheet.paper.words()
    assert "This copy is for the family it is about." in " ".join(text_of(made).split())


def test_a_family_without_a_plan(office: Office, held: tuple[Record, ...]) -> None:
    words = papers.preview(office, Wanted("plan", held[-1].family_id)).paper.words()
    assert "No goal is open." in words
    assert "Nothing is to be done." in words
