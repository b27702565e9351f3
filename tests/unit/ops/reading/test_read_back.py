"""What is read back to a family: the words alone, never a worry; the same in large print to take away."""

from __future__ import annotations

from typing import Any

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts.drafting import begin
from sf_desktop.ops.office import Office
from sf_desktop.ops.printing import papers
from sf_desktop.ops.printing.papers import Wanted
from sf_desktop.ops.reading.read_back import READ, passages, plain
from sf_desktop.ops.reading.record_paper import surroundings
from sf_desktop.papers import press
from sf_record.errors import InputError
from sf_record.kinds import KINDS
from tests.builders.papers import squeezed, text_of
from tests.builders.written import write_note

VISIT: dict[str, Any] = {
    "type": "planned", "place": "home", "observed": "Everybody was at the table.", "voice": "“I like Tuesdays.”",
    "worries": "Pretend worry", "strengths": "Gran helps.", "agreed": [{"what": "Ring the school", "who": "Sam"}],
    "next_visit_for": "See the bedroom",
}  # fmt: skip


def test_of_a_note_the_words_alone(office: Office, family_id: str) -> None:
    body = {"type": "telephone", "subject": "Pretend subject", "text": "She rang.\n\nShe is well."}
    read = passages("note", body, surroundings(office, family_id, "note"))
    assert plain(read) == "She rang.\n\nShe is well."


def test_of_a_visit_what_was_seen_said_and_agreed_and_no_worry(office: Office, family_id: str) -> None:
    told = plain(passages("visit", VISIT, surroundings(office, family_id, "visit")))
    for each in ("Everybody was at the table.", "I like Tuesdays", "Gran helps.", "Ring the school", "See the bedroom"):
        assert each in told
    assert "Pretend worry" not in told


def test_nothing_that_a_listener_must_not_hear_is_ever_read() -> None:
    for kind, labels in READ.items():
        for name in labels:
            field = KINDS[kind].by_name[name]
            assert not field.is_safeguarding
            assert not field.is_special_category
    assert "concern" not in READ
    assert passages("concern", {"words": "x"}, None) == ()  # type: ignore[arg-type]


def test_the_paper_to_take_away(office: Office, family_id: str) -> None:
    note = write_note(office, family_id, {"type": "note", "text": "She is well.", "happened_at": office.now()})
    writing.amend(office, note.record_id, "It was Tuesday.")
    sheet = papers.preview(office, Wanted("read_back", family_id, note.record_id, is_large=True))
    read = squeezed(text_of(press.pdf(sheet.paper, sheet.stamp)))
    for each in ("She is well.", "Added afterwards", "It was Tuesday.", "P. Example, Monday 23 November 2026, 09:00"):
        assert squeezed(each) in read
    assert not sheet.paper.is_draft
    writing.enter_in_error(office, note.record_id, "Another family")
    with pytest.raises(InputError, match="in_error"):
        papers.preview(office, Wanted("read_back", family_id, note.record_id))


def test_before_it_is_signed_the_paper_is_a_draft(office: Office, family_id: str) -> None:
    draft = begin(office, "visit", family_id, {**VISIT, "started_at": office.now()})
    paper = papers.preview(office, Wanted("read_back", family_id, draft.id)).paper
    assert paper.is_draft
    assert "Gran helps." in paper.words()
    assert "Pretend worry" not in paper.words()
    record = writing.create(office, "visit", family_id, {**VISIT, "started_at": office.now()})
    assert papers.preview(office, Wanted("read_back", family_id, record.record_id)).paper.is_draft
