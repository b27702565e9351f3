"""A visit under way: somebody has gone in, says when they expect to be back, and says so when they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Shape, described, kind
from sf_record.errors import FieldProblem


@kind(
    "under_way",
    "Visit under way",
    "Visits under way",
    basis=Basis.LEGAL_OBLIGATION,
    purpose="To know that whoever visits alone has come out safe (Health and Safety at Work etc. Act 1974, section 2)",
    happened="started_at",
    on_timeline=False,
    goes_first=True,
)
@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """It is over when it says when it was finished; until then somebody waits for it."""

    worker: str | None = described("Who has gone in", Shape.WORKER, is_required=True)
    started_at: str | None = described("Went in", Shape.MOMENT, is_required=True)
    expected_at: str | None = described("Expected back", Shape.MOMENT, is_required=True, may_be_future=True)
    finished_at: str | None = described("Came out", Shape.MOMENT)
    planned_visit: str = described("Planned as", Shape.TEXT, hint="The id of the planned visit")

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Nobody is expected back before they went in."""
        if self.started_at and self.expected_at and self.expected_at < self.started_at:
            yield FieldProblem("expected_at", "Expected back: this lies before the time of going in")

    def title(self) -> str:
        """Return what a list shows."""
        return "Visit finished" if self.finished_at else "Visit under way"

    def summary(self) -> str:
        """Return the line beneath it."""
        return ""
