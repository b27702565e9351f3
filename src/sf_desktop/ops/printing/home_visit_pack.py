"""The home visit pack: one page to read in the car, the same on the screen and on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sf_desktop.ops import looks
from sf_desktop.ops.deadlines import due, owed
from sf_desktop.ops.families.family import warnings_of
from sf_desktop.ops.household.people import PersonView, people_of
from sf_desktop.ops.looks import Look
from sf_desktop.ops.moments import paper_moment
from sf_desktop.ops.office import Office, day_of, reads
from sf_desktop.ops.planning.family_plan import ActionView, standing
from sf_desktop.ops.reading.in_words import one_after_another
from sf_desktop.ops.records import concerns
from sf_desktop.ops.visiting.latest import happened_at, visits_of
from sf_desktop.ops.visiting.visits import Promise, promises
from sf_desktop.ops.writing import found
from sf_desktop.papers.paper import Mark, Paper, Section
from sf_desktop.store.tables import drafts, families, records
from sf_desktop.wording import error
from sf_record.deadlines.schedule import TASKS, VISIT
from sf_record.kinds import KINDS
from sf_record.record import Record

MOST = 8  # lines of one part: more would not be read in a car
_WAYS = ("mobile", "phone")


@dataclass(frozen=True, slots=True)
class PackView:
    """The pack of a visit or of a family, and how far that visit is. ``planned_id`` is empty where none is planned."""

    paper: Paper
    family_id: str
    planned_id: str
    draft_id: str
    visit_id: str


@reads
def open_pack(office: Office, family_id: str, planned_id: str = "") -> PackView:
    """Return the pack as it is read before a visit; the look is noted."""
    paper = home_visit_pack(office, family_id, planned_id)
    looks.record(office, Look.FAMILY_OPENED, family_id)
    plan = records.get(office.connection, planned_id) if planned_id else None
    begun = [
        each.id
        for each in drafts.current(office.connection, family_id, "visit")
        if planned_id and each.body.get("planned_visit") == planned_id
    ]
    visit_id = str(plan.body.get("visit") or "") if plan is not None else ""
    return PackView(paper, family_id, planned_id, begun[0] if begun else "", visit_id)


def home_visit_pack(office: Office, family_id: str, planned_id: str) -> Paper:
    """Return what to know before knocking; InputError where the family file or the plan is not here."""
    family = records.get(office.connection, family_id)
    standing = families.standing(office.connection, family_id)
    if family is None or standing is None:
        raise error("family_gone")
    people = people_of(office, family_id)
    return Paper(
        title="Home visit pack",
        heading=str(family.body.get("name") or "A family"),
        under=(*_planned(office, planned_id), *_where(family)),
        marks=(
            *_incomplete(is_complete=standing.is_complete),
            *_concerns(office, family_id),
            *_warnings(office, family),
            *_restrictions(office, people),
        ),
        sections=(
            _lives_here(office, people),
            _last_visit(office, family_id),
            _due(office, family_id, people, is_complete=standing.is_complete),
            *(part for each in PARTS if (part := each(office, family_id)) is not None),
            _numbers(office),
        ),
        more={"is_tight": True},
        family_id=family_id,
    )


def _planned(office: Office, planned_id: str) -> tuple[str, ...]:
    if not planned_id:
        return ()
    plan = found(office, planned_id)
    when = paper_moment(str(plan.body.get("planned_at") or ""))
    told = [each for each in (str(plan.body.get("place") or ""), str(plan.body.get("purpose") or "")) if each]
    return (" · ".join((f"Visit planned for {when}", *told)),)


def _where(family: Record) -> tuple[str, ...]:
    body = family.body
    lines = [", ".join(str(body[name]) for name in ("address", "postcode") if body.get(name))]
    if body.get("interpreter"):
        lines.append(f"Interpreter or communication needs: {body['interpreter']}")
    return tuple(each for each in lines if each)


def _incomplete(*, is_complete: bool) -> tuple[Mark, ...]:
    text = "Something may be missing below until it is. Nothing is said to be due."
    return () if is_complete else (Mark("This family file is not complete on this laptop yet", text),)


def _concerns(office: Office, family_id: str) -> tuple[Mark, ...]:
    """Open concerns: about whom, since when, and what is awaited; the words themselves stay in the file."""
    marks = []
    for each in concerns.of_family(office, family_id):
        if each.standing.is_open:
            about = ", ".join(each.about) or "a child"
            sent = "" if each.is_sent else "It is not with the council yet: ring. "
            awaited = [*each.standing.lacks, *(clock.what for clock in each.standing.clocks)]
            marks.append(
                Mark(
                    f"Open safeguarding concern about {about}",
                    f"{sent}Recorded {paper_moment(each.written_at)} by {each.author}. {'. '.join(awaited)}".strip(),
                )
            )
    return tuple(marks)


def _warnings(office: Office, family: Record) -> tuple[Mark, ...]:
    since = _recorded(office, family, "warnings")
    return tuple(
        Mark(f"Before you knock: {each.text}", _why(each.reason, each.review_on, since, office.today()))
        for each in warnings_of(family)
    )


def _why(reason: str, review_on: str | None, by: str, today: date) -> str:
    review = day_of(review_on)
    parts = [f"Why: {reason}" if reason else "No reason is recorded", f"recorded by {by}"]
    if review is None:
        parts.append("no day is set to look at it again")
    elif review < today:
        parts.append(f"was to be looked at again on {_day(review, today)}")
    else:
        parts.append(f"look at it again on {_day(review, today)}")
    return one_after_another(part[0].upper() + part[1:] for part in parts) + "."


def _restrictions(office: Office, people: tuple[PersonView, ...]) -> tuple[Mark, ...]:
    """Say who may not have contact, why, who recorded it, and until when."""
    marks = []
    for each in (each for each in people if each.restriction):
        said = [record for record in _records_of(office, each) if record.body.get("restriction")]
        by = " and ".join(dict.fromkeys(_recorded(office, record, "restriction") for record in said))
        why = _why(each.restriction_reason, each.restriction_review_on, by, office.today())
        marks.append(Mark(f"{each.name}: {each.restriction}", why, "danger"))
    return tuple(marks)


def _records_of(office: Office, person: PersonView) -> list[Record]:
    """Return every record of a person, as each was written: also those that are read with it."""
    found = [records.get(office.connection, each) for each in (person.id, *person.also)]
    return [each for each in found if each is not None and each.in_error is None]


def _recorded(office: Office, record: Record, field: str) -> str:
    """Say who recorded a field as it stands, and when."""
    changed = record.changes.get(field)
    by = office.configuration.worker_name(changed.by if changed else record.author_id)
    at = day_of(changed.at if changed else record.written_at)
    return f"{by}, {_day(at, office.today())}" if at is not None else by


def _lives_here(office: Office, people: tuple[PersonView, ...]) -> Section:
    """Everybody who lives there, or of whom nobody has said where; then children elsewhere."""
    here = [each for each in people if not each.has_died and each.lives_here is not False]
    elsewhere = [each for each in people if each.is_child and not each.has_died and each.lives_here is False]
    lines = [(each.name, _about(office, each, here=True)) for each in here]
    lines += [(each.name, _about(office, each, here=False)) for each in elsewhere]
    return Section("Who lives there", lines=tuple(lines), empty="Nobody is recorded in this family file yet.")


def _about(office: Office, person: PersonView, *, here: bool) -> str:
    relation = "" if person.is_child else _relations(person)
    parts = [person.age if person.is_child else relation]
    parts += [" · ".join(part for part in (each.label, each.category.lower()) if part) for each in person.statuses]
    if person.has_parental_responsibility:
        parts.append("has parental responsibility")
    if not here:
        parts.append("lives elsewhere")
    elif person.lives_here is None:
        parts.append("not recorded whether they live there")
    parts.append(_telephone(office, person))
    return "; ".join(part for part in parts if part) or "Nothing more is recorded"


def _relations(person: PersonView) -> str:
    """Mother of Robin and Sam: what somebody is to several is said once."""
    to: dict[str, list[str]] = {}
    for each in person.relations:
        what, _, whom = each.partition(" of ")
        to.setdefault(what, []).append(whom)
    said = [f"{what} of {' and '.join(whom)}" if all(whom) else what for what, whom in to.items()]
    return ", ".join(said) or person.role_words


def _telephone(office: Office, person: PersonView) -> str:
    contacts = [each for record in _records_of(office, person) for each in record.body.get("contacts") or ()]
    return ", ".join(dict.fromkeys(str(each.get("value") or "") for each in contacts if each.get("way") in _WAYS))


def _last_visit(office: Office, family_id: str) -> Section:
    last = next(iter(visits_of(office.connection, family_id, 1)), None)
    if last is None:
        return Section("Last visit", empty="No visit has been recorded yet.")
    by = office.configuration.worker_name(last.author_id)
    promised = promises(last)
    items = [_promise(each, office.today()) for each in promised[:MOST]]
    lead = "What was promised:" if items else "Nothing was promised."
    if last.body.get("next_visit_for"):
        lead = f"For the next visit: {last.body['next_visit_for']}\n{lead}"
    return Section(
        "Last visit",
        text=f"{paper_moment(happened_at(last))}, {by}\n{lead}",
        items=(*items, *_more(len(promised) - MOST)),
    )


def _promise(promise: Promise, today: date) -> str:
    limit = day_of(promise.due_on)
    state = "done" if promise.is_done else "not done"
    if limit is not None and not promise.is_done:
        state = f"{'was due' if limit < today else 'by'} {_day(limit, today)}"
    return " · ".join(part for part in (promise.what, promise.who, state) if part)


def _due(office: Office, family_id: str, people: tuple[PersonView, ...], *, is_complete: bool) -> Section:
    """Visits and reviews of each child, then what else is owed to the family; nothing of a file that is not whole."""
    today = office.today()
    items: list[str] = []
    if is_complete:
        items += [
            f"{_task(each)}, {each.child_name}: {_limit(each.on, each.why, today, is_late=each.is_overdue)}"
            for each in due.tasks_of_family(office, family_id, people)
        ]
        items += [
            f"{each.what}: {_limit(each.on, each.why, today, is_late=each.is_late)}"
            for each in owed.of_family(office, family_id)
        ]
    return Section("What is due, and why", items=(*items[:MOST], *_more(len(items) - MOST)), empty="Nothing is due.")


def _task(each: due.ChildDue) -> str:
    return "Visit" if each.task == VISIT else TASKS.get(each.task, each.task)


def _limit(on: date, why: str, today: date, *, is_late: bool) -> str:
    return f"{'overdue since' if is_late else 'by'} {_day(on, today)} ({why})"


def _goals(office: Office, family_id: str) -> Section | None:
    """What the family works towards, and how near it says that it is."""
    goals = standing(office, family_id).goals
    return Section("What the family wants", items=goals) if goals else None


def _actions(office: Office, family_id: str) -> Section | None:
    """The plan's actions that are still open, the soonest first."""
    to_do = standing(office, family_id).to_do
    items = tuple(_action(each, office.today()) for each in to_do[:MOST])
    return Section("Open in the family’s plan", items=(*items, *_more(len(to_do) - MOST))) if items else None


