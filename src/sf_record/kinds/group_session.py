"""The register of a group on one day: who of its members came, and who did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import WITH_CENTRE, Basis, Shape, described, kind
from sf_record.errors import FieldProblem


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One member of the group."""

    member: str | None = described("Member", Shape.RECORD, of="group_member", is_required=True)
    came: bool | None = described("Came", Shape.YES_NO, is_required=True)


@kind(
    "group_session",
    "Session of a group",
    "Sessions of groups",
    basis=Basis.PUBLIC_TASK,
    purpose="To know who came to the group",
    happened="held_on",
    is_met=True,
    on_timeline=False,
    may_create=WITH_CENTRE,
    may_change=WITH_CENTRE,
)
@dataclass(frozen=True, kw_only=True)
class GroupSession:
    """One day of one group."""

    held_on: str | None = described("On", Shape.DATE, is_required=True, may_see=WITH_CENTRE, may_change=WITH_CENTRE)
    marks: tuple[Mark, ...] = described(
        "Marks",
        Shape.ROWS,
        row_type=Mark,
        merges_by="member",
        is_required=True,
        may_see=WITH_CENTRE,
        may_change=WITH_CENTRE,
    )

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Nobody is marked twice."""
        members = [each.member for each in self.marks]
        if len(set(members)) != len(members):
            yield FieldProblem("marks", "Marks: somebody is marked twice")

    def title(self) -> str:
        """Return what a list shows."""
        return "Register of a group"

    def summary(self) -> str:
        """Return the line beneath it."""
        came = sum(bool(each.came) for each in self.marks)
        return f"{came} of {len(self.marks)} came"
