"""Which child must be visited, met about or reviewed by when, and why: from status, visits, meetings and placement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sf_desktop.ops.household.people import PersonView, StatusNow, has_died, name_of, people_of, statuses_now
from sf_desktop.ops.office import Office, day_of
from sf_desktop.ops.visiting.latest import ALL, ENOUGH, FEW, LAST, happened_at, last_seen, visits_of
from sf_desktop.store.tables import records
from sf_desktop.store.tables.lists import Lists
from sf_desktop.store.tables.seen import ANY
from sf_record import body as bodies
from sf_record.deadlines.schedule import VISIT, Expected, Known, Placed, expected
from sf_record.deadlines.timescales import Override, Rules
from sf_record.record import Record

_AROUND = ("review", "placement", "timescale_override")
_INITIAL = "icpc"  # the conference at which a protection plan begins: the plan's own first day says it


@dataclass(frozen=True, slots=True)
class ChildDue:
    """One limit for one child. ``working_days`` from today until then; negative once it has passed."""

    family_id: str
    child_id: str
    child_name: str
    status: str
    on: date
    why: str
    working_days: int
    last_seen_at: str | None
    task: str = VISIT
    change: str = ""  # in words, where the limit is another than it was

    @property
    def is_overdue(self) -> bool:
        return self.working_days < 0


VisitDue = ChildDue  # a limit whose task is a visit


def of_family(office: Office, family_id: str, people: Collection[PersonView] | None = None) -> tuple[VisitDue, ...]:
    """Return when each child of a family file must be visited next, the soonest first; one for each child."""
    return visits(tasks_of_family(office, family_id, people))


def of_all(office: Office, family_ids: Collection[str]) -> tuple[VisitDue, ...]:
    """Return when the children of these family files must be visited next, the soonest first."""
    lists = Lists(office.connection)
    return visits(tasks_of_all(office, children_of_all(office, family_ids, lists), lists))


def visits(found: Iterable[ChildDue]) -> tuple[VisitDue, ...]:
    """Return of these limits the first visit of each child, the soonest first."""
    soonest: dict[tuple[str, str], ChildDue] = {}
    for each in found:
        if each.task == VISIT:
            soonest.setdefault((each.family_id, each.child_id), each)
    return tuple(soonest.values())


def tasks_of_family(
    office: Office, family_id: str, people: Collection[PersonView] | None = None
) -> tuple[ChildDue, ...]:
    """Return everything that is due for a family file's children, the soonest first."""
    chosen = people_of(office, family_id) if people is None else people
    children = [
        Child(each.id, each.name, each.statuses, each.role == "unborn", day_of(each.born_on))
        for each in chosen
        if each.is_child and each.statuses and not each.has_died
    ]
    if not children:
        return ()
    around = _around(records.of_family(office.connection, family_id, _AROUND))
    return _sorted(_of_children(family_id, children, around, rules_of(office), _seen(office, family_id, children)))


def tasks_of_all(office: Office, children: Mapping[str, list[Child]], lists: Lists) -> tuple[ChildDue, ...]:
    """Return everything that is due for these children, by family file, the soonest first."""
    around = _around(each for kind in _AROUND for each in lists.of_kind(kind))
    rules, seen = rules_of(office), lists.seen()
    living = {family_id: [each for each in its if not each.has_died] for family_id, its in children.items()}
    return _sorted(
        due for each, its in living.items() for due in _of_children(each, its, around, rules, seen.get(each, {}))
    )


def children_of_all(office: Office, family_ids: Collection[str], lists: Lists) -> dict[str, list[Child]]:
    """Return the children of these family files who have a status today; read kind by kind, not file by file."""
    wanted = frozenset(family_ids)
    episodes: dict[tuple[str, str], list[Record]] = {}
    for each in lists.of_kind("status_episode"):
        if each.family_id in wanted:
            episodes.setdefault((each.family_id, str(each.body.get("person"))), []).append(each)
    now = {key: statuses for key, its in episodes.items() if (statuses := statuses_now(office, its))}
    people = lists.people({child_id for _, child_id in now})
    children: dict[str, list[Child]] = {}
    for (family_id, child_id), statuses in now.items():
        if (record := people.get(child_id)) is not None:
            children.setdefault(family_id, []).append(_child(record, statuses))
    return children


