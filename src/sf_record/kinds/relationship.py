"""How one person of a family file is related to another, with parental responsibility and dates."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import Basis, Shape, described, kind

TYPES = (
    ("mother", "Mother of"),
    ("father", "Father of"),
    ("step_parent", "Step-parent of"),
    ("carer", "Carer of"),
    ("foster_carer", "Foster carer of"),
    ("grandparent", "Grandparent of"),
    ("sibling", "Brother or sister of"),
    ("half_sibling", "Half-brother or half-sister of"),
    ("partner", "Partner of"),
    ("former_partner", "Former partner of"),
    ("other", "Other relation of"),
)


@kind(
    "relationship",
    "Relationship",
    "Relationships",
    basis=Basis.PUBLIC_TASK,
    purpose="To know who has parental responsibility and who matters to the child",
    on_timeline=False,
)
@dataclass(frozen=True, kw_only=True)
class Relationship:
    """Read as a sentence: person is type of to_person."""

    person: str | None = described("Person", Shape.PERSON, is_required=True, is_safeguarding=True)
    type: str = described("Is", Shape.CODE, choices=TYPES, is_required=True, is_safeguarding=True)
    to_person: str | None = described("Of", Shape.PERSON, is_required=True, is_safeguarding=True)
    has_parental_responsibility: bool | None = described(
        "Has parental responsibility", Shape.YES_NO, is_safeguarding=True
    )
    began_on: str | None = described("Since", Shape.APPROXIMATE_DATE)
    ended_on: str | None = described("Until", Shape.APPROXIMATE_DATE)
    note: str = described("Note", Shape.TEXT)

    def title(self) -> str:
        """Return what a list shows."""
        return dict(TYPES).get(self.type, "Relation")

    def summary(self) -> str:
        """Return the line beneath it."""
        return "Parental responsibility" if self.has_parental_responsibility else ""
