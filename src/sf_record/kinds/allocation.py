"""Which worker a family file is allocated to, and since when."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import SUPERVISORS, Basis, Shape, described, kind

ROLES = (("lead", "Lead practitioner"), ("second", "Second worker"))


@kind(
    "allocation",
    "Allocation",
    "Allocations",
    basis=Basis.PUBLIC_TASK,
    purpose="To know who works with the family and may see its file",
    happened="began_on",
    may_create=SUPERVISORS,
    may_change=SUPERVISORS,
)
@dataclass(frozen=True, kw_only=True)
class Allocation:
    """A worker on a family file, from a day until a day."""

    worker: str | None = described("Worker", Shape.WORKER, is_required=True)
    role: str = described("As", Shape.CODE, choices=ROLES, is_required=True)
    began_on: str | None = described("From", Shape.DATE, is_required=True, may_be_future=True)
    ended_on: str | None = described("Until", Shape.DATE, may_be_future=True)
    reason: str = described("Reason for change", Shape.CODE, code_set="social_worker_change_reason")

    def title(self) -> str:
        """Return what a timeline shows."""
        return f"Allocated: {dict(ROLES).get(self.role, 'worker').lower()}"

    def summary(self) -> str:
        """Return the line beneath it."""
        return f"Until {self.ended_on}" if self.ended_on else ""
