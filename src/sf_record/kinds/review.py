"""A meeting that was held about a child's plan: core group, conference or review, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

TYPES = (
    ("core_group", "Core group"),
    ("icpc", "Initial child protection conference"),
    ("cp_review", "Child protection review conference"),
    ("cin_review", "Child in need review"),
    ("cla_review", "Looked-after review"),
)


@dataclass(frozen=True, kw_only=True)
class ChildReviewed:
    """One child whose plan the meeting was about, and how the child took part."""

    person: str | None = described("Child", Shape.PERSON, is_a_child=True, is_required=True)
    took_part: str = described("How the child took part", Shape.CODE, code_set="review_participation")


@kind(
    "review",
    "Meeting about a plan",
    "Meetings about plans",
    basis=Basis.LEGAL_OBLIGATION,
    purpose="To meet about each plan on time, and to show what was decided",
    happened="held_on",
    groups=(Group("meeting", "The meeting"), Group("children", "Children"), Group("outcome", "What came of it")),
)
@dataclass(frozen=True, kw_only=True)
class Review:
    """A meeting that took place. When the next one is due is counted from it."""

    type: str = described("Which meeting", Shape.CODE, group="meeting", choices=TYPES, is_required=True)
    held_on: str | None = described("Held on", Shape.DATE, group="meeting", is_required=True)
    place: str = described("Where", Shape.TEXT, group="meeting")
    chaired_by: str = described("Chaired by", Shape.TEXT, group="meeting", is_searchable=True)
    children: tuple[ChildReviewed, ...] = described(
        "Each child", Shape.ROWS, group="children", row_type=ChildReviewed, is_required=True
    )
    outcome: str = described(
        "Outcome", Shape.PROSE, group="outcome", is_required=True, is_searchable=True, is_safeguarding=True
    )
    next_on: str | None = described("Next one planned for", Shape.DATE, group="outcome", may_be_future=True)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if self.next_on and self.held_on and self.next_on <= self.held_on:
            yield FieldProblem("next_on", "Next one planned for: this is not after the day of the meeting")

    def title(self) -> str:
        """Return what a timeline shows."""
        return dict(TYPES).get(self.type, "Meeting about a plan")

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.outcome
