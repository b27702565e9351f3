"""How a kind of record describes itself: its fields, groups, lawful basis, and who may see and change what.

From one such description come storage, wire form, validation, permission checks, forms, history and export.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar


class Role(StrEnum):
    """What a worker is at the council."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    CENTRE = "centre"  # keeps registers at a centre, and sees no family file
    ADMINISTRATOR = "administrator"


class Basis(StrEnum):
    """UK GDPR Article 6 basis under which a kind of record is held."""

    LEGAL_OBLIGATION = "6(1)(c)"
    PUBLIC_TASK = "6(1)(e)"


class Shape(StrEnum):
    """The form of one field's value in a record's body (JSON)."""

    TEXT = "text"  # one line
    PROSE = "prose"  # many lines
    CODE = "code"  # one code of a code set, or of the field's own choices
    CODES = "codes"  # list of codes
    DATE = "date"  # "2026-11-23"
    APPROXIMATE_DATE = "approximate_date"  # "2026", "2026-11" or "2026-11-23"
    MOMENT = "moment"  # "2026-11-23T09:30:00.000000Z"
    YES_NO = "yes_no"  # true or false
    NUMBER = "number"  # whole number
    PERSON = "person"  # id of a person record of the same family file
    PEOPLE = "people"  # list of such ids
    WORKER = "worker"  # id of a worker of the council
    RECORD = "record"  # id of a record of the same family file, of the kind that `of` names
    TEXTS = "texts"  # list of lines
    ROWS = "rows"  # list of bodies with the fields of `rows`


EVERYBODY = frozenset({Role.PRACTITIONER, Role.SUPERVISOR})
SUPERVISORS = frozenset({Role.SUPERVISOR})
WITH_CENTRE = EVERYBODY | {Role.CENTRE}

