"""A concern reaches the council first, says "phone now" until it has a receipt, and is followed by several people."""

from __future__ import annotations

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import concerns
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.ops.writing import amend
from sf_desktop.store.connection import Connection
from sf_desktop.sync import round as rounds
from sf_desktop.sync.failures import AnswerError
from sf_record.wire.rounds import RoundAnswer, RoundRequest
from tests.builders.laptops import Laptop
from tests.builders.towns import Town


class Listening:
    """A council that keeps what was asked; it may be cut off after so many rounds."""

    def __init__(self, laptop: Laptop, town: Town, cut_after: int = 1_000) -> None:
        self._session, self._town, self._left = laptop.session, town, cut_after
        self.asked: list[RoundRequest] = []

    def round(self, request: RoundRequest) -> RoundAnswer:
        self.asked.append(request)
        self._left -= 1
        if self._left < 0:
            with self._town.network.offline():
                return self._session.round(request)
        return self._session.round(request)

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)


def sign(laptop: Laptop, family_id: str, **more: object) -> str:
    """Write and sign a concern as the form does."""
    draft = laptop.do(concerns.start, family_id)
    body = {**draft.body, "about_other": "The pretend child", "is_in_danger": False, "words": "“Please help.”", **more}
    laptop.do(_save, draft.id, body)
    return laptop.do(concerns.sign, draft.id).record_id


def _save(office: Office, draft_id: str, body: dict[str, object]) -> None:
    drafting.save(office, draft_id, body)


def step(laptop: Laptop, concern_id: str, code: str, **more: object) -> str:
    draft = laptop.do(concerns.start_step, concern_id, code)
    laptop.do(_save, draft.id, {**draft.body, **more})
    return laptop.do(concerns.sign, draft.id).record_id


def test_a_concern_goes_first_and_alone_however_full_the_outbox_is(town: Town) -> None:
    worker = town.loaded()
    for number in range(60):
        worker.note(f"Note {number}.")
    concern = sign(worker, worker.families()[0])
    council = Listening(worker, town, cut_after=1)
    with pytest.raises(AnswerError):
        rounds.run(worker.ledger, council, None)  # type: ignore[arg-type]
    assert [each.record_id for each in council.asked[0].events] == [concern]
    assert worker.do(concerns.phone_now) == ()
    assert len(worker.waiting()) == 60  # and the concern has its receipt although the next page was cut
    worker.round()
    assert worker.waiting() == []


def test_every_event_of_a_concern_keeps_its_order(town: Town) -> None:
    worker = town.loaded()
    concern = sign(worker, worker.families()[0])
    worker.do(amend, concern, "The child said it again.")
    told = step(worker, concern, "manager", with_whom="P. Manager")
    worker.note("Afterwards.")
    council = Listening(worker, town)
    rounds.run(worker.ledger, council, None)  # type: ignore[arg-type]
    assert [each.record_id for each in council.asked[0].events] == [concern, concern, told]
    assert len(worker.record(concern).amendments) == 1


def test_it_says_phone_now_until_there_is_a_receipt(town: Town) -> None:
    worker = town.loaded()
    family = worker.families()[0]
    draft = worker.do(concerns.start, family)
    begun = worker.do(concerns.phone_now, family)
    assert [(each.record_id, each.is_signed) for each in begun] == [(draft.id, False)]
    concern = sign(worker, family, is_in_danger=True)
    assert concern == draft.id  # what was begun today is gone on with
    with town.network.offline():
        assert worker.try_round()
        now = worker.do(concerns.phone_now, family)
        assert [(each.record_id, each.is_signed, each.number.number) for each in now] == [(concern, True, "999")]
        counted = worker.do(status_counts)
        assert (counted.concerns, counted.phone) == (1, "Emergency: 999")
    assert not worker.do(concerns.of_family, family)[0].is_sent
    worker.round()
    assert worker.do(concerns.phone_now) == ()
    assert worker.do(concerns.of_family, family)[0].is_sent
    assert worker.do(status_counts).concerns == 0


def test_one_that_the_council_refuses_still_says_phone_now(town: Town) -> None:
    worker = town.loaded()
    concern = sign(worker, worker.families()[0])
    event = worker.read(_only_event, concern)
    worker.ledger.set_aside(event, "poisoned")
    assert [each.record_id for each in worker.do(concerns.phone_now)] == [concern]
    assert worker.do(status_counts).concerns == 1
    assert not worker.do(concerns.of_family, worker.families()[0])[0].is_sent


def _only_event(connection: Connection, record_id: str) -> str:
    rows = connection.execute("SELECT id FROM outbox WHERE record_id = ?", (record_id,))
    return str(next(iter(rows))[0])


def test_practitioner_and_supervisor_follow_one_concern_and_nothing_is_merged(town: Town) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    family = worker.families()[0]
    concern = sign(worker, family)
    worker.round()
    supervisor.round()
    mine = next(each for each in supervisor.do(concerns.open_concerns) if each.id == concern)
    assert mine.standing.lacks[0] == "Not yet agreed with a manager"
    step(worker, concern, "hub", with_whom="Pretend hub", way="telephone", reference="R-1")
    step(supervisor, concern, "manager", with_whom="S. Visor")
    for each in (supervisor, worker, supervisor):
        each.round()
    for each in (worker, supervisor):
        seen = next(view for view in each.do(concerns.of_family, family) if view.id == concern)
        assert {one.title for one in seen.steps} == {"Agreed with a manager", "Safeguarding hub told"}
        assert [one.what for one in seen.standing.clocks] == ["The hub’s decision"]
        assert not each.record(concern).conflicts
    step(supervisor, concern, "closed", words="The hub has taken it on.")
    supervisor.round()
    worker.round()
    assert concern not in {view.id for view in worker.do(concerns.open_concerns)}


def test_a_danger_statement_that_two_people_change_is_kept_twice(town: Town) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    family = worker.families()[0]
    child = next(iter(worker.do(_children, family)))
    body = {"about": [child], "danger": "Left alone at night.", "goal": "Never alone.", "written_on": "2026-11-20"}
    statement = worker.do(writing.create, "danger_statement", family, body).record_id
    worker.round()
    supervisor.round()
    worker.do(writing.change, statement, {**body, "danger": "Left alone."})
    supervisor.do(writing.change, statement, {**body, "goal": "Somebody is there each night."})
    supervisor.round()
    worker.round()
    record = worker.record(statement)
    assert record.body["goal"] == "Somebody is there each night."
    assert [each.field for each in record.conflicts] == ["danger"]


def _children(office: Office, family_id: str) -> list[str]:
    return [each.id for each in people_of(office, family_id) if each.is_child]
