"""Registers of the council's activities, kept for the families on this laptop: who has a place, who came on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sf_desktop.ops import looks, writing
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import ChangeSet, Done, Office, done, reads
from sf_desktop.store.queries import entries
from sf_desktop.store.tables import merges, records
from sf_desktop.wording import error
from sf_record import body as bodies
from sf_record.body import Body
from sf_record.events import Action, Event
from sf_record.ids import id_about
from sf_record.kinds.activity_place import ActivityPlace
from sf_record.kinds.person import Person
from sf_record.merge import changed_fields, marks_of
from sf_record.record import Record
from sf_record.rules.registers import age_group, first_names

PLACE, ATTENDANCE = "activity_place", "attendance"
TAKEN_OUT, ELSEWHERE = "Taken out of the register", "The register of this day stands in another record of this file"


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity that may be chosen today, with how many of this laptop's people have a place on it."""

    code: str
    label: str
    about: str
    places: int
    is_group: bool = False  # then the code is the id of the group's file


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the council offers today, in the order of its list, and the day."""

    activities: tuple[Activity, ...]
    today: str
    unsaved: Mapping[str, Mapping[str, bool | None]] = field(default_factory=dict)  # marks by register and day


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One person on a register: what it needs of them and no more. ``came`` is None before anybody has said."""

    person_id: str
    family_id: str
    name: str
    age_group: str
    must_know: str
    came: bool | None
    is_kept_back: bool = False  # there is something to know, for whoever runs the session
    is_disputed: bool = False  # marked in two records of the day, and not alike: an older program made the second


@dataclass(frozen=True, slots=True)
class Register:
    """One activity on one day."""

    activity: str
    label: str
    day: str
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """A family's part of the register as it stands: its records, the first to be written on."""

    records: tuple[Record, ...]

    def said(self) -> dict[str, bool]:
        away = {str(each): False for record in self.records for each in record.body.get("away") or ()}
        return away | {str(each): True for record in self.records for each in record.body.get("came") or ()}

    def disputed(self) -> frozenset[str]:
        came, away = (
            {str(each) for record in self.records for each in record.body.get(name) or ()} for name in ("came", "away")
        )
        return frozenset(came & away)


@reads
def catalogue(office: Office) -> Catalogue:
    """Return what may be chosen today."""
    today = office.today()
    open_places = [each for _, each in _places(office) if each.is_open_on(today.isoformat())]
    offered = tuple(
        Activity(each.code, each.label, each.about, sum(place.activity == each.code for place in open_places))
        for each in office.configuration.activities
        if each.is_offered(today)
    )
    return Catalogue(offered, today.isoformat())


@reads
def register(office: Office, activity: str, day: str) -> Register:
    """Return the register of a day: who has a place then, and whoever was marked. Needs that are shown are looks."""
    held = _held(office, activity, day)
    places = [(rec, each) for rec, each in _places(office) if each.activity == activity and each.is_open_on(day)]
    said = {person: came for each in held.values() for person, came in each.said().items()}
    disputed = {person for each in held.values() for person in each.disputed()}
    people = _people(office, {each.person or "" for _, each in places} | set(said))
    chosen = {each.person or "": each for _, each in places}
    names = first_names(
        {id_: person for id_, (_, person) in people.items()}, {id_: each.called for id_, each in chosen.items()}
    )
    for record, place in places:
        if place.must_know and place.person in people:
            looks.record(office, Look.RECORD_OPENED, record.family_id, record.id, code="register")
    on = date.fromisoformat(day)
    rows = [
        RegisterRow(
            id_, family_id, names[id_], age_group(person, on), chosen[id_].must_know if id_ in chosen else "",
            said.get(id_), is_disputed=id_ in disputed,
        )
        for id_, (family_id, person) in people.items()
    ]  # fmt: skip
    return Register(activity, _label(office, activity), day, tuple(sorted(rows, key=_by_name)))


