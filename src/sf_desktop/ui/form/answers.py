"""Makes the right field for each described shape, and carries its answer to and from a record's body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.form.moment_field import MomentField
from sf_desktop.ui.kit.fields.choices import (
    CODE_CHARS,
    RECORD_CHARS,
    ChoiceField,
    ChoicesField,
    CodeField,
    Option,
    YesNoField,
)
from sf_desktop.ui.kit.fields.dates import ApproximateDateField, DateField
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.fields.scale import ScaleField
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_record.description import Field as Described
from sf_record.description import Shape

FEW, SHORT_CHARS = 7, 60  # so many answers, none longer than this, stand side by side
_MOST_DIGITS = 18  # so many fit everywhere; Python itself refuses to read very many
NOBODY: Mapping[str, str] = MappingProxyType({})
NO_RECORD = "None in this family file yet"


@dataclass(frozen=True, slots=True)
class Answer:
    """One field on the screen. `read` gives the body's value, `write` shows one."""

    described: Described
    field: Field
    read: Callable[[], Any]
    write: Callable[[Any], None]


def make_answer(described: Described, context: FormContext, path: str) -> Answer:
    """Make the field for a description; rows are made elsewhere."""
    return _MAKERS[described.shape](described, context, path)


def too_long(described: Described, text: str) -> str:
    """Say that a text is too long, or nothing."""
    if len(text) <= described.max_characters:
        return ""
    return (
        f"No more than {described.max_characters:,} characters (this has {len(text):,})."
        " What stands here is kept as it is: shorten it, or write the rest in a second record."
    )


def _text(described: Described, _context: FormContext, path: str) -> Answer:
    made = TextField(path, described.label, hint=described.hint, width_chars=64)
    return Answer(described, made, made.value, made.set_value)


def _prose(described: Described, context: FormContext, path: str) -> Answer:
    made = ProseField(path, described.label, hint=described.hint, min_lines=5, max_lines=18)
    made.set_spelling(context.spelling)
    made.set_phrases(context.phrases_for(path))
    return Answer(described, made, made.value, made.set_value)


def _code(described: Described, context: FormContext, path: str) -> Answer:
    if described.configured:
        return _one_kept(described, context.configured_options(described.configured), path)
    options = _options(described, context)
    if len(options) <= FEW and all(len(each.label) <= SHORT_CHARS for each in options):
        few = ChoiceField(path, described.label, options, hint=described.hint, across=True)
        return Answer(described, few, few.value, few.set_value)
    many = CodeField(path, described.label, options, hint=described.hint, empty="Not recorded")
    return Answer(described, many, many.value, many.set_value)


def _options(described: Described, context: FormContext) -> tuple[Option, ...]:
    if described.choices:
        return tuple(Option(code, label) for code, label in described.choices)
    return context.code_options(described.code_set)


def _codes(described: Described, context: FormContext, path: str) -> Answer:
    made = ChoicesField(path, described.label, _options(described, context), hint=described.hint)
    return _several(described, made)


def _date(described: Described, context: FormContext, path: str) -> Answer:
    made = DateField(path, described.label, hint=described.hint)
    made.take_years_from(context.today, may_be_future=described.may_be_future)

    def read() -> str:
        day = made.value()
        return day.isoformat() if day is not None else made.typed().strip()

    def write(value: Any) -> None:
        try:
            made.set_value(date.fromisoformat(value) if value else None)
        except ValueError:
            made.set_typed(str(value))  # a draft kept what was typed, readable or not

    return Answer(described, made, read, write)


def _approximate(described: Described, _context: FormContext, path: str) -> Answer:
    made = ApproximateDateField(path, described.label)
    parts = [made.parts[part] for part in ("Day", "Month", "Year")]

    def read() -> str:
        known = made.value()
        typed = "/".join(line.text().strip() for line in parts)
        return known if known is not None else typed if typed.strip("/") else ""

    def write(value: Any) -> None:
        if value and "/" in value:
            for line, text in zip(parts, value.split("/"), strict=False):
                line.setText(text)
        else:
            made.set_value(value or None)

    return Answer(described, made, read, write)


def _moment(described: Described, context: FormContext, path: str) -> Answer:
    made = MomentField(path, described.label, hint=described.hint)
    made.day.take_years_from(context.today, may_be_future=described.may_be_future)
    return Answer(described, made, made.value, made.set_value)


def _yes_no(described: Described, _context: FormContext, path: str) -> Answer:
    made = YesNoField(path, described.label, hint=described.hint)
    return Answer(described, made, made.value, made.set_value)


def _number(described: Described, _context: FormContext, path: str) -> Answer:
    if described.is_scale:
        return _scale(described, path)
    made = TextField(path, described.label, hint=described.hint, width_chars=10)

    def read() -> Any:
        text = made.value()
        return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else text or None

    def write(value: Any) -> None:
        made.set_value(None if value is None else str(value))

    return Answer(described, made, read, write)


