"""Somebody on a group's register: what to call them, roughly how old, what the group must know. Nothing of a family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import WITH_CENTRE, Basis, Shape, described, kind
from sf_record.errors import FieldProblem


@kind(
    "group_member",
    "Member of a group",
    "Members of groups",
    basis=Basis.PUBLIC_TASK,
    purpose="To know who belongs to a group, and what keeps them well there",
    on_timeline=False,
)
@dataclass(frozen=True, kw_only=True)
class GroupMember:
    """One person as the group knows them. Which person that is stands in their family file only."""

    called: str = described("What to call them", Shape.TEXT, is_required=True, may_see=WITH_CENTRE)
    age_group: str = described("Age", Shape.TEXT, may_see=WITH_CENTRE)
    must_know: str = described("What the group must know", Shape.TEXT, is_special_category=True, may_see=WITH_CENTRE)
    since: str | None = described("Since", Shape.DATE, is_required=True, may_see=WITH_CENTRE, may_be_future=True)
    until: str | None = described("Until", Shape.DATE, may_see=WITH_CENTRE, may_be_future=True)

    def is_open_on(self, day: str) -> bool:
        """Say whether they belong to the group on a day (text)."""
        return str(self.since or "9") <= day and (not self.until or day <= self.until)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Nobody leaves before they came."""
        if self.until and self.since and self.until < self.since:
            yield FieldProblem("until", "Until: this lies before the day on which they came")

    def title(self) -> str:
        """Return what a list shows."""
        return self.called or "Member of a group"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.age_group
