"""Says a family file in words: the banner, the people, the timeline's lines, one record."""

from __future__ import annotations

from datetime import date

from sf_desktop.ops.as_text import NOT_SAID
from sf_desktop.ops.families.family import FamilyView
from sf_desktop.ops.household.people import PersonView, StatusNow
from sf_desktop.ops.reading.in_words import ended_words
from sf_desktop.ops.reading.read_back import added, passages, plain
from sf_desktop.ops.reading.timeline import TimelineEntry
from sf_desktop.store.queries.entries import Entry
from sf_desktop.store.tables.outbox import State
from sf_desktop.ui.family.identity import ChildWords, IdentityWords
from sf_desktop.ui.family.people import PersonLine
from sf_desktop.ui.family.reading import Amended, RecordWords
from sf_desktop.ui.family.verbs import FamilySheet, RecordSheet
from sf_desktop.ui.form.reading import parts_in_words
from sf_desktop.ui.kit.lists.timeline import TimelineRow
from sf_desktop.ui.kit.safety.concern_words import phone_words
from sf_desktop.ui.kit.text.closing import closing_words
from sf_desktop.ui.kit.text.moments import (
    clock_words,
    count_words,
    day_words,
    in_sentence,
    local,
    moment_words,
    short_day,
)
from sf_desktop.ui.kit.text.statuses import days_words, status_tone, status_words
from sf_record import body as bodies
from sf_record.kinds import KINDS

Tags = tuple[tuple[str, str], ...]


def identity(sheet: FamilySheet) -> IdentityWords:
    """Say the banner: the children with the gravest status first."""
    view, today = sheet.view, sheet.today
    children = sorted((each for each in view.children if not each.has_died), key=_grave)
    due = view.next_due
    tags: list[tuple[str, str]] = [(words, "danger") for words in dict.fromkeys(map(phone_words, view.phone))]
    if view.concerns:
        tags.append((count_words(len(view.concerns), "open concern", "open concerns"), "danger"))
    tags += [(f"{name}: {words}", "neutral") for words, name in view.restrictions]
    tags += [(f"⚠ {each.text}", "neutral") for each in view.warnings]
    if view.interpreter:
        tags.append((f"Interpreter: {view.interpreter}", "neutral"))
    if view.conflicts:
        tags.append((_two_versions(view.conflicts), "warning"))
    if view.conflicts_of_others:
        tags.append((f"{_two_versions(view.conflicts_of_others)}, for your supervisor", "neutral"))
    if not view.is_complete:
        tags.append(("Not complete on this laptop yet", "warning"))
    if closed := closing_words(view.closing):
        tags.append((closed, "warning"))
    if view.leaves_because:
        tags.append(("Leaving this laptop", "warning"))
    edge = status_tone(children[0].statuses[0].code) if children and children[0].statuses else ""
    return IdentityWords(
        family=view.name,
        address=", ".join(part for part in (view.address, view.postcode) if part),
        children=tuple(_child(each, view) for each in children),
        tags=tuple(tags),
        next_visit=""
        if due is None
        else f"{'Visit overdue since' if due.is_overdue else 'Next visit by'} {_day(due.on)}",
        next_why="" if due is None else f"{days_words(due.working_days)} · {due.why}",
        last_seen=_last_seen(view, today),
        is_overdue=due is not None and due.is_overdue,
        edge="" if edge == "neutral" else edge,
    )


def _two_versions(count: int) -> str:
    return count_words(count, "answer has", "answers have") + " two versions"


def _grave(person: PersonView) -> tuple[int, str]:
    order = ("CP", "CLA", "CIN")
    codes = [order.index(each.code) for each in person.statuses if each.code in order]
    return (min(codes, default=9), person.name)


def _child(person: PersonView, view: FamilyView) -> ChildWords:
    where = "" if person.lives_here is None else "lives here" if person.lives_here else "lives elsewhere"
    about = " · ".join(part for part in (person.age, where or _with_whom(person, view)) if part)
    return ChildWords(person.name, about, tuple(_status(each) for each in person.statuses))


