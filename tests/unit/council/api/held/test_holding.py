"""The holding tray: what was written to a file that had moved is decided once, and its author's laptop is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
import requests
from sqlalchemy import select

from sf_council.database import audit
from sf_council.database.tables import audit as audit_table
from sf_record.events import Action, Event
from sf_record.outcomes import Result
from sf_record.wire.rounds import RoundAnswer
from sf_record.wire.tray import Decided, Decision, TrayChain
from tests.fakes.laptop import PretendLaptop, plain
from tests.unit.council.conftest import Team, make_team


@pytest.fixture
def moved(team: Team) -> Iterator[Team]:
    """A team whose first family file has moved to another team."""
    others = make_team(team.council, families=1)
    team.council.allocate(team.family, others.usernames[0])
    moved_to[team.family] = others
    yield team
    others.practitioner.http.close()
    others.supervisor.http.close()


moved_to: dict[str, Team] = {}


def chains(laptop: PretendLaptop) -> list[TrayChain]:
    answer = laptop.send("GET", "/v1/holding")
    assert answer.status_code == 200, answer.content
    return msgspec.json.decode(plain(answer), type=list[TrayChain])


def ask(laptop: PretendLaptop, event_id: str, *, accept: bool, comment: str = "") -> requests.Response:
    return laptop.send("POST", f"/v1/holding/{event_id}/decision", {"is_accepted": accept, "comment": comment})


def decide(laptop: PretendLaptop, event_id: str, *, accept: bool, comment: str = "") -> Decided:
    answer = ask(laptop, event_id, accept=accept, comment=comment)
    assert answer.status_code == 200, answer.content
    return msgspec.json.decode(plain(answer), type=Decided)


def told(laptop: PretendLaptop, after: int = 0) -> tuple[Decision, ...]:
    """What the laptop hears in a round that knows the decisions up to a number."""
    body = laptop.round_body("", {}, ()) | {"protocol": 2, "decisions": after}
    answer = laptop.send("POST", "/v1/rounds", body)
    assert answer.status_code == 200, answer.content
    return msgspec.json.decode(plain(answer), type=RoundAnswer).decisions


def written(team: Team, *, text: str = "Pretend note") -> list[Event]:
    """A note that was written, changed and signed where the file had moved already."""
    laptop = team.practitioner
    note = laptop.note(team.family, text=text)
    changed = laptop.event(
        team.family,
        action=Action.CHANGE,
        record_id=note.record_id,
        previous=note.id,
        fields={"text": f"{text}, changed"},
        was={"text": text},
    )
    signed = laptop.event(team.family, action=Action.SIGN, record_id=note.record_id, previous=changed.id)
    made = [note, changed, signed]
    outcomes = laptop.round(events=tuple(made)).outcomes
    assert [each.code for each in outcomes] == ["family_moved"] * 3
    return made


def test_accepted_work_stands_in_the_file_and_its_author_is_told(moved: Team) -> None:
    made = written(moved)
    (chain,) = chains(moved.supervisor)
    assert [each.id for each in chain.events] == [each.id for each in made]
    assert (chain.event_id, chain.author_id, chain.kind) == (made[0].id, moved.practitioner.worker_id, "note")
    decided = decide(moved.supervisor, chain.event_id, accept=True, comment="Goes with the visit.")
    assert decided.is_decided
    assert all(each.receipt and each.receipt.seq for each in decided.outcomes)
    owner = moved_to[moved.family]
    (record,) = (each for each in owner.practitioner.round(cursors={}).records if each.id == made[0].record_id)
    assert (record.body["text"], record.author_id) == ("Pretend note, changed", moved.practitioner.worker_id)
    assert record.signed is not None
    decisions = told(moved.practitioner)
    assert [each.outcome for each in decisions] == list(decided.outcomes)
    assert {(each.by, each.comment, each.event) for each in decisions} == {
        (moved.supervisor.worker_id, "Goes with the visit.", None)
    }
    assert told(moved.practitioner, decisions[-1].number) == ()
    assert [each.number for each in told(moved.practitioner, decisions[0].number)] == [
        each.number for each in decisions[1:]
    ]
    assert chains(moved.supervisor) == []


def test_returned_work_comes_back_with_the_comment_and_its_text(moved: Team) -> None:
    made = written(moved)
    decided = decide(moved.supervisor, made[0].id, accept=False, comment="  Belongs to the other family.  ")
    assert [(each.result, each.code) for each in decided.outcomes] == [(Result.REFUSED, "returned")] * 3
    decisions = told(moved.practitioner)
    assert [each.event for each in decisions] == made
    assert {each.comment for each in decisions} == {"Belongs to the other family."}
    again = moved.practitioner.round(events=tuple(made))
    assert again.outcomes == decided.outcomes
    assert chains(moved.supervisor) == []


def test_an_author_that_sends_accepted_work_again_gets_the_receipt_of_the_file(moved: Team) -> None:
    made = written(moved)
    decided = decide(moved.supervisor, made[0].id, accept=True)
    assert moved.practitioner.round(events=tuple(made)).outcomes == decided.outcomes


def test_a_decision_is_returned_with_a_comment(moved: Team) -> None:
    made = written(moved)
    for comment in ("", "  ", "x" * 2_001, "a\x00b"):
        answer = ask(moved.supervisor, made[0].id, accept=False, comment=comment)
        assert (answer.status_code, answer.json()["fields"]) == (422, ["comment"])
    assert len(chains(moved.supervisor)) == 1


def test_both_supervisors_see_it_and_only_one_decides(moved: Team) -> None:
    made = written(moved)
    theirs = moved_to[moved.family].supervisor
    assert [each.event_id for each in chains(theirs)] == [each.event_id for each in chains(moved.supervisor)]
    assert decide(theirs, made[0].id, accept=True).is_decided
    answer = ask(moved.supervisor, made[0].id, accept=False, comment="Not here.")
    assert (answer.status_code, answer.json()["code"]) == (409, "decided_already")
    assert len(told(moved.practitioner)) == 3


def test_two_supervisors_at_the_same_moment(moved: Team) -> None:
    made = written(moved)
    laptops = (moved.supervisor, moved_to[moved.family].supervisor)
    answers: list[int] = []
    both = threading.Barrier(2)

    def run(laptop: PretendLaptop, accept: bool) -> None:
        both.wait(10)
        answers.append(ask(laptop, made[0].id, accept=accept, comment="Pretend comment.").status_code)

    threads = [threading.Thread(target=run, args=pair) for pair in zip(laptops, (True, False), strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert sorted(answers) == [200, 409]
    assert len(told(moved.practitioner)) == 3


def test_the_same_decision_asked_again_gets_the_same_answer(moved: Team) -> None:
    made = written(moved)
    first = decide(moved.supervisor, made[0].id, accept=True)
    assert decide(moved.supervisor, made[0].id, accept=True) == first
    assert ask(moved.supervisor, made[0].id, accept=False, comment="No.").status_code == 409


def test_only_the_first_event_names_what_is_decided(moved: Team) -> None:
    made = written(moved)
    assert ask(moved.supervisor, made[1].id, accept=True).status_code == 404
    assert ask(moved.supervisor, moved.family, accept=True).status_code == 404
    assert len(chains(moved.supervisor)) == 1


def test_a_stranger_sees_and_decides_nothing(moved: Team) -> None:
    made = written(moved)
    stranger = make_team(moved.council, families=1)
    assert chains(stranger.supervisor) == []
    assert ask(stranger.supervisor, made[0].id, accept=True).status_code == 404
    assert decide(moved.supervisor, made[0].id, accept=True).is_decided
    assert ask(stranger.supervisor, made[0].id, accept=True).status_code == 404
    for laptop in (moved.practitioner, stranger.practitioner):
        assert laptop.send("GET", "/v1/holding").status_code == 404
        assert ask(laptop, made[0].id, accept=True).status_code == 404


def test_what_does_not_fit_any_more_stays_and_says_why(moved: Team) -> None:
    laptop = moved.practitioner
    note = laptop.note(moved.family, fields={"type": "no such type"})
    lost = laptop.event(moved.family, action=Action.CHANGE, fields={"text": "To nothing"}, was={"text": ""})
    laptop.round(events=(note, lost))
    for event, code in ((note, "invalid"), (lost, "record_missing")):
        decided = decide(moved.supervisor, event.id, accept=True)
        assert (decided.is_decided, decided.outcomes[-1].code) == (False, code)
    assert {each.event_id for each in chains(moved.supervisor)} == {note.id, lost.id}
    assert told(laptop) == ()
    assert decide(moved.supervisor, note.id, accept=False, comment="The type is missing.").is_decided


def test_a_change_that_meets_another_becomes_a_conflict_in_the_file(moved: Team) -> None:
    laptop, owner = moved.practitioner, moved_to[moved.family]
    records = owner.practitioner.round(cursors={}).records
    person = next(each for each in records if each.kind == "person" and each.family_id == moved.family)
    first = person.body["given_name"]
    was = {"given_name": first}
    change: dict[str, Any] = {"action": Action.CHANGE, "kind": "person", "record_id": person.id, "was": was}
    mine = laptop.event(moved.family, fields={"given_name": f"{first} Wren"}, base_seq=person.seq, **change)
    theirs = owner.practitioner.event(
        moved.family, fields={"given_name": f"{first} Robin"}, base_seq=person.seq, **change
    )
    laptop.round(events=(mine,))
    owner.practitioner.round(events=(theirs,))
    (outcome,) = decide(moved.supervisor, mine.id, accept=True).outcomes
    assert outcome.result is Result.CONFLICT
    now = next(each for each in owner.practitioner.round(cursors={}).records if each.id == person.id)
    assert [(each.mine, each.theirs) for each in now.conflicts] == [(f"{first} Wren", f"{first} Robin")]


def test_a_supervisor_is_told_how_much_waits(moved: Team) -> None:
    body = moved.supervisor.round_body("", {}, ()) | {"protocol": 2}

    def to_place() -> int:
        answer = moved.supervisor.send("POST", "/v1/rounds", body)
        return msgspec.json.decode(plain(answer), type=RoundAnswer).to_place

    assert to_place() == 0
    made = written(moved)
    moved.practitioner.round(events=(moved.practitioner.note(moved.family),))
    assert to_place() == 2
    decide(moved.supervisor, made[0].id, accept=True)
    assert to_place() == 1


def test_numbers_never_go_back_even_if_the_clock_does(moved: Team) -> None:
    made = written(moved)
    other = moved.practitioner.note(moved.family)
    moved.practitioner.round(events=(other,))
    decide(moved.supervisor, made[0].id, accept=True)
    before = told(moved.practitioner)[-1].number
    decide(moved.supervisor, other.id, accept=True)
    assert [each.number for each in told(moved.practitioner, before)] == [before + 1]


def test_every_look_and_decision_is_in_the_audit(moved: Team) -> None:
    made = written(moved)
    chains(moved.supervisor)
    decide(moved.supervisor, made[0].id, accept=True)
    council = moved.council

    def rows(connection):
        asked = select(audit_table.c.what, audit_table.c.subject)
        mine = audit_table.c.worker_id == moved.supervisor.worker_id
        return [tuple(each) for each in connection.execute(asked.where(mine))]

    found = council.do(rows)
    assert ("looked_at_tray", None) in found
    assert ("looked_at_tray", moved.family) in found, "what was written in whose file was read: that is a look at it"
    assert ("tray_accepted", made[0].id) in found
    assert council.do(lambda c: audit.first_broken(c, council.council.id)) is None


def test_work_under_another_laptops_name_does_not_lie_in_the_tray(moved: Team) -> None:
    note = moved.practitioner.note(moved.family)
    foreign = replace(note, device_id=moved.supervisor.device_id)
    (outcome,) = moved.practitioner.round(events=(foreign,)).outcomes
    assert (outcome.result, outcome.code) == (Result.REFUSED, "not_author")


def test_nothing_is_decided_of_which_more_came_since_it_was_read(moved: Team) -> None:
    laptop = moved.practitioner
    note = laptop.note(moved.family, text="Pretend note")
    laptop.round(events=(note,))
    (read,) = chains(moved.supervisor)
    changed = laptop.event(
        moved.family, action=Action.CHANGE, record_id=note.record_id, previous=note.id,
        fields={"text": "Pretend words that nobody has read"}, was={"text": "Pretend note"},
    )  # fmt: skip
    laptop.round(events=(changed,))
    for accept in (True, False):
        body = {"is_accepted": accept, "comment": "Pretend comment.", "last_id": read.events[-1].id}
        answer = moved.supervisor.send("POST", f"/v1/holding/{read.event_id}/decision", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "more_came")
    (again,) = chains(moved.supervisor)
    assert [each.id for each in again.events] == [note.id, changed.id]
    body = {"is_accepted": True, "comment": "", "last_id": changed.id}
    assert moved.supervisor.send("POST", f"/v1/holding/{read.event_id}/decision", body).status_code == 200
