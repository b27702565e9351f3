"""A paper of any record says what the screen says of it; each copy has its number, and is noted before it leaves."""

from __future__ import annotations

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts.drafting import begin
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office
from sf_desktop.ops.printing import papers
from sf_desktop.ops.printing.papers import Wanted
from sf_desktop.ops.worker.looked import LookedFilter, looked_numbers, looked_rows
from sf_desktop.papers import press
from sf_desktop.store.tables import audit, records
from sf_record.errors import SfError
from sf_record.kinds import KINDS
from sf_record.record import Record
from sf_record.wire.audit import Looked
from tests.builders.papers import squeezed, text_of
from tests.builders.quarrels import both_change
from tests.builders.written import write_note

TEXT = "She said <b>no</b> & *smiled*.\nThen she slept."


@pytest.fixture
def note_id(office: Office, family_id: str) -> str:
    body = {"type": "telephone", "subject": "Pretend call", "text": TEXT, "happened_at": office.now()}
    return write_note(office, family_id, body).record_id


def test_a_signed_note_with_its_amendment_and_its_mark(office: Office, family_id: str, note_id: str) -> None:
    writing.amend(office, note_id, "It was Tuesday.")
    writing.enter_in_error(office, note_id, "Another family")
    sheet = papers.preview(office, Wanted("record", family_id, note_id))
    words = sheet.paper.words()
    family = records.get(office.connection, family_id)
    assert family is not None
    for each in (
        "Pretend call",
        str(family.body["name"]),
        "Monday 23 November 2026, 09:00",
        "Signed by P. Example, Monday 23 November 2026, 09:00",
        "Kind of note: Telephone call",
        f"Note: {TEXT}",
        "Added after signing",
        "It was Tuesday.",
        "Entered in error. Another family",
    ):
        assert each in words
    assert not sheet.paper.is_draft
    assert sheet.paper.title == "Note"
    assert squeezed(TEXT) in squeezed(text_of(press.pdf(sheet.paper, sheet.stamp)))


def test_every_kind_of_record_that_is_here_can_be_put_on_paper(office: Office, held: tuple[Record, ...]) -> None:
    first = {each.kind: each for each in held}
    assert len(first) > 5
    for record in first.values():
        sheet = papers.preview(office, Wanted("record", record.family_id, record.id))
        read = squeezed(text_of(press.pdf(sheet.paper, sheet.stamp)))
        assert squeezed(sheet.paper.heading) in read
        assert sheet.paper.title == KINDS[record.kind].label  # never whose it is


def test_what_is_not_signed_is_a_draft(office: Office, family_id: str) -> None:
    draft = begin(office, "note", family_id, {"type": "note", "text": "Half a thou", "happened_at": office.now()})
    paper = papers.preview(office, Wanted("record", family_id, draft.id)).paper
    assert paper.is_draft
    assert "Half a thou" in paper.words()
    unsigned = writing.create(office, "note", family_id, {**draft.body}).record_id
    assert papers.preview(office, Wanted("record", family_id, unsigned)).paper.is_draft


def test_what_two_people_wrote_stands_on_the_paper(office: Office, family_id: str) -> None:
    both_change(office, family_id, {"address": "1 Pretend Lane"}, {"address": "2 Pretend Lane"})
    paper = papers.preview(office, Wanted("record", family_id, family_id)).paper
    assert [mark.lead for mark in paper.marks] == ["Two people changed one thing: Address"]
    assert "1 Pretend Lane" in paper.marks[0].text
    assert "Address: 2 Pretend Lane" in paper.words()


def test_each_copy_has_the_next_number_and_a_line_in_the_audit(office: Office, family_id: str, note_id: str) -> None:
    wanted = Wanted("record", family_id, note_id, is_large=True)
    first = papers.take(office, wanted, Look.PRINTED)
    second = papers.take(office, wanted, Look.EXPORTED)
    assert (first.stamp.copy, second.stamp.copy) == (1, 2)
    assert first.stamp.is_large
    looks = _looks(office)[-2:]
    assert [(each.what, each.family_id, each.record_id, each.code) for each in looks] == [
        (Look.PRINTED, family_id, note_id, "1"),
        (Look.EXPORTED, family_id, note_id, "2"),
    ]


def test_a_preview_uses_no_number_and_is_a_look(office: Office, family_id: str, note_id: str) -> None:
    sheet = papers.preview(office, Wanted("record", family_id, note_id))
    assert sheet.stamp.copy == 0
    assert (_looks(office)[-1].what, _looks(office)[-1].record_id) == (Look.RECORD_OPENED, note_id)
    assert papers.take(office, Wanted("record", family_id, note_id), Look.PRINTED).stamp.copy == 1


def test_the_worker_sees_which_copies_they_took(office: Office, family_id: str, note_id: str) -> None:
    papers.take(office, Wanted("record", family_id, note_id), Look.PRINTED)
    audit.append(office.connection, _looks(office)[-1:])
    row = looked_rows(office, looked_numbers(office, LookedFilter(what=Look.PRINTED)))[0]
    assert (row.record, row.count) == ("Note", 1)


@pytest.mark.parametrize("wanted", [("nothing", True), ("record", False)])
def test_what_is_not_there_is_said(office: Office, family_id: str, wanted: tuple[str, bool]) -> None:
    name, is_there = wanted
    about = family_id if is_there else "01900000-0000-7000-8000-000000000000"
    with pytest.raises(SfError):
        papers.take(office, Wanted(name, family_id, about), Look.PRINTED)
    assert not [each for each in _looks(office) if each.what == Look.PRINTED]


def _looks(office: Office) -> list[Looked]:
    return office.tx.looks  # type: ignore[attr-defined]
