"""The home visit pack says what a visitor must know, with who says so and until when; it fits one page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.printing import papers
from sf_desktop.ops.printing.home_visit_pack import home_visit_pack, open_pack
from sf_desktop.ops.printing.papers import Wanted
from sf_desktop.ops.visiting import plans, visits
from sf_desktop.papers import press
from sf_desktop.papers.paper import Section
from sf_desktop.store.tables import records
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.record import Record
from tests.builders.early_help import agree
from tests.builders.papers import page_count, squeezed, text_of
from tests.builders.written import write_note


def section(office: Office, family_id: str, heading: str) -> Section:
    return next(each for each in home_visit_pack(office, family_id, "").sections if each.heading == heading)


def test_warnings_say_why_who_and_until_when(office: Office, family_id: str) -> None:
    family = records.get(office.connection, family_id)
    assert family is not None
    warnings = [
        {"text": "Big dog", "reason": "Met him.", "review_on": "2027-03-01"},
        {"text": "Steps without a rail", "review_on": "2026-11-02"},
        {"text": "Knock loudly"},
    ]
    writing.change(office, family_id, {**family.body, "warnings": warnings})
    marks = home_visit_pack(office, family_id, "").marks
    assert (marks[0].lead, marks[0].text) == (
        "Before you knock: Big dog",
        "Why: Met him. Recorded by P. Example, Mon 23 Nov. Look at it again on Mon 1 Mar 2027.",
    )
    assert marks[1].text.endswith("Was to be looked at again on Mon 2 Nov.")
    assert marks[2].text.startswith("No reason is recorded. Recorded by")
    assert marks[2].text.endswith("No day is set to look at it again.")


def test_who_lives_there_and_who_may_not_have_contact(office: Office, family_id: str) -> None:
    people = people_of(office, family_id)
    kept = [each.name for each in people if each.lives_here is not False]
    lines = dict(section(office, family_id, "Who lives there").lines)
    assert set(kept) <= set(lines)
    restricted = next(each for each in people if each.restriction)
    told = f"{restricted.name}: {restricted.restriction}"
    (mark,) = [each for each in home_visit_pack(office, family_id, "").marks if each.lead == told]
    assert mark.tone == "danger"
    assert "Recorded by" in mark.text
    mother = next(each for each in people if each.relations and each.relations[0].startswith("Mother"))
    assert "Mother of " in lines[mother.name]
    assert lines[mother.name].count("Mother") == 1
    assert "07700 900" in lines[mother.name]


def test_what_only_the_other_record_of_somebody_says_stands_in_the_pack(office: Office, family_id: str) -> None:
    """Why there may be no contact, and the telephone, were said to be recorded by nobody."""
    body = {
        "role": "parent", "given_name": "Pretend-other", "family_name": "Record",
        "restriction": "Only at the centre", "restriction_reason": "Court order.",
        "restriction_review_on": "2027-03-01", "contacts": [{"way": "mobile", "value": "07700 900555"}],
    }  # fmt: skip
    other = writing.create(office, "person", family_id, body).record_id
    mother = next(each for each in people_of(office, family_id) if each.relations[:1] and "Mother" in each.relations[0])
    number = _number(office, mother.id)
    merge = {"duplicate": other, "kept": mother.id, "reason": "Same telephone"}
    boss = replace(office, me=Me(replace(office.me.worker, role=Role.SUPERVISOR), "S. Example", office.me.device_id))
    writing.create(boss, "same_person", family_id, merge)
    pack = home_visit_pack(office, family_id, "")
    (mark,) = [each for each in pack.marks if each.lead == f"{mother.name}: Only at the centre"]
    assert mark.text == "Why: Court order. Recorded by P. Example, Mon 23 Nov. Look at it again on Mon 1 Mar 2027."
    line = dict(section(office, family_id, "Who lives there").lines)[mother.name]
    assert line.endswith(f"{number}, 07700 900555")


def _number(office: Office, person_id: str) -> str:
    record = records.get(office.connection, person_id)
    assert record is not None
    return str(record.body["contacts"][0]["value"])


def test_the_last_visits_promises_with_their_limits(office: Office, family_id: str) -> None:
    body: dict[str, Any] = {
        "type": "planned", "place": "home", "started_at": office.now(), "observed": "x",
        "next_visit_for": "See the bedroom",
        "agreed": [
            {"what": "Ring the school", "who": "Sam", "due_on": "2026-11-02"},
            {"what": "Bring the form", "due_on": "2026-12-01"},
            {"what": "Ask Gran", "is_done": True},
        ],
    }  # fmt: skip
    writing.create(office, "visit", family_id, body)
    last = section(office, family_id, "Last visit")
    assert (
        last.text
        == "Monday 23 November 2026, 09:00, P. Example\nFor the next visit: See the bedroom\nWhat was promised:"
    )
    assert last.items == (
        "Ring the school · Sam · was due Mon 2 Nov",
        "Bring the form · by Tue 1 Dec",
        "Ask Gran · done",
    )


def test_what_is_due_says_why(office: Office, family_id: str) -> None:
    items = section(office, family_id, "What is due, and why").items
    assert items[0].startswith("Visit, ")
    assert "overdue since" in items[0]
    assert items[0].endswith("(CP visit: 10 working days, your council’s rule)")


def test_what_else_is_owed_to_the_family_is_due_too(office: Office, family_id: str) -> None:
    agree(office, family_id, review_on="2026-12-20")
    items = section(office, family_id, "What is due, and why").items
    assert (
        "Ask whether the agreement still stands: by Sun 20 Dec (The day on which the family wanted to look at it again)"
        in items
    )


def test_what_the_family_wants_and_what_is_to_be_done_for_it(office: Office, family_id: str) -> None:
    who = next(each for each in people_of(office, family_id) if not each.is_child)
    for each in records.of_family(office.connection, family_id, ("goal", "plan_action")):
        writing.enter_in_error(office, each.id, "Another family")
    assert "What the family wants" not in {each.heading for each in home_visit_pack(office, family_id, "").sections}
    goal = writing.create(
        office, "goal", family_id, {"want": "Bed by eight", "whose": [who.id], "started_on": "2026-10-01"}
    ).record_id
    assert section(office, family_id, "What the family wants").items == ("Bed by eight: not scored yet.",)
    for day, score in (("2026-10-01", 3), ("2026-11-01", 5)):
        occasion = "start" if score == 3 else "review"
        body = {"goal": goal, "occasion": occasion, "scored_on": day, "score": score, "who": who.id}
        writing.create(office, "goal_score", family_id, body)
    for what, due_on in (("Fix the gate", "2026-11-16"), ("Ring the club", "2026-12-01")):
        body = {"what": what, "goal": goal, "who": [who.id], "due_on": due_on, "agreed_on": "2026-10-01"}
        writing.create(office, "plan_action", family_id, body)
    (told,) = section(office, family_id, "What the family wants").items
    assert told.startswith("Bed by eight: 5 out of 10 on 1 November 2026, ")
    assert section(office, family_id, "Open in the family’s plan").items == (
        f"Fix the gate · {who.name} · was due Mon 16 Nov",
        f"Ring the club · {who.name} · by Tue 1 Dec",
    )
    assert not office.tx.looks  # type: ignore[attr-defined]  # nobody’s scores of health were read for it


def test_what_waits_for_a_signature(office: Office, family_id: str) -> None:
    assert section(office, family_id, "To sign").items == ()
    drafting.begin(office, "note", family_id, {"type": "note"})
    write_note(office, family_id, {"type": "note", "text": "x", "happened_at": office.now()}, sign=False)
    assert section(office, family_id, "To sign").items == (
        "Note, begun Monday 23 November 2026, 09:00",
        "Note, written Monday 23 November 2026, 09:00",
    )


def test_a_plan_says_when_where_and_what_for(office: Office, family_id: str) -> None:
    planned = plans.plan_visit(office, family_id, "2026-11-24T10:30:00.000000Z", "Talk about school", "Family centre")
    pack = open_pack(office, family_id, planned.record_id)
    told = "Visit planned for Tuesday 24 November 2026, 10:30 · Family centre · Talk about school"
    assert pack.paper.under[0] == told
    assert (pack.draft_id, pack.visit_id) == ("", "")
    assert office.tx.looks[-1].what == Look.FAMILY_OPENED  # type: ignore[attr-defined]
    draft = visits.start_visit(office, family_id, planned.record_id)
    assert open_pack(office, family_id, planned.record_id).draft_id == draft.id


def test_every_pack_fits_one_page_and_large_print_goes_on(office: Office, held: tuple[Record, ...]) -> None:
    for family_id in dict.fromkeys(each.family_id for each in held):
        sheet = papers.preview(office, Wanted("home_visit_pack", family_id))
        made = press.pdf(sheet.paper, sheet.stamp)
        assert page_count(made) == 1
        for each in sheet.paper.sections:
            assert squeezed(each.heading) in squeezed(text_of(made))


def test_a_long_list_says_how_many_more(office: Office, family_id: str) -> None:
    for number in range(11):
        drafting.begin(office, "note", family_id, {"type": "note", "text": str(number)})
    items = section(office, family_id, "To sign").items
    assert len(items) == 9
    assert items[-1] == "and 3 more"


def test_a_family_that_is_not_here(office: Office, held: tuple[Record, ...]) -> None:
    with pytest.raises(InputError, match="family_gone"):
        home_visit_pack(office, "01900000-0000-7000-8000-000000000000", "")
