"""The family’s copy of an assessment and the privacy notice on paper: nothing lost, tagged, large if wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Signed, Target
from sf_desktop.ops.drafts.drafting import save
from sf_desktop.ops.firstrun.pretending import notice
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office
from sf_desktop.ops.planning import early_help
from sf_desktop.ops.printing import papers
from sf_desktop.ops.printing.notice_paper import EASY, FULL, about_notice
from sf_desktop.ops.printing.papers import Wanted
from sf_desktop.ops.records import recording
from sf_desktop.ops.sharing.notices import notice_text
from sf_desktop.papers import press
from sf_record.errors import InputError
from sf_record.text.passages import Sort
from tests.builders.early_help import agree, assessment_body
from tests.builders.papers import squeezed, tags_of, text_of


def mother(office: Office, family_id: str) -> tuple[str, str]:
    found = next(
        each for each in people_of(office, family_id) if each.role == "parent" and each.lives_here is not False
    )
    return found.id, found.name


def test_the_familys_copy_says_everything_who_signed_and_who_is_still_to_sign(office: Office, family_id: str) -> None:
    agree(office, family_id)
    draft = early_help.start_assessment(office, family_id)
    typed = {**draft.body, **assessment_body(), "scales": [{"who": "Gran", "score": 3}], "health": "Pretend: asthma."}
    save(office, draft.id, typed)
    person_id, name = mother(office, family_id)
    wanted = Wanted("assessment", family_id, draft.id)
    before = papers.preview(office, wanted).paper
    assert before.is_draft
    assert {office.me.name, name} <= set(before.sections[-2].to_sign)

    signed = Signed(name, "This assessment", "spoken", "Pretend health visitor", person_id)
    attachments.sign(office, Target(family_id, draft.id), signed)
    recording.sign(office, draft.id)
    sheet = papers.preview(office, wanted)
    assert not sheet.paper.is_draft
    assert name not in sheet.paper.sections[-2].to_sign
    assert office.me.name not in sheet.paper.sections[-2].to_sign
    pdf = press.pdf(sheet.paper, sheet.stamp)
    read = squeezed(text_of(pdf))
    said = [each for each in typed.values() if isinstance(each, str) and each.startswith("Pretend")]
    assert len(said) > 5
    for words in (
        *said,
        "3 out of 10",
        name,
        "Agreed aloud, with a witness",
        "May not share",
        "Pretend Housing",
        "take your agreement back",
    ):
        assert squeezed(words) in read, words
    assert {"/H1", "/H2", "/P", "/Table", "/TH"} <= set(tags_of(pdf))


@pytest.mark.parametrize("text", [EASY, FULL])
def test_the_notice_loses_no_word_on_paper(office: Office, family_id: str, text: str) -> None:
    with_one = replace(office, configuration=replace(office.configuration, version=0, notices=(notice(),)))
    about = about_notice(text, "Pretend 1")
    sheet = papers.preview(with_one, Wanted("notice", family_id, about, is_large=True))
    pdf = press.pdf(sheet.paper, sheet.stamp)
    read = squeezed("\n".join(line for line in text_of(pdf).splitlines() if not _is_margin(line)))
    assert "This paper is yours to keep." in text_of(pdf)
    assert "SENSITIVE" not in text_of(pdf)
    shown = notice_text(with_one, "Pretend 1")
    passages = shown.easy if text == EASY else shown.full
    at = 0
    for each in passages:
        at = read.index(squeezed(each.text), at)
    assert tags_of(pdf).count("/LI") == sum(each.sort is Sort.POINT for each in passages)


def _is_margin(line: str) -> bool:
    return "Preview, not a copy" in line or line.startswith("Page ") or line in {"Pretend council OFFICIAL", "OFFICIAL"}


def test_without_a_notice_there_is_no_paper(office: Office, family_id: str) -> None:
    with pytest.raises(InputError, match="notice_none"):
        papers.preview(office, Wanted("notice", family_id, about_notice(EASY, "")))
