"""Work on a family file that has moved: rescued, decided by a supervisor, and its author sees which."""

from __future__ import annotations

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.records import mending
from sf_desktop.ops.sending import ledger
from sf_desktop.ops.sending.ledger import LedgerRow
from sf_desktop.store.tables import decisions
from sf_desktop.store.tables.outbox import State
from sf_desktop.sync.failures import AnswerError
from sf_record.errors import SfError
from sf_record.wire.rounds import RoundRequest
from sf_record.wire.tray import Decide, TrayChain
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.together.weathers import EVERY, Exchange, online

TEXT = "Pretend words, written when the file had moved."


def moved(town: Town, exchange: Exchange) -> tuple[Laptop, Laptop, str]:
    """A worker whose first family file moves while they write in it, and the supervisor of both teams' workers."""
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = worker.families()[0]
    town.council.allocate(family_id, "colleague")
    record_id = worker.note(TEXT, family_id)
    worker.change(record_id, text=f"{TEXT} Changed.")
    exchange(town, worker)
    worker.round()
    return worker, supervisor, record_id


def only(supervisor: Laptop) -> TrayChain:
    (chain,) = supervisor.session.holding()
    return chain


def rows(worker: Laptop) -> list[LedgerRow]:
    return list(worker.do(lambda office: ledger.ledger_rows(office, ledger.ledger_numbers(office))))


@EVERY
def test_accepted_work_is_in_the_file_and_its_author_sees_it(town: Town, exchange: Exchange) -> None:
    worker, supervisor, record_id = moved(town, exchange)
    assert {(each.code, each.state) for each in rows(worker)} == {("family_moved", State.WITH_COUNCIL)}
    supervisor.round()
    assert supervisor.read(decisions.to_place) == 1
    assert supervisor.session.decide(only(supervisor).event_id, Decide(is_accepted=True)).is_decided
    supervisor.round()
    assert supervisor.read(decisions.to_place) == 0
    assert supervisor.record(record_id).body["text"] == f"{TEXT} Changed."
    exchange(town, worker)
    worker.round()
    for row in rows(worker):
        assert row.decided is not None
        assert (row.decided.is_accepted, row.decided.by) == (True, "Pretend supervisor")
        assert row.seq
    assert worker.counts().needs_you == 0
    assert not worker.waiting()
    owner = town.loaded("colleague")
    assert owner.record(record_id).author_id == worker.identity.worker_id


def test_what_is_added_while_it_lies_in_the_tray_is_decided_with_it_though_the_file_came_back(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = worker.families()[0]
    town.council.allocate(family_id, "colleague")
    record_id = worker.note(TEXT, family_id, sign=True)
    worker.round()
    town.council.allocate(family_id, "practitioner")
    worker.do(writing.amend, record_id, "Added before anybody had decided.")
    worker.round()
    assert worker.counts().needs_you == 0
    assert supervisor.session.decide(only(supervisor).event_id, Decide(is_accepted=True)).is_decided
    supervisor.round()
    assert [each.text for each in supervisor.record(record_id).amendments] == ["Added before anybody had decided."]


def test_what_was_returned_is_not_shown_in_its_file_where_that_comes_back(town: Town) -> None:
    worker, supervisor, record_id = moved(town, online)
    chain = only(supervisor)
    supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="Pretend comment."))
    town.clock.forward(1)
    worker.round()
    town.council.allocate(chain.family_id, "practitioner")
    town.clock.forward(1)
    worker.round()
    assert chain.family_id in worker.families()
    assert worker.find(record_id) is None
    assert [each.code for each in worker.do(mending.not_taken)] == ["returned", "returned"]


@EVERY
def test_returned_work_needs_its_author_with_the_comment_and_its_text(town: Town, exchange: Exchange) -> None:
    worker, supervisor, record_id = moved(town, exchange)
    chain = only(supervisor)
    supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="Pretend comment."))
    exchange(town, worker)
    worker.round()
    needs = worker.do(mending.not_taken)
    assert [each.code for each in needs] == ["returned", "returned"]
    assert {each.decided.comment for each in needs if each.decided} == {"Pretend comment."}
    assert TEXT in worker.do(mending.text_of, needs[-1].event_id)
    for each in needs:
        worker.do(mending.give_up, each.event_id, "Written again elsewhere.")
    assert worker.counts().needs_you == 0
    supervisor.round()
    assert supervisor.find(record_id) is None


