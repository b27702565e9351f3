"""A person's place on one of the council's activities: from when, what to call them, and what the group must know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem


@kind(
    "activity_place",
    "Place on an activity",
    "Places on activities",
    basis=Basis.PUBLIC_TASK,
    heading="A place on an activity",
    purpose="To know who comes to which activity, and to keep its register",
    happened="since",
    groups=(
        Group("place", "Place"),
        Group(
            "group",
            "What the group is told",
            why="Why we ask: so that whoever runs the group keeps them safe. It is told only where they, or their"
            " parent, agree. None of these need an answer.",
        ),
    ),
)
@dataclass(frozen=True, kw_only=True)
class ActivityPlace:
    """One person on one activity, from a day until a day."""

    activity: str = described(
        "Activity", Shape.CODE, group="place", configured="activities", is_required=True, hint="Your council’s own list"
    )
    person: str | None = described("Who", Shape.PERSON, group="place", is_required=True)
    since: str | None = described("Since", Shape.DATE, group="place", is_required=True, may_be_future=True)
    until: str | None = described("Until", Shape.DATE, group="place", may_be_future=True)
    group: str = described("Group", Shape.TEXT)  # the id of the group's file, once its register knows the person
    member: str = described("Member", Shape.TEXT)  # and of the group's record of them
    called: str = described("What to call them", Shape.TEXT, group="group", hint="If not by their first name")
    must_know: str = described(
        "What the group must know",
        Shape.TEXT,
        group="group",
        is_special_category=True,
        hint="An allergy or a need, in a few words",
    )
    may_tell: bool | None = described(
        "Did they, or their parent, agree to tell the group?", Shape.YES_NO, group="group"
    )

    def is_open_on(self, day: str) -> bool:
        """Say whether the place holds on a day (text)."""
        return str(self.since or "9") <= day and (not self.until or day <= self.until)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """A group is told only what somebody agreed to tell."""
        if self.until and self.since and self.until < self.since:
            yield FieldProblem("until", "Until: this lies before the day on which it began")
        if self.must_know and not self.may_tell:
            yield FieldProblem("may_tell", "Did they agree: without a yes, leave out what the group must know")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Place on an activity"

    def summary(self) -> str:
        """Return the line beneath it."""
        return f"Until {self.until}" if self.until else ""
