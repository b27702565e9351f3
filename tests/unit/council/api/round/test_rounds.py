"""What a round answers: nothing when there is nothing to say, else pages, states, releases and configuration."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import msgspec
import pytest

from sf_council.database.family import families, packs
from sf_record.description import Role
from sf_record.outcomes import Result
from sf_record.record import Record
from sf_record.wire.digest import combine, entry, position, text
from sf_record.wire.rounds import PAGE_BYTES, PAGE_RECORDS, PROTOCOL, FamilyState, RoundAnswer
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop, plain
from tests.unit.council.conftest import Team, make_team


class Copy:
    """What a laptop holds after applying answers, and whether it is what the council says it should be."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.states: dict[str, FamilyState] = {}
        self.config = 0

    def apply(self, answer: RoundAnswer) -> None:
        for each in answer.records:
            self.records[each.id] = each
        for state in answer.families:
            self.states[state.family_id] = state
            if state.cursor == state.seq:
                mine = [each for each in self.records.values() if each.family_id == state.family_id]
                assert len(mine) == state.count
                assert text(combine(entry(each.id, each.seq) for each in mine)) == state.digest
        for gone in answer.released:
            del self.states[gone.family_id]
        self.config = answer.configuration.version if answer.configuration else self.config

    @property
    def cursors(self) -> dict[str, int]:
        return {family_id: state.cursor for family_id, state in self.states.items()}

    @property
    def position(self) -> str:
        return position(self.cursors, self.config)

    def catch_up(self, laptop: PretendLaptop) -> int:
        for number in range(1, 100):
            answer = laptop.round(position=self.position, cursors=self.cursors, config=self.config)
            self.apply(answer)
            if not answer.more:
                assert answer.position == self.position
                return number
        raise AssertionError("it never ends")


@pytest.fixture
def copy(team: Team) -> Copy:
    made = Copy()
    made.catch_up(team.practitioner)
    return made


def test_a_round_with_nothing_to_say_is_tiny(team: Team, copy: Copy) -> None:
    asked = team.practitioner.round_body(copy.position, None, (), copy.config)
    answer = team.practitioner.send("POST", "/v1/rounds", asked)
    assert set(msgspec.json.decode(answer.content)) == {"at", "position"}
    assert len(answer.content) < 120
    assert answer.request.body is not None
    assert len(answer.request.body) + sum(len(k) + len(v) + 4 for k, v in answer.request.headers.items()) < 1_000


def test_with_another_position_the_cursors_are_wanted(team: Team, copy: Copy) -> None:
    answer = team.practitioner.round(position="0" * 32, config=copy.config)
    assert answer.cursors_wanted
    assert not answer.records


def asked(laptop: PretendLaptop, **more: Any) -> RoundAnswer:
    """A round as a laptop of today asks it: its position proves what its family files hold."""
    body = {"protocol": PROTOCOL, "position": "", "config": 0, **more}
    return msgspec.json.decode(plain(laptop.send("POST", "/v1/rounds", body)), type=RoundAnswer)


def level(laptop: PretendLaptop) -> dict[str, Any]:
    """What a laptop says that holds all its family files: worked out from what it was sent, file by file."""
    everything = asked(laptop, cursors={})
    config = everything.configuration.version if everything.configuration else 0
    cursors = {each.family_id: each.seq for each in everything.families}
    digests = {each.family_id: each.digest for each in everything.families}
    return {"position": position(cursors, config, digests), "config": config}


def test_whoever_says_only_a_position_is_level_until_something_is_written(council: RunningCouncil) -> None:
    team = make_team(council, families=12)
    at = level(team.supervisor)
    assert at == level(team.practitioner), "a supervisor has what the team has"
    for laptop in (team.practitioner, team.supervisor):
        answer = asked(laptop, **at)
        assert (answer.position, answer.cursors_wanted) == (at["position"], False)
        assert asked(laptop, **at | {"config": 7}).cursors_wanted, "the configuration is part of where it is"
    team.practitioner.round(events=(team.practitioner.note(team.family),))
    for laptop in (team.practitioner, team.supervisor):
        answer = asked(laptop, **at)
        assert answer.cursors_wanted
        assert answer.position == level(laptop)["position"] != at["position"]


