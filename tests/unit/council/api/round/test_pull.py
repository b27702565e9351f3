"""The stream of a first load: complete, in order, closed by the state of exactly what was sent, and only mine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sf_record.events import Action
from sf_record.wire.digest import combine, entry, text
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop, plain
from tests.unit.council.conftest import Team, make_team


def check(lines: list[dict[str, Any]], families: tuple[str, ...]) -> None:
    """Hold a whole stream against its closing lines."""
    held: dict[str, dict[str, int]] = {}
    closed = []
    for line in lines:
        if "end" in line:
            end = line["end"]
            mine = held.get(end["family_id"], {})
            assert end["cursor"] == end["seq"]
            assert len(mine) == end["count"]
            assert text(combine(entry(*each) for each in mine.items())) == end["digest"]
            closed.append(end["family_id"])
        else:
            held.setdefault(line["family_id"], {})[line["id"]] = line["seq"]
    assert closed == sorted(families)


def test_a_stream_is_what_its_closing_lines_say(team: Team) -> None:
    check(team.practitioner.pull(dict.fromkeys(team.families, 0)), team.families)


def test_a_stream_begins_after_the_cursor(team: Team) -> None:
    cursors = team.cursors()
    note = team.practitioner.note(team.family)
    team.practitioner.round(events=(note,))
    record, end = team.practitioner.pull(cursors)
    assert record["id"] == note.record_id
    assert end["end"]["cursor"] == cursors[team.family] + 1


def test_a_laptop_that_has_nothing_gets_the_whole_caseload(team: Team) -> None:
    check(team.practitioner.pull({}), team.families)


def test_a_cursor_from_before_a_restored_backup_begins_anew(team: Team) -> None:
    cursors = team.cursors()
    check(team.practitioner.pull(cursors | {team.family: cursors[team.family] + 9}), (team.family,))


def test_what_is_not_mine_is_passed_over_in_silence(team: Team, council: RunningCouncil) -> None:
    (foreign,) = council.seed(1, usernames=("colleague", "supervisor"), seed=3_000 + int(team.usernames[0][13:]))
    assert team.practitioner.pull(team.cursors() | {foreign: 0, council.new_id(): 0}) == []


def test_it_is_packed_only_for_a_laptop_that_reads_it(team: Team) -> None:
    body = {"protocol": 1, "cursors": {team.family: 0}}
    packed = team.practitioner.send("POST", "/v1/pull", body)
    unpacked = team.practitioner.send("POST", "/v1/pull", body, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "zstd"
    assert "Content-Encoding" not in unpacked.headers
    assert plain(packed) == unpacked.content
    assert packed.headers["Content-Type"].startswith("application/x-ndjson")


MOST_TURNS = 60


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("piece", [1, 7])
def test_a_stream_is_whole_while_others_write(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock, piece: int, kind: str
) -> None:
    database = request.getfixturevalue("postgres").new_database() if kind == "postgresql" else None
    with RunningCouncil(tmp_path, database=database, clock=clock, pull_records=piece) as council:
        team = make_team(council, families=2, records=40)
        writer = PretendLaptop(council)
        assert writer.enrol(team.usernames[0]).status_code == 200
        with written_meanwhile(writer, team):
            for _ in range(5):
                check(team.practitioner.pull(dict.fromkeys(team.families, 0)), team.families)
        for each in (writer, team.practitioner, team.supervisor):
            each.http.close()


@contextmanager
def written_meanwhile(writer: PretendLaptop, team: Team) -> Iterator[None]:
    """Have somebody write in these family files, without rest, in a thread of their own."""
    stop = threading.Event()

    def write() -> None:
        for _ in range(MOST_TURNS):  # a writer that never rests would lengthen the stream as fast as it is sent
            if stop.is_set():
                return
            records = [each for each in writer.round(cursors={}).records if each.id in team.families]
            changes = [
                writer.event(
                    each.family_id,
                    action=Action.CHANGE,
                    kind="family",
                    record_id=each.id,
                    base_seq=each.seq,
                    fields={"area": f"Pretend area {each.seq}"},
                    was={"area": each.body.get("area")},
                )
                for each in records
            ]
            writer.round(events=(*changes, writer.note(team.family)))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_lines_are_the_stored_bytes(team: Team, council: RunningCouncil) -> None:
    from sf_council.database.tables import record

    stored = {
        row.line
        for row in council.do(lambda c: c.execute(record.select().where(record.c.family_id == team.family)).all())
    }
    body = {"protocol": 1, "cursors": team.cursors() | {team.family: 0}}
    answer = team.practitioner.send("POST", "/v1/pull", body)
    lines = plain(answer).splitlines()
    assert set(lines[:-1]) == stored
    assert "end" in msgspec.json.decode(lines[-1])
