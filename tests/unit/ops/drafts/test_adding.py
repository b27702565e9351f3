"""What is added to a finished record is a draft while it is typed: kept, found again, gone once it is added."""

from __future__ import annotations

import pytest

from sf_desktop.ops.drafts import adding, drafting
from sf_desktop.ops.office import Office
from sf_desktop.ops.worker.today import today
from sf_desktop.store.tables import drafts, records
from sf_record.errors import InputError
from tests.builders.written import write_note

ID, OTHER = "01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"
BODY = {"type": "note", "text": "As signed"}


@pytest.fixture
def note_id(office: Office, family_id: str) -> str:
    return write_note(office, family_id, {**BODY, "happened_at": office.now()}).record_id


@pytest.mark.parametrize("kind", [adding.AMENDMENT, adding.IN_ERROR])
def test_it_is_kept_and_found_again(office: Office, note_id: str, kind: str) -> None:
    adding.keep(office, ID, kind, note_id, "The school ra", 13)
    at = adding.keep(office, ID, kind, note_id, "The school rang back.", 21)
    draft = adding.begun(office, note_id)
    assert draft is not None
    assert (draft.kind, draft.body, draft.saved_at) == (kind, {"text": "The school rang back."}, at)
    assert draft.place == {"field": "text", "cursor": 21}
    row = today(office).drafts[0]
    assert (row.kind_label, row.record_id, row.last_words) == (adding.LABELS[kind], note_id, "The school rang back.")


def test_nothing_typed_begins_nothing(office: Office, note_id: str) -> None:
    adding.keep(office, ID, adding.AMENDMENT, note_id, "  ")
    assert adding.begun(office, note_id) is None


def test_once_added_it_is_no_draft_any_more(office: Office, note_id: str) -> None:
    adding.keep(office, ID, adding.AMENDMENT, note_id, "The school rang ba")
    done = adding.add(office, ID, adding.AMENDMENT, note_id, "The school rang back.")
    assert "draft" in done.kinds
    assert not today(office).drafts
    record = records.get(office.connection, note_id)
    assert record is not None
    assert [each.text for each in record.amendments] == ["The school rang back."]


@pytest.mark.parametrize("text", ["x" * 200_001, "A NUL\x00 that was pasted."])
def test_what_the_council_could_not_read_is_refused_before_it_is_said_to_be_signed(
    office: Office, note_id: str, text: str
) -> None:
    adding.keep(office, ID, adding.AMENDMENT, note_id, text)
    with pytest.raises(InputError) as caught:
        adding.add(office, ID, adding.AMENDMENT, note_id, text)
    assert [each.field for each in caught.value.fields] == ["text"]
    draft = adding.begun(office, note_id)
    assert draft is not None
    assert draft.body == {"text": text}


def test_what_is_refused_stays_a_draft(office: Office, note_id: str) -> None:
    adding.keep(office, ID, adding.IN_ERROR, note_id, "Wrong fam")
    with pytest.raises(InputError):
        adding.add(office, ID, adding.IN_ERROR, note_id, "   ")
    assert adding.begun(office, note_id) is not None


def test_what_is_thrown_away_is_gone_and_can_be_taken_back(office: Office, note_id: str) -> None:
    adding.keep(office, ID, adding.AMENDMENT, note_id, "No")
    draft = adding.begun(office, note_id)
    assert draft is not None
    adding.put_away(office, ID)
    adding.put_away(office, ID)
    assert adding.begun(office, note_id) is None
    drafting.take_back(office, draft.id)
    assert adding.begun(office, note_id) is not None


def test_an_amendment_is_not_taken_for_a_change_of_the_record(office: Office, note_id: str) -> None:
    adding.keep(office, ID, adding.AMENDMENT, note_id, "The school rang back.")
    change = drafting.begin_change(office, note_id)
    assert change.kind == "note"
    assert {each.kind for each in drafts.current(office.connection)} == {"note", "amendment"}


def test_of_two_amendments_begun_on_one_record_each_is_saved_as_itself_whatever_the_clock_says(
    office: Office, note_id: str
) -> None:
    adding.keep(office, ID, adding.AMENDMENT, note_id, "The school rang back.")
    adding.put_away(office, ID)
    office.clock.forward(-3600)  # type: ignore[attr-defined]
    adding.keep(office, OTHER, adding.AMENDMENT, note_id, "The nursery")
    drafting.take_back(office, ID)
    adding.keep(office, OTHER, adding.AMENDMENT, note_id, "The nursery rang.")
    assert drafting.get(office, ID).body == {"text": "The school rang back."}
    assert drafting.get(office, OTHER).body == {"text": "The nursery rang."}
    adding.add(office, OTHER, adding.AMENDMENT, note_id, "The nursery rang.")
    assert [each.id for each in adding.all_begun(office, note_id)] == [ID]
