"""The commands about what leaves laptops: close, hold, unhold, packs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sf_council.cli import main
from sf_council.database import tables as t
from sf_council.database.family import allocations, families, holds, packs, stream
from sf_council.ids import fresh_id
from sf_record.dates import moment_text
from sf_record.events import Action, Event
from sf_record.wire.leaving import FOR_GOOD
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def council(tmp_path: Path) -> RunningCouncil:
    """A council that was set up; it is stopped, so that each command has the database for itself."""
    made = RunningCouncil(tmp_path)
    with made:
        made.seed(1, records_per_family=3)
    return made


@pytest.fixture
def run(council: RunningCouncil, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--database", council.settings.database, "--data", str(council.settings.data)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_it


def family_of(council: RunningCouncil) -> str:
    with council:
        return str(council.do(lambda c: c.execute(t.family.select()).one().family_id))


def test_a_file_is_held_and_let_go(council: RunningCouncil, run: Run) -> None:
    family_id = family_of(council)
    code, said, _ = run("hold", family_id, "--reason-code", "court_order")
    assert (code, said.splitlines()[0]) == (0, "Held: no copy of it is destroyed until sf-council unhold lets them go.")
    with council:
        held = council.do(lambda c: holds.until_of(c, council.council.id, (family_id,), "2026-11-23"))
    assert held == {family_id: FOR_GOOD}
    said = run("hold", family_id, "--reason-code", "court_order", "--until", "2999-01-31")[1]
    assert said.startswith("Held: no copy of it is destroyed until the end of 2999-01-31.\n")
    assert run("unhold", family_id)[1].startswith("Not held any more")
    assert run("unhold", family_id)[0] == 1
    for wrong in (
        ("hold", family_id, "--reason-code", "Because of Mr Alder"),
        ("hold", family_id, "--reason-code", "court_order", "--until", "soon"),
        ("hold", "0190aaaa-0000-7000-8000-000000000000", "--reason-code", "court_order"),
        ("close", "0190aaaa-0000-7000-8000-000000000000"),
    ):
        code, _, said = run(*wrong)
        assert (code, bool(said), "Traceback" in said) == (1, True, False)


def test_who_holds_a_file_is_told_which_copies_leave_by_their_own_day_all_the_same(
    council: RunningCouncil, run: Run
) -> None:
    """Nobody asks before a pack's day is over: "no copy of it is destroyed" was not true of that one."""
    family_id = family_of(council)
    assert "has taken it along" not in run("hold", family_id, "--reason-code", "court_order")[1]
    with council:
        worker_id, council_id = council.worker("colleague").id, council.council.id
        values = {"until": "2099-01-02", "reason": "duty", "at": "x"}
        council.do(lambda c: packs.take(c, council_id, worker_id, family_id, **values))
    code, said, _ = run("hold", family_id, "--reason-code", "court_order")
    assert code == 0
    assert "What leaves by its own day is not asked about" in said
    assert "\ncolleague has taken it along, and keeps that copy until the end of 2099-01-02.\n" in said


def test_a_closed_file_is_nobodys_and_says_so_in_itself(council: RunningCouncil, run: Run) -> None:
    family_id = family_of(council)
    assert run("close", family_id)[0] == 0
    with council:
        today = council.clock.now().date().isoformat()
        assert (
            council.do(lambda c: packs.is_anybody_allocated(c, council.council.id, (family_id,), today)) == frozenset()
        )
        row = t.record.select().where(t.record.c.record_id == family_id)
        assert f'"closed_on":"{today}"' in bytes(council.do(lambda c: c.execute(row).one().line)).decode()
        now = council.clock.now()
        council.do(lambda c: stream.close(c, council.council.id, family_id, now, by=council.council.id))


def test_a_closed_file_that_is_allocated_again_is_open_again(council: RunningCouncil, run: Run) -> None:
    family_id = family_of(council)
    assert run("close", family_id)[0] == 0
    assert run("allocate", family_id, "practitioner")[1].startswith("It is practitioner's from today")
    with council:
        (root,) = council.do(lambda c: families.records(c, council.council.id, [(family_id, family_id)])).values()
    assert not root.body.get("closed_on")


def test_an_allocation_that_was_to_end_later_ends_where_the_file_is_given_to_somebody_else(
    council: RunningCouncil, run: Run
) -> None:
    family_id = family_of(council)
    later = "2099-01-01"
    with council:
        now = council.clock.now()
        (open_one,) = council.do(lambda c: allocations.open_of(c, council.council.id, family_id, f"{now:%Y-%m-%d}"))
        said = Event(
            id=fresh_id(now), action=Action.CHANGE, family_id=family_id, record_id=open_one.allocation_id,
            kind="allocation", author_id=council.council.id, device_id=council.council.id,
            written_at=moment_text(now), fields={"ended_on": later},
        )  # fmt: skip
        council.do(lambda c: stream.put(c, council.council.id, family_id, [said], now))
    assert run("allocate", family_id, "supervisor")[0] == 0
    with council:
        rows = council.do(lambda c: allocations.open_of(c, council.council.id, family_id, f"{now:%Y-%m-%d}"))
        others = [each for each in rows if each.worker_id == open_one.worker_id]
    assert len(rows) == 1
    assert not others