def keep_register(office: Office, activity: str, day: str, marks: Mapping[str, bool | None]) -> Done:
    """Write a day's register: one record in each family's file, in one transaction; all of it or nothing.

    ``marks`` name whoever was marked, None where a mark was taken away; others stay as a colleague marked them.
    """
    held = _held(office, activity, day)
    written: ChangeSet = Done()
    for family_id, shown in sorted(_by_family(office, marks).items()):
        written = written | _keep_of(office, family_id, activity, day, shown, held.get(family_id))
    return done(written, "")


def unsaved(office: Office, activity: str, day: str, marks: Mapping[str, bool | None]) -> Iterator[Event]:
    """Yield what saving these marks would send, family file by family file; nothing is checked and nothing is kept."""
    held = _held(office, activity, day)
    here = _whose(office, marks)
    for family_id, shown in sorted(_by_family(office, {each: marks[each] for each in here}).items()):
        stands = merges.stands(office.connection, {family_id})
        first, *others = held[family_id].records if family_id in held else (None,)
        written = writing.found(office, first.id).body if first is not None else {}
        said = (_Held((first,)).said() if first is not None else {}) | shown
        stand = {each: came for each, came in said.items() if came is not None}
        body = {"activity": activity, "held_on": day, **_as_written(office, family_id, stand, written)}
        yield from would_be(office, ATTENDANCE, family_id, first, body, (activity, day))
        for other in others:
            named = writing.found(office, other.id).body
            left = {
                name: [each for each in named.get(name) or () if stands.get(each, each) not in shown]
                for name in ("came", "away")
            }
            yield from would_be(office, ATTENDANCE, family_id, other, {**named, **left}, (activity, day))


def would_be(
    office: Office, kind: str, family_id: str, first: Record | None, body: Body, about: Sequence[str]
) -> Iterator[Event]:
    """Yield the event by which a register of a day would become this, where that changes anything."""
    if first is None:
        if marks_of(kind, body):
            one = id_about(family_id, kind, *about)
            yield writing.new_event(office, Action.CREATE, kind, family_id, one, fields=writing.clean(body))
        return
    seen = writing.found(office, first.id).body
    fields, was = changed_fields(seen, writing.clean({**seen, **body}))
    if not marks_of(kind, body):
        gone: dict[str, Any] = {"reason": TAKEN_OUT, "was": marks_of(kind, seen), "base_seq": first.seq}
        yield writing.new_event(office, Action.ENTER_IN_ERROR, kind, family_id, first.id, **gone)
    elif fields:
        more: dict[str, Any] = {"fields": fields, "was": was, "base_seq": first.seq}
        yield writing.new_event(office, Action.CHANGE, kind, family_id, first.id, **more)


def _keep_of(
    office: Office, family_id: str, activity: str, day: str, shown: Mapping[str, bool | None], held: _Held | None
) -> ChangeSet:
    if held is None:
        marks = {each: came for each, came in shown.items() if came is not None}
        people = _as_written(office, family_id, marks, {})
        body = {"activity": activity, "held_on": day, **people}
        return begun(office, ATTENDANCE, family_id, body, (activity, day)) if marks else Done()
    first, *others = held.records
    own, open_ = _Held((first,)).said(), held.disputed() - shown.keys()  # nobody has said yet which mark stands
    said = {each: came for each, came in held.said().items() if each not in open_}
    said |= {each: came for each, came in own.items() if each in open_}
    marks = {each: came for each, came in (said | dict(shown)).items() if came is not None}
    written = writing.found(office, first.id).body
    if not marks:
        changed: ChangeSet = writing.enter_in_error(office, first.id, TAKEN_OUT)
    elif marks == own:
        changed = Done()
    else:
        changed = writing.change(office, first.id, {**written, **_as_written(office, family_id, marks, written)})
    for each in others:
        changed = changed | _leave(office, each, open_)
    return changed