def _action(action: ActionView, today: date) -> str:
    limit = day_of(action.due_on)
    by = f"{'was due' if action.is_late else 'by'} {_day(limit, today)}" if limit is not None else ""
    return " · ".join(part for part in (action.what, action.who, by) if part)


def _to_sign(office: Office, family_id: str) -> Section | None:
    """What is written and not signed: records, and drafts that become one."""
    items = [
        f"{kind.label}, begun {paper_moment(each.started_at)}"
        for each in drafts.current(office.connection, family_id)
        if (kind := KINDS.get(each.kind)) is not None and kind.is_signable
    ]
    names = tuple(name for name, kind in KINDS.items() if kind.is_signable)
    items += [
        f"{KINDS[each.kind].label}, written {paper_moment(each.written_at)}"
        for each in records.of_family(office.connection, family_id, names)
        if each.in_error is None and each.signed is None
    ]
    return Section("To sign", items=(*items[:MOST], *_more(len(items) - MOST)), empty="Nothing waits for a signature.")


def _numbers(office: Office) -> Section:
    return Section("Numbers", lines=tuple((each.label, each.number) for each in office.configuration.numbers))


def _day(day: date, today: date) -> str:
    """Mon 16 Nov, with the year where it is another: this is read in a hurry."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


def _more(count: int) -> tuple[str, ...]:
    return (f"and {count:,} more",) if count > 0 else ()


# Parts between what is due and the numbers: a room that knows something a visitor must take along adds its own here.
PARTS: tuple[Callable[[Office, str], Section | None], ...] = (_goals, _actions, _to_sign)
