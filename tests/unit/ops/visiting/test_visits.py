"""A visit from its first answer to its signature, with the draft kept whenever something has to be mended."""

from __future__ import annotations

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.families.family import open_family, open_record
from sf_desktop.ops.families.search import search
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.timeline import timeline_ids, timeline_rows
from sf_desktop.ops.sending import ledger
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.ops.visiting import visits
from sf_desktop.ops.worker.today import today
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables.outbox import State
from sf_record.errors import InputError
from sf_record.record import Record
from sf_record.wire.rounds import RoundAnswer
from tests.builders.written import drafts_begun

LONG = "The kitchen was warm and zephyrlike. " * 60


def filled(office: Office, draft: drafting.Draft) -> dict[str, object]:
    children = [{**each, "seen": True, "seen_alone": True} for each in draft.body["children"]]
    return {**draft.body, "type": "planned", "place": "home", "children": children, "observed": LONG}


def test_a_signed_visit_is_shown_found_counted_and_waits(office: Office, family_id: str) -> None:
    draft = visits.start_visit(office, family_id)
    drafting.save(office, draft.id, filled(office, draft), {"field": "observed", "cursor": 12})
    assert today(office).drafts[0].id == draft.id
    signed = visits.sign_visit(office, draft.id)
    assert signed.record_id in signed.ids
    assert signed.families == {family_id}
    assert timeline_ids(office, family_id)[0] == signed.record_id
    row = timeline_rows(office, (signed.record_id,))[0]
    assert row.is_signed
    assert row.is_waiting
    assert row.seq == 0
    assert [each.record_id for each in search(office, "zephyrl").notes] == [signed.record_id]
    counts = status_counts(office)
    assert (counts.saved, counts.with_council, counts.waiting, counts.needs_you) == (1, 0, 1, 0)
    assert not counts.is_all_with_council
    assert [each.what for each in ledger.ledger_rows(office, ledger.ledger_numbers(office))] == ["Visit signed"]
    assert [each.state for each in ledger.ledger_rows(office, ledger.ledger_numbers(office))] == [State.WAITING]
    assert not today(office).drafts
    assert len(office.tx.sealed) == 1  # type: ignore[attr-defined]
    assert open_record(office, signed.record_id).record.signed is not None
    assert open_family(office, family_id).waiting == 1


def test_all_that_must_be_mended_is_named_and_the_draft_stays(office: Office, family_id: str) -> None:
    draft = visits.start_visit(office, family_id)
    named = {each.field for each in visits.check_visit(office, draft.id)}
    assert {"type", "place", "observed", "children.0.seen"} <= named
    with pytest.raises(InputError) as refused:
        visits.sign_visit(office, draft.id)
    assert {each.field for each in refused.value.fields} == named
    assert drafting.get(office, draft.id).body == draft.body
    assert status_counts(office).saved == 0


def test_a_visit_begins_with_what_was_promised_and_who_was_there(office: Office, family_id: str) -> None:
    last = visits.last_time(office, family_id)
    assert last is not None
    draft = visits.start_visit(office, family_id)
    undone = [each.what for each in last.promises if not each.is_done]
    assert [each["what"] for each in draft.body.get("agreed", [])] == undone


def test_the_sentence_is_there_again_with_its_place(office: Office, family_id: str) -> None:
    draft = visits.start_visit(office, family_id)
    drafting.save(office, draft.id, {**draft.body, "observed": "half a sent"}, {"field": "observed", "cursor": 11})
    again = drafts_begun(office, family_id)[0]
    assert again.body["observed"] == "half a sent"
    assert again.place == {"field": "observed", "cursor": 11}
    drafting.discard(office, draft.id)
    assert not drafts_begun(office, family_id)
    drafting.take_back(office, draft.id)
    assert drafts_begun(office, family_id)[0].id == draft.id


def test_a_planned_visit_is_started_once_and_done_by_its_visit(office: Office, held: object) -> None:
    planned = today(office).visits[0]
    draft = visits.start_visit(office, planned.family_id, planned.planned_id)
    assert visits.start_visit(office, planned.family_id, planned.planned_id).id == draft.id
    assert today(office).visits[0].draft_id == draft.id
    drafting.save(office, draft.id, filled(office, draft))
    signed = visits.sign_visit(office, draft.id)
    assert today(office).visits[0].visit_id == signed.record_id


def test_a_signed_visit_is_added_to_and_not_changed(office: Office, family_id: str) -> None:
    draft = visits.start_visit(office, family_id)
    drafting.save(office, draft.id, filled(office, draft))
    signed = visits.sign_visit(office, draft.id)
    writing.amend(office, signed.record_id, "The landlord has rung back: quokkas.")
    assert open_record(office, signed.record_id).record.amendments[0].text.startswith("The landlord")
    assert [each.record_id for each in search(office, "quokka").notes] == [signed.record_id]
    with pytest.raises(InputError):
        writing.amend(office, signed.record_id, "  ")


def test_a_plan_that_this_program_would_not_write_does_not_keep_a_visit_from_being_signed(
    office: Office, family_id: str
) -> None:
    body = {"planned_at": office.now(), "place": "x" * 600}  # no worker, and longer than this program allows
    plan = Record(
        id=office.new_id(), family_id=family_id, kind="planned_visit", seq=900, author_id=office.me.worker.id,
        written_at=office.now(), body=body,
    )  # fmt: skip
    inbox.apply(office.connection, RoundAnswer(at=office.now(), records=(plan,)))
    draft = visits.start_visit(office, family_id, plan.id)
    drafting.save(office, draft.id, filled(office, draft))
    signed = visits.sign_visit(office, draft.id)
    assert open_record(office, signed.record_id).record.signed is not None
