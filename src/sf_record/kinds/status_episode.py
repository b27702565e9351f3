"""One stretch of a child's status: in need, on a protection plan, or looked after."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import SUPERVISORS, Basis, Shape, described, kind

STATUSES = (("CIN", "In need"), ("CP", "Protection plan"), ("CLA", "Looked after"))


@kind(
    "status_episode",
    "Status",
    "Status history",
    basis=Basis.LEGAL_OBLIGATION,
    purpose="To meet the council’s duties to the child at each status",
    happened="began_on",
    may_create=SUPERVISORS,
    may_change=SUPERVISORS,
)
@dataclass(frozen=True, kw_only=True)
class StatusEpisode:
    """A dated status of one child. Timescales, retention and who must act follow from it."""

    person: str | None = described("Child", Shape.PERSON, is_required=True, is_safeguarding=True)
    status: str = described("Status", Shape.CODE, choices=STATUSES, is_required=True, is_safeguarding=True)
    began_on: str | None = described("Began on", Shape.DATE, is_required=True, is_safeguarding=True)
    ended_on: str | None = described("Ended on", Shape.DATE, is_safeguarding=True, may_be_future=True)
    category: str = described(
        "Category of abuse",
        Shape.CODE,
        code_set="cp_category_of_abuse",
        is_safeguarding=True,
        hint="Protection plan only",
    )
    need: str = described("Primary need", Shape.CODE, code_set="primary_need", hint="In need only")
    legal_status: str = described(
        "Legal status", Shape.CODE, code_set="cla_legal_status", is_safeguarding=True, hint="Looked after only"
    )

    def title(self) -> str:
        """Return what a timeline shows."""
        return dict(STATUSES).get(self.status, "Status")

    def summary(self) -> str:
        """Return the line beneath it."""
        return f"Until {self.ended_on}" if self.ended_on else ""
