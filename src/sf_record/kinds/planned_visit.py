"""A visit in the worker's plan: which family, when, and what for."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import Basis, Shape, described, kind


@kind(
    "planned_visit",
    "Planned visit",
    "Planned visits",
    basis=Basis.PUBLIC_TASK,
    purpose="To see the child on time",
    happened="planned_at",
    on_timeline=False,
)
@dataclass(frozen=True, kw_only=True)
class PlannedVisit:
    """An intention. It is done when a visit names it."""

    worker: str | None = described("Worker", Shape.WORKER, is_required=True)
    planned_at: str | None = described("When", Shape.MOMENT, is_required=True, may_be_future=True)
    place: str = described("Where", Shape.TEXT)
    purpose: str = described("What for", Shape.TEXT, is_searchable=True)
    visit: str | None = described("Recorded as", Shape.TEXT, hint="The id of the visit that was made")
    is_cancelled: bool | None = described("Cancelled", Shape.YES_NO)

    def title(self) -> str:
        """Return what a list shows."""
        return "Visit cancelled" if self.is_cancelled else "Planned visit"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.purpose
