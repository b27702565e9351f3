"""The people of a family file: children first, how old, who has parental responsibility; edit one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.office import Done, Office, day_of, reads
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import merges, records
from sf_desktop.store.tables.drafts import Draft
from sf_record import body as bodies
from sf_record.dates import ApproximateDate, age_words
from sf_record.kinds.person import ADDRESSES, ROLES, Address, Person
from sf_record.kinds.relationship import TYPES
from sf_record.kinds.status_episode import STATUSES
from sf_record.record import Record

STATUS_ORDER = ("CP", "CLA", "CIN")
_ROLE_ORDER = {role: place for place, (role, _) in enumerate(ROLES)}
_FAMILY_KINDS = ("person", "relationship", "status_episode")


@dataclass(frozen=True, slots=True)
class StatusNow:
    """A child's status today. ``category`` is the label of the plan's category, where there is one."""

    code: str
    label: str
    since: str
    category: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person, in the words of the work."""

    id: str
    name: str
    role: str
    role_words: str
    is_child: bool
    age: str
    statuses: tuple[StatusNow, ...]
    restriction: str
    has_parental_responsibility: bool
    relations: tuple[str, ...]  # "Mother of Robin Alder"
    lives_here: bool | None
    has_died: bool
    restriction_reason: str = ""
    restriction_review_on: str = ""
    addresses: tuple[str, ...] = ()  # of their own, those that hold today
    is_waiting: bool = False
    born_on: str = ""  # as it is written, approximate or not
    written_at: str = ""
    also: tuple[str, ...] = ()  # the ids of other records of the same person, which are read with this one
    also_called: tuple[str, ...] = ()  # and what each of them says for itself: a name, and when it was written


def children_of(office: Office, family_id: str) -> tuple[PersonView, ...]:
    """Return the born children of a family file, the youngest last: those whom a visit can see."""
    found = people_of(office, family_id)
    return tuple(each for each in found if each.is_child and each.role != "unborn" and not each.has_died)


@reads
def people(office: Office, family_id: str) -> tuple[PersonView, ...]:
    """Return the people of a family file, children first."""
    return people_of(office, family_id)


def people_of(office: Office, family_id: str) -> tuple[PersonView, ...]:
    """Return the people of a family file, children first; not those entered in error."""
    kept: dict[str, list[Record]] = {kind: [] for kind in _FAMILY_KINDS}
    for record in records.of_family(office.connection, family_id, _FAMILY_KINDS):
        if record.in_error is None:
            kept[record.kind].append(record)
    names = {each.id: _person(each) for each in kept["person"]}
    also = merges.others_of(office.connection, family_id)
    views = [
        _with_others(
            office, _view(office, each, names, kept["relationship"], kept["status_episode"]), also.get(each.id, ())
        )
        for each in kept["person"]
    ]
    return tuple(sorted(views, key=lambda view: _order(view, names[view.id])))


def _with_others(office: Office, view: PersonView, also: tuple[str, ...]) -> PersonView:
    """Return a person with the other records that are read with theirs."""
    if not also:
        return view
    called = []
    for each in also:
        record = records.get(office.connection, each)
        day = day_of(record.written_at) if record is not None else None
        when = f" (written down {ApproximateDate(day.year, day.month, day.day).words})" if day else ""
        called.append(f"{name_of(record) if record is not None else view.name}{when}")
    return replace(view, also=also, also_called=tuple(called))


def _order(view: PersonView, person: Person) -> tuple[int, int, str, str]:
    """Children first: the gravest status before the others, then the eldest."""
    role = 0 if view.is_child else 1 + _ROLE_ORDER.get(view.role, len(_ROLE_ORDER))
    status = min((_grave(each.code) for each in view.statuses), default=len(STATUS_ORDER) + 1)
    return role, status, person.born_on or person.expected_on or "9", view.name


def _person(record: Record) -> Person:
    return cast("Person", bodies.read("person", record.body))


_NAMED_BY = ("role", "given_name", "known_as", "family_name")


@dataclass(frozen=True, slots=True)
class Named:
    """What a person's record is called."""

    id: str
    name: str


def named(people: Iterable[PersonView], *, by_record: bool = False) -> tuple[Named, ...]:
    """Return the names of everybody, also by the other records of those who were recorded twice.

    ``by_record``: each record by what it says itself, for whoever reads of the records and not of the person.
    """
    found = list[Named]()
    for each in people:
        others = each.also_called if by_record else (each.name,) * len(each.also)
        found += [Named(each.id, each.name), *map(Named, each.also, others)]
    return tuple(found)


def name_of(record: Record) -> str:
    """Return the name that the work uses for a person; of a whole caseload's at once, so no more is read than it."""
    return Person(**{name: record.body[name] for name in _NAMED_BY if record.body.get(name)}).name


