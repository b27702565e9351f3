"""An interval that a child's own plan sets in place of the council's: how long, since when, agreed by whom and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sf_record.deadlines.timescales import Override
from sf_record.description import Basis, Shape, described, kind
from sf_record.errors import FieldProblem

# Only what the council itself may decide (``configurable`` in the list of timescales): the law's own are not here.
KEYS = (
    ("cp_visit", "CP visits"),
    ("cin_visit", "CIN visits"),
    ("core_group_repeat", "Core groups after the first"),
    ("cp_review_unborn", "First CP review after a birth"),
    ("cin_plan_review", "CIN plan reviews"),
)
UNITS = (
    ("working_days", "Working days"),
    ("days", "Days"),
    ("weeks", "Weeks"),
    ("months", "Months"),
)
MOST = 365


@kind(
    "timescale_override",
    "Plan’s own timescale",
    "Plans’ own timescales",
    basis=Basis.LEGAL_OBLIGATION,
    heading="A timescale of the plan’s own",
    purpose="To show why a child is seen more or less often than the council’s rule says, and who agreed it",
    happened="since",
)
@dataclass(frozen=True, kw_only=True)
class TimescaleOverride:
    """Holds for one child. What the law fixes cannot be set here."""

    person: str | None = described("Child", Shape.PERSON, is_a_child=True, is_required=True, is_safeguarding=True)
    key: str = described("What for", Shape.CODE, choices=KEYS, is_required=True, is_safeguarding=True)
    limit: int | None = described("How many", Shape.NUMBER, is_required=True, is_safeguarding=True)
    unit: str = described("Of these", Shape.CODE, choices=UNITS, is_required=True, is_safeguarding=True)
    since: str | None = described("From", Shape.DATE, is_required=True, is_safeguarding=True, may_be_future=True)
    until: str | None = described("Until", Shape.DATE, is_safeguarding=True, may_be_future=True)
    agreed_by: str = described(
        "Agreed by", Shape.TEXT, is_required=True, is_safeguarding=True, hint="For example: core group, team manager"
    )
    reason: str = described("Why", Shape.TEXT, is_required=True, is_safeguarding=True, is_searchable=True)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if self.limit is not None and not 0 < self.limit <= MOST:
            yield FieldProblem("limit", f"How many: enter a whole number from 1 to {MOST}")
        if self.until and self.since and self.until < self.since:
            yield FieldProblem("until", "Until: this lies before the day from which it holds")

    @property
    def interval(self) -> Override | None:
        """Return it as limits are counted with; None while something of it is missing."""
        if not self.limit or not self.unit or not self.since:
            return None
        is_working = self.unit == "working_days"
        unit, day_type = ("days", "working") if is_working else (self.unit, "calendar")
        return Override(self.limit, unit, day_type, date.fromisoformat(self.since), self.reason, self.agreed_by)

    def holds_on(self, day: date) -> bool:
        """Say whether it is in force on a day."""
        text = day.isoformat()
        return bool(self.since) and str(self.since) <= text and (not self.until or text <= self.until)

    def title(self) -> str:
        """Return what a timeline shows."""
        unit = dict(UNITS).get(self.unit, "").lower()
        return f"{dict(KEYS).get(self.key, 'Timescale')} every {self.limit} {unit}".strip()

    def summary(self) -> str:
        """Return the line beneath it."""
        return ", ".join(part for part in (self.agreed_by, self.reason) if part)
