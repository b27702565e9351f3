"""How near the family is to one of its goals, 0 to 10: who said so, on which day, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

OCCASIONS = (("start", "At the start"), ("review", "At a review"), ("end", "At the end"))


@kind(
    "goal_score",
    "Goal score",
    "Goal scores",
    basis=Basis.PUBLIC_TASK,
    heading="A score for a goal",
    purpose="To see whether the family comes nearer to what it wants",
    happened="scored_on",
    groups=(Group("score", "Score", "Whoever owns the goal says the number. It is theirs, not yours."),),
)
@dataclass(frozen=True, kw_only=True)
class GoalScore:
    """One score of one goal."""

    goal: str | None = described("Goal", Shape.RECORD, group="score", of="goal", is_required=True)
    score: int | None = described(
        "How near are you to it?",
        Shape.NUMBER,
        group="score",
        least=0,
        most=10,
        ends=("not at all", "we are there"),
        is_required=True,
    )
    who: str | None = described("Who says so", Shape.PERSON, group="score")
    somebody_else: str = described("Or somebody else", Shape.TEXT, group="score", is_searchable=True)
    scored_on: str | None = described("On", Shape.DATE, group="score", is_required=True)
    occasion: str = described("When in the plan", Shape.CODE, group="score", choices=OCCASIONS, is_required=True)
    words: str = described("In their words", Shape.PROSE, group="score", is_searchable=True)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """A score without a person behind it says nothing."""
        if not self.who and not self.somebody_else:
            yield FieldProblem("who", "Who says so: choose a person, or write who it was")

    def title(self) -> str:
        """Return what a timeline shows."""
        occasion = dict(OCCASIONS).get(self.occasion, "").lower()
        return f"Goal scored {self.score} out of 10" + (f", {occasion}" if occasion else "")

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.words
