"""Two workers with one family's file mark its part of a register with no signal: settled is only whom both marked."""

from __future__ import annotations

from sf_desktop.ops import writing
from sf_desktop.ops.activities import registering
from sf_desktop.store.tables import records
from sf_record.configuration import Offered
from sf_record.ids import id_about
from sf_record.record import Record
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.builders.written import settle
from tests.together.test_stories import both
from tests.together.weathers import EVERY, Exchange

CODE, DAY = "play", "2026-11-23"


def two_on_it(town: Town, exchange: Exchange) -> tuple[Laptop, Laptop, str, str]:
    """Return a worker's and a supervisor's laptop, and two people of one family with a place on an activity."""
    town.council.configure(activities=(Offered(code=CODE, label="Pretend stay and play"),))
    worker, supervisor = both(town, exchange)
    worker.round()
    people = worker.read(lambda c: records.of_kind(c, "person"))
    family = next(each.family_id for each in people if sum(one.family_id == each.family_id for one in people) > 1)
    one, other = sorted(each.id for each in people if each.family_id == family and not each.body.get("died_on"))[:2]
    for each in (one, other):
        worker.do(writing.create, "activity_place", family, {"activity": CODE, "person": each, "since": "2026-11-01"})
    worker.round()
    supervisor.round()
    return worker, supervisor, one, other


def mark(laptop: Laptop, marks: dict[str, bool | None]) -> None:
    laptop.do(registering.keep_register, CODE, DAY, marks)


def said(laptop: Laptop) -> dict[str, bool | None]:
    return {each.person_id: each.came for each in laptop.do(registering.register, CODE, DAY).rows}


def parts(laptop: Laptop) -> list[Record]:
    kept = laptop.read(lambda c: records.of_kind(c, "attendance"))
    return [each for each in kept if (each.body["activity"], each.body["held_on"]) == (CODE, DAY)]


def all_send(*laptops: Laptop) -> None:
    for laptop in (*laptops, *laptops):
        laptop.round()


@EVERY
def test_marks_of_different_people_need_nobody(town: Town, exchange: Exchange) -> None:
    worker, supervisor, one, other = two_on_it(town, exchange)
    mark(worker, {one: True})
    mark(supervisor, {other: True})
    exchange(town, worker)
    exchange(town, supervisor)
    all_send(worker, supervisor)
    mark(worker, {one: False})
    mark(supervisor, {other: None})
    exchange(town, supervisor)
    exchange(town, worker)
    all_send(worker, supervisor)
    for laptop in (worker, supervisor):
        assert said(laptop) == {one: False, other: None}
        assert [each.conflicts for each in parts(laptop)] == [()]
        assert laptop.counts().needs_you == 0


@EVERY
def test_one_person_marked_differently_is_settled_and_stands_in_one_list(town: Town, exchange: Exchange) -> None:
    worker, supervisor, one, other = two_on_it(town, exchange)
    mark(worker, {one: True})
    mark(supervisor, {one: False, other: False})
    exchange(town, worker)
    exchange(town, supervisor)
    all_send(worker, supervisor)
    for laptop in (worker, supervisor):
        assert said(laptop) == {one: True, other: False}
        ((conflict,),) = [each.conflicts for each in parts(laptop)]
        assert conflict.field == "away"
    (part,) = parts(worker)
    worker.do(settle, part.id, part.conflicts[0].id, keep_mine=True, reason="The centre rang")
    all_send(worker, supervisor)
    for laptop in (worker, supervisor):
        assert said(laptop) == {one: False, other: False}
        assert not parts(laptop)[0].body.get("came")
        assert laptop.counts().needs_you == 0


@EVERY
def test_a_mark_is_taken_back_where_a_colleagues_stand_and_one_is_still_to_be_settled(
    town: Town, exchange: Exchange
) -> None:
    """What is judged is the register as it stands afterwards: on one's own laptop somebody was still marked."""
    worker, supervisor, one, other = two_on_it(town, exchange)
    mark(worker, {one: True})
    mark(supervisor, {one: False})
    mark(supervisor, {other: True})
    mark(supervisor, {other: None})
    exchange(town, worker)
    exchange(town, supervisor)
    all_send(worker, supervisor)
    for laptop in (worker, supervisor):
        assert said(laptop) == {one: True, other: None}
        assert [(each.code, each.event.action) for each in laptop.events() if each.code == "invalid"] == []
        assert laptop.counts().needs_you == 1  # whether the first of them came


@EVERY
def test_emptying_a_register_leaves_whom_somebody_marked_meanwhile(town: Town, exchange: Exchange) -> None:
    worker, supervisor, one, other = two_on_it(town, exchange)
    mark(worker, {one: True})
    mark(worker, {one: None})
    mark(supervisor, {other: True})
    exchange(town, supervisor)
    exchange(town, worker)
    all_send(worker, supervisor)
    for laptop in (worker, supervisor):
        assert said(laptop) == {one: None, other: True}
        assert laptop.counts().needs_you == 0


@EVERY
def test_a_day_whose_id_was_taken_by_another_record_is_kept_all_the_same(town: Town, exchange: Exchange) -> None:
    worker, supervisor, one, other = two_on_it(town, exchange)
    family = worker.record(one).family_id
    taken = id_about(family, "attendance", CODE, DAY)
    body = {"activity": CODE, "held_on": "2026-11-16", "came": [other]}
    supervisor.do(writing.create, "attendance", family, body, record_id=taken)
    supervisor.round()
    mark(worker, {one: True})
    worker.round()
    assert worker.counts().needs_you == 1
    mark(worker, {one: True})
    all_send(worker, supervisor)
    for laptop in (worker, supervisor):
        assert said(laptop) == {one: True, other: None}
        assert laptop.record(taken).body["came"] == [other]


def test_what_stood_before_is_brought_back_out_of_the_other_list(town: Town) -> None:
    worker = town.loaded("practitioner")
    person = worker.read(lambda c: records.of_kind(c, "person"))[0]
    body = {"activity": CODE, "held_on": DAY, "away": [person.id]}
    part = worker.do(writing.create, "attendance", person.family_id, body).record_id
    mark(worker, {person.id: True})
    worker.do(writing.restore, part, "away", [person.id], "It was right")
    worker.round()
    assert not worker.waiting()
    assert worker.record(part).body["away"] == [person.id]
    assert not worker.record(part).body.get("came")