def _with_whom(_person: PersonView, view: FamilyView) -> str:
    homes = [each.relations[0].split(" of ")[0].lower() for each in view.people if each.lives_here and each.relations]
    return f"with {' and '.join(dict.fromkeys(homes))}" if homes else ""


def _status(status: StatusNow) -> tuple[str, str]:
    return status_words(status.label, status.category, status.since), status_tone(status.code)


def _last_seen(view: FamilyView, today: date) -> str:
    alone, seen = view.last_seen_alone_at, view.last_seen_at
    if alone:
        return f"Every child seen alone, last {in_sentence(_moment_day(alone, today))}"
    if seen:
        return f"Every child seen, last {in_sentence(_moment_day(seen, today))}"
    return "Not every child has been seen yet" if view.children else ""


def _moment_day(text: str, today: date) -> str:
    at = local(text)
    return short_day(at.date(), today) if at else day_words(text, today)


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def short_people(view: FamilyView) -> tuple[PersonLine, ...]:
    """Say everybody in a line each, for the card beside the timeline."""
    made = []
    for each in view.people:
        relation = each.relations[0].split(" of ")[0].lower() if each.relations and not each.is_child else ""
        parts = [each.role_words.lower() if each.is_child else relation or each.role_words.lower(), each.age]
        parts += [status.label.lower() for status in each.statuses]
        parts += ["parental responsibility"] if each.has_parental_responsibility else []
        parts += ["see contact"] if each.restriction else []
        made.append(PersonLine(each.name, " · ".join(part for part in parts if part)))
    return tuple(made)


def timeline_row(entry: TimelineEntry, today: date) -> TimelineRow:
    """Say one thing that happened."""
    at = local(entry.happened_at)
    day = at.date() if at else None
    tag, tone = _standing(entry)
    return TimelineRow(
        when=short_day(day, today) if day else day_words(entry.happened_at, today),
        title=entry.title,
        text=entry.text,
        meta=_meta(entry),
        tag=tag,
        tone=tone,
    )


def _standing(entry: TimelineEntry) -> tuple[str, str]:
    if entry.is_in_error:
        return ended_words(entry.kind)[0], "danger"
    if entry.has_conflicts:
        return "Two versions", "warning"
    if entry.is_waiting:
        return "Waiting to be sent", "information"
    if entry.amendments:
        return "Added to", "neutral"
    return "", "neutral"


def _meta(entry: TimelineEntry) -> str:
    parts = [entry.kind_label if entry.kind_label.casefold() not in entry.title.casefold() else "", entry.author]
    if entry.is_signed:
        parts.append(f"signed {clock_words(entry.signed_at)}")
    parts.append("not yet with the council" if entry.is_waiting else f"with the council, no. {entry.seq:,}")
    return " · ".join(part for part in parts if part)


# Not signed, and can be entered in error all the same.
_MARKED = frozenset({"attachment", "significant_event", "relationship", "connection", "same_person"})


