"""A group that comes to one of the council's activities: the root of a file of its own, which is no family's."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import SUPERVISORS, WITH_CENTRE, Basis, Shape, described, kind

ROOTS = frozenset({"family", "group"})  # a record of these kinds has the id of its file, and says what sort it is

OF_GROUPS = frozenset({"group", "group_member", "group_session"})  # what lies in a group's file and in no family's


@kind(
    "group",
    "Group",
    "Groups",
    basis=Basis.PUBLIC_TASK,
    purpose="To keep the register of an activity without opening anybody’s family file",
    on_timeline=False,
    may_create=SUPERVISORS,
    may_change=SUPERVISORS,
)
@dataclass(frozen=True, kw_only=True)
class RegisterGroup:
    """One group: its name, its activity, where and when it meets, and since when it is closed."""

    name: str = described("Name of the group", Shape.TEXT, is_required=True, may_see=WITH_CENTRE)
    activity: str = described("Activity", Shape.CODE, configured="activities", is_required=True, may_see=WITH_CENTRE)
    about: str = described("Where and when", Shape.TEXT, may_see=WITH_CENTRE)
    closed_on: str | None = described("Closed on", Shape.DATE, may_see=WITH_CENTRE)

    def title(self) -> str:
        """Return what a list shows."""
        return self.name or "Group"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.about
