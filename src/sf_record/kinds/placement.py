"""Where a looked-after child is placed, since when, and so how often the law has the child visited there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.deadlines import schedule
from sf_record.description import Basis, Shape, described, kind
from sf_record.errors import FieldProblem

VISITING = (
    (schedule.ORDINARY, "None of these"),
    (schedule.PARENT_BEFORE_ASSESSMENT, "With a parent, before the assessment (regulation 19)"),
    (
        schedule.TEMPORARY_OR_INTERIM_HOME,
        "Carer with temporary approval (regulation 24), or at home under an interim order",
    ),
    (schedule.CARE_ORDER_HOME, "With a parent under a care order"),
)


@kind(
    "placement",
    "Placement",
    "Placements",
    basis=Basis.LEGAL_OBLIGATION,
    purpose="To know where a looked-after child lives, and to visit and review on time",
    happened="began_on",
)
@dataclass(frozen=True, kw_only=True)
class Placement:
    """A dated placement of one child."""

    person: str | None = described("Child", Shape.PERSON, is_a_child=True, is_required=True, is_safeguarding=True)
    began_on: str | None = described("Began on", Shape.DATE, is_required=True, is_safeguarding=True)
    ended_on: str | None = described("Ended on", Shape.DATE, is_safeguarding=True, may_be_future=True)
    type: str = described("Placement", Shape.CODE, code_set="cla_placement_type", is_safeguarding=True)
    provider: str = described("Provided by", Shape.CODE, code_set="cla_placement_provider")
    visiting: str = described(
        "Is it one of these?",
        Shape.CODE,
        choices=VISITING,
        is_required=True,
        is_safeguarding=True,
        hint="The law has the child visited more often there",
    )
    is_long_term: bool | None = described("Meant to last until the child is 18", Shape.YES_NO, is_safeguarding=True)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if self.ended_on and self.began_on and self.ended_on < self.began_on:
            yield FieldProblem("ended_on", "Ended on: this lies before the day it began")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Placement ended" if self.ended_on else "Placement"

    def summary(self) -> str:
        """Return the line beneath it."""
        return f"Until {self.ended_on}" if self.ended_on else ""