def has_died(body: Mapping[str, Any]) -> bool:
    """Say of a person's body whether they have died, or a pregnancy has ended."""
    return bool(body.get("died_on") or body.get("pregnancy_ended"))


def _view(
    office: Office, record: Record, names: dict[str, Person], relations: list[Record], episodes: list[Record]
) -> PersonView:
    person = names[record.id]
    today = office.today()
    mine = [each for each in relations if each.body.get("person") == record.id and is_current(each, today)]
    return PersonView(
        id=record.id,
        name=person.name,
        role=person.role,
        role_words=dict(ROLES).get(person.role, ""),
        is_child=person.is_child,
        age=_age(person, today),
        statuses=statuses_now(office, [each for each in episodes if each.body.get("person") == record.id]),
        restriction=person.restriction,
        has_parental_responsibility=any(each.body.get("has_parental_responsibility") for each in mine),
        relations=tuple(dict.fromkeys(_relation_words(each, names) for each in mine)),
        lives_here=person.lives_here,
        has_died=has_died(record.body),
        restriction_reason=person.restriction_reason,
        restriction_review_on=person.restriction_review_on or "",
        addresses=tuple(_address(each) for each in person.addresses if _holds(each.ended_on, today)),
        born_on=person.born_on or "",
        written_at=record.written_at,
    )


def is_current(record: Record, today: date) -> bool:
    """Say whether what a record says holds on a day, as far as its end says."""
    return _holds(record.body.get("ended_on"), today)


def _holds(ended: str | None, today: date) -> bool:
    return ended is None or _latest(ended) >= today


def _latest(text: str) -> date:
    try:
        return ApproximateDate.read(text).latest
    except ValueError:
        return date.max


def _address(each: Address) -> str:
    """Placement: 3 Sample Street, ZZ1 1AA, since March 2026."""
    parts = [each.address, each.postcode, f"since {_day_words(each.began_on)}" if each.began_on else ""]
    where = ", ".join(part for part in parts if part)
    return f"{dict(ADDRESSES).get(each.type, 'Address')}: {where}{f' ({each.note})' if each.note else ''}"


def _relation_words(record: Record, names: dict[str, Person]) -> str:
    other = names.get(str(record.body.get("to_person")))
    words = dict(TYPES).get(str(record.body.get("type")), "Related to")
    return f"{words} {other.name}" if other else words


def _age(person: Person, today: date) -> str:
    if person.role == "unborn" and person.expected_on and not person.born_on:
        return f"expected {_day_words(person.expected_on)}"
    try:
        return age_words(ApproximateDate.read(person.born_on), today) if person.born_on else ""
    except ValueError:
        return ""


def _day_words(text: str) -> str:
    try:
        return ApproximateDate.read(text).words
    except ValueError:
        return text


def statuses_now(office: Office, episodes: list[Record]) -> tuple[StatusNow, ...]:
    """Return the statuses in force today, the gravest first."""
    today = office.today()
    found = [
        StatusNow(
            str(each.body.get("status")),
            dict(STATUSES).get(str(each.body.get("status")), "Status"),
            str(each.body.get("began_on") or ""),
            _category(office, each),
        )
        for each in episodes
        if each.in_error is None
        and is_current(each, today)
        and str(each.body.get("began_on") or "") <= today.isoformat()
    ]
    return tuple(sorted(found, key=lambda each: (_grave(each.code), each.since)))


def _grave(code: str) -> int:
    return STATUS_ORDER.index(code) if code in STATUS_ORDER else len(STATUS_ORDER)


def _category(office: Office, episode: Record) -> str:
    code = str(episode.body.get("category") or "")
    known = "cp_category_of_abuse"
    return office.codes[known].label(code) if code and known in office.codes else code


def known_names(connection: Connection, family_id: str) -> frozenset[str]:
    """Return every name of a family file, for the speller."""
    names: set[str] = set()
    for record in records.of_family(connection, family_id, ("family", "person")):
        for field in ("name", "given_name", "family_name", "known_as", "address", "area"):
            names.update(str(record.body.get(field) or "").split())
    return frozenset(each.strip(",.;()'’") for each in names if any(letter.isalpha() for letter in each))


def start_person(office: Office, family_id: str, role: str = "") -> Draft:
    """Begin a new person."""
    return drafting.begin(office, "person", family_id, {"role": role} if role else {})


def edit_person(office: Office, record_id: str) -> Draft:
    """Begin to change a person."""
    return drafting.begin_change(office, record_id)


def save_person(office: Office, draft_id: str) -> Done:
    """Save a new or changed person: what was changed goes with what was seen before."""
    return finishing.finish(office, draft_id, sign=False)
