"""Today, the lists and a family file as it is opened say what matters, and only of what is whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sf_desktop.ops import tidying, writing
from sf_desktop.ops.deadlines import due
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.families import families, family
from sf_desktop.ops.families.search import search
from sf_desktop.ops.household import people
from sf_desktop.ops.leaving.laptop import on_this_laptop
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading import timeline
from sf_desktop.ops.records import notes
from sf_desktop.ops.visiting import plans
from sf_desktop.ops.worker.places import keep_place, last_place
from sf_desktop.ops.worker.today import today, visits_on
from sf_desktop.store.queries import entries
from sf_desktop.store.tables import drafts, records
from sf_record.dates import moment_text
from sf_record.errors import InputError
from sf_record.record import Record
from tests.builders.written import write_note

Held = tuple[Record, ...]


def test_the_overdue_child_comes_first_and_says_by_whose_rule(office: Office, family_id: str) -> None:
    view = today(office)
    assert view.incomplete == 0
    assert view.due[0].is_overdue
    assert [each.on for each in view.due] == sorted(each.on for each in view.due)
    mine = next(each for each in view.due if each.family_id == family_id)
    assert mine.is_overdue
    assert mine.why == "CP visit: 10 working days, your council’s rule"
    assert view.family_names[family_id]
    every = due.of_all(office, [each.id for each in families.family_rows(office, families.family_ids(office))])
    one_by_one = [each for its in families.family_ids(office) for each in due.of_family(office, its)]
    assert sorted(every, key=str) == sorted(one_by_one, key=str)


def test_the_child_stands_first_with_status_and_who_is_responsible(office: Office, family_id: str) -> None:
    view = family.open_family(office, family_id)
    assert view.is_complete
    assert view.people[0].is_child
    assert view.people[0].age
    assert view.people[0].statuses[0].code == "CP"
    assert view.next_due is not None
    assert view.restrictions
    responsible = [each for each in view.people if each.has_parental_responsibility]
    assert any(" of " in each for person in responsible for each in person.relations)
    assert view.workers == ("P. Example",)
    with pytest.raises(InputError):
        family.open_family(office, "gone")


@pytest.mark.parametrize("field", ["way", "authorised_by", "decided_on", "gone", "what"])
def test_a_draft_says_what_was_written_last_and_no_answer_of_a_list(office: Office, family_id: str, field: str) -> None:
    """Of a decision that was left at how it was shared stood “letter”; of one left at who authorised it, an id."""
    begun = drafting.begin(office, "information_shared", family_id, {})
    written = {"what": "The rent", "way": "letter", "authorised_by": office.me.worker.id, "decided_on": "2026-11-23"}
    drafts.save(office.connection, begun.id, written, {"field": field}, office.now())
    (row,) = today(office).drafts
    assert row.last_words == "The rent"


def test_a_plan_is_made_moved_cancelled_and_taken_back(office: Office, family_id: str) -> None:
    before = len(today(office).visits)
    at = office.clock.now() + timedelta(hours=3)
    planned = plans.plan_visit(office, family_id, moment_text(at), "Bring the nursery form").record_id
    assert planned in {each.planned_id for each in today(office).visits}
    plans.move_visit(office, planned, moment_text(at + timedelta(days=2)))
    assert len(today(office).visits) == before
    moved_to = office.today() + timedelta(days=2)
    assert planned in {each.planned_id for each in visits_on(office, moved_to)}
    plans.cancel_visit(office, planned)
    assert planned not in {each.planned_id for each in visits_on(office, moved_to)}
    plans.restore_visit(office, planned)
    plans.move_visit(office, planned, moment_text(at))
    assert planned in {each.planned_id for each in today(office).visits}


def test_families_are_listed_filtered_and_sorted(office: Office, held: Held) -> None:
    ids = families.family_ids(office)
    rows = families.family_rows(office, ids)
    assert [each.name for each in rows] == sorted(each.name for each in rows)
    assert len(rows) == 3
    word = rows[1].name.split()[-1]
    assert rows[1].id in families.family_ids(office, word[:4])
    assert families.family_ids(office, "no such words") == ()
    assert families.family_ids(office, '"') == ()
    assert families.family_ids(office, order=families.Order.DUE)[0] == today(office).due[0].family_id
    for order in families.Order:
        assert set(families.family_ids(office, order=order)) == set(ids)
    assert set(families.family_ids(office, statuses=("CP",))) <= set(ids)


def test_a_timeline_is_filtered_by_kind_person_words_and_day(office: Office, family_id: str, held: Held) -> None:
    everything = timeline.timeline_ids(office, family_id)
    rows = timeline.timeline_rows(office, everything)
    assert [each.happened_at for each in rows] == sorted((each.happened_at for each in rows), reverse=True)
    visits = timeline.timeline_ids(office, family_id, timeline.TimelineFilter(kinds=("visit",)))
    assert {each.kind for each in timeline.timeline_rows(office, visits)} == {"visit"}
    child = people.people(office, family_id)[0].id
    about = timeline.timeline_ids(office, family_id, timeline.TimelineFilter(person_id=child))
    assert 0 < len(about) <= len(everything)
    note = write_note(office, family_id, {"type": "note", "happened_at": office.now(), "text": "Axolotl seen."})
    assert timeline.timeline_ids(office, family_id, timeline.TimelineFilter(words="axol")) == (note.record_id,)
    since = timeline.TimelineFilter(since=office.today().isoformat())
    assert note.record_id in timeline.timeline_ids(office, family_id, since)
    assert len(timeline.timeline_ids(office, family_id, since)) < len(everything)


def test_a_place_on_an_activity_and_its_register_say_who_and_which(office: Office, family_id: str) -> None:
    activity = office.configuration.activities[0]
    child = people.people(office, family_id)[0]
    body = {"activity": activity.code, "person": child.id, "since": "2026-11-02", "until": "2026-11-30"}
    place = writing.create(office, "activity_place", family_id, body).record_id
    kept = {"activity": activity.code, "held_on": "2026-11-09", "came": [child.id]}
    register = writing.create(office, "attendance", family_id, kept).record_id
    of_place, of_register = timeline.timeline_rows(office, (place, register))
    assert of_place.text == f"{child.name} · {activity.label} · until Mon 30 Nov"
    assert of_register.text == f"{activity.label} · 1 came"


def test_a_person_is_edited_through_a_draft_and_what_was_seen_goes_along(office: Office, family_id: str) -> None:
    child = people.people(office, family_id)[0]
    draft = people.edit_person(office, child.id)
    assert people.edit_person(office, child.id).id == draft.id
    body = {**draft.body, "known_as": "Quillon", "language": None}
    drafts.save(office.connection, draft.id, body, {}, office.now())
    people.save_person(office, draft.id)
    event = entries.chosen(office.connection, entries.numbers(office.connection))[0].event
    assert event.was["known_as"] == draft.base.get("known_as")
    assert [each.record_id for each in search(office, "quil").people] == [child.id]
    assert "Quillon" in people.known_names(office.connection, family_id)
    assert records.get(office.connection, child.id) is not None


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "'", "*", "a*b", "NEAR(", "AND", "OR NOT", "-x", "{", "^", ":", "\x00", "é" * 500]
)
def test_whatever_is_typed_is_only_words(office: Office, held: Held, typed: str) -> None:
    found = search(office, typed)
    assert found.is_ready


def test_a_word_is_found_without_its_accents_and_marked(office: Office, family_id: str) -> None:
    text = "Before it. " * 40 + "She likes the Café Zürich best. " + "After it. " * 40
    note = write_note(office, family_id, {"type": "note", "happened_at": office.now(), "text": text})
    hit = search(office, "zuri").notes[0]
    assert hit.record_id == note.record_id
    assert ("Zürich", True) in hit.pieces
    assert sum(len(each) for each, _ in hit.pieces) < 250


def test_what_is_on_the_laptop_is_counted(office: Office, held: Held) -> None:
    laptop = on_this_laptop(office)
    assert laptop.records == len(held)
    assert sum(each.records for each in laptop.families) == len(held)
    assert laptop.is_searchable
    assert laptop.size_bytes > 0
    assert all(each.is_complete for each in laptop.families)


def test_the_place_is_kept_and_upkeep_ends(office: Office, held: Held) -> None:
    assert last_place(office) == {}
    keep_place(office, {"screen": "visit", "cursor": 4})
    assert last_place(office) == {"screen": "visit", "cursor": 4}
    while not tidying.tidy(office):
        pass


def test_a_note_waits_for_what_must_be_mended(office: Office, family_id: str) -> None:
    draft = notes.start_note(office, family_id)
    assert {each.field for each in notes.check_note(office, draft.id)} == {"text"}
    drafts.save(office.connection, draft.id, {**draft.body, "text": "x"}, {}, office.now())
    signed = notes.sign_note(office, draft.id)
    assert records.get(office.connection, signed.record_id).signed is not None  # type: ignore[union-attr]


def test_what_waits_says_which_step_on_a_concern_it_is(office: Office, family_id: str) -> None:
    body = {"happened_at": "2026-11-23T08:05:00.000000Z", "words": "Pretend words"}
    concern = writing.create(office, "concern", family_id, body).record_id
    step = {"concern": concern, "step": "escalated", "done_at": "2026-11-23T08:50:00.000000Z"}
    writing.create(office, "concern_step", family_id, step)
    assert "Step on a concern: escalated" in {each.kind_label for each in today(office).waiting}