def record(sheet: RecordSheet) -> RecordWords:
    """Say one record in full."""
    view, today = sheet.view, sheet.context.today
    found = view.record
    kind = KINDS.get(found.kind)
    happened = str(found.body.get(kind.happened) or "") if kind and kind.happened else ""
    is_mine = found.author_id == sheet.me_id
    is_open = found.in_error is None
    when = (_when(happened or found.written_at, today), f"written by {view.author}")
    may_change = kind is not None and not kind.may_change.isdisjoint(_roles(sheet))
    return RecordWords(
        id=found.id,
        title=str(bodies.read(found.kind, found.body).title()) if kind else "A record of a newer program",
        when=" · ".join(part for part in when if part),
        tags=_tags(sheet),
        parts=parts_in_words(kind, found.body, sheet.context, hidden=NOT_SAID) if kind else (),
        standing=_standings(sheet, today),
        amendments=tuple(
            Amended(f"{_name(sheet, each.by)}, {moment_words(each.at, today)}", each.text) for each in found.amendments
        ),
        in_error=_error(sheet, today),
        ended=ended_words(found.kind)[0],
        conflicts=tuple(_conflict(sheet, number) for number in range(len(found.conflicts))),
        may_amend=is_mine and is_open and found.signed is not None,
        may_mark=is_open
        and kind is not None
        and (kind.is_signable or kind.name in _MARKED)
        and (is_mine or sheet.is_supervisor),
        # An attachment is described where it is looked at.
        may_change=is_open and found.signed is None and may_change and found.kind != "attachment",
        may_settle=may_change and any(_may_write(sheet, each.field) for each in found.conflicts),
        kind=found.kind,
        family_id=found.family_id,
        # What happened can be put into the chronology; a line of it is no event of its own.
        may_put_in=is_open and kind is not None and kind.on_timeline,
        line_id=sheet.line_id,
        to_read=plain((*passages(found.kind, found.body, sheet.context), *added(found))) if is_open else "",
    )


def _roles(sheet: RecordSheet) -> set[str]:
    return {"supervisor" if sheet.is_supervisor else "practitioner"}


def _may_write(sheet: RecordSheet, field: str) -> bool:
    kind = KINDS.get(sheet.view.record.kind)
    described = kind.by_name.get(field) if kind else None
    return described is None or not described.may_change.isdisjoint(_roles(sheet))


def _when(text: str, today: date) -> str:
    at = local(text)
    return f"{short_day(at.date(), today)}, {at:%H:%M}" if at else day_words(text, today)


def _tags(sheet: RecordSheet) -> Tags:
    found = sheet.view.record
    tags: list[tuple[str, str]] = []
    if found.signed is not None:
        tags.append(("✓ Signed", "ok"))
    if sheet.view.is_waiting:
        tags.append(("Waiting to be sent", "information"))
    return tuple(tags)


def _standings(sheet: RecordSheet, today: date) -> tuple[str, ...]:
    found = sheet.view.record
    lines = []
    if found.signed is not None:
        lines.append(f"Signed by {_name(sheet, found.signed.by)}, {moment_words(found.signed.at, today)}.")
    lines += [_event(entry, today) for entry in sheet.view.events]
    if not sheet.view.events:
        lines.append(f"With the council, no. {found.seq:,}." if found.seq else "Not yet with the council.")
    return tuple(lines)


def _event(entry: Entry, today: date) -> str:
    saved = f"Saved on this laptop {moment_words(entry.saved_at, today)}"
    if entry.is_withdrawn:
        return f"{saved}; taken back before it was sent."
    if entry.state is State.NEEDS_YOU:
        return f"{saved}; see Needs you."
    if entry.receipt_at is None:
        return f"{saved}; not yet with the council."
    return f"{saved}; with the council {moment_words(entry.receipt_at, today)}, no. {entry.receipt_seq}."


def _error(sheet: RecordSheet, today: date) -> str:
    mark = sheet.view.record.in_error
    if mark is None:
        return ""
    by = f"{_name(sheet, mark.by)}, {moment_words(mark.at, today)}"
    return f"{mark.reason} ({by}). {ended_words(sheet.view.record.kind)[1]}"


def _conflict(sheet: RecordSheet, number: int) -> str:
    conflict = sheet.view.record.conflicts[number]
    kind = KINDS.get(sheet.view.record.kind)
    field = kind.by_name.get(conflict.field) if kind else None
    label = field.label if field else conflict.field
    mine, theirs = _name(sheet, conflict.by), _name(sheet, conflict.their_by)
    return f"{label}: {theirs} wrote what is shown below; {mine} wrote “{conflict.mine or 'nothing'}”. Both are kept."


def _name(sheet: RecordSheet, worker_id: str) -> str:
    if worker_id == sheet.me_id:
        return "you"
    return next((each.name for each in sheet.context.workers if each.id == worker_id), "a colleague")