def test_what_was_returned_of_a_file_that_has_left_can_be_copied_but_not_written_again(town: Town) -> None:
    worker, supervisor, _ = moved(town, online)
    gone = worker.events()[0].event.family_id
    worker.do(lambda office: office.connection.execute("UPDATE outbox SET event = '' WHERE family_id = ?", (gone,)))
    worker.do(lambda office: office.connection.execute("DELETE FROM family_cursor WHERE family_id = ?", (gone,)))
    supervisor.session.decide(only(supervisor).event_id, Decide(is_accepted=False, comment="Pretend comment."))
    worker.round()
    needs = worker.do(mending.not_taken)
    sheet = worker.do(mending.look_at, needs[-1].event_id)
    assert not sheet.may_mend
    assert worker.do(mending.text_of, needs[-1].event_id) == TEXT
    for each in needs:
        worker.do(mending.give_up, each.event_id, "Not needed.")
    texts = worker.read(lambda c: c.execute("SELECT event FROM outbox WHERE code = 'returned'").fetchall())
    assert texts == [("",), ("",)]
    assert [each.given_up for each in rows(worker)] == ["Not needed."] * 2


def test_a_decision_is_told_once_and_an_empty_round_stays_small(town: Town) -> None:
    worker, supervisor, _ = moved(town, online)
    supervisor.session.decide(only(supervisor).event_id, Decide(is_accepted=True))
    known = worker.ledger.place().decisions
    request = RoundRequest(protocol=2, position=worker.ledger.place().position, config=worker.ledger.place().config)
    first = worker.session.round(request)
    assert len(first.decisions) == 2
    for _ in range(2):  # as though the first answer had been applied and its receipt lost on the way
        worker.ledger.apply(first)
    assert worker.ledger.place().decisions == first.decisions[-1].number > known
    with town.network.counted() as traffic:
        worker.round()
    assert traffic.requests == 1
    assert 0 < traffic.up < 1_024
    assert 0 < traffic.down < 1_024


def test_a_council_restored_from_before_the_decision_decides_again_and_the_author_hears(town: Town) -> None:
    worker, supervisor, record_id = moved(town, online)
    saved = town.council.backup()
    supervisor.session.decide(only(supervisor).event_id, Decide(is_accepted=False, comment="First."))
    worker.round()
    town.council.restore(saved)
    town.clock.forward(60)
    supervisor.session.decide(only(supervisor).event_id, Decide(is_accepted=True, comment="Second thoughts."))
    worker.round()
    assert {each.decided.comment for each in rows(worker) if each.decided} == {"Second thoughts."}
    assert worker.counts().needs_you == 0
    supervisor.round()
    assert supervisor.record(record_id).body["text"] == f"{TEXT} Changed."


def test_what_a_restored_council_gets_again_into_the_tray_is_decided_with_all_that_was_written_on_it(
    town: Town,
) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = worker.families()[0]
    saved = town.council.backup()
    record_id = worker.note(TEXT, family_id)
    worker.round()
    town.council.restore(saved)
    town.clock.forward(3600)  # what is answered in the same moment as the release is not asked for again
    worker.change(record_id, subject="Written before anybody noticed")
    town.council.allocate(family_id, "colleague")
    worker.round()
    worker.round()
    assert len(only(supervisor).events) == 2, "the change came first: the note had been taken, and was forgotten"
    town.council.allocate(family_id, "practitioner")
    worker.round()
    worker.change(record_id, text=f"{TEXT} Changed.")
    worker.round()
    assert not worker.waiting(), "it lies there with what it was written on"
    assert supervisor.session.decide(only(supervisor).event_id, Decide(is_accepted=True)).is_decided
    for laptop in (supervisor, worker):
        laptop.round()
        body = laptop.record(record_id).body
        assert (body["text"], body["subject"]) == (f"{TEXT} Changed.", "Written before anybody noticed")
    assert worker.counts().needs_you == 0


def test_a_decision_whose_answer_was_lost_is_asked_again(town: Town) -> None:
    worker, supervisor, _ = moved(town, online)
    event_id = only(supervisor).event_id
    with town.network.cut(down=30), pytest.raises(AnswerError) as caught:
        supervisor.session.decide(event_id, Decide(is_accepted=True))
    assert caught.value.code == "council_away"
    supervisor.connect()
    assert supervisor.session.decide(event_id, Decide(is_accepted=True)).is_decided
    worker.round()
    assert {each.decided.is_accepted for each in rows(worker) if each.decided} == {True}


def test_the_tray_is_shut_to_practitioners(town: Town) -> None:
    worker = town.loaded("practitioner")
    with pytest.raises(AnswerError) as caught:
        worker.session.holding()
    assert caught.value.code == "not_there"
    with pytest.raises(SfError):
        worker.do(mending.text_of, "nothing")
