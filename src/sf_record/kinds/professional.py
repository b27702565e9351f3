"""Somebody who works with the family for another agency: who, in which role, how to reach them, since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem


@kind(
    "professional",
    "Professional",
    "Professionals",
    basis=Basis.PUBLIC_TASK,
    purpose="To work together with everybody who helps the family",
    on_timeline=False,
    groups=(Group("who", "Who"), Group("reach", "How to reach them"), Group("when", "Since when")),
)
@dataclass(frozen=True, kw_only=True)
class Professional:
    """One professional around the family."""

    name: str = described("Name", Shape.TEXT, group="who", is_required=True, is_searchable=True)
    role: str = described(
        "Role", Shape.TEXT, group="who", hint="Health visitor, teacher, police officer", is_required=True
    )
    agency: str = described("Agency", Shape.TEXT, group="who", is_required=True, is_searchable=True)
    works_with: tuple[str, ...] = described("Works with", Shape.PEOPLE, group="who")
    is_lead: bool | None = described("Is the lead professional", Shape.YES_NO, group="who")
    phone: str = described("Telephone", Shape.TEXT, group="reach")
    email: str = described("Email", Shape.TEXT, group="reach")
    hours: str = described("When to reach them", Shape.TEXT, group="reach")
    since: str | None = described("Since", Shape.DATE, group="when")
    until: str | None = described(
        "Until", Shape.DATE, group="when", hint="The last day, where it is known; it may be still to come",
        may_be_future=True,
    )  # fmt: skip

    def is_open_on(self, day: str) -> bool:
        """Say whether they still work with the family on a day (text); the last day is one of them."""
        return self.until is None or day <= self.until

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """They do not leave before they came."""
        if self.until and self.since and self.until < self.since:
            yield FieldProblem("until", "Until: this lies before the day on which they began")

    def title(self) -> str:
        """Return what a list shows."""
        return self.name or "Professional"

    def summary(self) -> str:
        """Return the line beneath it."""
        return ", ".join(part for part in (self.role, self.agency) if part)
