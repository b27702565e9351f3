"""Finds everything that is wrong with a record's body, each problem with its field, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sf_record import body as bodies
from sf_record.body import Body
from sf_record.codes import CodeSets
from sf_record.dates import FIRST_YEAR, LAST_YEAR, ApproximateDate, is_within_years, read_moment
from sf_record.description import LIST_ROWS, Field, Shape
from sf_record.errors import FieldProblem
from sf_record.ids import is_id
from sf_record.kinds import KINDS

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a body is held against: the code sets, the day whose codes count, and whether it is about to be signed.

    What has happened lies before ``tomorrow`` (not asked where there is none), and every day within the years that a
    record may name, unless it stood so ``before``: another laptop's clock may have made it so. Whoever signs answers
    for all of it.
    """

    codes: CodeSets
    on: date
    is_signing: bool = False
    tomorrow: datetime | None = None
    before: Mapping[str, Any] | None = None
    asks_years: bool = True

    def has_stood(self, name: str, value: Any) -> bool:
        """Say whether a field of the body stood so before, and nobody signs it now."""
        if self.before is None or value is None or self.is_signing:
            return False
        return bool(self.before.get(name) == value)


def problems(kind: str, body: Body, rules: Rules) -> tuple[FieldProblem, ...]:
    """Return all problems of a body, in the order of the form; none for a body that may be saved (or signed).

    Fields and kinds that this program does not know are not judged: a newer program wrote them.
    """
    described = KINDS.get(kind)
    if described is None:
        return ()
    of_old = replace(rules, tomorrow=None, asks_years=False)
    found = tuple(
        each
        for one in described.fields
        for each in _field(one, body, of_old if rules.has_stood(one.name, body.get(one.name)) else rules)
    )
    if found:
        return found
    check = getattr(described.type, "check", None)
    return () if check is None else tuple(check(bodies.read(kind, body), rules.is_signing))


def to_mend(kind: str, body: Body, rules: Rules) -> tuple[FieldProblem, ...]:
    """Return the problems of a body for whoever writes it, in the order of the form: none is kept for the next try.

    Where something is only missing, what does not fit together in the rest is said with it.
    """
    found = problems(kind, body, rules)
    check = getattr(KINDS[kind].type, "check", None) if kind in KINDS else None
    if check is None or not found or not all(_is_missing(body, each.field) for each in found):
        return found
    named = {each.field for each in found}
    rest = (each for each in check(bodies.read(kind, body), rules.is_signing) if each.field not in named)
    order = [*KINDS[kind].by_name]
    return tuple(sorted((*found, *rest), key=lambda each: order.index(each.field.partition(".")[0])))


def _is_missing(body: Any, path: str) -> bool:
    """Say whether nothing at all was answered there."""
    for name in path.split("."):
        body = body[int(name)] if isinstance(body, list | tuple) else body.get(name)
        if body in (None, "", []):
            return True
    return False


def problems_among(kind: str, body: Body, others: Iterable[Body]) -> tuple[FieldProblem, ...]:
    """Return what keeps a body from standing beside the family's other records of its kind.

    Asked where somebody writes, never where records meet: nothing that was written is lost to such a rule.
    """
    if not is_held_against_others(kind):
        return ()
    one = bodies.read(kind, body)
    return tuple(one.check_among([bodies.read(kind, each) for each in others]))


def is_held_against_others(kind: str) -> bool:
    """Say whether a kind's records are held against one another."""
    described = KINDS.get(kind)
    return described is not None and hasattr(described.type, "check_among")


def _field(field: Field, body: Body, rules: Rules, prefix: str = "") -> Iterator[FieldProblem]:
    path = f"{prefix}{field.name}"
    value = body.get(field.name)
    if value is None or value in ("", []):
        if field.is_required or (field.is_required_to_sign and rules.is_signing):
            yield FieldProblem(path, f"{field.label}: {_ASK.get(field.shape, 'enter this')}")
    elif field.shape is Shape.ROWS:
        yield from _rows(field, value, rules, path)
    else:
        message = _CHECKS[field.shape](field, value, rules)
        if message:
            yield FieldProblem(path, f"{field.label}: {message}")


def _rows(field: Field, value: Any, rules: Rules, path: str) -> Iterator[FieldProblem]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, dict) for row in value):
        yield FieldProblem(path, f"{field.label}: this is not a list")
    elif len(value) > LIST_ROWS:
        yield FieldProblem(path, f"{field.label}: no more than {LIST_ROWS} rows")
    else:
        for index, row in enumerate(value):
            for each in field.rows:
                yield from _field(each, row, rules, f"{path}.{index}.")


