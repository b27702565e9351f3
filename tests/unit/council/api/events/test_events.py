"""What becomes of an event at the council: once, in order, under the file's next number, and never in another's way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from sf_council.database.tables import event as event_table
from sf_council.database.tables import held, holding
from sf_record.dates import moment_text
from sf_record.events import Action
from sf_record.outcomes import Outcome, Result
from sf_record.wire.rounds import EVENT_BYTES, RoundAnswer
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop, plain
from tests.unit.council.conftest import Team, make_team


def send(laptop: PretendLaptop, *events: Any) -> tuple[Outcome, ...]:
    return laptop.round(events=events).outcomes


def rows(council: RunningCouncil, table: Any, event_id: str) -> int:
    return len(council.do(lambda c: c.execute(table.select().where(table.c.event_id == event_id)).all()))


def test_an_accepted_event_takes_the_next_number(team: Team) -> None:
    before = team.cursors()
    first, second = team.practitioner.note(team.family), team.practitioner.note(team.family)
    outcomes = send(team.practitioner, first, second)
    assert [each.result for each in outcomes] == [Result.ACCEPTED, Result.ACCEPTED]
    assert [each.receipt and each.receipt.seq for each in outcomes] == [
        before[team.family] + 1,
        before[team.family] + 2,
    ]
    assert team.cursors()[team.family] == before[team.family] + 2


def test_delivered_twice_counts_once_and_gets_the_same_answer(team: Team, council: RunningCouncil) -> None:
    note = team.practitioner.note(team.family)
    first = send(team.practitioner, note, note)
    seq = team.cursors()[team.family]
    again = send(team.practitioner, note)
    assert first[0] == first[1] == again[0]
    assert team.cursors()[team.family] == seq
    assert rows(council, event_table, note.id) == 1


def test_a_refused_event_gets_the_same_answer_again(team: Team) -> None:
    missing = team.practitioner.event(team.family, action=Action.SIGN)
    first = send(team.practitioner, missing)
    assert (first[0].result, first[0].code) == (Result.REFUSED, "record_missing")
    assert send(team.practitioner, missing) == first


def test_an_event_without_its_predecessor_is_held_and_taken_when_that_has_come(
    team: Team, council: RunningCouncil
) -> None:
    note = team.practitioner.note(team.family)
    signing = team.practitioner.event(team.family, action=Action.SIGN, record_id=note.record_id, previous=note.id)
    (waiting,) = send(team.practitioner, signing)
    assert (waiting.result, waiting.code, waiting.receipt) == (Result.HELD, "predecessor_missing", None)
    assert send(team.practitioner, signing) == (waiting,)
    assert rows(council, held, signing.id) == 1
    taken = send(team.practitioner, note, signing)
    assert [each.result for each in taken] == [Result.ACCEPTED, Result.ACCEPTED]
    assert rows(council, held, signing.id) == 0


def test_in_the_wrong_order_within_one_page_the_later_is_held(team: Team) -> None:
    note = team.practitioner.note(team.family)
    signing = team.practitioner.event(team.family, action=Action.SIGN, record_id=note.record_id, previous=note.id)
    assert [each.result for each in send(team.practitioner, signing, note)] == [Result.HELD, Result.ACCEPTED]
    assert [each.result for each in send(team.practitioner, signing)] == [Result.ACCEPTED]


def test_nothing_is_signed_whose_change_was_refused(team: Team) -> None:
    note = team.practitioner.note(team.family)
    change = team.practitioner.event(
        team.family, action=Action.CHANGE, record_id=note.record_id, previous=note.id, fields={"type": "nonsense"}
    )
    signing = team.practitioner.event(team.family, action=Action.SIGN, record_id=note.record_id, previous=change.id)
    codes = [(each.result, each.code) for each in send(team.practitioner, note, change, signing)]
    assert codes == [(Result.ACCEPTED, ""), (Result.REFUSED, "invalid"), (Result.REFUSED, "predecessor_refused")]


POISON = {
    "a number for an id": {"id": 5},
    "no action known": {"action": "explode"},
    "a NUL in the text": {"text": "a\x00b"},
    "an id that is none": {"record_id": "../../etc/passwd"},
    "a moment that is none": {"written_at": "yesterday"},
    "fields that are a list": {"fields": ["a"]},
    "a number before the first": {"base_seq": -1},
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON.keys())
def test_one_poisoned_event_does_not_block_the_rest(team: Team, poison: dict[str, Any]) -> None:
    before, after = team.practitioner.note(team.family), team.practitioner.note(team.family)
    bad = msgspec.to_builtins(team.practitioner.note(team.family)) | poison
    first = send(team.practitioner, before, bad, after)
    assert [each.result for each in first] == [Result.ACCEPTED, Result.REFUSED, Result.ACCEPTED]
    assert first[1].code == "poisoned"
    assert send(team.practitioner, before, bad, after) == first


def test_text_that_a_database_cannot_keep_blocks_nothing(team: Team) -> None:
    note = team.practitioner.note(team.family)
    bad = team.practitioner.note(team.family, text="before \x00 after")
    outcomes = send(team.practitioner, bad, note)
    assert [(each.result, each.code, each.fields) for each in outcomes] == [
        (Result.REFUSED, "invalid", ("text",)),
        (Result.ACCEPTED, "", ()),
    ]


def test_an_event_that_is_too_large_is_refused_alone(team: Team) -> None:
    large = team.practitioner.note(team.family, text="x" * (EVENT_BYTES + 1))
    note = team.practitioner.note(team.family)
    assert [(each.result, each.code) for each in send(team.practitioner, large, note)] == [
        (Result.REFUSED, "too_large"),
        (Result.ACCEPTED, ""),
    ]


def test_every_field_at_fault_is_named_and_no_value(team: Team) -> None:
    bad = team.practitioner.event(team.family, fields={"type": "nonsense-value", "happened_at": "nonsense-time"})
    answer = team.practitioner.send("POST", "/v1/rounds", team.practitioner.round_body("", None, (bad,)))
    (outcome,) = msgspec.json.decode(plain(answer), type=RoundAnswer).outcomes
    assert (outcome.code, outcome.fields) == ("invalid", ("type", "happened_at"))
    assert b"nonsense" not in plain(answer)


def test_work_on_a_family_that_has_moved_goes_into_the_holding_tray(team: Team, council: RunningCouncil) -> None:
    note = team.practitioner.note(team.family)
    later = team.practitioner.event(team.family, action=Action.SIGN, record_id=note.record_id, previous=note.id)
    council.allocate(team.family, "colleague")
    outcomes = send(team.practitioner, note, later)
    assert [(each.result, each.code) for each in outcomes] == [(Result.HELD, "family_moved")] * 2
    assert all(each.receipt is not None and each.receipt.seq == 0 for each in outcomes)
    assert send(team.practitioner, note, later) == outcomes
    assert rows(council, holding, note.id) == 1
    council.allocate(team.family, team.usernames[0])
    follower = team.practitioner.event(team.family, action=Action.SIGN, record_id=note.record_id, previous=note.id)
    assert send(team.practitioner, follower)[0].code == "family_moved"  # it is decided together with what it follows


def test_what_was_never_mine_is_refused_and_not_kept(team: Team, council: RunningCouncil) -> None:
    (foreign,) = council.seed(1, usernames=("colleague", "supervisor"), seed=990 + len(team.usernames[0]))
    unknown = council.new_id()
    for family_id in (foreign, unknown):
        note = team.practitioner.note(family_id)
        (outcome,) = send(team.practitioner, note)
        assert (outcome.result, outcome.code, outcome.receipt) == (Result.REFUSED, "not_yours", None)
        assert rows(council, event_table, note.id) == 0


def test_nobody_writes_in_another_name_or_from_another_laptop(team: Team) -> None:
    forged = team.practitioner.note(team.family, author_id=team.supervisor.worker_id)
    elsewhere = team.practitioner.note(team.family, device_id=team.supervisor.device_id)
    assert [each.code for each in send(team.practitioner, forged, elsewhere)] == ["not_author", "not_author"]


def test_anothers_event_id_tells_nothing(team: Team) -> None:
    note = team.practitioner.note(team.family)
    send(team.practitioner, note)
    taken = team.supervisor.note(team.family, id=note.id)
    (outcome,) = send(team.supervisor, taken)
    assert (outcome.result, outcome.code, outcome.receipt) == (Result.REFUSED, "already_exists", None)


def test_a_practitioner_does_not_allocate(team: Team) -> None:
    fields = {"worker": team.practitioner.worker_id, "role": "lead", "began_on": "2026-11-23"}
    outcome = send(team.practitioner, team.practitioner.event(team.family, kind="allocation", fields=fields))[0]
    assert outcome.code == "not_allowed"


def test_a_supervisor_allocates_and_the_caseload_follows(team: Team, council: RunningCouncil) -> None:
    colleague = PretendLaptop(council)
    assert colleague.enrol("colleague").status_code == 200
    fields = {"worker": colleague.worker_id, "role": "second", "began_on": "2026-11-23"}
    given = team.supervisor.event(team.family, kind="allocation", fields=fields)
    assert send(team.supervisor, given)[0].result is Result.ACCEPTED
    assert team.family in {state.family_id for state in colleague.round(cursors={}).families}
    ended = team.supervisor.event(
        team.family,
        action=Action.CHANGE,
        kind="allocation",
        record_id=given.record_id,
        previous=given.id,
        fields={"ended_on": "2026-11-23"},
        was={"ended_on": None},
    )
    assert send(team.supervisor, ended)[0].receipt is not None
    assert team.family not in {state.family_id for state in colleague.round(cursors={}).families}


def test_two_people_change_the_same_field_and_both_are_kept(team: Team) -> None:
    (record,) = [each for each in team.practitioner.round(cursors={}).records if each.id == team.family]
    old = record.body["name"]
    changes = [
        laptop.event(
            team.family,
            action=Action.CHANGE,
            kind="family",
            record_id=team.family,
            base_seq=record.seq,
            fields={"name": f"Pretend {word}"},
            was={"name": old},
        )
        for laptop, word in ((team.practitioner, "Hazel"), (team.supervisor, "Rowan"))
    ]
    assert send(team.practitioner, changes[0])[0].result is Result.ACCEPTED
    (second,) = send(team.supervisor, changes[1])
    assert (second.result, second.code, second.fields) == (Result.CONFLICT, "same_field_changed", ("name",))
    assert second.receipt is not None
    (after,) = [each for each in team.practitioner.round(cursors={}).records if each.id == team.family]
    assert after.body["name"] == "Pretend Hazel"
    assert [each.mine for each in after.conflicts] == ["Pretend Rowan"]


def test_nothing_is_settled_without_saying_why(team: Team) -> None:
    """As in the window: whoever reads the history later finds why one of two versions stands."""
    laptop = team.practitioner
    note = laptop.note(team.family)
    (made,) = send(laptop, note)
    assert made.receipt is not None
    on: dict[str, Any] = {"action": Action.CHANGE, "record_id": note.record_id, "base_seq": made.receipt.seq}
    on["was"] = {"text": note.fields["text"]}
    one = laptop.event(team.family, fields={"text": "One."}, **on)
    other = laptop.event(team.family, fields={"text": "Another."}, **on)
    assert [each.result for each in send(laptop, one, other)] == [Result.ACCEPTED, Result.CONFLICT]
    settling: dict[str, Any] = {"action": Action.SETTLE, "record_id": note.record_id}
    settling |= {"conflict_id": f"{other.id}:text", "fields": {"text": "Another."}, "was": {"text": "One."}}
    (refused,) = send(laptop, laptop.event(team.family, reason=" ", **settling))
    assert (refused.result, refused.code, refused.fields) == (Result.REFUSED, "invalid", ("reason",))
    (taken,) = send(laptop, laptop.event(team.family, reason="Her mother says so.", **settling))
    assert taken.result is Result.ACCEPTED


def test_the_history_holds_every_event_as_it_was_sent(team: Team) -> None:
    note = team.practitioner.note(team.family)
    signing = team.practitioner.event(team.family, action=Action.SIGN, record_id=note.record_id, previous=note.id)
    send(team.practitioner, note, signing)
    answer = team.supervisor.send("GET", f"/v1/families/{team.family}/records/{note.record_id}/history")
    found = msgspec.json.decode(plain(answer))
    assert [each["event"] for each in found] == [msgspec.to_builtins(note), msgspec.to_builtins(signing)]
    assert [each["outcome"]["result"] for each in found] == ["accepted", "accepted"]


def test_accepted_work_is_there_after_a_restart(team: Team, council: RunningCouncil) -> None:
    note = team.practitioner.note(team.family)
    first = send(team.practitioner, note)
    council.restart()
    assert send(team.practitioner, note) == first


def test_an_id_that_comes_again_with_another_content_is_not_acknowledged(team: Team) -> None:
    note = team.practitioner.note(team.family, text="First words")
    other = team.practitioner.note(team.family, text="Other words", id=note.id, record_id=note.record_id)
    (first,) = send(team.practitioner, note)
    (second,) = send(team.practitioner, other)
    assert (second.result, second.code, second.receipt) == (Result.REFUSED, "already_exists", None)
    assert send(team.practitioner, note) == (first,)  # the first one keeps its answer


def test_what_was_held_when_the_family_moved_lies_in_the_tray_only(team: Team, council: RunningCouncil) -> None:
    note = team.practitioner.note(team.family)
    signing = team.practitioner.event(team.family, action=Action.SIGN, record_id=note.record_id, previous=note.id)
    assert send(team.practitioner, signing)[0].code == "predecessor_missing"
    council.allocate(team.family, "colleague")
    assert [each.code for each in send(team.practitioner, note, signing)] == ["family_moved"] * 2
    assert (rows(council, held, signing.id), rows(council, holding, signing.id)) == (0, 1)


def test_an_id_that_another_family_file_has_is_refused(team: Team) -> None:
    laptop = team.practitioner
    first = laptop.note(team.families[0])
    laptop.round(events=(first,))
    again = laptop.note(team.families[1], record_id=first.record_id)
    family = laptop.note(team.families[1], record_id=team.families[0])
    for event in (again, family):
        (outcome,) = laptop.round(events=(event,)).outcomes
        assert (outcome.result, outcome.code) == (Result.REFUSED, "already_exists")
    both = (laptop.note(team.families[0]), laptop.note(team.families[1]))
    same = replace(both[1], record_id=both[0].record_id)
    codes = [each.code for each in laptop.round(events=(both[0], same)).outcomes]
    assert codes == ["", "already_exists"]


def test_a_day_that_has_not_come_is_refused_with_its_field(team: Team) -> None:
    body = {"role": "child", "given_name": "Pretend", "born_on": "2091"}
    (born,) = send(team.practitioner, team.practitioner.event(team.family, kind="person", fields=body))
    assert (born.result, born.code, born.fields) == (Result.REFUSED, "invalid", ("born_on",))
    expected = {"role": "unborn", "expected_on": "2027-02-01"}
    (unborn,) = send(team.practitioner, team.practitioner.event(team.family, kind="person", fields=expected))
    assert unborn.result is Result.ACCEPTED


@pytest.mark.parametrize("days_astray", [-1, 0, 1, 40])
def test_a_laptop_whose_clock_is_wrong_has_its_work_taken(team: Team, days_astray: int) -> None:
    by_its_clock = moment_text(team.council.clock.now() + timedelta(days=days_astray))
    fields = {"happened_at": by_its_clock}
    note = team.practitioner.note(team.family, fields=fields, written_at=by_its_clock)
    assert [each.result for each in send(team.practitioner, note)] == [Result.ACCEPTED]


def test_what_stood_with_a_day_to_come_may_be_changed_in_other_respects(team: Team) -> None:
    ahead = moment_text(team.council.clock.now() + timedelta(days=40))
    note = team.practitioner.note(team.family, fields={"happened_at": ahead}, written_at=ahead)
    change = team.practitioner.event(
        team.family,
        action=Action.CHANGE,
        record_id=note.record_id,
        fields={"subject": "Pretend subject"},
        was={"subject": None},
        previous=note.id,
    )
    assert [each.result for each in send(team.practitioner, note, change)] == [Result.ACCEPTED, Result.MERGED]


def test_a_year_far_ahead_is_a_field_to_mend_and_poisons_nothing(team: Team) -> None:
    shared = {"agency": "Pretend", "outcome": "shared", "power": "agreement", "decided_on": "9999-12-31"}
    service = {"what": "Pretend", "since": "2026-11-01", "until": "9999-12-31"}
    events = (
        team.practitioner.event(team.family, kind="information_shared", fields=shared, is_signing=True),
        team.practitioner.event(team.family, kind="service", fields=service),
        team.practitioner.note(team.family, fields={"happened_at": "9999-12-31T23:59:59.000000Z"}),
    )
    outcomes = team.practitioner.round(events=events).outcomes
    assert [each.code for each in outcomes] == ["invalid"] * 3
    for outcome, name in zip(outcomes, ("decided_on", "until", "happened_at"), strict=True):
        assert name in outcome.fields


def test_an_event_of_a_laptop_whose_clock_stands_at_the_end_of_time_is_taken(team: Team) -> None:
    fields = {"happened_at": "2026-11-23T09:00:00.000000Z"}
    note = team.practitioner.note(team.family, fields=fields, written_at="9999-12-31T23:59:59.000000Z")
    (outcome,) = team.practitioner.round(events=(note,)).outcomes
    assert outcome.result is Result.ACCEPTED


def test_what_follows_somebody_elses_event_is_told_what_one_is_told_that_follows_none(team: Team) -> None:
    others = make_team(team.council)
    theirs, in_tray = (others.practitioner.note(family_id, "Pretend words.") for family_id in others.families)
    assert send(others.practitioner, theirs)[0].result is Result.ACCEPTED
    team.council.allocate(others.families[1], team.usernames[0])
    assert send(others.practitioner, in_tray)[0].code == "family_moved"
    told = [
        send(team.practitioner, team.practitioner.note(team.family, "Pretend.", previous=each))[0]
        for each in (theirs.id, in_tray.id, team.council.new_id())
    ]
    assert {(each.result, each.code) for each in told} == {(Result.HELD, "predecessor_missing")}
