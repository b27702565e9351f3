"""Groups and their registers: files of their own, with what a register needs of a person and nothing of a family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from sf_desktop.ops import looks, writing
from sf_desktop.ops.activities.registers import ELSEWHERE, PLACE, TAKEN_OUT, Register, RegisterRow, begun, would_be
from sf_desktop.ops.looks import Look
from sf_desktop.ops.moments import day_words
from sf_desktop.ops.office import ChangeSet, Done, Office, done, reads
from sf_desktop.store.tables import families, records
from sf_desktop.wording import error
from sf_record import body as bodies
from sf_record.description import Role
from sf_record.events import Event
from sf_record.kinds.activity_place import ActivityPlace
from sf_record.kinds.group import RegisterGroup
from sf_record.kinds.group_member import GroupMember
from sf_record.kinds.person import Person
from sf_record.record import Record
from sf_record.rules.registers import age_group, first_names

GROUP, MEMBER, SESSION = "group", "group_member", "group_session"


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group whose register may be kept here."""

    id: str
    name: str
    activity: str
    about: str
    members: int
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A person's place on an activity, and a group's register: are they known there, and how often did they come."""

    place_id: str
    group_id: str
    person: str
    group: str
    is_known: bool
    is_up_to_date: bool
    came: str
    is_closed: bool = False
    is_twice: bool = False  # once by each of two records of the same person, until one of the two places ends


def groups_of(office: Office) -> tuple[GroupView, ...]:
    """Return the groups on this laptop, by name, those that are closed among them."""
    today = office.today().isoformat()
    views = []
    for each in records.of_kind(office.connection, GROUP):
        group = cast("RegisterGroup", bodies.read(GROUP, each.body))
        count = sum(member.is_open_on(today) for _, member in _members(office, each.id))
        is_closed = bool(group.closed_on) and str(group.closed_on) <= today
        views.append(GroupView(each.id, group.name, group.activity, group.about, count, is_closed))
    return tuple(sorted(views, key=_by_name))


def group_register(office: Office, group_id: str, day: str, *, runs: bool = False) -> Register:
    """Return a group's register of a day. Needs that are shown are looks.

    What the group must know of somebody is for a centre's staff, for whoever has that person's family file here, and
    for whoever says that they run the session (``runs``).
    """
    group = writing.found(office, group_id)
    sessions = _sessions(office, group_id, day)
    said = _said(sessions)
    disputed = _disputed(sessions)
    sees_all = runs or office.me.worker.role is Role.CENTRE
    own = frozenset() if sees_all else _own_members(office)
    rows = []
    for record, member in _members(office, group_id):
        if not member.is_open_on(day) and record.id not in said:
            continue
        is_shown = sees_all or record.id in own
        if member.must_know and is_shown:
            looks.record(office, Look.RECORD_OPENED, group_id, record.id, code="register")
        rows.append(
            RegisterRow(
                record.id, group_id, member.called, member.age_group, member.must_know if is_shown else "",
                said.get(record.id), is_kept_back=bool(member.must_know) and not is_shown,
                is_disputed=record.id in disputed,
            )
        )  # fmt: skip
    label = str(bodies.read(GROUP, group.body).title())
    return Register(group_id, label, day, tuple(sorted(rows, key=_by_row)))


def keep_group_register(office: Office, group_id: str, day: str, marks: Mapping[str, bool | None]) -> Done:
    """Write a group's register of a day; whoever was not marked here stays as a colleague marked them."""
    held = _sessions(office, group_id, day)
    own, open_ = _said(held[:1]), _disputed(held) - marks.keys()  # nobody has said yet which mark stands
    said = {each: came for each, came in _said(held).items() if each not in open_}
    said |= {each: came for each, came in own.items() if each in open_}
    wanted = {each: came for each, came in (said | dict(marks)).items() if came is not None}
    body = {"held_on": day, "marks": [{"member": each, "came": came} for each, came in wanted.items()]}
    if not held:
        return begun(office, SESSION, group_id, body, (day,)) if wanted else Done()
    first, *others = held
    if not wanted:
        changed: ChangeSet = writing.enter_in_error(office, first.id, TAKEN_OUT)
    else:
        changed = Done() if wanted == own else writing.change(office, first.id, {**first.body, **body})
    for each in others:
        left = [row for row in each.body.get("marks") or () if row.get("member") in open_]
        if left:
            changed = changed | writing.change(office, each.id, {**each.body, "marks": left})
        else:
            changed = changed | writing.enter_in_error(office, each.id, ELSEWHERE)
    return done(changed, first.id)


