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
    ("adoptive_parent", "Adoptive parent of"),
    ("special_guardian", "Special guardian of"),
    ("grandparent", "Grandparent of"),
    ("aunt_or_uncle", "Aunt or uncle of"),
    ("sibling", "Brother or sister of"),
    ("half_sibling", "Half-brother or half-sister of"),
    ("step_sibling", "Stepbrother or stepsister of"),
    ("partner", "Partner of"),
    ("former_partner", "Former partner of"),
    ("other", "Other relation of"),
)
_OF_PARTNERS = ("type", ("partner", "former_partner"))
_OF_SIBLINGS = ("type", ("sibling",))
PARTNERSHIPS = (
    ("married", "Married or in a civil partnership"),
    ("cohabiting", "Living together as a couple"),
    ("apart", "A couple who live apart"),
)
PARTINGS = (("separated", "Separated"), ("divorced", "Divorced or dissolved"))
TWINS = (("twin", "Twins"), ("identical", "Identical twins"))
HARMS = (
    ("physical_abuse", "Physical abuse of the second person by the first"),
    ("emotional_abuse", "Emotional abuse of the second person by the first"),
    ("sexual_abuse", "Sexual abuse of the second person by the first"),
)
QUALITIES = (
    ("close", "Close"),
    ("fused", "Very close, hard to be apart"),
    ("distant", "Distant"),
    ("conflict", "In conflict"),
    ("cut_off", "Cut off from each other"),
    *HARMS,
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
    partnership: str = described("As a couple", Shape.CODE, choices=PARTNERSHIPS, asked_when=_OF_PARTNERS)
    began_on: str | None = described("Since", Shape.APPROXIMATE_DATE)
    ended_on: str | None = described("Until", Shape.APPROXIMATE_DATE)
    parting: str = described("How it ended", Shape.CODE, choices=PARTINGS, asked_when=_OF_PARTNERS)
    twin: str = described("Twins", Shape.CODE, choices=TWINS, asked_when=_OF_SIBLINGS)
    quality: str = described(
        "How they get on",
        Shape.CODE,
        choices=QUALITIES,
        is_safeguarding=True,
        hint="Drawn in the family tree. Say in the note whose view it is",
    )
    note: str = described("Note", Shape.TEXT)

    def title(self) -> str:
        """Return what a list shows."""
        return dict(TYPES).get(self.type, "Relation")

    def summary(self) -> str:
        """Return the line beneath it."""
        return "Parental responsibility" if self.has_parental_responsibility else ""
