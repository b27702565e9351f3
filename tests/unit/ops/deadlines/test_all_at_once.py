"""What Today reads of all family files at once is what each of them says read alone, whatever was written in it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.deadlines import owed, reminders
from sf_desktop.ops.household import people
from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.records import concerns
from sf_desktop.store.tables import families, records
from sf_desktop.store.tables.lists import Lists
from sf_record.deadlines.schedule import (
    CARE_ORDER_HOME,
    ORDINARY,
    PARENT_BEFORE_ASSESSMENT,
    TEMPORARY_OR_INTERIM_HOME,
)
from sf_record.description import Role
from sf_record.rules.sameness import KIND
from tests.builders.offices import NOW, with_families
from tests.fakes.clock import FrozenClock

CHANGES = 40
VISITING = (ORDINARY, PARENT_BEFORE_ASSESSMENT, TEMPORARY_OR_INTERIM_HOME, CARE_ORDER_HOME)


class Life:
    """What happens to families, one thing after another, as the seed has it."""

    def __init__(self, office: Office, seed: random.Random) -> None:
        self.office, self.seed = office, seed
        self.boss = replace(office, me=Me(replace(office.me.worker, role=Role.SUPERVISOR), "S. Example", "laptop"))

    def goes_on(self) -> None:
        family_id = self.seed.choice(sorted(families.complete(self.office.connection)))
        self.seed.choice((
            self.visited, self.visit_in_error, self.died, self.met, self.episode_in_error, self.moved, self.twice,
            self.agreed, self.person_in_error,
        ))(family_id)  # fmt: skip

    def day(self, before: int = 60, after: int = 0) -> str:
        return (NOW.date() + timedelta(days=self.seed.randint(-before, after))).isoformat()

    def child(self, family_id: str) -> str:
        found = [each.id for each in people.people(self.office, family_id) if each.is_child]
        return self.seed.choice(found) if found else ""

    def any_of(self, family_id: str, kind: str) -> str:
        found = records.of_family(self.office.connection, family_id, (kind,))
        kept = [each.id for each in found if each.in_error is None]
        return self.seed.choice(kept) if kept else ""

    def visited(self, family_id: str) -> None:
        children = [
            {"person": each.id, "seen": self.seed.random() < 0.6, "why_not": "Asleep"}
            for each in people.children_of(self.office, family_id)
        ]
        body = {"started_at": f"{self.day()}T10:00:00.000000Z", "place": "home", "children": children}
        writing.create(self.office, "visit", family_id, body)

    def visit_in_error(self, family_id: str) -> None:
        if visit := self.any_of(family_id, "visit"):
            writing.enter_in_error(self.boss, visit, "Another family")

    def died(self, family_id: str) -> None:
        if child := self.child(family_id):
            record = writing.found(self.office, child)
            what = {"died_on": self.day()} if record.body.get("role") == "child" else {"pregnancy_ended": "stillbirth"}
            writing.change(self.boss, child, {**record.body, **what})

    def met(self, family_id: str) -> None:
        children = [{"person": each} for each in {self.child(family_id), self.child(family_id)} if each]
        body = {
            "type": self.seed.choice(("core_group", "cp_review", "cin_review", "cla_review")), "held_on": self.day(),
            "outcome": "The plan goes on.", "next_on": self.day(0, 40), "children": children,
        }  # fmt: skip
        writing.create(self.boss, "review", family_id, body)

    def episode_in_error(self, family_id: str) -> None:
        if self.seed.random() < 0.3 and (episode := self.any_of(family_id, "status_episode")):
            writing.enter_in_error(self.boss, episode, "Another child")

    def moved(self, family_id: str) -> None:
        if child := self.child(family_id):
            status = {"person": child, "status": "CLA", "began_on": self.day(), "legal_status": "V2"}
            placement = {"person": child, "began_on": status["began_on"], "visiting": self.seed.choice(VISITING)}
            writing.create(self.boss, "status_episode", family_id, status)
            writing.create(self.boss, "placement", family_id, placement)

    def twice(self, family_id: str) -> None:
        if child := self.child(family_id):
            body = {"role": "child", "given_name": "Pretend-twin", "born_on": self.day(900)}
            other = writing.create(self.boss, "person", family_id, body).record_id
            status = {"person": other, "status": "CIN", "began_on": self.day()}
            writing.create(self.boss, "status_episode", family_id, status)
            self.visited(family_id)  # of both, who are still two
            pair = self.seed.choice(((child, other), (other, child)))
            said = {"duplicate": pair[0], "kept": pair[1], "reason": "Same NHS number"}
            writing.create(self.boss, KIND, family_id, said)

    def agreed(self, family_id: str) -> None:
        adults = [each.id for each in people.people(self.office, family_id) if not each.is_child]
        body = {
            "people": adults[:1], "others": "P. Parent", "agreed_at": f"{self.day()}T10:00:00.000000Z",
            "answer": "agreed", "what_for": ["team", "support"], "how": "spoken", "witness": "A colleague",
            "explained": "We read it together.", "review_on": self.day(0, 30),
        }  # fmt: skip
        writing.create(self.office, "agreement", family_id, body, sign=True)

    def person_in_error(self, family_id: str) -> None:
        if self.seed.random() < 0.2 and (child := self.child(family_id)):
            writing.enter_in_error(self.boss, child, "Never lived here")


@pytest.mark.parametrize("number", range(4))
def test_all_at_once_says_what_each_family_file_says(office: Office, number: int) -> None:
    seed = random.Random(number)
    with_families(office, seed, count=4)
    life = Life(office, seed)
    for _ in range(CHANGES):
        life.goes_on()
    whole = sorted(families.complete(office.connection))
    for days in (0, 1, 5, 33, 90):
        then = replace(office, clock=FrozenClock(NOW + timedelta(days=days)))
        lists = Lists(then.connection)
        at_once = reminders.of_all(then, whole, concerns.open_concerns(then, lists), lists)
        alone = [each for its in whole for each in reminders.of_family(then, its)]
        assert sorted(map(str, at_once)) == sorted(map(str, alone))
        last = then.days.add(then.today(), owed.SOON_WORKING_DAYS)
        also = [each for its in whole for each in owed.of_family(then, its) if each.on <= last]
        assert sorted(map(str, owed.of_all(then, whole, lists))) == sorted(map(str, also))
