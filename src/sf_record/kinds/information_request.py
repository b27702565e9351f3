"""A request for information: from us to an agency or from an agency to us, open until it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sf_record.deadlines.waiting import days_waiting
from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem
from sf_record.powers import POWERS

DIRECTIONS = (("ours", "We ask them"), ("theirs", "They ask us"))


@kind(
    "information_request",
    "Request for information",
    "Requests for information",
    basis=Basis.PUBLIC_TASK,
    purpose="To know what was asked, of whom and why, and what is still outstanding",
    happened="asked_on",
    groups=(Group("request", "Request"), Group("answer", "Answer", is_later=True)),
)
@dataclass(frozen=True, kw_only=True)
class InformationRequest:
    """One request. It is outstanding until it has a day on which it was answered."""

    direction: str = described("Who asks", Shape.CODE, group="request", choices=DIRECTIONS, is_required=True)
    agency: str = described("Agency", Shape.TEXT, group="request", is_required=True, is_searchable=True)
    person: str = described("Who there", Shape.TEXT, group="request", is_searchable=True)
    about: tuple[str, ...] = described("About whom", Shape.PEOPLE, group="request")
    what: str = described("What is asked for", Shape.PROSE, group="request", is_required=True, is_searchable=True)
    power: str = described("Under which power", Shape.CODE, group="request", choices=POWERS)
    asked_on: str | None = described("Asked on", Shape.DATE, group="request", is_required=True)
    due_on: str | None = described("Wanted by", Shape.DATE, group="request", may_be_future=True)
    answered_on: str | None = described("Answered on", Shape.DATE, group="answer")
    answer: str = described("What came of it", Shape.PROSE, group="answer", is_searchable=True)

    @property
    def is_open(self) -> bool:
        """Say whether it is outstanding."""
        return self.answered_on is None

    def waited(self, today: date) -> int | None:
        """Return for how many days it is, or was, outstanding."""
        return days_waiting(self.asked_on, self.answered_on, today)

    def is_late(self, today: date) -> bool:
        """Say whether it is outstanding beyond the day by which it was wanted."""
        return self.is_open and bool(self.due_on) and str(self.due_on) < today.isoformat()

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """It is wanted and answered after it was asked."""
        for name, label in (("due_on", "Wanted by"), ("answered_on", "Answered on")):
            day = getattr(self, name)
            if day and self.asked_on and day < self.asked_on:
                yield FieldProblem(name, f"{label}: this lies before the day on which it was asked")
        if self.answer and not self.answered_on:
            yield FieldProblem("answered_on", "Answered on: enter the day on which it was answered")

    def title(self) -> str:
        """Return what a timeline shows."""
        agency = self.agency or "an agency"
        return f"Asked by {agency}" if self.direction == "theirs" else f"Asked of {agency}"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.what