def test_packs_are_listed(council: RunningCouncil, run: Run) -> None:
    family_id = family_of(council)
    with council:
        worker_id, council_id = council.worker("colleague").id, council.council.id
        values = {"until": "2026-11-24", "reason": "duty", "at": "x"}
        council.do(lambda c: packs.take(c, council_id, worker_id, family_id, **values))
    code, said, _ = run("packs", "colleague")
    heading, row = said.splitlines()
    assert code == 0
    assert heading.split("  ")[0] == "FAMILY FILE"
    assert row.split() == [family_id, "2026-11-24"]


def test_whoever_is_moved_to_another_team_has_nothing_of_the_old_one_along(council: RunningCouncil, run: Run) -> None:
    family_id, until = family_of(council), ""
    with council:
        now = council.clock.now()
        until = (now + timedelta(days=3)).date().isoformat()
        taker, at = council.worker("colleague").id, moment_text(now)
        taken = {"until": until, "reason": "duty", "at": at}
        council.do(lambda c: packs.take(c, council.council.id, taker, family_id, **taken))

    def has(laptop: PretendLaptop) -> list[tuple[str, str]]:
        answer = laptop.round(cursors={family_id: 1})
        return [(each.family_id, each.reason) for each in answer.released] or [
            (each.family_id, "here") for each in answer.families
        ]

    with council:
        laptop = PretendLaptop(council)
        assert laptop.enrol("colleague").status_code == 200
        assert laptop.round(cursors={}).families[0].until == until
    assert run("team", "add", "Another pretend team")[0] == 0
    for team, left in (("Pretend team", False), ("Another pretend team", True), ("Pretend team", True)):
        code, said, _ = run("user", "team", "colleague", team)
        assert code == 0
        assert ("taken along" in said) == (team == "Another pretend team")
        with council:
            assert has(laptop) == ([(family_id, "pack_ended")] if left else [(family_id, "here")]), team
            late = laptop.note(family_id, text="Written on the way.")
            if left:
                assert laptop.round(cursors={}, events=(late,)).outcomes[0].code == "family_moved"


def test_a_pack_ends_where_its_family_file_goes_to_another_team(council: RunningCouncil, run: Run) -> None:
    """It stayed with somebody of the team that had it before, until its own day."""
    family_id = family_of(council)
    with council:
        now = council.clock.now()
        until, taker = (now + timedelta(days=3)).date().isoformat(), council.worker("colleague").id
        taken = {"until": until, "reason": "duty", "at": moment_text(now)}
        council.do(lambda c: packs.take(c, council.council.id, taker, family_id, **taken))
        laptop = PretendLaptop(council)
        assert laptop.enrol("colleague").status_code == 200
        assert laptop.round(cursors={}).families[0].until == until
    assert run("team", "add", "Another pretend team")[0] == 0
    assert run("user", "team", "practitioner", "Another pretend team")[0] == 0
    with council:
        answer = laptop.round(cursors={family_id: 1})
        assert [(each.family_id, each.reason) for each in answer.released] == [(family_id, "pack_ended")]
        assert laptop.round(cursors={}).families == ()
        late = laptop.note(family_id, text="Written on the way.")
        assert laptop.round(cursors={}, events=(late,)).outcomes[0].code == "family_moved"
    assert "over: it is of another team" in run("packs", "colleague")[1]
    assert "has taken it along" not in run("hold", family_id, "--reason-code", "court_order")[1]
    assert "may be there  1 file out of scope" in run("device", "show", "colleague")[1]
    assert run("unhold", family_id)[0] == 0
    assert run("user", "team", "practitioner", "Pretend team")[0] == 0
    with council:  # of the team again, until its day
        assert [each.family_id for each in laptop.round(cursors={family_id: 1}).families] == [family_id]
    assert run("close", family_id)[0] == 0
    with council:
        assert [each.family_id for each in laptop.round(cursors={}).families] == [family_id], "closed, it is nobody's"


def test_who_closes_a_file_is_told_whose_it_was_who_hears_of_it_when_and_what_stays(
    council: RunningCouncil, run: Run
) -> None:
    family_id = family_of(council)
    assert run("hold", family_id, "--reason-code", "court_order", "--until", "2099-01-01")[0] == 0
    with council:
        worker_id, council_id = council.worker("colleague").id, council.council.id
        values = {"until": "2099-01-02", "reason": "duty", "at": "x"}
        council.do(lambda c: packs.take(c, council_id, worker_id, family_id, **values))
    code, said, _ = run("close", family_id)
    assert code == 0
    assert said.startswith(
        "Closed from today. All of it stays at the council.\nIt was of practitioner, and is nobody's"
    )
    assert "is told the next time that it reaches the council" in said
    assert "IT IS HELD: no copy is destroyed until the end of 2099-01-01." in said
    assert "colleague has taken it along, and keeps that copy until the end of 2099-01-02." in said


def test_a_file_that_is_closed_already_keeps_its_day(council: RunningCouncil, run: Run) -> None:
    """How long it is kept is counted from that day."""
    family_id = family_of(council)
    with council:
        last_month = council.clock.now() - timedelta(days=30)
        council_id = council.council.id
        council.do(lambda c: stream.close(c, council_id, family_id, last_month, by=council_id))
    day = last_month.date().isoformat()
    code, _, said = run("close", family_id)
    assert (code, said.startswith(f"That family file has been closed since {day}\nNothing was changed.")) == (1, True)
    with council:
        council.do(lambda c: stream.close(c, council_id, family_id, council.clock.now(), by=council_id))
        (root,) = council.do(lambda c: families.records(c, council_id, [(family_id, family_id)])).values()
    assert root.body["closed_on"] == day