def unsaved(office: Office, group_id: str, day: str, marks: Mapping[str, bool | None]) -> Iterator[Event]:
    """Yield what saving these marks would send; nothing is checked and nothing is kept."""
    held = _sessions(office, group_id, day)
    said: dict[str, bool | None] = {**_said(held[:1]), **marks}
    first = held[0] if held else None
    rows = [{"member": each, "came": came} for each, came in said.items() if came is not None]
    yield from would_be(office, SESSION, group_id, first, {"held_on": day, "marks": rows}, (day,))
    for other in held[1:]:
        left = [row for row in other.body.get("marks") or () if row.get("member") not in marks]
        yield from would_be(office, SESSION, group_id, other, {"held_on": day, "marks": left}, (day,))


@reads
def links(office: Office, family_id: str) -> tuple[Link, ...]:
    """Return how a family's open places stand to the registers of groups that are on this laptop."""
    today = office.today()
    groups = groups_of(office)
    found: dict[
        tuple[str, str], list[tuple[Link, bool]]
    ] = {}  # by person and group: each, and whether its place is open
    for record in records.of_family(office.connection, family_id, (PLACE,)):
        place = cast("ActivityPlace", bodies.read(PLACE, record.body))
        if record.in_error is not None or (not place.member and not place.is_open_on(today.isoformat())):
            continue
        for group in groups:
            if group.activity == place.activity and place.group in ("", group.id):
                link = _link(office, record, place, group, today)
                found.setdefault((place.person or "", group.id), []).append((link, not place.until))
    made = [each for its in found.values() for each in _of_one(its)]
    return tuple(each for each in made if each.is_known or not each.is_closed)


def _of_one(links_: list[tuple[Link, bool]]) -> list[Link]:
    """Return one person's links to a group: whom it knows is not told to it again by another record of theirs."""
    known = [each for each, _ in links_ if each.is_known]
    if not known:
        return [links_[0][0]]
    is_twice = sum(is_open for each, is_open in links_ if each.is_known) > 1
    return [replace(each, is_twice=is_twice) for each in known]


def put_on_register(office: Office, place_id: str, group_id: str) -> Done:
    """Tell a group's register of a person's place, or bring what it knows up to date; once, however often asked."""
    record = writing.found(office, place_id)
    place = cast("ActivityPlace", bodies.read(PLACE, record.body))
    if families.standing(office.connection, group_id) is None or place.group not in ("", group_id):
        raise error("record_gone")
    if any(each.id == group_id and each.is_closed for each in groups_of(office)):
        raise error("group_closed")
    told = _told(office, place)
    if place.member:
        return writing.change(office, place.member, told)
    member = writing.create(office, MEMBER, group_id, told)
    linked = writing.change(office, place_id, {**record.body, "group": group_id, "member": member.record_id})
    return done(member | linked, member.record_id)


def bring_up_to_date(office: Office, family_id: str) -> Done:
    """Tell the groups that are here what has changed of a family's people whom they know already."""
    changed = Done()
    for link in links(office, family_id):
        if link.is_known and not link.is_up_to_date:
            changed = done(changed | put_on_register(office, link.place_id, link.group_id), "")
    return changed


