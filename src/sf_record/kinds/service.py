"""A service that somebody of the family attends or has attended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem


@kind(
    "service",
    "Service attended",
    "Services attended",
    basis=Basis.PUBLIC_TASK,
    heading="A service that the family attends",
    purpose="To know which services the family has, and whether they help",
    happened="since",
    groups=(Group("service", "Service"), Group("end", "When it ends", is_later=True)),
)
@dataclass(frozen=True, kw_only=True)
class Service:
    """One service, from a day until a day."""

    what: str = described("Which service", Shape.TEXT, group="service", is_required=True, is_searchable=True)
    provider: str = described("Who provides it", Shape.TEXT, group="service", is_searchable=True)
    who: tuple[str, ...] = described("Who attends it", Shape.PEOPLE, group="service", is_required=True)
    since: str | None = described("Since", Shape.DATE, group="service", is_required=True)
    how_often: str = described("How often", Shape.TEXT, group="service")
    until: str | None = described(
        "Until", Shape.DATE, group="service", hint="The last day, where it is known; it may be still to come",
        may_be_future=True,
    )  # fmt: skip
    referral: str | None = described("Through which referral", Shape.RECORD, group="service", of="onward_referral")
    helped: str = described("How it helped", Shape.PROSE, group="end", is_searchable=True)

    def is_open_on(self, day: str) -> bool:
        """Say whether it is still attended on a day (text); the last day is one of them."""
        return self.until is None or day <= self.until

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """It does not end before it began."""
        if self.until and self.since and self.until < self.since:
            yield FieldProblem("until", "Until: this lies before the day on which it began")

    def title(self) -> str:
        """Return what a timeline shows."""
        return self.what or "Service attended"

    def summary(self) -> str:
        """Return the line beneath it."""
        return " · ".join(part for part in (self.provider, self.how_often) if part)
