"""What the service is worried may happen to a child, and what must be seen for the child to be safe enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem


@kind(
    "danger_statement",
    "Danger statement and safety goal",
    "Danger statements",
    basis=Basis.LEGAL_OBLIGATION,
    purpose="So that family and workers mean the same danger and know when the child is safe enough",
    happened="written_on",
    groups=(
        Group("danger", "Danger statement"),
        Group("goal", "Safety goal"),
        Group("when", "When"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class DangerStatement:
    """One statement with its goal, in words that the family can read. Its fields never merge by themselves."""

    about: tuple[str, ...] = described(
        "Which child", Shape.PEOPLE, group="danger", is_a_child=True, is_required=True, is_safeguarding=True
    )
    worried: str = described("Who is worried", Shape.TEXT, group="danger", is_safeguarding=True)
    danger: str = described(
        "What they are worried may happen, and why",
        Shape.PROSE,
        group="danger",
        is_required=True,
        is_safeguarding=True,
        is_searchable=True,
        hint="Who is worried about what, and what could happen to the child if nothing changes",
    )
    goal: str = described(
        "What must be seen, for how long, for the child to be safe enough",
        Shape.PROSE,
        group="goal",
        is_safeguarding=True,
        is_searchable=True,
    )
    written_on: str | None = described("Written on", Shape.DATE, group="when", is_required=True, is_safeguarding=True)
    review_on: str | None = described(
        "Look at it again by", Shape.DATE, group="when", is_safeguarding=True, may_be_future=True
    )
    ended_on: str | None = described("No longer holds since", Shape.DATE, group="when", is_safeguarding=True)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if self.ended_on and self.written_on and self.ended_on < self.written_on:
            yield FieldProblem("ended_on", "No longer holds since: this lies before the day it was written")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Danger statement, ended" if self.ended_on else "Danger statement and safety goal"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.danger