def bring_group_up_to_date(office: Office, group_id: str) -> Done:
    """Tell a group what has changed of everybody whom it knows and whose family file is here."""
    changed = Done()
    knows = (each for each in records.of_kind(office.connection, PLACE) if each.body.get("group") == group_id)
    for family_id in sorted({each.family_id for each in knows}):
        for link in links(office, family_id):
            if link.group_id == group_id and link.is_known and not link.is_up_to_date:
                changed = done(changed | put_on_register(office, link.place_id, group_id), "")
    return changed


def _own_members(office: Office) -> frozenset[str]:
    """Return as whom groups know the people of the family files that are here."""
    return frozenset(str(each.body.get("member") or "") for each in records.of_kind(office.connection, PLACE))


def _link(office: Office, record: Record, place: ActivityPlace, group: GroupView, today: date) -> Link:
    person = records.get(office.connection, place.person or "")
    name = str(bodies.read("person", person.body).title()) if person else "Somebody"
    known = records.get(office.connection, place.member) if place.member else None
    is_up_to_date = known is not None and (group.is_closed or dict(known.body) == _told(office, place))
    came = _came(office, group.id, place.member, today) if known is not None else ""
    return Link(record.id, group.id, name, group.name, known is not None, is_up_to_date, came, group.is_closed)


def _told(office: Office, place: ActivityPlace) -> dict[str, object]:
    """Return what a register is told of a place, and no more."""
    found = records.get(office.connection, place.person or "")
    if found is None:
        raise error("record_gone")
    person = cast("Person", bodies.read("person", found.body))
    names = first_names({found.id: person}, {found.id: place.called})
    told = {
        "called": names[found.id],
        "age_group": age_group(person, office.today()),
        "must_know": place.must_know if place.may_tell else "",
        "since": place.since,
        "until": place.until,
    }
    return {name: value for name, value in told.items() if value}


def _came(office: Office, group_id: str, member: str, today: date) -> str:
    days: dict[str, list[Record]] = {}  # an older program may have kept two of one day
    for each in records.of_family(office.connection, group_id, (SESSION,)):
        if each.in_error is None:
            days.setdefault(str(each.body["held_on"]), []).append(each)
    marked = {day: said[member] for day, its in days.items() if member in (said := _said(its))}
    if not marked:
        return "not marked yet"
    came = [day for day, is_here in marked.items() if is_here]
    last = f", last {day_words(max(came), today)}" if came else ""
    return f"came {len(came)} of {len(marked)} times{last}"


def _members(office: Office, group_id: str) -> list[tuple[Record, GroupMember]]:
    found = records.of_family(office.connection, group_id, (MEMBER,))
    return [(each, cast("GroupMember", bodies.read(MEMBER, each.body))) for each in found if each.in_error is None]


def _sessions(office: Office, group_id: str, day: str) -> list[Record]:
    """Return what stands of a day's register, the record that was written first at the head."""
    found = records.of_family(office.connection, group_id, (SESSION,))
    return sorted((each for each in found if each.in_error is None and each.body.get("held_on") == day), key=_written)


def _said(sessions: list[Record]) -> dict[str, bool]:
    """Return what was marked; where two sessions differ, somebody came."""
    said: dict[str, bool] = {}
    for each in sessions:
        for row in each.body.get("marks") or ():
            member = str(row.get("member"))
            said[member] = bool(row.get("came")) or said.get(member, False)
    return said


def _disputed(sessions: list[Record]) -> set[str]:
    """Return who is marked in two sessions of a day, and not alike."""
    said = _said(sessions)
    return {each for session in sessions for each, came in _said([session]).items() if came != said[each]}


def _written(record: Record) -> tuple[str, str]:
    return record.written_at, record.id


def _by_name(group: GroupView) -> tuple[str, str]:
    return group.name.casefold(), group.id


def _by_row(row: RegisterRow) -> tuple[str, str]:
    return row.name.casefold(), row.person_id