def _child(record: Record, statuses: tuple[StatusNow, ...]) -> Child:
    body = record.body
    return Child(
        record.id, name_of(record), statuses, body.get("role") == "unborn", day_of(body.get("born_on")), has_died(body)
    )


def rules_of(office: Office) -> Rules:
    """Return what limits are worked out with today."""
    return Rules(office.configuration, office.days, office.today())


@dataclass(frozen=True, slots=True)
class Child:
    """A child who has a status today."""

    id: str
    name: str
    statuses: tuple[StatusNow, ...]
    is_unborn: bool = False
    born_on: date | None = None
    has_died: bool = False


@dataclass(slots=True)
class _Around:
    """What else limits follow from, by child: meetings held, placements and the plan's own intervals, by their days."""

    held: dict[str, dict[str, list[date]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    placements: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    overrides: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))


def _around(found: Iterable[Record]) -> _Around:
    around = _Around()
    for each in found:
        if each.in_error is not None:
            continue
        if each.kind == "review":
            held_on, held = day_of(each.body.get("held_on")), str(each.body.get("type"))
            if held_on is None or held == _INITIAL:
                continue
            for row in each.body.get("children") or ():
                around.held[str(row.get("person"))][held].append(held_on)
        elif each.kind == "placement":
            around.placements[str(each.body.get("person"))].append(each)
        else:
            around.overrides[str(each.body.get("person"))].append(each)
    return around


def _sorted(found: Iterable[ChildDue]) -> tuple[ChildDue, ...]:
    return tuple(sorted(found, key=lambda due: (due.on, due.child_name, due.task != VISIT, due.task, due.status)))


def _of_children(
    family_id: str, children: list[Child], around: _Around, rules: Rules, seen: Mapping[str, str]
) -> Iterator[ChildDue]:
    """``seen``: when each child was last seen. An unborn child is visited with the mother: any visit counts."""
    for each in children:
        yield from _dues(family_id, each, seen.get(ANY if each.is_unborn else each.id), around, rules)


def _seen(office: Office, family_id: str, children: list[Child]) -> dict[str, str]:
    """Return when each child was last seen, from the visits themselves; nearly always the last says it of all."""
    seen: dict[str, str] = {}
    for limit in (LAST, FEW, ENOUGH, ALL):
        visits_ = visits_of(office.connection, family_id, limit)
        seen = {each.id: at for each in children if (at := last_seen(visits_, each.id))}
        if visits_:
            seen[ANY] = happened_at(visits_[0])
        if not 0 < limit <= len(visits_) or all(each.is_unborn or each.id in seen for each in children):
            break
    return seen


def _dues(family_id: str, child: Child, seen_at: str | None, around: _Around, rules: Rules) -> Iterator[ChildDue]:
    for status in child.statuses:
        known = Known(
            status=status.code,
            began=day_of(status.since) or rules.today,
            last_seen=day_of(seen_at),
            held=around.held.get(child.id, {}),
            born_on=child.born_on,
            placed=_placed(around.placements.get(child.id, ()), rules.today) if status.code == "CLA" else None,
            overrides=_overrides(around.overrides.get(child.id, ()), rules.today),
        )
        for each in expected(known, rules):
            left = rules.working_days_left(each.due.on)
            yield _due(family_id, child, status.code, each, left, seen_at)


def _due(family_id: str, child: Child, status: str, each: Expected, left: int, seen_at: str | None) -> ChildDue:
    return ChildDue(
        family_id, child.id, child.name, status, each.due.on, each.due.why, left, seen_at, each.task, each.due.change
    )


def _placed(found: Sequence[Record], today: date) -> Placed | None:
    """Return where the child lives today; the latest placement where two are open."""
    for each in sorted(found, key=lambda record: str(record.body.get("began_on")), reverse=True):
        began, ended = day_of(each.body.get("began_on")), day_of(each.body.get("ended_on"))
        if began is not None and began <= today and (ended is None or ended >= today):
            return Placed(began, str(each.body.get("visiting") or ""), bool(each.body.get("is_long_term")))
    return None


def _overrides(found: Sequence[Record], today: date) -> dict[str, Override]:
    """Return the plan's own intervals that hold today, by key; the latest of each."""
    read = [bodies.read("timescale_override", each.body) for each in found]
    return {
        each.key: each.interval
        for each in sorted(read, key=lambda override: override.since or "")
        if each.interval is not None and each.holds_on(today)
    }
