"""What the sheets of a caseload's workbook are and mean: one column for each field that the kinds describe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sf_record.codes import CodeSets
from sf_record.description import Field, Shape
from sf_record.kinds import KINDS

FAMILY = "Family"  # ties the rows of all sheets together, in whatever words the workbook's author likes
PERSON = "Person"  # names a person within the family, for the sheets that speak of people
READ_ME, LISTS = "Read me", "Lists"
PREFIX = "Family file: "  # before a family's own headings, where one sheet holds everything (CSV)

_IN_ONE_CELL = frozenset({
    Shape.TEXT, Shape.PROSE, Shape.CODE, Shape.CODES, Shape.DATE, Shape.APPROXIMATE_DATE, Shape.YES_NO, Shape.NUMBER,
    Shape.PERSON,
})  # fmt: skip
_NOT_ASKED = frozenset({"closed_on"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what it fills. ``field`` None: it ties rows together.

    Where it fills one row of a list (a telephone number, a warning), ``rows`` names that list and ``fixed`` says what
    else stands in the same row.
    """

    heading: str
    field: Field | None = None
    rows: str = ""
    fixed: tuple[tuple[str, str], ...] = ()

    @property
    def is_required(self) -> bool:
        return self.field is None or (self.field.is_required and not self.rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a kind of record, one to a row."""

    title: str
    kind: str
    columns: tuple[Column, ...]

    @property
    def by_heading(self) -> Mapping[str, Column]:
        return {folded(each.heading): each for each in self.columns}


def folded(heading: str) -> str:
    """Return a heading as it is compared: case, spaces and a star at its end do not matter."""
    return " ".join(heading.replace("*", " ").casefold().split())


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return the sheets, the families first: what each kind describes and a cell can hold."""
    family, person = Column(FAMILY), Column(PERSON)
    return (
        Sheet("Families", "family", (family, *_fields("family"), *_warning())),
        Sheet("People", "person", (family, person, *_fields("person"), *_contacts())),
        Sheet("Relationships", "relationship", (family, *_fields("relationship"))),
        Sheet("Status", "status_episode", (family, *_fields("status_episode"))),
    )


@cache
def one_sheet() -> Sheet:
    """Return the sheet of a CSV, which holds a person to a row, and of each family what its first row says."""
    families, people = sheets()[:2]
    own = tuple(
        Column(f"{PREFIX}{each.heading}", each.field, each.rows, each.fixed) for each in families.columns if each.field
    )
    return Sheet("People", "person", (*people.columns, *own))


def answers(field: Field, codes: CodeSets) -> tuple[tuple[str, str], ...]:
    """Return what may be answered, as (code, label)."""
    if field.shape is Shape.YES_NO:
        return (("yes", "Yes"), ("no", "No"))
    if field.code_set:
        return tuple((each.code, each.label) for each in codes[field.code_set].codes.values())
    return field.choices


def _fields(kind: str) -> Iterator[Column]:
    for each in KINDS[kind].fields:
        if each.shape in _IN_ONE_CELL and each.name not in _NOT_ASKED:
            yield Column(each.label, each)


def _contacts() -> Iterator[Column]:
    way, value = _row_field("person", "contacts", "way"), _row_field("person", "contacts", "value")
    for code, label in way.choices:
        yield Column(label, value, "contacts", (("way", code),))


def _warning() -> Iterator[Column]:
    for heading, name in (
        ("Warning", "text"),
        ("Why the warning is recorded", "reason"),
        ("Review it on", "review_on"),
    ):
        yield Column(heading, _row_field("family", "warnings", name), "warnings")


def _row_field(kind: str, rows: str, name: str) -> Field:
    return next(each for each in KINDS[kind].by_name[rows].rows if each.name == name)