def _leave(office: Office, other: Record, open_: Collection[str]) -> ChangeSet:
    """Leave in a second record of a day only who is marked otherwise in the first, and of whom nobody has decided."""
    stands = merges.stands(office.connection, {other.family_id})
    written = writing.found(office, other.id).body
    left = {
        name: [each for each in written.get(name) or () if stands.get(each, each) in open_] for name in ("came", "away")
    }
    if not any(left.values()):
        return writing.enter_in_error(office, other.id, ELSEWHERE)
    return writing.change(office, other.id, {**written, **left})


def begun(office: Office, kind: str, family_id: str, body: Body, about: Sequence[str]) -> Done:
    """Begin a register under the id of its day: whoever began it too, with no signal, began the same one."""
    one = id_about(family_id, kind, *about)
    return writing.create(office, kind, family_id, body, record_id="" if _is_taken(office, one, body) else one)


def _is_taken(office: Office, record_id: str, body: Body) -> bool:
    """Say whether the id of a day is something else's already, here or, as it was answered, at the council."""
    there = records.get(office.connection, record_id)
    is_other = there is not None and any(there.body.get(each) != body.get(each) for each in ("activity", "held_on"))
    return is_other or any(each.code == "already_exists" for each in entries.of_record(office.connection, record_id))


def _as_written(
    office: Office, family_id: str, marks: Mapping[str, bool], written: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Return who came and who did not. Whoever is marked by another record of theirs already stays marked by it."""
    stands = merges.stands(office.connection, {family_id})
    names: dict[str, list[str]] = {}
    for each in (*(written.get("came") or ()), *(written.get("away") or ())):
        names.setdefault(stands.get(each, each), []).append(each)
    people: dict[str, list[str]] = {"came": [], "away": []}
    for person, came in marks.items():
        people["came" if came else "away"] += names.get(person, [person])
    return people


def _by_family(office: Office, marks: Mapping[str, bool | None]) -> dict[str, dict[str, bool | None]]:
    """Return the marks by family file, also of whoever died or was entered in error since they were marked."""
    found = _whose(office, marks)
    if len(found) != len(marks):
        raise error("family_gone")
    wanted: dict[str, dict[str, bool | None]] = {}
    for person_id, came in marks.items():
        wanted.setdefault(found[person_id], {})[person_id] = came
    return wanted


def _whose(office: Office, ids: Iterable[str]) -> dict[str, str]:
    """Return in which family file each of these people is, of those who are here."""
    found = records.get_many(office.connection, list(ids))
    return {id_: each.family_id for id_, each in found.items() if each.kind == "person"}


def _places(office: Office) -> list[tuple[Record, ActivityPlace]]:
    found = records.of_kind(office.connection, PLACE)
    return [(each, cast("ActivityPlace", bodies.read(PLACE, each.body))) for each in found]


def _held(office: Office, activity: str, day: str) -> dict[str, _Held]:
    """Return what stands of a day's register, by family file; the record that was written first comes first."""
    found: dict[str, list[Record]] = {}
    for each in records.of_kind(office.connection, ATTENDANCE):
        if each.body.get("activity") == activity and each.body.get("held_on") == day:
            found.setdefault(each.family_id, []).append(each)
    return {family_id: _Held(tuple(sorted(its, key=_written))) for family_id, its in found.items()}


def _written(record: Record) -> tuple[str, str]:
    return record.written_at, record.id


def _people(office: Office, ids: Iterable[str]) -> dict[str, tuple[str, Person]]:
    """Return who these are and in which family file, without the dead and those entered in error."""
    found = records.get_many(office.connection, [each for each in ids if each])
    people = {
        id_: (each.family_id, cast("Person", bodies.read("person", each.body)))
        for id_, each in found.items()
        if each.kind == "person" and each.in_error is None
    }
    return {id_: (family_id, person) for id_, (family_id, person) in people.items() if not person.died_on}


def _label(office: Office, activity: str) -> str:
    known = {each.code: each.label for each in office.configuration.activities}
    return known.get(activity, activity)


def _by_name(row: RegisterRow) -> tuple[str, str]:
    return row.name.casefold(), row.person_id
