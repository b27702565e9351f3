"""A Strengths and Difficulties Questionnaire: the day and the scores only; its items are licensed and never kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

FORMS = (("parent", "Parent or carer"), ("teacher", "Teacher"), ("self_11_17", "Young person, 11 to 17"))
DIFFICULTIES = ("emotional", "conduct", "hyperactivity", "peer")
SCALES = ("total", *DIFFICULTIES, "prosocial", "impact")


@kind(
    "sdq_score",
    "SDQ score",
    "SDQ scores",
    basis=Basis.PUBLIC_TASK,
    purpose="To see how a child’s wellbeing changes, as the form’s own scores say it",
    happened="measured_on",
    groups=(
        Group("form", "The form"),
        Group(
            "scores",
            "Scores",
            "Copy the scores from the scored form. The questions belong to their owner.",
            why="Why we keep them: to see how the child’s wellbeing changes. Leave out what the form does not say.",
        ),
        Group("none", "No form", why="Only where no form came: the reason is what the council reports."),
    ),
)
@dataclass(frozen=True, kw_only=True)
class SdqScore:
    """The scores of one form about one child, or why there is none."""

    child: str | None = described("Child", Shape.PERSON, group="form", is_a_child=True, is_required=True)
    form: str = described("Filled in by", Shape.CODE, group="form", choices=FORMS)
    measured_on: str | None = described("On", Shape.DATE, group="form", is_required=True)
    total: int | None = described(
        "Total difficulties", Shape.NUMBER, group="scores", least=0, most=40, is_special_category=True
    )
    emotional: int | None = described(
        "Emotional", Shape.NUMBER, group="scores", least=0, most=10, is_special_category=True
    )
    conduct: int | None = described("Conduct", Shape.NUMBER, group="scores", least=0, most=10, is_special_category=True)
    hyperactivity: int | None = described(
        "Hyperactivity", Shape.NUMBER, group="scores", least=0, most=10, is_special_category=True
    )
    peer: int | None = described("Peer", Shape.NUMBER, group="scores", least=0, most=10, is_special_category=True)
    prosocial: int | None = described(
        "Prosocial", Shape.NUMBER, group="scores", least=0, most=10, is_special_category=True
    )
    impact: int | None = described("Impact", Shape.NUMBER, group="scores", least=0, most=10, is_special_category=True)
    reason: str = described(
        "Why there is no form", Shape.CODE, group="none", code_set="sdq_reason", is_special_category=True
    )

    def scores(self) -> dict[str, int]:
        """Return the scores that are known, by scale."""
        known = ((scale, getattr(self, scale)) for scale in SCALES)
        return {scale: score for scale, score in known if score is not None}

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Scores belong to a form, the total is the sum of its four parts, and a form that came needs no reason."""
        known = self.scores()
        if not known and not self.reason:
            yield FieldProblem("total", "Total difficulties: enter a score, or say why there is no form")
        if known and not self.form:
            yield FieldProblem("form", "Filled in by: choose one, the bands depend on it")
        if known and self.reason:
            yield FieldProblem("reason", "Why there is no form: leave this out where there are scores")
        parts = [known[scale] for scale in DIFFICULTIES if scale in known]
        if self.total is not None and len(parts) == len(DIFFICULTIES) and sum(parts) != self.total:
            words = f"the four difficulties add up to {sum(parts)}. Look at the form again"
            yield FieldProblem("total", f"Total difficulties: {words}")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "SDQ: no form" if self.reason else "SDQ scores"

    def summary(self) -> str:
        """Return the line beneath it."""
        return dict(FORMS).get(self.form, "")
