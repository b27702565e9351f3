"""Early help for a family: assessment, team meetings, steps and closure, and when the team must meet again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.household.people import PersonView, people_of
from sf_desktop.ops.office import Office, day_of, reads
from sf_desktop.ops.planning.family_plan import Standing, standing
from sf_desktop.ops.sharing import agreements
from sf_desktop.store.tables import drafts, records
from sf_record.deadlines.timescales import Due, Rules, due
from sf_record.kinds import KINDS
from sf_record.record import Record
from sf_record.rules.agreements import Allowance

ASSESSMENT, MEETING, STEP = "assessment", "team_meeting", "step"
KINDS_OF_HELP = (ASSESSMENT, MEETING, STEP)
REVIEW_INTERVAL = "eha_taf_review"
_WAS_THERE = ("team", "team_came", "apologies")  # who belongs to the next meeting's team
_CARERS = frozenset({"parent", "carer", "parent_to_be"})


@dataclass(frozen=True, slots=True)
class EarlyHelpView:
    """How early help stands in one family file."""

    assessing: Allowance  # whether an assessment may be written now
    meeting: Allowance  # whether the team may meet now
    assessment_id: str  # the last that was signed
    assessed_at: str  # when the last assessment was signed; empty: never
    decision: str  # its code
    draft_id: str  # of an assessment that was begun
    next_on: str  # the day on which the team said that it meets again
    due: Due | None  # by when it must
    is_due_past: bool
    closed_on: str  # where a closure is the last that was decided
    today: date


@reads
def early_help(office: Office, family_id: str) -> EarlyHelpView:
    """Return how early help stands."""
    found = _signed(office, family_id)
    assessment, meeting = _last(found, ASSESSMENT), _last(found, MEETING)
    begun = next(iter(drafts.current(office.connection, family_id, ASSESSMENT)), None)
    must = meeting_due(office, found)
    return EarlyHelpView(
        assessing=agreements.allowance(office, family_id, KINDS[ASSESSMENT].needs_agreement),
        meeting=agreements.allowance(office, family_id, KINDS[MEETING].needs_agreement),
        assessment_id=assessment.id if assessment is not None else "",
        assessed_at=str(assessment.body.get("started_at") or "") if assessment is not None else "",
        decision=str(assessment.body.get("decision") or "") if assessment is not None else "",
        draft_id=begun.id if begun is not None else "",
        next_on=_next_on(assessment, meeting),
        due=must,
        is_due_past=must is not None and must.on < office.today(),
        closed_on=_closed_on(found),
        today=office.today(),
    )


def start_assessment(office: Office, family_id: str) -> Draft:
    """Begin an assessment with what the file and the last one say; go on with one begun.

    InputError ``agreement_missing`` or ``agreement_withdrawn`` without the family's agreement.
    """
    agreements.require(office, family_id, ASSESSMENT)
    for begun in drafts.current(office.connection, family_id, ASSESSMENT):
        return begun
    last = _last(_signed(office, family_id), ASSESSMENT)
    carried = _carried(ASSESSMENT, last)
    body = carried | _of_the_file(office, family_id)  # the file knows better who lives where by now
    body["children"] = _with_new_children(body.get("children") or [], people_of(office, family_id))
    body["responsible"] = _responsible(office, family_id, carried.get("responsible") or [])
    body["professionals"] = _with_new_professionals(office, family_id, carried.get("professionals") or [])
    return drafting.begin(office, ASSESSMENT, family_id, {name: value for name, value in body.items() if value})


def start_meeting(office: Office, family_id: str) -> Draft:
    """Begin a team meeting with the team, of whom nobody has come yet, and its actions; go on with one begun."""
    agreements.require(office, family_id, MEETING)
    for begun in drafts.current(office.connection, family_id, MEETING):
        return begun
    found = _signed(office, family_id)
    assessment, meeting = _last(found, ASSESSMENT), _last(found, MEETING)
    actions = _open_actions(meeting) if meeting is not None else _planned(assessment)
    plan = standing(office, family_id)
    body = {
        "sort": "first" if meeting is None else "meeting",
        "met_at": office.now(),
        "team": _team(office, family_id, assessment, meeting),
        "goals": "\n".join(plan.goals),
        "progress": [*actions, *_of_the_plan(plan, {str(each.get("what")).casefold() for each in actions})],
    }
    return drafting.begin(office, MEETING, family_id, {name: value for name, value in body.items() if value})


def start_step(office: Office, family_id: str, type_: str) -> Draft:
    """Begin a step up, a step down or a closure of all the family's children, decided today; go on with one begun."""
    for begun in drafts.current(office.connection, family_id, STEP):
        if begun.body.get("type") == type_:
            return begun
    children = [each.id for each in people_of(office, family_id) if each.is_child and not each.has_died]
    body: dict[str, Any] = {"type": type_, "decided_on": office.today().isoformat(), "children": children}
    return drafting.begin(office, STEP, family_id, {name: value for name, value in body.items() if value})


# --- with what they begin -------------------------------------------------------------------------------------------


def _of_the_file(office: Office, family_id: str) -> dict[str, Any]:
    people = people_of(office, family_id)
    living = [each for each in people if not each.has_died]
    values = {
        "started_at": office.now(),
        "household": [each.id for each in living if each.lives_here],
        "elsewhere": [each.id for each in living if each.lives_here is False],
        "voices": [{"person": each.id} for each in living if each.is_child and each.role != "unborn"],
        "views": [{"person": each.id} for each in living if each.role in _CARERS],
    }
    return {name: value for name, value in values.items() if value}