def _text(field: Field, value: Any, _rules: Rules) -> str:
    if not isinstance(value, str):
        return "this is not text"
    if "\x00" in value:
        return "this holds a character that cannot be kept"
    if len(value) > field.max_characters:
        return f"no more than {field.max_characters:,} characters (this has {len(value):,})"
    if field.shape is Shape.TEXT and ("\n" in value or "\r" in value):
        return "one line only"
    return ""


def _code(field: Field, value: Any, rules: Rules) -> str:
    if field.configured:
        return _text(field, value, rules)  # the list of that day may be another one by now
    if field.choices:
        return "" if value in [code for code, _ in field.choices] else "choose one of the list"
    code = rules.codes[field.code_set].codes.get(value) if isinstance(value, str) else None
    if code is None:
        return "choose one of the list"
    return "" if code.is_valid_on(rules.on) else "this code was not in use on that date"


def _codes(field: Field, value: Any, rules: Rules) -> str:
    if not isinstance(value, list | tuple) or len(set(map(str, value))) != len(value):
        return "choose each only once"
    return next((message for each in value if (message := _code(field, each, rules))), "")


def _date(field: Field, value: Any, rules: Rules) -> str:
    day = _read(date.fromisoformat, value)
    return "enter a date, such as 23/11/2026" if day is None else _day_at_fault(field, day, rules)


def _approximate(field: Field, value: Any, rules: Rules) -> str:
    about = _read(ApproximateDate.read, value)
    return (
        "enter a year, a month and year, or a full date"
        if about is None
        else _day_at_fault(field, about.earliest, rules)
    )


def _moment(field: Field, value: Any, rules: Rules) -> str:
    at = _read(read_moment, value)
    return "enter a date and a time" if at is None else _day_at_fault(field, at, rules)


def _read(read: Callable[[str], V], value: Any) -> V | None:
    try:
        return read(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day_at_fault(field: Field, day: date, rules: Rules) -> str:
    """Say where a year is a slip, or a day has not come yet; the hour is not held against a clock that may be wrong."""
    if rules.asks_years and not is_within_years(day):
        return f"the year must be from {FIRST_YEAR} to {LAST_YEAR}"
    if field.may_be_future or rules.tomorrow is None:
        return ""
    is_past = day < (rules.tomorrow if isinstance(day, datetime) else rules.tomorrow.date())
    return "" if is_past else "this day has not come yet"


def _yes_no(_field: Field, value: Any, _rules: Rules) -> str:
    return "" if isinstance(value, bool) else "answer yes or no"


def _number(field: Field, value: Any, _rules: Rules) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if field.least is None or field.most is None:
        return "" if is_number else "enter a whole number"
    fits = is_number and field.least <= value <= field.most
    return "" if fits else f"enter a whole number from {field.least} to {field.most}"


def _id(_field: Field, value: Any, _rules: Rules) -> str:
    return "" if isinstance(value, str) and is_id(value) else "choose from the list"


def _ids(_field: Field, value: Any, _rules: Rules) -> str:
    fine = isinstance(value, list | tuple) and all(isinstance(each, str) and is_id(each) for each in value)
    return "" if fine and len(value) <= LIST_ROWS else "choose from the list"


def _texts(field: Field, value: Any, rules: Rules) -> str:
    if not isinstance(value, list | tuple) or len(value) > LIST_ROWS:
        return "this is not a list"
    return next((message for each in value if (message := _text(field, each, rules))), "")


_CHECKS: dict[Shape, Callable[[Field, Any, Rules], str]] = {
    Shape.TEXT: _text,
    Shape.PROSE: _text,
    Shape.CODE: _code,
    Shape.CODES: _codes,
    Shape.DATE: _date,
    Shape.APPROXIMATE_DATE: _approximate,
    Shape.MOMENT: _moment,
    Shape.YES_NO: _yes_no,
    Shape.NUMBER: _number,
    Shape.PERSON: _id,
    Shape.PEOPLE: _ids,
    Shape.WORKER: _id,
    Shape.RECORD: _id,
    Shape.TEXTS: _texts,
}

_ASK = {
    Shape.CODE: "choose one",
    Shape.CODES: "choose at least one",
    Shape.YES_NO: "answer yes or no",
    Shape.DATE: "enter a date",
    Shape.MOMENT: "enter a date and a time",
    Shape.PERSON: "choose a person",
    Shape.RECORD: "choose one",
    Shape.PEOPLE: "choose at least one person",
    Shape.ROWS: "answer for at least one",
    Shape.PROSE: "write what belongs here",
}
