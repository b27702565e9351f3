"""A family passed on to another service: to whom, what for, and whether it accepted, declined or has not answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sf_record.deadlines.waiting import days_waiting
from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

WAITING = "waiting"
ANSWERS = (
    (WAITING, "No answer yet"),
    ("accepted", "Accepted"),
    ("listed", "Accepted, on a waiting list"),
    ("declined", "Declined"),
    ("withdrawn", "No longer wanted"),
)


@kind(
    "onward_referral",
    "Onward referral",
    "Onward referrals",
    basis=Basis.PUBLIC_TASK,
    purpose="To get the family the help that somebody else can give, and to notice when it does not come",
    happened="sent_on",
    groups=(Group("referral", "Referral"), Group("answer", "Their answer", is_later=True)),
)
@dataclass(frozen=True, kw_only=True)
class OnwardReferral:
    """One referral to one service. It waits until there is an answer."""

    to_whom: str = described("To which service", Shape.TEXT, group="referral", is_required=True, is_searchable=True)
    what_for: str = described("What for", Shape.TEXT, group="referral", is_required=True, is_searchable=True)
    about: tuple[str, ...] = described("For whom", Shape.PEOPLE, group="referral", is_required=True)
    sent_on: str | None = described("Sent on", Shape.DATE, group="referral", is_required=True)
    family_agreed: bool | None = described("Did the family agree to it?", Shape.YES_NO, group="referral")
    agreement: str | None = described("Under which agreement", Shape.RECORD, group="referral", of="agreement")
    answer: str = described("Answer", Shape.CODE, group="answer", choices=ANSWERS)
    answered_on: str | None = described("Answered on", Shape.DATE, group="answer")
    begins_on: str | None = described("Help begins on", Shape.DATE, group="answer", may_be_future=True)
    words: str = described("What they said", Shape.PROSE, group="answer", is_searchable=True)

    @property
    def is_waiting(self) -> bool:
        """Say whether there is no answer yet."""
        return self.answer in ("", WAITING)

    def waited(self, today: date) -> int | None:
        """Return for how many days it waits, or has waited for its answer; None where the days cannot be read."""
        return days_waiting(self.sent_on, None if self.is_waiting else self.answered_on, today)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """An answer has its day, and comes after the question."""
        if not self.is_waiting and not self.answered_on:
            yield FieldProblem("answered_on", "Answered on: enter the day on which they answered")
        if self.is_waiting and self.answered_on:
            yield FieldProblem("answer", "Answer: choose what they answered")
        if self.answered_on and self.sent_on and self.answered_on < self.sent_on:
            yield FieldProblem("answered_on", "Answered on: this lies before the day on which it was sent")

    def title(self) -> str:
        """Return what a timeline shows."""
        return f"Referral to {self.to_whom}" if self.to_whom else "Onward referral"

    def summary(self) -> str:
        """Return the line beneath it."""
        return f"{self.what_for}. {dict(ANSWERS).get(self.answer or WAITING, '')}"
