"""What is due for one child at each status: visits, core groups, conferences and reviews, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sf_record.configuration import Interval
from sf_record.dates import add_months
from sf_record.deadlines.timescales import Due, Override, Rules, due, limit, whose_rule, words_of

VISIT, CORE_GROUP, CP_REVIEW = "visit", "core_group", "cp_review"
CIN_REVIEW, CLA_REVIEW = "cin_review", "cla_review"
TASKS = {
    VISIT: "Visit",
    CORE_GROUP: "Core group",
    CP_REVIEW: "Review conference",
    CIN_REVIEW: "Child in need review",
    CLA_REVIEW: "Looked-after review",
}
# Where a looked-after child lives says how often the law has the child visited (SI 2010/959, regulation 28).
ORDINARY, PARENT_BEFORE_ASSESSMENT = "ordinary", "parent_before_assessment"
TEMPORARY_OR_INTERIM_HOME, CARE_ORDER_HOME = "temporary_or_interim_home", "care_order_home"
# Regulation 28(4)(b): every four weeks after the first review. The list of intervals has it only in words.
_AFTER_REVIEW = Interval(key="cla_visit_connected_or_ico_home_later", limit=4, unit="weeks", day_type="calendar",
                         is_statutory=True)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a looked-after child lives: since when, how the law has the child visited there, and for how long it is."""

    began: date
    visiting: str = ORDINARY
    is_long_term: bool = False  # meant to last until the child is 18


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded of one child at one status."""

    status: str
    began: date
    last_seen: date | None = None
    held: Mapping[str, Sequence[date]] = field(default_factory=dict)  # meetings by task, any order
    born_on: date | None = None
    placed: Placed | None = None
    overrides: Mapping[str, Override] = field(default_factory=dict)  # by key

    def since_began(self, task: str) -> list[date]:
        """Return the meetings of a sort since this status began, in order."""
        return sorted(day for day in self.held.get(task, ()) if day >= self.began)


@dataclass(frozen=True, slots=True)
class Expected:
    """Something that is due for the child."""

    task: str
    due: Due


def expected(known: Known, rules: Rules) -> tuple[Expected, ...]:
    """Return everything that is due for a child at this status; nothing at a status that has no timescales."""
    return tuple(_EXPECTED[known.status](known, rules)) if known.status in _EXPECTED else ()


def _cp(known: Known, rules: Rules) -> Iterator[Expected]:
    yield from _one(VISIT, "cp_visit", _last_seen(known), "CP visit", known, rules)
    groups = known.since_began(CORE_GROUP)
    if groups:
        yield from _one(CORE_GROUP, "core_group_repeat", groups[-1], "Core group", known, rules)
    else:
        yield from _one(CORE_GROUP, "core_group_first", known.began, "First core group", known, rules)
    reviews = known.since_began(CP_REVIEW)
    if reviews:
        yield from _one(CP_REVIEW, "cp_review_next", reviews[-1], "CP review", known, rules)
        return
    first = [*_one(CP_REVIEW, "cp_review_first", known.began, "First CP review", known, rules)]
    if known.born_on is not None and known.born_on > known.began:
        what = "First CP review after the birth"
        first += _one(CP_REVIEW, "cp_review_unborn", known.born_on, what, known, rules)
    yield from sorted(first, key=_on)[:1]  # whichever is first


def _cin(known: Known, rules: Rules) -> Iterator[Expected]:
    yield from _one(VISIT, "cin_visit", _last_seen(known), "CIN visit", known, rules)
    last = [known.began, *known.since_began(CIN_REVIEW)][-1]
    yield from _one(CIN_REVIEW, "cin_plan_review", last, "CIN plan review", known, rules)


def _cla(known: Known, rules: Rules) -> Iterator[Expected]:
    reviews = known.since_began(CLA_REVIEW)
    yield from _cla_visit(known, rules, is_reviewed=bool(reviews))
    if not reviews:
        yield from _one(CLA_REVIEW, "cla_review_first", known.began, "First looked-after review", known, rules)
    else:
        key = "cla_review_second" if len(reviews) == 1 else "cla_review_next"
        which = "Second looked-after review" if len(reviews) == 1 else "Looked-after review"
        yield from _one(CLA_REVIEW, key, reviews[-1], which, known, rules)


def _cla_visit(known: Known, rules: Rules, *, is_reviewed: bool) -> Iterator[Expected]:
    placed = known.placed or Placed(known.began)
    seen = known.last_seen if known.last_seen is not None and known.last_seen >= placed.began else None
    start = seen or placed.began
    if not is_reviewed and placed.visiting in _WEEKLY:
        yield from _one(VISIT, _WEEKLY[placed.visiting], start, "CLA visit until the first review", known, rules)
    elif seen is None:
        key = "cla_visit_co_home" if placed.visiting == CARE_ORDER_HOME else "cla_visit_first"
        yield from _one(VISIT, key, start, "First CLA visit of the placement", known, rules)
    elif placed.visiting == TEMPORARY_OR_INTERIM_HOME:
        why = f"CLA visit: {words_of(_AFTER_REVIEW)}, {whose_rule(_AFTER_REVIEW)}"
        yield Expected(VISIT, Due(limit(seen, _AFTER_REVIEW, rules.days), why))
    elif placed.visiting in _SIX_WEEKS:
        yield from _one(VISIT, "cla_visit_year1", seen, "CLA visit with a parent", known, rules)
    elif seen < add_months(placed.began, 12):
        yield from _one(VISIT, "cla_visit_year1", seen, "CLA visit in the first year", known, rules)
    else:
        key = "cla_visit_later_long_term" if placed.is_long_term else "cla_visit_later_other"
        yield from _one(VISIT, key, seen, "CLA visit after the first year", known, rules)


# Regulation 28(3)(b) and (5): with a parent it stays six weeks, however long that is meant to last.
_SIX_WEEKS = frozenset({PARENT_BEFORE_ASSESSMENT, CARE_ORDER_HOME})
_WEEKLY = {
    PARENT_BEFORE_ASSESSMENT: "cla_visit_p_preassess",
    TEMPORARY_OR_INTERIM_HOME: "cla_visit_connected_or_ico_home",
}
_EXPECTED = {"CP": _cp, "CIN": _cin, "CLA": _cla}


def _last_seen(known: Known) -> date:
    return max(known.began, known.last_seen) if known.last_seen else known.began


def _one(task: str, key: str, start: date, what: str, known: Known, rules: Rules) -> Iterator[Expected]:
    found = due(key, start, what, rules, known.overrides.get(key))
    if found is not None:
        yield Expected(task, found)


def _on(each: Expected) -> date:
    return each.due.on