def _responsible(office: Office, family_id: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return who has parental responsibility for whom, as the file says, and how that is known, as written before."""
    children: dict[str, list[str]] = {}
    today = office.today().isoformat()
    for each in records.of_family(office.connection, family_id, ("relationship",)):
        is_now = each.in_error is None and str(each.body.get("ended_on") or "9") >= today
        if is_now and each.body.get("has_parental_responsibility"):
            children.setdefault(str(each.body.get("person")), []).append(str(each.body.get("to_person")))
    known = {each.get("person"): {"known_from": each["known_from"]} for each in before if each.get("known_from")}
    return [
        {"person": person, "children": list(dict.fromkeys(theirs)), **known.get(person, {})}
        for person, theirs in children.items()
    ]


def _with_new_professionals(office: Office, family_id: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the professionals of the last assessment, and those around the family now whom it does not name."""
    rows = [{name: value for name, value in each.items() if name != "took_part"} for each in before]
    named = {str(each.get("name")).strip().casefold() for each in rows}
    for each in records.of_family(office.connection, family_id, ("professional",)):
        if each.in_error is None and not each.body.get("until"):
            body = each.body
            row = {name: body.get(name) for name in ("name", "role", "agency")}
            row["contact"] = " · ".join(str(body[way]) for way in ("phone", "email") if body.get(way))
            if str(row["name"]).strip().casefold() not in named:
                rows.append({name: value for name, value in row.items() if value})
    return rows


def _team(office: Office, family_id: str, assessment: Record | None, meeting: Record | None) -> list[dict[str, Any]]:
    """Return whoever was asked last time, or is of the assessment, and who is around the family now; none has come."""
    last, parts = (meeting, _WAS_THERE) if meeting is not None else (assessment, ("professionals",))
    before = [each for part in parts for each in (last.body.get(part) or ())] if last is not None else []
    rows = _with_new_professionals(office, family_id, before)
    found = [{"name": each["name"], "agency": each.get("agency") or each.get("role")} for each in rows]
    return [{name: value for name, value in each.items() if value} for each in found]


def _carried(kind: str, last: Record | None) -> dict[str, Any]:
    """Return what is carried forward from the last record of a kind."""
    if last is None:
        return {}
    names = [each.name for each in KINDS[kind].fields if each.is_carried_forward]
    return {name: last.body[name] for name in names if last.body.get(name)}


def _with_new_children(rows: list[dict[str, Any]], people: Iterable[PersonView]) -> list[dict[str, Any]]:
    known: dict[Any, dict[str, Any]] = {}
    for each in rows:  # a child who was recorded twice has one row, with what only the second says
        person = each.get("person")
        known[person] = {**each, **known.get(person, {})}
    new = (each for each in people if each.is_child and not each.has_died and each.id not in known)
    return [*known.values(), *({"person": each.id} for each in new)]


def _open_actions(meeting: Record) -> list[dict[str, Any]]:
    """Return what is still to be done: the meeting's new actions, and the old ones that were not done."""
    old = [each for each in meeting.body.get("progress") or () if each.get("progress") in {"begun", "not_begun"}]
    return [_action(each, "due_on") for each in (*old, *(meeting.body.get("actions") or ()))]


def _of_the_plan(plan: Standing, known: set[str]) -> list[dict[str, Any]]:
    """Return the family's plan's actions that are still to be done and not among those that are known already."""
    found = [each for each in plan.to_do if each.what.casefold() not in known]
    return [_action({"what": each.what, "who": each.who, "due_on": each.due_on}, "due_on") for each in found]


def _planned(assessment: Record | None) -> list[dict[str, Any]]:
    """Return the steps of an assessment's plan as actions."""
    return [_action(each, "by_on") for each in assessment.body.get("plan") or ()] if assessment is not None else []


def _action(row: dict[str, Any], by: str) -> dict[str, Any]:
    values = {"what": row.get("what"), "who": row.get("who"), "due_on": row.get(by)}
    return {name: value for name, value in values.items() if value}


# --- how it stands --------------------------------------------------------------------------------------------------


def _signed(office: Office, family_id: str) -> list[Record]:
    """Return what was signed of early help, oldest first."""
    found = records.of_family(office.connection, family_id, KINDS_OF_HELP)
    return [each for each in found if each.signed is not None and each.in_error is None]


def _last(found: list[Record], kind: str) -> Record | None:
    return next((each for each in reversed(found) if each.kind == kind), None)


def _closed_on(found: list[Record]) -> str:
    """Return the day of a closure after which nothing was assessed or met about."""
    last = found[-1] if found else None
    is_closed = last is not None and last.kind == STEP and last.body.get("type") == "closure"
    return str(last.body.get("decided_on") or "") if last is not None and is_closed else ""


def _next_on(assessment: Record | None, meeting: Record | None) -> str:
    if meeting is not None:
        return str(meeting.body.get("next_on") or "")
    return str(assessment.body.get("meet_on") or "") if assessment is not None else ""


def meeting_due(office: Office, signed: list[Record]) -> Due | None:
    """Return by when the team must meet, from what was signed of early help (oldest first): None once it is closed.

    It is counted from its last meeting, or from the assessment that called for it.
    """
    assessment, meeting = _last(signed, ASSESSMENT), _last(signed, MEETING)
    if _closed_on(signed):
        return None
    last = meeting or assessment
    if last is None or (meeting is None and last.body.get("decision") != "team"):
        return None
    if meeting is not None and meeting.body.get("is_still_needed") is False:
        return None
    day = day_of(str(last.body.get("met_at" if meeting is not None else "started_at") or ""))
    if day is None:
        return None
    rules = Rules(office.configuration, office.days, office.today())
    return due(REVIEW_INTERVAL, day, "Team around the family", rules)
