"""A scaling question: each person's number from 0 to 10, with the words that go with it. Ten is always the best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

QUESTIONS = (
    ("safety", "How safe are the children?"),
    ("worry", "How far are you from being worried?"),
    ("managing", "How well is the family managing?"),
    ("confidence", "How sure are you that things will get better?"),
)


@dataclass(frozen=True, kw_only=True)
class ScalingAnswer:
    """One person's number."""

    person: str | None = described("Person", Shape.PERSON)
    somebody_else: str = described("Or somebody else", Shape.TEXT, hint="You, the teacher", is_searchable=True)
    score: int | None = described(
        "Number",
        Shape.NUMBER,
        least=0,
        most=10,
        ends=("as bad as it can be", "as good as it needs to be"),
        is_required=True,
    )
    words: str = described("Why this number", Shape.TEXT, is_searchable=True)


@kind(
    "scaling",
    "Scaling question",
    "Scaling questions",
    basis=Basis.PUBLIC_TASK,
    purpose="To see how safe each person thinks the children are, and where they differ",
    happened="asked_on",
    groups=(
        Group("asked", "The question"),
        Group("answers", "Each person’s answer", "Ask everybody, children too. Do not even out what differs."),
        Group("next", "One step up"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Scaling:
    """One question, asked of several people on one day."""

    question: str = described("Question", Shape.CODE, group="asked", choices=QUESTIONS, is_required=True)
    asked_on: str | None = described("Asked on", Shape.DATE, group="asked", is_required=True)
    answers: tuple[ScalingAnswer, ...] = described(
        "Answers", Shape.ROWS, group="answers", row_type=ScalingAnswer, is_required=True
    )
    step: str = described("What would take it one step up?", Shape.PROSE, group="next", is_searchable=True)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Each number belongs to somebody."""
        for place, each in enumerate(self.answers):
            if not each.person and not each.somebody_else:
                yield FieldProblem(f"answers.{place}.person", "Person: choose one, or write who it was")

    def title(self) -> str:
        """Return what a timeline shows."""
        return dict(QUESTIONS).get(self.question, "Scaling question")

    def summary(self) -> str:
        """Return the line beneath it."""
        scores = ", ".join(str(each.score) for each in self.answers)
        return f"Out of 10: {scores}" if scores else ""
