"""A supervisor merges with no signal; the worker's laptop reads it so after a round; two at once end equal."""

from __future__ import annotations

from sf_desktop.ops import writing
from sf_desktop.ops.household import people
from sf_record.rules.sameness import KIND
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.together.test_stories import both, kept
from tests.together.weathers import EVERY, Exchange


def two_people(laptop: Laptop) -> tuple[str, str, str]:
    """Return a family file and two people of it."""
    for family_id in laptop.families():
        found = [each for each in kept(laptop, "person") if laptop.record(each).family_id == family_id]
        if len(found) > 1:
            return family_id, found[0], found[1]
    raise AssertionError("no family of two")


def merge(laptop: Laptop, family_id: str, duplicate: str, keep: str) -> str:
    body = {"duplicate": duplicate, "kept": keep, "reason": "Pretend reason"}
    return laptop.do(writing.create, KIND, family_id, body).record_id


def read(laptop: Laptop, family_id: str) -> set[str]:
    return {each.id for each in laptop.do(people.people, family_id)}


@EVERY
def test_a_merge_and_its_undoing_reach_the_worker(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, exchange)
    family_id, one, other = two_people(worker)
    before = worker.do(people.people, family_id)
    merged = merge(supervisor, family_id, other, one)
    worker.change(other, language="Polish")  # meanwhile, with no signal
    exchange(town, supervisor)
    exchange(town, worker)
    worker.round()
    assert other not in read(worker, family_id)
    assert next(each for each in worker.do(people.people, family_id) if each.id == one).also == (other,)
    supervisor.round()
    supervisor.do(writing.enter_in_error, merged, "They are two")
    exchange(town, supervisor)
    worker.round()
    assert worker.do(people.people, family_id) == before
    assert worker.record(other).body["language"] == "Polish"


@EVERY
def test_merged_either_way_round_at_once_both_laptops_read_the_same(town: Town, exchange: Exchange) -> None:
    supervisor, second = town.loaded("supervisor"), town.loaded("supervisor")
    family_id, one, other = two_people(supervisor)
    merge(supervisor, family_id, other, one)
    merge(second, family_id, one, other)
    exchange(town, supervisor)
    exchange(town, second)
    supervisor.round()
    assert read(supervisor, family_id) == read(second, family_id)
    assert len({one, other} & read(supervisor, family_id)) == 1
