"""Says a record's answers in words, group by group, for whoever reads them: on a screen or on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sf_desktop.ops.moments import local, long_day
from sf_record.codes import CodeSets
from sf_record.dates import ApproximateDate
from sf_record.description import Field, Group, Kind, Shape
from sf_record.rules import sameness

NOTHING = "Nothing written"
_OR_ELSE = "Or somebody else"  # beside a person of the family: whoever it is, their name says it
_NAMES = frozenset({Shape.PERSON, Shape.RECORD})  # whose row it is
_ENDS = tuple(end + quote for end in ".!?…" for quote in ("", "”", "’", '"'))
_IN_ERROR = ("Entered in error", "It stays readable and counts for nothing.")
_ENDED = {sameness.KIND: ("Taken apart", "The two records are read apart again.")}


class Called(Protocol):
    """Somebody with a name."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Around(Protocol):
    """What is needed to say an answer: the code sets, who and what is meant by an id, and the council's own lists."""

    @property
    def codes(self) -> CodeSets: ...
    @property
    def people(self) -> Sequence[Called]: ...
    @property
    def workers(self) -> Sequence[Called]: ...
    @property
    def records(self) -> Mapping[str, Sequence[Called]]: ...
    @property
    def configured(self) -> Mapping[str, Sequence[tuple[str, str]]]: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. A `path` leads back to its field."""

    path: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one group."""

    name: str
    label: str
    lines: tuple[Line, ...]


def ended_words(kind: str) -> tuple[str, str]:
    """Say what it is called that a record of this kind counts no more, and what follows from it."""
    return _ENDED.get(kind, _IN_ERROR)


def parts_in_words(
    kind: Kind, body: Mapping[str, Any], around: Around, *, hidden: frozenset[str] = frozenset()
) -> tuple[Part, ...]:
    """Say every answer of a body in words, also of groups without an answer; not of those in which nothing is asked."""
    named = {group.name for group in kind.groups}
    loose = any(field.group not in named for field in kind.fields)
    groups = (*kind.groups, Group("", kind.label)) if loose else kind.groups
    made = []
    for group in groups:
        fields = [field for field in kind.in_group(group.name) if field.name not in hidden]
        lines = tuple(line for field in fields for line in _lines(field, body.get(field.name), around, field.name))
        if fields:
            made.append(Part(group.name, group.label, lines))
    return tuple(made)


def _lines(field: Field, value: Any, around: Around, path: str) -> tuple[Line, ...]:
    if value in (None, "", [], ()):
        return ()
    if field.shape is Shape.ROWS:
        return tuple(_row_line(field, row, number, around) for number, row in enumerate(value))
    return (Line(path, field.label, in_words(field, value, around)),)


def answer_in_words(field: Field | None, value: Any, around: Around) -> str:
    """Say one answer of any shape, rows one to a line; empty where nothing is answered."""
    if value in (None, "", [], ()):
        return ""
    if field is None:
        return str(value)
    try:
        if field.shape is Shape.ROWS:
            lines = (_row_line(field, row, number, around) for number, row in enumerate(value))
            return "\n".join(f"{line.label}: {line.text}" for line in lines)
        return in_words(field, value, around)
    except (TypeError, AttributeError, ValueError):
        return str(value)  # a newer program gave it another shape


def one_after_another(parts: Iterable[str]) -> str:
    """Put sentences one after another; whoever ended one with a full stop of their own does not get a second."""
    whole = ""
    for part in filter(None, (each.strip() for each in parts)):
        between = "" if not whole else " " if whole.endswith(_ENDS) else ". "
        whole += between + part
    return whole


def _row_line(field: Field, row: Mapping[str, Any], number: int, around: Around) -> Line:
    told, names = [], []
    for each in field.rows:
        value = row.get(each.name)
        if each.is_drawn or value in (None, "", [], ()):
            continue
        words = in_words(each, value, around)
        is_bare = each.is_required and each.shape is not Shape.YES_NO
        if each.shape in _NAMES or each.label == _OR_ELSE:
            names.append(words)
        else:
            told.append(words if is_bare else f"{_asked(each.label)} {words}")
    label = ", ".join(names) or f"{one_of(field.label)} {number + 1}"
    return Line(f"{field.name}.{number}", label, one_after_another(told) or NOTHING)


def _asked(label: str) -> str:
    return label if label.endswith("?") else f"{label}:"


def one_of(label: str) -> str:
    """Say what one of a list is called: an agency of the agencies, a child of the children."""
    if label.endswith("ies"):
        return f"{label.removesuffix('ies')}y"
    return label.removesuffix("ren") if label.lower().endswith("children") else label.removesuffix("s")


def in_words(field: Field, value: Any, around: Around) -> str:
    """Say one answer; what cannot be read is said as it stands."""
    match field.shape:
        case Shape.YES_NO:
            return "Yes" if value else "No"
        case Shape.CODE:
            return _code(field, value, around)
        case Shape.CODES:
            return ", ".join(_code(field, each, around) for each in value)
        case Shape.DATE | Shape.APPROXIMATE_DATE | Shape.MOMENT:
            return _day(field.shape, str(value))
        case Shape.PERSON | Shape.WORKER:
            return _name(str(value), around)
        case Shape.RECORD:
            known = {each.id: each.name for each in around.records.get(field.of, ())}
            return known.get(str(value), "A record that is not in this family file")
        case Shape.NUMBER if field.is_scale:
            return f"{value} out of {field.most}"
        case Shape.PEOPLE:
            return ", ".join(_name(str(each), around) for each in value)
        case Shape.TEXTS:
            return "\n".join(str(each) for each in value)
    return str(value)


def _code(field: Field, value: Any, around: Around) -> str:
    if field.configured:
        return dict(around.configured.get(field.configured, ())).get(value, str(value))
    if field.choices:
        return dict(field.choices).get(value, str(value))
    return around.codes[field.code_set].label(str(value)) if field.code_set in around.codes else str(value)


def _day(shape: Shape, text: str) -> str:
    try:
        if shape is Shape.DATE:
            day = date.fromisoformat(text)
            return f"{long_day(day)} {day.year}"
        if shape is Shape.APPROXIMATE_DATE:
            return ApproximateDate.read(text).words
    except ValueError:
        return text
    at = local(text)
    return f"{long_day(at.date())} {at.year}, {at:%H:%M}" if at else text


def _name(identity: str, around: Around) -> str:
    for each in (*around.people, *around.workers):
        if each.id == identity:
            return each.name
    return "Somebody who is not in this family file"
