"""A family is assessed with no signal; the council holds it field by field, and a withdrawal stops the next."""

from __future__ import annotations

from typing import Any

from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.planning import early_help
from sf_desktop.ops.records import mending
from sf_record.kinds import KINDS
from sf_record.outcomes import Result
from tests.builders.early_help import AGENCIES, agree, assess, assessment_body, meet, sign, withdraw
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock


def every_answer(laptop: Laptop, family_id: str) -> dict[str, Any]:
    """Return an answer for every question of the assessment."""
    people = laptop.do(people_of, family_id)
    child, adult = (
        next(each.id for each in people if each.is_child),
        next(each.id for each in people if not each.is_child),
    )
    return {
        **assessment_body(),
        "elsewhere": [adult],
        "household_note": "Pretend: Gran, on Sundays.",
        "professionals": [{"name": "Pretend teacher", "role": "Teacher", "agency": "School", "took_part": True}],
        "asked_by": "1A",
        "tried": "Pretend: a chart.",
        "voices": [{"person": child, "words": "“I like pancakes.”", "day": "Pretend: a rush."}],
        "views": [{"person": adult, "view": "Pretend: tired."}],
        "not_heard": "Pretend father: at sea",
        "scales": [{"person": adult, "score": 4, "why": "Mornings"}, {"who": "Teacher", "score": 0}],
        "health": "Pretend: asthma.",
        "learning": "Pretend: reads.",
        "feelings": "Pretend: cheerful.",
        "friends": "Pretend: two friends.",
        "self_care": "Pretend: washes.",
        "care": "Pretend: meals.",
        "warmth": "Pretend: cuddles.",
        "guidance": "Pretend: bedtime slips.",
        "family_history": "Pretend: moved twice.",
        "home": "Pretend: damp.",
        "community": "Pretend: neighbours help.",
        "factors": ["1A"],
        "plan": [{"what": "Bedtime", "who": "Both", "by_on": "2026-12-01", "difference": "Awake at school"}],
        "meet_on": "2026-12-07",
        "decided_why": "Pretend: three agencies can help.",
        "lead": "Pretend teacher, School",
        "comments": "Pretend: fair.",
        "copies": [{"to": "The family", "given_on": "2026-11-23", "how": "paper"}],
    }


def test_an_assessment_written_offline_is_held_field_by_field(town: Town, clock: FrozenClock) -> None:
    laptop = town.loaded()
    family_id = laptop.families()[0]
    typed = every_answer(laptop, family_id)
    with town.council.offline():
        agreement_id = laptop.do(agree, family_id)
        clock.forward(60)
        draft = laptop.do(early_help.start_assessment, family_id)
        body = {**draft.body, **typed}
        laptop.do(sign, draft, body)
        clock.forward(60)
        meeting_id = laptop.do(meet, family_id)
        assert laptop.try_round()
    laptop.round()
    seen = town.loaded("supervisor")
    held = seen.record(draft.id)
    assert held.body == body
    assert set(body) == set(KINDS["assessment"].by_name)  # nothing was left out of this test
    assert held.signed is not None
    assert held.signed.by == laptop.me.worker.id
    assert seen.record(agreement_id).body["agencies"] == AGENCIES
    assert seen.record(meeting_id).signed is not None


def test_a_withdrawal_that_a_colleague_took_stops_what_was_signed_after_it(town: Town, clock: FrozenClock) -> None:
    first, second = town.loaded(), town.loaded()
    family_id = first.families()[0]
    agreement_id = first.do(agree, family_id)
    first.round()
    second.round()
    clock.forward(60)
    with town.council.offline():
        withdrawal_id = first.do(withdraw, agreement_id)
        clock.forward(60)
        second.do(assess, family_id)  # nobody has told this laptop
    first.round()
    second.round()
    (row,) = second.do(mending.not_taken)
    assert (row.result, row.code) == (Result.REFUSED.value, "agreement_withdrawn")
    assert second.record(withdrawal_id).body["agreement"] == agreement_id
    # What was typed is still here, and comes back as a draft that cannot be signed until they agree again.
    draft = second.do(mending.write_again, row.event_id)
    assert draft.body["worries"] == "Pretend: late every day."
    clock.forward(60)
    second.do(agree, family_id)
    clock.forward(60)
    again = second.do(sign, draft, draft.body)
    second.round()
    assert not second.do(mending.not_taken)
    assert town.loaded("supervisor").record(again.record_id).signed is not None
