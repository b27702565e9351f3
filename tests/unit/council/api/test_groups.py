"""Groups at the council, on both databases: a centre's staff see a register's fields and no family file, ever."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from sf_council.database.family import stream
from sf_council.database.identity import workers
from sf_record.description import Role
from sf_record.events import Action, Event
from sf_record.outcomes import Outcome, Result
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop, attachment_fields, plain
from tests.unit.council.conftest import Team

_numbers = itertools.count(1)


@dataclass
class Centre:
    """A group, somebody of a centre who keeps its register, and the practitioner who tells it of people."""

    team: Team
    keeper: PretendLaptop
    keeper_id: str
    group: str

    def sent(self, laptop: PretendLaptop, *events: Event) -> list[Outcome]:
        return list(laptop.round(cursors={}, events=events).outcomes)

    def member(self, **more: Any) -> Event:
        fields = {"called": "Pretend Robin", "age_group": "5 to 11", "since": "2026-11-01", **more}
        return self.team.practitioner.event(self.group, kind="group_member", fields=fields)

    def session(self, laptop: PretendLaptop, member_id: str) -> Event:
        fields = {"held_on": "2026-11-23", "marks": [{"member": member_id, "came": True}]}
        return laptop.event(self.group, kind="group_session", fields=fields)


@pytest.fixture
def centre(council: RunningCouncil, team: Team) -> Iterator[Centre]:
    username = f"keeper-{next(_numbers)}"
    keeper_id = council.add_worker(username, Role.CENTRE, team="Pretend centre").id
    people = [keeper_id, council.worker(team.usernames[0]).id]
    body, now = {"name": "Pretend stay and play", "activity": "play"}, council.clock.now()
    group = council.do(lambda c: stream.open_group(c, council.council.id, body, people, now, by=council.council.id))
    keeper = PretendLaptop(council)
    assert keeper.enrol(username).status_code == 200
    yield Centre(team, keeper, keeper_id, group)
    keeper.http.close()


def records(laptop: PretendLaptop) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in laptop.pull({}) if "id" in line}


def test_a_keeper_has_the_group_and_a_practitioner_has_it_beside_the_families(centre: Centre) -> None:
    assert {each.family_id for each in centre.keeper.round(cursors={}).families} == {centre.group}
    mine = {each.family_id for each in centre.team.practitioner.round(cursors={}).families}
    assert mine == {centre.group, *centre.team.families}


def test_a_keeper_reads_a_registers_fields_and_no_others(centre: Centre) -> None:
    member = centre.member(must_know="Nuts")
    assert [each.result for each in centre.sent(centre.team.practitioner, member)] == [Result.ACCEPTED]
    held = records(centre.keeper)
    assert held[centre.group]["body"] == {"name": "Pretend stay and play", "activity": "play"}
    assert held[member.record_id]["body"] == dict(member.fields)
    others = [each for id_, each in held.items() if id_ not in (centre.group, member.record_id)]
    assert [(each["kind"], each["body"]) for each in others] == [("allocation", {})] * 2


def test_a_register_kept_twice_is_there_once_and_the_practitioner_reads_it(centre: Centre) -> None:
    member = centre.member()
    centre.sent(centre.team.practitioner, member)
    session = centre.session(centre.keeper, member.record_id)
    first = centre.sent(centre.keeper, session)
    assert centre.sent(centre.keeper, session) == first
    assert first[0].result is Result.ACCEPTED
    held = records(centre.team.practitioner)
    assert held[session.record_id]["body"] == dict(session.fields)
    assert sum(each["kind"] == "group_session" for each in held.values()) == 1


@pytest.mark.parametrize("kind", ["note", "person", "group_member", "group", "activity_place"])
def test_a_keeper_writes_registers_only(centre: Centre, kind: str) -> None:
    event = centre.keeper.event(centre.group, kind=kind, fields={"called": "Pretend"})
    (outcome,) = centre.sent(centre.keeper, event)
    assert (outcome.result, outcome.code) == (Result.REFUSED, "not_allowed")


def test_a_family_file_allocated_to_a_keeper_by_mistake_stays_shut(council: RunningCouncil, centre: Centre) -> None:
    family, now, council_id = centre.team.family, council.clock.now(), council.council.id
    council.do(lambda c: stream.allow(c, council_id, family, centre.keeper_id, now, by=council_id))
    assert {each.family_id for each in centre.keeper.round(cursors={}).families} == {centre.group}
    assert not {each["family_id"] for each in records(centre.keeper).values()} - {centre.group}
    (outcome,) = centre.sent(centre.keeper, centre.keeper.note(family))
    assert outcome.code == "not_yours"
    session = centre.keeper.event(family, kind="group_session", fields={"held_on": "2026-11-23", "marks": []})
    assert centre.sent(centre.keeper, session)[0].code == "not_yours"
    path = f"/v1/families/{family}/records/{family}/history"
    assert centre.keeper.send("GET", path).status_code == 404


def test_a_note_that_lies_in_a_groups_file_says_nothing_to_a_keeper(centre: Centre) -> None:
    note = centre.team.practitioner.note(centre.group, "Pretend words of a family")
    centre.sent(centre.team.practitioner, note)
    assert records(centre.keeper)[note.record_id]["body"] == {}


def test_what_was_added_to_a_note_or_said_of_it_says_nothing_to_a_keeper_either(centre: Centre) -> None:
    writer, words = centre.team.practitioner, "Pretend words of a family"
    note = writer.event(
        centre.group, kind="note", is_signing=True,
        fields={"type": "note", "happened_at": "2026-11-23T09:00:00.000000Z", "text": words},
    )  # fmt: skip
    more: dict[str, Any] = {"kind": "note", "record_id": note.record_id, "base_seq": 1}
    added = writer.event(centre.group, action=Action.AMEND, text=words, previous=note.id, **more)
    marked = writer.event(centre.group, action=Action.ENTER_IN_ERROR, reason=words, previous=added.id, **more)
    assert {each.result for each in centre.sent(writer, note, added, marked)} == {Result.ACCEPTED}
    held = records(centre.keeper)[note.record_id]
    assert (len(held["amendments"]), held["in_error"]["by"]) == (1, note.author_id)
    path = f"/v1/families/{centre.group}/records/{note.record_id}/history"
    told = plain(centre.keeper.send("GET", path)).decode()
    assert len(json.loads(told)) == 3
    assert words not in json.dumps(held) + told
    assert json.dumps(records(writer)[note.record_id]).count(words) == 3


def test_a_picture_that_lies_in_a_groups_file_is_not_shown_to_a_keeper_who_knows_its_hash(centre: Centre) -> None:
    writer, content = centre.team.practitioner, b"Pretend picture"
    picture = writer.event(centre.group, kind="attachment", fields=attachment_fields(content))
    assert [each.result for each in centre.sent(writer, picture)] == [Result.ACCEPTED]
    path = f"/v1/families/{centre.group}/attachments/{picture.fields['sha256']}"
    assert writer.send("PUT", f"{path}?offset=0&size={len(content)}", content).status_code == 200
    assert writer.send("GET", f"{path}/content").content == content
    assert [centre.keeper.send("GET", each).status_code for each in (path, f"{path}/content")] == [404, 404]


def test_a_register_kept_by_somebody_whom_the_group_has_left_is_placed_by_a_supervisor(
    council: RunningCouncil, centre: Centre
) -> None:
    member = centre.member()
    centre.sent(centre.team.practitioner, member)
    council.allocate(centre.group, centre.team.usernames[0])
    session = centre.session(centre.keeper, member.record_id)
    assert [each.code for each in centre.sent(centre.keeper, session)] == ["family_moved"]
    decided = centre.team.supervisor.send("POST", f"/v1/holding/{session.id}/decision", {"is_accepted": True})
    assert json.loads(plain(decided))["is_decided"] is True
    assert records(centre.team.practitioner)[session.record_id]["body"] == dict(session.fields)


def test_a_family_file_is_made_no_group_and_a_group_no_family(centre: Centre) -> None:
    boss = centre.team.supervisor
    family, group = centre.team.family, centre.group
    body = {"name": "Pretend", "activity": "play"}
    as_group = boss.event(family, kind="group", record_id=family, fields=body)
    beside = boss.event(family, kind="group", fields=body)
    as_family = boss.event(group, kind="family", record_id=group, fields={"name": "Pretend family"})
    codes = [each.code for each in centre.sent(boss, as_group, beside, as_family)]
    assert codes == ["already_exists"] * 3


def test_a_keeper_who_leaves_has_the_group_no_more(council: RunningCouncil, centre: Centre) -> None:
    council.allocate(centre.group, centre.team.usernames[0])
    answer = centre.keeper.round(cursors={centre.group: 1})
    assert answer.families == ()
    assert [each.family_id for each in answer.released] == [centre.group]


def test_a_groups_register_is_found_and_taken_along_by_nobody_who_is_not_on_the_group(
    council: RunningCouncil, centre: Centre
) -> None:
    team = centre.team
    (told,) = centre.sent(team.practitioner, centre.member(must_know="Nuts"))
    assert told.result is Result.ACCEPTED
    username = f"{team.usernames[0]}-beside"
    of = council.worker(team.usernames[0]).team_id
    name = next(name for id_, name in council.do(lambda c: workers.teams(c, council.council.id)).items() if id_ == of)
    council.add_worker(username, Role.PRACTITIONER, team=name)
    colleague = PretendLaptop(council)
    assert colleague.enrol(username).status_code == 200
    found = json.loads(plain(colleague.send("POST", "/v1/team-families", {"words": "pretend"})))
    assert {each["family_id"] for each in found} == set(team.families)
    until = council.clock.now().date().isoformat()
    body = {"protocol": 1, "family_id": centre.group, "until": until, "reason": "duty"}
    assert colleague.send("POST", "/v1/visit-packs", body).status_code == 404
    assert not colleague.round(cursors={}).families
    colleague.http.close()
