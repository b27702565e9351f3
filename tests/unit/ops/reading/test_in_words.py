"""Answers in words: what somebody ended with a full stop of their own is not given a second one."""

from __future__ import annotations

import pytest

from sf_desktop.ops.reading.in_words import answer_in_words, one_after_another, parts_in_words
from sf_desktop.resources import code_sets
from sf_desktop.ui.form import FormContext
from sf_desktop.ui.form.context import Choosable
from sf_record.kinds import KINDS
from tests.builders.offices import NOW


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("Words: I want to be on time.", "A day: School"), "Words: I want to be on time. A day: School"),
        (("Who asked?", "Mum"), "Who asked? Mum"),
        (("Words: “I like it.”", "A day: School"), "Words: “I like it.” A day: School"),
        (("Seen alone: Yes", "", "Bedroom seen: No "), "Seen alone: Yes. Bedroom seen: No"),
        ((), ""),
    ],
)
def test_each_sentence_ends_once(parts: tuple[str, ...], said: str) -> None:
    assert one_after_another(parts) == said


def test_somebody_who_is_not_of_the_family_is_said_by_their_name() -> None:
    around = FormContext(code_sets(), NOW.date(), [], [])
    body = {"scales": [{"who": "Pretend teacher", "score": 4, "why": "Pretend calm"}]}
    lines = [line for part in parts_in_words(KINDS["assessment"], body, around) for line in part.lines]
    assert [(each.label, each.text.split(".")[0]) for each in lines] == [("Pretend teacher", "4 out of 10")]


def test_a_question_within_a_row_is_followed_by_its_answer() -> None:
    around = FormContext(code_sets(), NOW.date(), [], [])
    body = {"team": [{"name": "Pretend teacher", "came": "came"}]}
    lines = [line.text for part in parts_in_words(KINDS["team_meeting"], body, around) for line in part.lines]
    assert lines == ["Pretend teacher. Did they come? Came"]


def test_a_mark_on_a_register_is_said_by_its_member_and_with_its_question() -> None:
    members = {"group_member": [Choosable("m1", "Bee"), Choosable("m2", "Moth")]}
    around = FormContext(code_sets(), NOW.date(), [], [], members)
    marks = [{"member": "m1", "came": True}, {"member": "m2", "came": False}]
    said = answer_in_words(KINDS["group_session"].by_name["marks"], marks, around)
    assert said == "Bee: Came: Yes\nMoth: Came: No"


def test_a_group_of_which_nothing_is_asked_is_not_said_to_be_unanswered() -> None:
    """On checking a visit a card "Visit" stood before the photographs: nothing was written there, nor could be."""
    around = FormContext(code_sets(), NOW.date(), [], [])
    asked = parts_in_words(KINDS["visit"], {}, around, hidden=frozenset({"planned_visit"}))
    assert [each.label for each in asked] == [group.label for group in KINDS["visit"].groups]
