"""The family file itself: what the family is called, where it lives, and what to know before knocking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import SUPERVISORS, Basis, Shape, described, kind
from sf_record.errors import FieldProblem
from sf_record.text.identifiers import postcode_problem


@dataclass(frozen=True, kw_only=True)
class FamilyWarning:
    """One thing a visitor must know, why it is held, and when it is to be looked at again."""

    text: str = described("Warning", Shape.TEXT, is_required=True, is_searchable=True)
    reason: str = described("Why this is recorded", Shape.TEXT)
    review_on: str | None = described("Review on", Shape.DATE, may_be_future=True)


@kind(
    "family",
    "Family file",
    "Family files",
    basis=Basis.PUBLIC_TASK,
    purpose="To know which family a record belongs to, and to visit safely",
    on_timeline=False,
)
@dataclass(frozen=True, kw_only=True)
class Family:
    """A family file. Its record id is the family file's own id."""

    name: str = described("Family name", Shape.TEXT, is_required=True, is_searchable=True)
    address: str = described("Address", Shape.TEXT, is_searchable=True, hint="House, street and town")
    postcode: str = described("Postcode", Shape.TEXT, is_searchable=True)
    area: str = described("Area", Shape.TEXT)
    interpreter: str = described("Interpreter or communication needs", Shape.TEXT)
    warnings: tuple[FamilyWarning, ...] = described(
        "Warnings",
        Shape.ROWS,
        row_type=FamilyWarning,
        is_safeguarding=True,
        hint="What somebody must know before they knock",
    )
    closed_on: str | None = described("Closed on", Shape.DATE, may_change=SUPERVISORS)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield a postcode that cannot be one."""
        if self.postcode and (problem := postcode_problem(self.postcode)):
            yield FieldProblem("postcode", f"Postcode: {problem}")

    def title(self) -> str:
        """Return what a list shows."""
        return self.name

    def summary(self) -> str:
        """Return the line beneath it."""
        return ", ".join(part for part in (self.address, self.postcode) if part)
