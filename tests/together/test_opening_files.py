"""A supervisor opens a family file with no signal; the council judges it, and the worker's laptop gets it whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.bringing_in.arriving import FileComing, write, written
from sf_desktop.ops.bringing_in.new_file import new_file, open_file
from sf_desktop.ops.families.closing import Closing
from sf_desktop.ops.families.family import open_family
from sf_desktop.ops.household.people import people
from sf_desktop.ops.office import Office
from sf_record.errors import InputError
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock
from tests.together.weathers import EVERY, Exchange

FAMILY = {"name": "Pretend family Newly", "address": "1 Pretend Lane"}


def bring_in(office: Office, family_id: str, body: dict[str, str], worker_id: str) -> None:
    """Open a file as bringing in does."""
    file = FileComing(family_id)
    file.open(office, body, worker_id)
    write(office, [written(file)])


def opened(supervisor: Laptop, worker: Laptop, *, notes: int = 1) -> str:
    family_id = supervisor.new_id()
    supervisor.do(bring_in, family_id, FAMILY, worker.me.worker.id)
    for number in range(notes):
        supervisor.note(f"Pretend note {number}.", family_id)
    return family_id


@EVERY
def test_a_file_opened_here_is_at_the_council_and_with_its_worker(town: Town, exchange: Exchange) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = opened(supervisor, worker)
    assert supervisor.record(family_id).body["name"] == FAMILY["name"]
    assert supervisor.do(open_family, family_id).is_complete
    exchange(town, supervisor)
    supervisor.round()
    assert supervisor.counts().needs_you == 0
    assert not supervisor.waiting()
    assert supervisor.do(open_family, family_id).is_complete
    worker.round()
    assert worker.record(family_id).body == FAMILY
    assert worker.do(open_family, family_id).is_complete
    assert family_id in worker.families()
    assert {key: each for key, each in supervisor.held().items() if key in worker.held()} == worker.held()


@EVERY
def test_a_file_written_by_hand_is_taken_and_its_worker_has_it_with_its_first_person(
    town: Town, exchange: Exchange
) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    new = supervisor.do(new_file)
    family_id, yesterday = new.family_id, (new.today - timedelta(days=1)).isoformat()
    begun = {
        "family": FAMILY,
        "person": {"role": "unborn", "family_name": "Pretend-Newly", "expected_on": "2027-03-01"},
        "allocation": {"worker": worker.me.worker.id, "began_on": yesterday},
    }
    supervisor.do(open_file, family_id, begun)
    assert supervisor.do(open_family, family_id).waiting == 3
    assert supervisor.do(open_family, family_id).closing is Closing.NEW_HERE
    exchange(town, supervisor)
    supervisor.round()
    assert supervisor.do(open_family, family_id).closing is Closing.OPEN
    assert not supervisor.waiting()
    assert supervisor.counts().needs_you == 0
    worker.round()
    assert worker.record(family_id).body == FAMILY
    assert worker.do(open_family, family_id).is_complete
    (person,) = worker.do(people, family_id)
    assert (person.name, person.role) == ("Unborn Pretend-Newly", "unborn")
    assert family_id in worker.families()


def test_story_19_a_file_opened_under_a_clock_a_day_ahead_is_taken_and_stays(town: Town) -> None:
    """All of it came back as "not on your caseload", to the supervisor who had opened it."""
    ahead = FrozenClock(town.clock.now() + timedelta(days=1))
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor", clock=ahead)
    family_id = opened(supervisor, worker)
    for _ in range(2):
        supervisor.round()
        assert supervisor.counts().needs_you == 0
        assert not supervisor.waiting()
        assert supervisor.do(open_family, family_id).is_complete
    worker.round()
    assert family_id in worker.families()
    for clock in (town.clock, ahead):
        clock.forward(timedelta(days=1).total_seconds())
    worker.connect()
    worker.round()
    assert worker.do(open_family, family_id).is_complete


def test_one_of_more_than_a_page_is_not_taken_for_one_that_left(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    first, last = opened(supervisor, worker, notes=510), opened(supervisor, worker)
    ran = supervisor.round()
    assert ran.sent == 515
    assert {first, last} <= set(supervisor.families())
    assert supervisor.counts().needs_you == 0


def test_a_practitioner_is_told_who_may(town: Town) -> None:
    worker = town.loaded("practitioner")
    with pytest.raises(InputError) as told:
        worker.do(bring_in, worker.new_id(), FAMILY, worker.me.worker.id)
    assert told.value.code == "may_not_open_files"


def test_nothing_is_opened_whose_name_is_missing(town: Town) -> None:
    town.loaded("practitioner")
    supervisor = town.loaded("supervisor")
    family_id = supervisor.new_id()
    with pytest.raises(InputError) as told:
        supervisor.do(bring_in, family_id, {}, supervisor.me.worker.id)
    assert [each.field for each in told.value.fields] == ["name"]
    assert family_id not in supervisor.families()
    with pytest.raises(InputError):
        supervisor.do(writing.create, "note", family_id, {"type": "note"})