def test_the_position_of_a_laptop_without_family_files_and_with_one_taken_along(
    team: Team, council: RunningCouncil
) -> None:
    username = f"{team.usernames[0]}-colleague"
    council.add_worker(username, Role.PRACTITIONER, team=f"Pretend team {team.usernames[0].rpartition('-')[2]}")
    colleague = PretendLaptop(council)
    assert colleague.enrol(username).status_code == 200
    config = level(team.practitioner)["config"]
    nothing = {"position": position({}, config, {}), "config": config}
    assert not asked(colleague, **nothing).cursors_wanted
    until = (council.clock.now() + timedelta(days=1)).date().isoformat()
    taken = {"until": until, "reason": "duty", "at": "x"}
    council.do(lambda c: packs.take(c, council.council.id, colleague.worker_id, team.family, **taken))
    answer = asked(colleague, **nothing)
    assert answer.cursors_wanted
    one = {each.family_id: each for each in asked(team.practitioner, cursors={}).families}[team.family]
    assert answer.position == position({one.family_id: one.seq}, config, {one.family_id: one.digest})
    before = level(team.practitioner)
    council.do(lambda c: packs.take(c, council.council.id, team.practitioner.worker_id, team.family, **taken))
    assert not asked(team.practitioner, **before).cursors_wanted, "what is on the caseload and taken along counts once"
    colleague.http.close()


def test_own_events_come_back_so_that_the_laptop_ends_level(team: Team, copy: Copy) -> None:
    note = team.practitioner.note(team.family)
    answer = team.practitioner.round(position=copy.position, config=copy.config, events=(note,))
    assert not answer.cursors_wanted
    assert [each.id for each in answer.records] == [note.record_id]
    copy.apply(answer)
    assert answer.position == copy.position
    assert answer.outcomes[0].receipt is not None
    assert answer.outcomes[0].receipt.seq == copy.cursors[team.family]


def test_events_without_cursors_on_an_old_position_are_taken_all_the_same(team: Team, copy: Copy) -> None:
    team.supervisor.round(events=(team.supervisor.note(team.family),))
    answer = team.practitioner.round(
        position=copy.position, config=copy.config, events=(team.practitioner.note(team.family),)
    )
    assert answer.outcomes[0].result is Result.ACCEPTED
    assert answer.cursors_wanted


def test_pages_end_at_their_limits_and_nothing_is_missed(council: RunningCouncil) -> None:
    team = make_team(council, families=3, records=400)
    copy = Copy()
    pages = 0
    while True:
        asked = team.practitioner.round_body(copy.position, copy.cursors, (), copy.config)
        answer = msgspec.json.decode(plain(team.practitioner.send("POST", "/v1/rounds", asked)), type=RoundAnswer)
        size = sum(len(msgspec.json.encode(each)) for each in answer.records)
        assert len(answer.records) <= PAGE_RECORDS
        assert size < PAGE_BYTES * 1.3  # decoded records carry empty fields that are not sent
        copy.apply(answer)
        pages += 1
        if not answer.more:
            break
    assert pages > 1
    assert {each.family_id for each in copy.records.values()} == set(team.families)


def test_a_record_larger_than_a_page_is_sent_alone(team: Team, copy: Copy) -> None:
    long = "Pretend sentence. " * 10_900
    body = {"type": "planned", "started_at": "2026-11-23T08:00:00.000000Z"}
    large = dict.fromkeys(("observed", "voice", "worries", "strengths"), long)
    events = [
        team.practitioner.event(team.family, kind="visit", fields=body | large | {"next_visit_for": str(n)})
        for n in range(3)
    ]
    for event in events:
        assert team.practitioner.round(events=(event,)).outcomes[0].result is Result.ACCEPTED
    assert copy.catch_up(team.practitioner) == 3
    assert {event.record_id for event in events} <= copy.records.keys()


def test_what_leaves_the_caseload_is_released_and_what_joins_it_begins(
    team: Team, council: RunningCouncil, copy: Copy
) -> None:
    council.allocate(team.family, "colleague")
    (joined,) = council.seed(1, usernames=("colleague", "supervisor"), seed=5_000 + int(team.usernames[0][13:]))
    council.allocate(joined, team.usernames[0])
    answer = team.practitioner.round(position=copy.position, cursors=copy.cursors, config=copy.config)
    assert [each.family_id for each in answer.released] == [team.family]
    assert {each.family_id for each in answer.records} == {joined}
    assert team.family.encode() not in msgspec.json.encode(answer.records)
    copy.apply(answer)
    assert copy.cursors.keys() == {team.families[1], joined}
    assert answer.position == copy.position