LINE_CHARACTERS = 500
PROSE_CHARACTERS = 200_000
LIST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, what it may hold, whom it concerns and who may see and change it."""

    name: str
    label: str
    shape: Shape
    group: str = ""
    hint: str = ""
    code_set: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    of: str = ""  # the kind of record that a RECORD names
    configured: str = ""  # the list of the council's configuration that a CODE is one of
    least: int | None = None  # of a NUMBER
    most: int | None = None
    may_be_future: bool = False  # of a date or a moment: a day that has not come yet is not a slip
    ends: tuple[str, str] = ("", "")  # what the least and the most of a scale mean
    is_required: bool = False
    is_required_to_sign: bool = False
    is_special_category: bool = False
    is_safeguarding: bool = False  # never merges by itself
    is_searchable: bool = False
    is_carried_forward: bool = False
    asked_when: tuple[str, tuple[str, ...]] | None = None  # a form asks it while that field has one of these codes
    is_a_child: bool = False  # of a PERSON or PEOPLE: a child, born or not, is offered and nobody else
    is_born: bool = False  # of PEOPLE: they answer, sign or are there, so nobody unborn is offered
    is_drawn: bool = False  # stands in a drawing: a form does not ask for it, and it is not read out
    may_see: frozenset[Role] = EVERYBODY
    may_change: frozenset[Role] = EVERYBODY
    rows: tuple[Field, ...] = ()
    row_type: type | None = None
    merges_by: str = ""  # of ROWS: two people's rows merge one by one, told apart by this field of a row

    @property
    def max_characters(self) -> int:
        """The longest text that one value may hold."""
        return PROSE_CHARACTERS if self.shape is Shape.PROSE else LINE_CHARACTERS

    @property
    def is_scale(self) -> bool:
        """Say whether the value is one of a few numbers, of which both ends are said in words."""
        return bool(self.ends[0]) and self.least is not None and self.most is not None

    @property
    def is_list(self) -> bool:
        """Say whether the value is a list."""
        return self.shape in {Shape.CODES, Shape.PEOPLE, Shape.TEXTS, Shape.ROWS}


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a form, in the practitioner's words."""

    name: str
    label: str
    hint: str = ""
    why: str = ""  # why its special category answers are asked, where another form says so and nobody is asked
    is_later: bool = False  # answered once it is known: a form of a new record does not ask it


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record."""

    name: str
    label: str
    plural: str
    type: type
    basis: Basis
    purpose: str
    fields: tuple[Field, ...]
    groups: tuple[Group, ...] = ()
    heading: str = ""  # above the form of a new one, where "New" and its label would read oddly
    happened: str = ""  # the field that says when it happened; "" means: when it was written
    is_signable: bool = False
    on_timeline: bool = True
    goes_first: bool = False  # a safeguarding concern, a step on one, a worker's safety: sent before everything else
    shares_out: tuple[str, ...] = ()  # PEOPLE fields: nobody stands in two, and two people's merge person by person
    is_met: bool = False  # two people may begin the same one, by an id made of what it is about: it becomes one
    needs_agreement: str = ""  # a purpose of ``kinds.agreement``, to which the family must have agreed
    may_create: frozenset[Role] = EVERYBODY
    may_change: frozenset[Role] = EVERYBODY
    by_name: Mapping[str, Field] = field(default_factory=dict)

    @property
    def new_heading(self) -> str:
        """Return what stands above the form of a new one."""
        return self.heading or f"New {self.in_a_sentence}"

    @property
    def in_a_sentence(self) -> str:
        """Return the label as it stands inside a sentence: a name such as SDQ keeps its capitals."""
        return self.label.lower() if self.label[1:].islower() else self.label

    def asked_later(self, body: Mapping[str, Any]) -> frozenset[str]:
        """Return the fields that the form of a new one leaves out: of parts that come later and are not begun."""
        later = [self.in_group(each.name) for each in self.groups if each.is_later]
        return frozenset(one.name for part in later if not any(body.get(each.name) for each in part) for one in part)

    def in_group(self, group: str) -> tuple[Field, ...]:
        """Return the fields of one part of the form, in order."""
        return tuple(each for each in self.fields if each.group == group)


T = TypeVar("T")
KINDS: dict[str, Kind] = {}

_EMPTY: dict[Shape, Any] = {
    Shape.CODES: (),
    Shape.PEOPLE: (),
    Shape.TEXTS: (),
    Shape.ROWS: (),
    Shape.TEXT: "",
    Shape.PROSE: "",
    Shape.CODE: "",
}


def described(label: str, shape: Shape, **more: Any) -> Any:
    """Return a dataclass field that carries its description; its empty value follows from its shape."""
    rows_of = more.get("row_type")
    if rows_of is not None:
        more["rows"] = fields_of(rows_of)
    spec = Field(name="", label=label, shape=shape, **more)
    return dataclasses.field(default=_EMPTY.get(shape), metadata={"field": spec})


def fields_of(described_type: type) -> tuple[Field, ...]:
    """Return the descriptions of a described dataclass's fields, named."""
    return tuple(
        dataclasses.replace(each.metadata["field"], name=each.name)
        for each in dataclasses.fields(described_type)
        if "field" in each.metadata
    )


def kind(name: str, label: str, plural: str, **more: Any) -> Callable[[type[T]], type[T]]:
    """Register a frozen dataclass as a kind of record; ValueError if the name is taken or a named field is missing."""

    def register(record_type: type[T]) -> type[T]:
        fields = fields_of(record_type)
        by_name = {each.name: each for each in fields}
        described_kind = Kind(name, label, plural, record_type, fields=fields, by_name=by_name, **more)
        if name in KINDS:
            raise ValueError(f"kind {name} stands twice")
        if not by_name.keys() >= set(described_kind.shares_out):
            raise ValueError(f"kind {name} has no field of {described_kind.shares_out}")
        if described_kind.happened and described_kind.happened not in by_name:
            raise ValueError(f"kind {name} has no field {described_kind.happened}")
        KINDS[name] = described_kind
        return record_type

    return register
