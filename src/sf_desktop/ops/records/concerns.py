"""Safeguarding concerns: begin and sign one, add steps, how far each is, and whom to ring while one is not sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import finishing
from sf_desktop.ops.household.people import children_of, name_of
from sf_desktop.ops.office import Done, Office, day_of, reads
from sf_desktop.ops.records import recording
from sf_desktop.ops.sending.conflicts import family_names
from sf_desktop.store.tables import drafts, outbox, records
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.store.tables.lists import Lists
from sf_record import body as bodies
from sf_record.configuration import ContactNumber
from sf_record.errors import FieldProblem
from sf_record.kinds.concern import MARKS, BodyMark, Concern
from sf_record.kinds.concern_step import ConcernStep
from sf_record.record import Record
from sf_record.rules.concerns import Facts, Standing, standing

CONCERN, STEP, CLOSED = "concern", "concern_step", "closed"


@dataclass(frozen=True, slots=True)
class StepView:
    """One step on a concern, as it was recorded."""

    record_id: str
    title: str
    done_at: str
    words: str
    author: str
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class MarkView:
    """One mark on the body: where it stands on the drawing, and in words."""

    side: str
    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class ConcernView:
    """One concern: about whom, what was said, how far it is. ``is_sent``: it has a receipt."""

    id: str
    family_id: str
    family_name: str
    about: tuple[str, ...]
    happened_at: str
    written_at: str
    words: str
    author: str
    is_in_danger: bool
    is_sent: bool
    standing: Standing
    steps: tuple[StepView, ...]
    marks: tuple[MarkView, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneNow:
    """A concern that nobody but this laptop knows of: signed and without a receipt, or begun and not signed."""

    record_id: str
    family_id: str
    family_name: str
    since: str
    number: ContactNumber
    is_in_danger: bool
    is_signed: bool = True
    about: tuple[str, ...] = ()  # the children's names


def start(office: Office, family_id: str) -> Draft:
    """Begin a concern, or go on with one begun in this family file today; an only child is the one whom it is about."""
    begun = drafts.current(office.connection, family_id, CONCERN)
    if begun and day_of(begun[0].started_at) == office.today():
        return begun[0]
    children = children_of(office, family_id)
    return recording.start(office, CONCERN, family_id, {"about": [children[0].id]} if len(children) == 1 else {})


@reads
def check(office: Office, draft_id: str) -> tuple[FieldProblem, ...]:
    """Return everything to mend before a concern can be signed."""
    return finishing.problems(office, draft_id, sign=True)


def sign(office: Office, draft_id: str) -> Done:
    """Sign a concern, or a step on one; the wire is asked for a round at once."""
    return finishing.finish(office, draft_id, sign=True)


def start_step(office: Office, concern_id: str, step: str) -> Draft:
    """Begin a step on a concern, or go on with one of the same sort that was begun."""
    concern = writing.found(office, concern_id)
    for each in drafts.current(office.connection, concern.family_id, STEP):
        if each.body.get("concern") == concern_id and each.body.get("step") == step:
            return each
    return recording.start(office, STEP, concern.family_id, {"concern": concern_id, "step": step})


@reads
def numbers(office: Office) -> tuple[ContactNumber, ...]:
    """Return the numbers to ring, 999 first."""
    return office.configuration.numbers


@reads
def of_family(office: Office, family_id: str) -> tuple[ConcernView, ...]:
    """Return a family file's concerns, open ones first, then the newest."""
    found = records.of_family(office.connection, family_id, (CONCERN,))
    steps = records.of_family(office.connection, family_id, (STEP,)) if found else []
    return _views(office, found, steps, lambda: records.of_family(office.connection, family_id, ("review",)))


@reads
def open_concerns(office: Office, lists: Lists | None = None) -> tuple[ConcernView, ...]:
    """Return every open concern of the family files on this laptop: a worker's own, or a supervisor's whole team's."""
    read = lists or Lists(office.connection)
    found = read.of_kind(CONCERN)
    steps = read.of_kind(STEP) if found else []
    closed = {
        each.body.get("concern") for each in steps if each.body.get("step") == CLOSED and each.body.get("done_at")
    }
    return _views(office, [each for each in found if each.id not in closed], steps, lambda: read.of_kind("review"))


