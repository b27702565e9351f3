"""Says that two records of a family file are of one person: read as one from then on, and never changed by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sf_record.description import SUPERVISORS, Basis, Shape, described, kind
from sf_record.errors import FieldProblem


@kind(
    "same_person",
    "Merge of two records",
    "Merges of two records",
    basis=Basis.PUBLIC_TASK,
    heading="Two records are of one person",
    purpose="To read what is known of one person together, and to lose nothing of it",
    may_create=SUPERVISORS,
    may_change=SUPERVISORS,
)
@dataclass(frozen=True, kw_only=True)
class SamePerson:
    """A merge. To take the two apart again it is marked as entered in error."""

    duplicate: str | None = described(
        "Record that is one too many", Shape.PERSON, is_required=True, is_safeguarding=True
    )
    kept: str | None = described("Record that it is read with", Shape.PERSON, is_required=True, is_safeguarding=True)
    reason: str = described(
        "How you know", Shape.TEXT, is_required=True, hint="For example: same NHS number, and the mother confirmed it"
    )

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield that a record cannot be merged with itself."""
        if self.duplicate and self.duplicate == self.kept:
            yield FieldProblem("kept", "Record that it is read with: choose the other record")

    def check_among(self, others: Sequence[SamePerson]) -> Iterator[FieldProblem]:
        """Yield what would go in a circle, or say two things of one record."""
        for each in others:
            if each.duplicate == self.duplicate:
                yield FieldProblem("duplicate", "Record that is one too many: it is read with another one already")
            elif each.duplicate == self.kept:
                yield FieldProblem("kept", "Record that it is read with: choose the record that the other is read with")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Two records are of one person"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.reason
