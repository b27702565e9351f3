"""A person in a family file: a child (also unborn), parent, carer, parent-to-be or other person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

ROLES = (
    ("child", "Child"),
    ("unborn", "Unborn child"),
    ("parent", "Parent"),
    ("carer", "Carer"),
    ("parent_to_be", "Parent-to-be"),
    ("other", "Other person"),
)
# A form asks no more of a person than their part in the family needs; '' is before that is said.
_UNBORN = ("role", ("unborn",))
_BORN = ("role", ("", *(code for code, _ in ROLES if code != "unborn")))
_OF_THE_FAMILY = ("role", tuple(code for code, _ in ROLES if code != "other"))


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One way to reach a person."""

    way: str = described(
        "Way",
        Shape.CODE,
        is_required=True,
        choices=(("mobile", "Mobile"), ("phone", "Telephone"), ("email", "Email"), ("address", "Other address")),
    )
    value: str = described("Number or address", Shape.TEXT, is_required=True, is_searchable=True)
    note: str = described("When to use it", Shape.TEXT)


@kind(
    "person",
    "Person",
    "People",
    basis=Basis.PUBLIC_TASK,
    purpose="To know who the child is, who cares for the child and how to reach them",
    on_timeline=False,
    groups=(
        Group("who", "Who"),
        Group("reach", "How to reach them"),
        Group("needs", "Language, background and needs", "Only what the person or their parent has told us"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Person:
    """A person. An unborn child has an expected date in place of a date of birth, and sex U."""

    role: str = described("In this family", Shape.CODE, group="who", choices=ROLES, is_required=True)
    given_name: str = described("First names", Shape.TEXT, group="who", is_searchable=True)
    family_name: str = described("Family name", Shape.TEXT, group="who", is_searchable=True)
    known_as: str = described("Known as", Shape.TEXT, group="who", is_searchable=True)
    born_on: str | None = described("Date of birth", Shape.APPROXIMATE_DATE, group="who", asked_when=_BORN)
    expected_on: str | None = described("Expected date of birth", Shape.DATE, group="who", asked_when=_UNBORN)
    died_on: str | None = described("Date of death", Shape.APPROXIMATE_DATE, group="who", asked_when=_BORN)
    sex: str = described("Sex", Shape.CODE, group="who", code_set="sex")
    lives_here: bool | None = described("Lives in this household", Shape.YES_NO, group="who")
    restriction: str = described(
        "Who may have contact",
        Shape.TEXT,
        group="who",
        is_safeguarding=True,
        hint="For example: no unsupervised contact",
    )
    contacts: tuple[Contact, ...] = described("Contact details", Shape.ROWS, group="reach", row_type=Contact)
    language: str = described("First language", Shape.TEXT, group="needs")
    ethnicity: str = described(
        "Ethnicity",
        Shape.CODE,
        group="needs",
        code_set="ethnicity",
        is_special_category=True,
        asked_when=_OF_THE_FAMILY,
    )
    disability: tuple[str, ...] = described(
        "Disability",
        Shape.CODES,
        group="needs",
        code_set="disability",
        is_special_category=True,
        asked_when=_OF_THE_FAMILY,
    )
    needs: str = described(
        "Health and other needs", Shape.PROSE, group="needs", is_special_category=True, asked_when=_OF_THE_FAMILY
    )

    @property
    def name(self) -> str:
        """Return the name that the work uses."""
        if self.role == "unborn" and not (self.given_name or self.known_as):
            return f"Unborn {self.family_name}".strip()
        return f"{self.known_as or self.given_name} {self.family_name}".strip() or "Name not known"

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together (CIN census rules 8750 and 8790)."""
        if self.role == "unborn":
            if not self.expected_on:
                yield FieldProblem("expected_on", "Expected date of birth: enter it for an unborn child")
            if self.sex not in {"", "U"}:
                yield FieldProblem("sex", "Sex: unknown until the child is born")
        if "NONE" in self.disability and len(self.disability) > 1:
            yield FieldProblem("disability", "Disability: none stands alone")

    @property
    def is_child(self) -> bool:
        """Say whether the record is about a child, born or not."""
        return self.role in {"child", "unborn"}

    def title(self) -> str:
        """Return what a list shows."""
        return self.name

    def summary(self) -> str:
        """Return the line beneath it."""
        return dict(ROLES).get(self.role, "")