def _scale(described: Described, path: str) -> Answer:
    assert described.least is not None, "a scale has a least number"
    assert described.most is not None, "a scale has a most number"
    made = ScaleField(path, described.label, described.least, described.most, ends=described.ends, hint=described.hint)
    return Answer(described, made, made.number, made.set_number)


def _record(described: Described, context: FormContext, path: str) -> Answer:
    options, unknown = context.record_options(described.of), "A record that is not offered any more"
    empty = "Choose" if options else NO_RECORD
    return _one_kept(described, options, path, unknown, chars=RECORD_CHARS, empty=empty)


def _one_kept(
    described: Described,
    options: tuple[Option, ...],
    path: str,
    unknown: str = "",
    called: Mapping[str, str] = NOBODY,
    *,
    chars: int = CODE_CHARS,
    empty: str = "Choose",
) -> Answer:
    """One of a list from which lines are taken away in time: an answer of then stays the answer, as it is called."""
    made = CodeField(path, described.label, options, hint=described.hint, empty=empty, chars=chars)
    known = {each.code for each in options}

    def write(value: Any) -> None:
        label = called.get(str(value)) or unknown or str(value)
        kept = (Option(str(value), label),) if value and value not in known else ()
        made.set_options((*options, *kept))
        made.set_value(value)

    return Answer(described, made, made.value, write)


def _person(described: Described, context: FormContext, path: str) -> Answer:
    options, stands = context.people_options(children=described.is_a_child), context.stands
    called = {each.id: each.name for each in context.people}
    shown = _one_kept(described, options, path, "Somebody who is not offered any more", called)
    written = [""]  # by another record of the same person, perhaps: an answer that nobody changed stays as it was

    def read() -> Any:
        chosen = shown.read()
        return written[0] if written[0] and stands.get(written[0]) == chosen else chosen

    def write(value: Any) -> None:
        written[0] = str(value or "")
        shown.write(stands.get(value, value))

    return Answer(described, shown.field, read, write)


def _worker(described: Described, context: FormContext, path: str) -> Answer:
    return _one_kept(described, context.worker_options(), path, "A colleague who is not offered any more")


def _people(described: Described, context: FormContext, path: str) -> Answer:
    made = ChoicesField(path, described.label, hint=described.hint, across=True)
    everybody = context.people_options(children=described.is_a_child)
    offered = context.people_options(children=described.is_a_child, born=described.is_born)
    made.set_options(offered)
    answer = _several(described, made, context.stands)
    if offered == everybody:
        return answer
    known = {each.code for each in offered}

    def write(value: Any) -> None:
        """Whoever was named before stays named: they are shown then, though nobody would offer them now."""
        named = {context.stands.get(each, each) for each in value or ()}
        made.set_options(offered if named <= known else everybody)
        answer.write(value)

    return replace(answer, write=write)


def _texts(described: Described, _context: FormContext, path: str) -> Answer:
    hint = " ".join(part for part in (described.hint, "One to a line.") if part)
    made = ProseField(path, described.label, hint=hint, min_lines=2, max_lines=12)

    def read() -> list[str]:
        return [line.strip() for line in made.value().splitlines() if line.strip()]

    def write(value: Any) -> None:
        made.set_value("\n".join(value or ()))

    return Answer(described, made, read, write)


def _several(described: Described, made: ChoicesField, stands: Mapping[str, str] = NOBODY) -> Answer:
    """Several answers, in the order in which they stood before: an order that nobody chose is no change.

    Whoever is named by another record of theirs (``stands``) is shown once, and stays named as they were.
    """
    order: list[str] = []

    def read() -> list[str]:
        chosen = made.value()
        kept = [each for each in order if stands.get(each, each) in chosen]
        shown = {stands.get(each, each) for each in kept}
        return [*kept, *(each for each in chosen if each not in shown)]

    def write(value: Any) -> None:
        order[:] = value or ()
        made.set_value([stands.get(each, each) for each in order])

    return Answer(described, made, read, write)


_MAKERS: dict[Shape, Callable[[Described, FormContext, str], Answer]] = {
    Shape.TEXT: _text,
    Shape.PROSE: _prose,
    Shape.CODE: _code,
    Shape.CODES: _codes,
    Shape.DATE: _date,
    Shape.APPROXIMATE_DATE: _approximate,
    Shape.MOMENT: _moment,
    Shape.YES_NO: _yes_no,
    Shape.NUMBER: _number,
    Shape.PERSON: _person,
    Shape.WORKER: _worker,
    Shape.RECORD: _record,
    Shape.PEOPLE: _people,
    Shape.TEXTS: _texts,
}
