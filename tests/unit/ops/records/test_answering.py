"""Recording what came of something goes on where that was begun, and takes nothing away that somebody added there."""

from __future__ import annotations

from sf_desktop.ops import writing
from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Target
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import recording
from sf_desktop.ops.tidying import tidy
from tests.builders.pictures import png


def test_a_scan_held_with_what_was_begun_and_not_written_in_stays(office: Office, family_id: str) -> None:
    asked = {"direction": "ours", "agency": "Pretend school", "what": "Pretend words", "asked_on": "2026-11-20"}
    record_id = writing.create(office, "information_request", family_id, asked).record_id
    draft = drafting.begin_change(office, record_id)
    scan = attachments.attach(office, Target(family_id, draft.id), take(png(seed=7), "answer.png")).record_id
    begun = recording.start_answer(office, record_id)
    while not tidy(office):
        pass
    assert [each.id for each in attachments.of_draft(office, begun.id)] == [scan]
