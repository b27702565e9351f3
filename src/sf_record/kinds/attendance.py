"""Who of a family came to an activity on one day, and who did not: the family's part of that day's register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem


@kind(
    "attendance",
    "Attendance",
    "Attendance",
    basis=Basis.PUBLIC_TASK,
    purpose="To know which activities the family comes to",
    happened="held_on",
    shares_out=("came", "away"),
    is_met=True,
    groups=(Group("register", "Register"),),
)
@dataclass(frozen=True, kw_only=True)
class Attendance:
    """One activity on one day, for the people of one family."""

    activity: str = described("Activity", Shape.CODE, group="register", configured="activities", is_required=True)
    held_on: str | None = described("On", Shape.DATE, group="register", is_required=True)
    came: tuple[str, ...] = described("Who came", Shape.PEOPLE, group="register")
    away: tuple[str, ...] = described("Who did not come", Shape.PEOPLE, group="register")
    note: str = described("Note", Shape.TEXT, group="register", is_searchable=True)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Somebody came or did not, and nobody did both."""
        if not self.came and not self.away:
            yield FieldProblem("came", "Who came: choose who came, or who did not")
        if set(self.came) & set(self.away):
            yield FieldProblem("away", "Who did not come: somebody is among those who came, too")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Register of an activity"

    def summary(self) -> str:
        """Return the line beneath it."""
        told = [(len(self.came), "came"), (len(self.away), "did not come")]
        return ", ".join(f"{count} {words}" for count, words in told if count)
