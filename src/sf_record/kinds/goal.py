"""A goal that the family owns: what they want, whose it is, and how it ended. At most three are open at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

MOST_OPEN = 3
ENDINGS = (
    ("reached", "Reached"),
    ("partly", "Partly reached"),
    ("changed", "Became another goal"),
    ("dropped", "No longer what the family wants"),
)


@kind(
    "goal",
    "Goal",
    "Goals",
    basis=Basis.PUBLIC_TASK,
    purpose="To work towards what the family wants, and to see whether support helps",
    happened="started_on",
    groups=(
        Group("goal", "The goal", "In the family’s own words. Up to three goals are open at once."),
        Group("end", "When it ends", is_later=True),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a family wants. Open until it has a day on which it ended."""

    want: str = described("What the family wants", Shape.TEXT, group="goal", is_required=True, is_searchable=True)
    whose: tuple[str, ...] = described("Whose goal it is", Shape.PEOPLE, group="goal")
    better: str = described("What will be different when it is reached", Shape.PROSE, group="goal", is_searchable=True)
    started_on: str | None = described("Agreed on", Shape.DATE, group="goal", is_required=True)
    ended_on: str | None = described("Ended on", Shape.DATE, group="end")
    how: str = described("How it ended", Shape.CODE, group="end", choices=ENDINGS)
    said: str = described("What the family says about it", Shape.PROSE, group="end", is_searchable=True)

    @property
    def is_open(self) -> bool:
        """Say whether it is still worked towards."""
        return self.ended_on is None

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """A goal that ended says when and how."""
        if self.ended_on and self.started_on and self.ended_on < self.started_on:
            yield FieldProblem("ended_on", "Ended on: this lies before the day on which it was agreed")
        if self.ended_on and not self.how:
            yield FieldProblem("how", "How it ended: choose one")
        if self.how and not self.ended_on:
            yield FieldProblem("ended_on", "Ended on: enter the day on which it ended")

    def check_among(self, others: Sequence[Goal]) -> Iterator[FieldProblem]:
        """No more than three are open at once."""
        if self.is_open and open_of(others) >= MOST_OPEN:
            yield FieldProblem(
                "want",
                "What the family wants: three goals are open, and more are hard to keep in mind."
                " End one of them first, or write this as what will be different under one of the three",
            )

    def title(self) -> str:
        """Return what a timeline shows."""
        return self.want or "Goal"

    def summary(self) -> str:
        """Return the line beneath it."""
        return dict(ENDINGS).get(self.how, "") if self.ended_on else self.better


def open_of(goals: Iterable[Goal]) -> int:
    """Count those that are still worked towards."""
    return sum(each.is_open for each in goals)
