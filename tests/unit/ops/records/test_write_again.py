"""What the council refused can be written again: with all that was changed since, in the record where there is one."""

from __future__ import annotations

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import mending
from sf_desktop.store.queries import entries
from sf_desktop.store.queries.entries import Entry
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import records
from sf_desktop.store.tables.outbox import State
from sf_record.events import Action
from sf_record.outcomes import Outcome, Result
from sf_record.record import Record
from sf_record.wire.rounds import RoundAnswer

AT = "2026-11-23T10:00:00.000000Z"


def entries_of(office: Office, record_id: str) -> list[Entry]:
    """The ledger's entries of one record, oldest first."""
    found = entries.chosen(office.connection, entries.numbers(office.connection))
    return sorted((each for each in found if each.event.record_id == record_id), key=lambda each: each.number)


def answer(office: Office, entry: Entry, result: Result, code: str) -> None:
    said = Outcome(event_id=entry.event.id, result=result, code=code)
    inbox.apply(office.connection, RoundAnswer(at=AT, outcomes=(said,)))


def a_note(office: Office, family_id: str, text: str) -> str:
    body = {"type": "note", "happened_at": office.now(), "text": text}
    return writing.create(office, "note", family_id, body).record_id


def test_what_was_changed_after_a_refused_record_is_in_its_draft(office: Office, family_id: str) -> None:
    record_id = a_note(office, family_id, "First words.")
    writing.change(office, record_id, {**records.get(office.connection, record_id).body, "text": "Better words."})  # type: ignore[union-attr]
    writing.sign(office, record_id)
    refused = entries_of(office, record_id)[0]
    answer(office, refused, Result.REFUSED, "not_yours")
    draft = mending.write_again(office, refused.event.id)
    assert draft.record_id is None
    assert draft.body["text"] == "Better words."
    assert {each.state for each in entries_of(office, record_id)} == {State.SET_ASIDE}
    signed = finishing.finish(office, draft.id, sign=True)
    assert records.get(office.connection, signed.record_id).body["text"] == "Better words."  # type: ignore[union-attr]


def test_a_refused_change_is_written_again_into_the_record_that_it_changed(
    office: Office, held: tuple[Record, ...]
) -> None:
    person = next(each for each in held if each.kind == "person")
    writing.change(office, person.id, {**person.body, "known_as": "Pretend"})
    (refused,) = entries_of(office, person.id)
    answer(office, refused, Result.REFUSED, "not_allowed")
    draft = mending.write_again(office, refused.event.id)
    assert (draft.record_id, draft.base) == (person.id, dict(person.body))
    assert draft.body == {**person.body, "known_as": "Pretend"}
    finishing.finish(office, draft.id, sign=False)
    again = entries_of(office, person.id)[-1].event
    assert (again.action, dict(again.fields)) == (Action.CHANGE, {"known_as": "Pretend"})


def test_a_refused_amendment_becomes_a_note_of_ones_own(office: Office, held: tuple[Record, ...]) -> None:
    signed = next(each for each in held if each.kind == "visit" and each.author_id == office.me.worker.id)
    writing.amend(office, signed.id, "What I meant to add.")
    (refused,) = entries_of(office, signed.id)
    answer(office, refused, Result.REFUSED, "not_author")
    draft = mending.write_again(office, refused.event.id)
    assert (draft.kind, draft.body["type"], draft.body["text"]) == ("note", "note", "What I meant to add.")
    assert drafting.get(office, draft.id) == draft


def test_what_is_copied_into_a_note_is_letter_for_letter_what_was_written(office: Office, family_id: str) -> None:
    """A space that does not break keeps a dose apart, and what joins letters is part of how a name is written."""
    text = "5\u00a0mg for \u0645\u06cc\u200c\u062e\u0648 and \u0d9a\u0dca\u200d\u0dba \U0001f469\u200d\U0001f467."
    (refused,) = entries_of(office, a_note(office, family_id, text))
    answer(office, refused, Result.REFUSED, "not_yours")
    assert mending.copy_to_note(office, refused.event.id).body["text"] == text


def test_what_can_never_arrive_is_flagged_and_not_left_waiting(office: Office, family_id: str) -> None:
    record_id = a_note(office, family_id, "Refused words.")
    (refused,) = entries_of(office, record_id)
    answer(office, refused, Result.REFUSED, "not_yours")  # the council does not keep this one
    writing.change(office, record_id, {**records.get(office.connection, record_id).body, "text": "Later."})  # type: ignore[union-attr]
    later = entries_of(office, record_id)[-1]
    assert (later.state, later.event.previous) == (State.WAITING, refused.event.id)
    answer(office, later, Result.HELD, "predecessor_missing")
    later = entries_of(office, record_id)[-1]
    assert (later.state, later.code) == (State.NEEDS_YOU, "predecessor_refused")
    draft = mending.write_again(office, refused.event.id)
    assert draft.body["text"] == "Later."


def test_what_waits_for_something_still_on_its_way_goes_on_waiting(office: Office, family_id: str) -> None:
    record_id = a_note(office, family_id, "First.")
    writing.change(office, record_id, {**records.get(office.connection, record_id).body, "text": "Second."})  # type: ignore[union-attr]
    answer(office, entries_of(office, record_id)[1], Result.HELD, "predecessor_missing")
    assert [each.state for each in entries_of(office, record_id)] == [State.WAITING, State.WAITING]