def test_a_supervisor_sees_the_teams_families_and_no_others(team: Team, council: RunningCouncil) -> None:
    council.seed(1, usernames=("colleague", "supervisor"), seed=7_000 + int(team.usernames[0][13:]))
    assert {state.family_id for state in team.supervisor.round(cursors={}).families} == set(team.families)


def test_a_practitioner_sees_nothing_of_a_colleague_in_the_same_team(team: Team, council: RunningCouncil) -> None:
    number = team.usernames[0][13:]
    council.add_worker(f"second-{number}", Role.PRACTITIONER, team=f"Pretend team {number}")
    second = PretendLaptop(council)
    assert second.enrol(f"second-{number}").status_code == 200
    assert second.round(cursors={}).families == ()
    assert second.pull({}) == []
    assert second.round(events=(second.note(team.family),)).outcomes[0].code == "not_yours"
    look = second.send("GET", f"/v1/families/{team.family}/records/{team.family}/history")
    assert look.status_code == 404


def test_an_administrator_sees_no_family(council: RunningCouncil) -> None:
    laptop = PretendLaptop(council)
    assert laptop.enrol("administrator").status_code == 200
    answer = laptop.round(cursors={})
    assert (answer.families, answer.records) == ((), ())


def test_a_cursor_beyond_the_council_says_that_a_backup_was_restored(team: Team, copy: Copy) -> None:
    cursors = copy.cursors | {team.family: copy.cursors[team.family] + 5}
    answer = team.practitioner.round(position="", cursors=cursors, config=copy.config)
    (state,) = answer.families
    assert (state.family_id, state.seq, state.cursor) == (team.family, copy.cursors[team.family], state.seq)
    assert not answer.records


def test_what_a_restored_council_forgot_is_told_whatever_was_written_since(council: RunningCouncil) -> None:
    team = make_team(council, families=2)
    laptop, level = team.practitioner, team.cursors()
    council.do(partial(families.number_anew, behind=0))
    answer = laptop.round(cursors=level)
    assert not answer.records, "it has all that was there"
    assert all(each.seq > level[each.family_id] and each.seq % families.RESTART == 0 for each in answer.families)
    laptop.round(events=(laptop.note(team.family),))
    forgotten = level | {team.family: level[team.family] + 1}
    answer = laptop.round(cursors=forgotten)
    assert {each.family_id: each.seq for each in answer.families}[team.family] == 0
    assert not [each for each in answer.records if each.family_id == team.family]
    *sent, end = [
        each
        for each in laptop.pull(forgotten)
        if team.family in (each.get("family_id"), each.get("end", {}).get("family_id"))
    ]
    assert len({each["id"] for each in sent}) == end["end"]["count"], "the whole file"
    again = laptop.round(cursors=team.cursors())
    assert (again.families, again.records) == ((), ()), "whoever is level is not told so again"


def test_a_new_configuration_is_sent_once(team: Team, council: RunningCouncil, copy: Copy) -> None:
    council.configure(service_name="Pretend service")
    answer = team.practitioner.round(position=copy.position, config=copy.config)
    assert not answer.cursors_wanted
    assert answer.configuration is not None
    assert answer.configuration.service_name == "Pretend service"
    copy.apply(answer)
    assert answer.position == copy.position
    assert team.practitioner.round(position=copy.position, config=copy.config).configuration is None


def test_cursors_of_families_that_are_not_there_are_released_and_tell_nothing(
    team: Team, council: RunningCouncil
) -> None:
    (foreign,) = council.seed(1, usernames=("colleague", "supervisor"), seed=8_000 + int(team.usernames[0][13:]))
    unknown = council.new_id()
    answer = team.practitioner.round(cursors={foreign: 1, unknown: 1})
    said = {each.family_id: each.reason for each in answer.released}
    assert said == {foreign: "reallocated", unknown: "reallocated"}
    assert foreign not in {state.family_id for state in answer.families}
