"""A person in a family file: a child (also unborn), parent, carer, parent-to-be or other person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem
from sf_record.text.identifiers import nhs_number_problem, postcode_problem, upn_problem

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
_OF_CARE = ("role", ("child", "parent_to_be"))  # whose health service a worker speaks to
_OF_SCHOOL = ("role", ("child",))
ENDINGS = (
    ("miscarriage", "Miscarriage"),
    ("termination", "Termination"),
    ("stillbirth", "Stillbirth"),
)
ADDRESSES = (
    ("home", "Lives there"),
    ("placement", "Placement"),
    ("stays", "Stays there at times"),
    ("post", "For letters only"),
    ("former", "Lived there before"),
)


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


@dataclass(frozen=True, kw_only=True)
class Address:
    """One place where a person lives, stays or lived."""

    type: str = described("What it is", Shape.CODE, choices=ADDRESSES, is_required=True)
    address: str = described("Address", Shape.TEXT, is_required=True, is_searchable=True, hint="House, street and town")
    postcode: str = described("Postcode", Shape.TEXT, is_searchable=True)
    began_on: str | None = described("From", Shape.APPROXIMATE_DATE, may_be_future=True)
    ended_on: str | None = described("Until", Shape.APPROXIMATE_DATE, may_be_future=True)
    note: str = described("Note", Shape.TEXT, hint="For example: do not write to this address")


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
        Group("numbers", "Numbers by which others know them", "Only where the work needs them"),
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
    expected_on: str | None = described(
        "Expected date of birth", Shape.DATE, group="who", asked_when=_UNBORN, may_be_future=True
    )
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
    restriction_reason: str = described(
        "Why this is so about contact, and who decided it",
        Shape.TEXT,
        group="who",
        is_safeguarding=True,
        hint="For example: court order of 3 March 2026",
    )
    restriction_review_on: str | None = described(
        "Look at this again on", Shape.DATE, group="who", is_safeguarding=True, may_be_future=True
    )
    contacts: tuple[Contact, ...] = described("Contact details", Shape.ROWS, group="reach", row_type=Contact)
    addresses: tuple[Address, ...] = described(
        "Addresses of their own",
        Shape.ROWS,
        group="reach",
        row_type=Address,
        hint="Where it is not, or not only, the family’s address",
    )
    nhs_number: str = described(
        "NHS number", Shape.TEXT, group="numbers", asked_when=_OF_CARE, hint="Ten digits, such as 943 476 5870"
    )
    upn: str = described(
        "Unique pupil number (UPN)", Shape.TEXT, group="numbers", asked_when=_OF_SCHOOL, hint="The school knows it"
    )
    former_upn: str = described(
        "UPN before", Shape.TEXT, group="numbers", asked_when=_OF_SCHOOL, hint="Only if the child had another one"
    )
    upn_unknown: str = described(
        "Why there is no UPN", Shape.CODE, group="numbers", code_set="upn_unknown", asked_when=_OF_SCHOOL
    )
    language: str = described("First language", Shape.TEXT, group="needs")
    pregnancy_ended: str = described(
        "If the pregnancy ended without a birth",
        Shape.CODE,
        group="needs",
        choices=ENDINGS,
        is_special_category=True,
        asked_when=_UNBORN,
    )
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
        """Yield what does not fit together (CIN census rules 1510 to 1560, 8750 and 8790)."""
        yield from _numbers(self)
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


def _numbers(person: Person) -> Iterator[FieldProblem]:
    """Yield the numbers and postcodes that cannot be right."""
    if person.nhs_number and (problem := nhs_number_problem(person.nhs_number)):
        yield FieldProblem("nhs_number", f"NHS number: {problem}")
    if person.upn and (problem := upn_problem(person.upn)):
        yield FieldProblem("upn", f"Unique pupil number (UPN): {problem}")
    if person.former_upn and (problem := upn_problem(person.former_upn)):
        yield FieldProblem("former_upn", f"UPN before: {problem}")
    if person.upn and person.upn_unknown:
        yield FieldProblem("upn_unknown", "Why there is no UPN: leave this empty, there is one")
    for number, each in enumerate(person.addresses):
        if each.postcode and (problem := postcode_problem(each.postcode)):
            yield FieldProblem(f"addresses.{number}.postcode", f"Postcode: {problem}")