@reads
def phone_now(office: Office, family_id: str = "") -> tuple[PhoneNow, ...]:
    """Return what must be told by telephone, of one family file or of all: danger first, then the oldest."""
    signed = [each for each in outbox.phone_now(office.connection, CONCERN) if family_id in ("", each[1])]
    begun = drafts.current(office.connection, family_id or None, CONCERN)
    names = family_names(office, {each[1] for each in signed} | {each.family_id for each in begun})
    bodies_ = {
        key: each.body for key, each in records.get_many(office.connection, [each[0] for each in signed]).items()
    }
    rows = [(*each, bodies_.get(each[0], {}), True) for each in signed]
    rows += [(each.id, each.family_id, each.started_at, each.body, False) for each in begun if each.record_id is None]
    children = tuple({str(child) for *_, body, _ in rows for child in body.get("about") or ()})
    people = {key: name_of(each) for key, each in records.get_many(office.connection, children).items()}
    found = []
    for record_id, of_family_id, since, body, is_signed in rows:
        danger = bool(body.get("is_in_danger"))
        number = office.configuration.phone_for(is_in_danger=danger)
        name = names.get(of_family_id, "")
        about = (*(people.get(str(child), "") for child in body.get("about") or ()), str(body.get("about_other") or ""))
        named = tuple(filter(None, about))
        found.append(PhoneNow(record_id, of_family_id, name, since, number, danger, is_signed, named))
    return tuple(sorted(found, key=lambda each: (not each.is_in_danger, not each.is_signed, each.since)))


def _views(
    office: Office, found: Iterable[Record], steps: Iterable[Record], reviews: Callable[[], Iterable[Record]]
) -> tuple[ConcernView, ...]:
    by_concern: dict[str, list[Record]] = defaultdict(list)
    for each in steps:
        if each.in_error is None:
            by_concern[str(each.body.get("concern"))].append(each)
    kept = [each for each in found if each.in_error is None]
    names = family_names(office, {each.family_id for each in kept})
    people = _people(office, kept)
    discussed = [each for each in kept if any(one.body.get("step") == "discussed" for one in by_concern[each.id])]
    conferences = _conferences(reviews() if discussed else ())
    unsent = {each[0] for each in outbox.phone_now(office.connection, CONCERN)}
    facts = Facts(office.configuration, office.days, office.clock.now(), day_of)
    views = [
        _view(
            office,
            each,
            by_concern[each.id],
            facts,
            (names, people, conferences.get(each.family_id, ())),
            is_sent=each.id not in unsent,
        )
        for each in sorted(kept, key=lambda record: record.written_at, reverse=True)
    ]
    return tuple(sorted(views, key=lambda view: (not view.standing.is_open, not view.is_in_danger)))


def _conferences(reviews: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the initial conferences among these meetings, by family file."""
    found: dict[str, list[Record]] = defaultdict(list)
    for each in reviews:
        if each.in_error is None and each.body.get("type") == "icpc":
            found[each.family_id].append(each)
    return found


def _days_of(conferences: Iterable[Record], concern: Concern) -> list[str]:
    """Return on which days a conference was held about a child of a concern."""
    about = set(concern.about)
    found = []
    for each in conferences:
        children = {row.get("person") for row in each.body.get("children") or ()}
        if not about or about & children:
            found.append(str(each.body.get("held_on") or ""))
    return found


def _people(office: Office, concerns: Collection[Record]) -> dict[str, str]:
    wanted = {str(child) for each in concerns for child in each.body.get("about") or ()}
    return {key: name_of(each) for key, each in records.get_many(office.connection, tuple(wanted)).items()}


def _view(
    office: Office,
    record: Record,
    steps: list[Record],
    facts: Facts,
    around: tuple[dict[str, str], dict[str, str], Sequence[Record]],
    *,
    is_sent: bool,
) -> ConcernView:
    families, people, conferences = around
    concern = bodies.read(CONCERN, record.body)
    about = [people[each] for each in concern.about if each in people]
    return ConcernView(
        id=record.id,
        family_id=record.family_id,
        family_name=families.get(record.family_id, ""),
        about=(*about, concern.about_other) if concern.about_other else tuple(about),
        happened_at=str(concern.happened_at or record.written_at),
        written_at=record.written_at,
        words=concern.summary(),
        author=office.configuration.worker_name(record.author_id),
        is_in_danger=bool(concern.is_in_danger),
        is_sent=is_sent,
        standing=standing(record.written_at, [_read(each) for each in steps], facts, _days_of(conferences, concern)),
        steps=tuple(_step(office, each) for each in sorted(steps, key=_done_at)),
        marks=tuple(_mark(each) for each in concern.marks),
    )


def _mark(mark: BodyMark) -> MarkView:
    told = (mark.place, dict(MARKS).get(mark.kind, "").lower(), mark.size, mark.colour.lower(), mark.words)
    return MarkView(mark.side, mark.x or 0, mark.y or 0, ", ".join(each for each in told if each))


def _read(step: Record) -> ConcernStep:
    read: ConcernStep = bodies.read(STEP, step.body)
    return read


def _done_at(step: Record) -> str:
    return str(step.body.get("done_at") or step.written_at)


def _step(office: Office, record: Record) -> StepView:
    step = _read(record)
    return StepView(
        record_id=record.id,
        title=step.title(),
        done_at=_done_at(record),
        words=step.summary(),
        author=office.configuration.worker_name(record.author_id),
        is_waiting=outbox.latest_of(office.connection, record.id) is not None,
    )
