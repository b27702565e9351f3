"""The stories that every version must pass, each a real loss in a system of this kind; online, offline and cut."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sf_council.database.identity import sessions, workers
from sf_desktop.ops import writing
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.ops.worker.today import today
from sf_desktop.store.tables import configuration, families, outbox
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.load import Watch
from sf_desktop.sync.scheduler import Wire
from sf_desktop.sync.status import status_words
from sf_desktop.wording import error
from sf_desktop.wording.status import StatusWords
from sf_record.dates import moment_text
from sf_record.events import Action, Event
from sf_record.outcomes import Result
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.builders.written import settle
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD
from tests.together.weathers import EVERY, Exchange, cut_down, cut_up, offline, online

HEARD = "2026-11-23T09:00:00.000000Z"


def both(town: Town, exchange: Exchange) -> tuple[Laptop, Laptop]:
    """Return a practitioner's and the supervisor's laptop, both loaded."""
    return town.loaded("practitioner"), town.loaded("supervisor")


def text_of(laptop: Laptop, record_id: str) -> str:
    return str(laptop.record(record_id).body["text"])


@EVERY
def test_a_signed_note_reaches_the_supervisor(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, exchange)
    record_id = worker.note("Pretend words of a visit.", sign=True)
    exchange(town, worker)
    supervisor.round()
    assert text_of(supervisor, record_id) == "Pretend words of a visit."
    assert supervisor.record(record_id).signed is not None
    assert not worker.waiting()
    assert worker.events()[-1].receipt_seq


def test_a_practitioner_sees_nothing_of_a_colleagues_caseload(town: Town) -> None:
    colleague = town.loaded("colleague")
    assert not colleague.families()
    assert not colleague.held()


@EVERY
def test_story_1_a_family_moves_while_its_worker_is_offline(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    family_id = worker.families()[0]
    town.council.allocate(family_id, "colleague")
    worker.note("Written when the file had moved already.", family_id)
    exchange(town, worker)
    worker.round()
    answered = worker.read(lambda c: c.execute("SELECT code, receipt_at FROM outbox").fetchall())
    assert [(each[0], bool(each[1])) for each in answered] == [("family_moved", True)]
    assert not worker.waiting()
    assert family_id not in worker.families()
    colleague = town.loaded("colleague")
    assert family_id in colleague.families()


@EVERY
def test_story_2_two_people_change_the_same_field(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, exchange)
    person = next(each for each in kept(worker, "person"))
    worker.change(person, given_name="Wren")
    supervisor.change(person, given_name="Robin")
    exchange(town, supervisor)
    exchange(town, worker)
    supervisor.round()
    for laptop in (worker, supervisor):
        record = laptop.record(person)
        assert record.body["given_name"] == "Robin"
        assert [(each.mine, each.theirs) for each in record.conflicts] == [("Wren", "Robin")]
    conflict = supervisor.record(person).conflicts[0]
    supervisor.do(settle, person, conflict.id, keep_mine=True, reason="The family says so.")
    exchange(town, supervisor)
    worker.round()
    for laptop in (worker, supervisor):
        assert laptop.record(person).body["given_name"] == "Wren"
        assert not laptop.record(person).conflicts
        assert laptop.counts().needs_you == 0


@EVERY
def test_story_3_never_all_sent_while_one_event_waits(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    assert lead(worker) == "Everything is with the council."
    worker.note("Waits.")
    for wire in (
        Wire(heard_at="2026-11-23T09:00:00.000000Z"),
        Wire(is_busy=True, heard_at="2026-11-23T09:00:00.000000Z"),
    ):
        assert "Everything" not in lead(worker, wire)
    exchange(town, worker)
    assert lead(worker) == "Everything is with the council."
    foreign = writing_of_another_worker(worker)
    put(worker, foreign)
    exchange(town, worker)
    assert worker.events()[-1].result == Result.REFUSED.value
    assert "Everything" not in lead(worker)
    assert worker.counts().needs_you == 1


@EVERY
def test_story_4_a_change_before_its_create_is_held_then_applied(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    record_id = worker.note("First.")
    worker.change(record_id, text="Second.")
    first, second = worker.events()[-2:]
    hide(worker, first.event.id)
    exchange(town, worker)
    assert worker.entry(second.event.id).result == Result.HELD.value
    assert worker.waiting() == [second.event.id]
    assert text_of(worker, record_id) == "Second."
    show(worker, first.event.id)
    exchange(town, worker)
    worker.round()
    assert not worker.waiting()
    supervisor = town.loaded("supervisor")
    assert text_of(supervisor, record_id) == "Second."


@EVERY
def test_story_5_a_first_load_cut_at_forty_percent_resumes(town: Town, exchange: Exchange) -> None:
    town.council.seed(10, records_per_family=120, seed=2)
    with town.network.counted() as traffic:
        whole = town.loaded()
    worker = town.laptop()
    with town.network.cut(down=int(traffic.down * 0.4)):
        assert worker.try_round() in {"council_away", "answer_unreadable"}
    before = held_rows(worker)
    some = worker.read(families.complete)
    assert 0 < len(some) < len(whole.families())
    worker.connect()
    with town.network.counted() as rest:
        exchange(town, worker)
    assert rest.down < traffic.down
    assert before <= held_rows(worker)
    assert worker.held() == whole.held()
    assert worker.read(families.complete) == frozenset(whole.families())


def test_story_5_a_load_that_was_cut_makes_no_reminder_of_a_file_that_is_not_whole(town: Town) -> None:
    """What ends it may not be here yet: a visit, a meeting, the end of a plan."""
    worker = town.loaded()  # so that it has the council's intervals
    town.council.seed(4, records_per_family=400, seed=2)  # each proved in several parts
    with town.network.counted() as traffic:
        town.loaded()
    with town.network.cut(down=int(traffic.down * 0.75)):
        worker.try_round()
    held = worker.read(lambda c: c.execute("SELECT DISTINCT family_id FROM record").fetchall())
    half_here = {str(each[0]) for each in held} - worker.read(families.complete)
    assert half_here
    assert not reminded_of(worker) & half_here
    worker.connect()
    worker.round()
    assert reminded_of(worker) & half_here


@pytest.mark.parametrize("share", [0.1, 0.4, 0.8])
def test_story_5_a_load_that_was_cut_leaves_no_family_file_without_the_councils_intervals(
    town: Town, share: float
) -> None:
    """Without them nothing is due, and nobody is told whom to ring."""
    town.council.seed(10, records_per_family=120, seed=2)
    with town.network.counted() as traffic:
        town.loaded()
    worker = town.laptop()
    with town.network.cut(down=int(traffic.down * share)):
        worker.try_round()
    assert worker.read(families.count) > 0
    assert worker.read(configuration.current).intervals


def test_a_load_can_be_cancelled_between_two_lines(town: Town) -> None:
    town.council.seed(3, records_per_family=60, seed=2)
    worker = town.laptop()
    lines = iter(range(70))
    with pytest.raises(AnswerError) as caught:
        worker.round(Watch(should_stop=lambda: next(lines, None) is None))
    assert caught.value.code == "stopped"
    worker.round()
    assert len(worker.read(families.complete)) == 5


@EVERY
def test_story_9_a_session_expires_in_mid_sentence(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    worker.note("Typed while the sign-in was running out.")
    town.clock.forward(timedelta(days=31).total_seconds())
    assert worker.try_round() == "sign_in_expired"
    assert worker.ledger.sign_in_state().tokens is None
    assert text_of(worker, worker.note("Typed afterwards.")) == "Typed afterwards."
    assert len(worker.waiting()) == 2
    worker.session.sign_in(PASSWORD)
    exchange(town, worker)
    assert not worker.waiting()


@EVERY
def test_story_10_a_poisoned_event_does_not_block_the_rest(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    good = worker.note("Before it.")
    family_id = worker.families()[0]
    put(worker, event_of(worker, family_id, fields={"type": "note", "text": "\x00", "happened_at": "never"}))
    put(worker, event_of(worker, family_id, kind="something", fields={"deep": [[[[[]]]]]}))
    also_good = worker.note("After it.")
    exchange(town, worker)
    assert not worker.waiting()
    assert worker.counts().needs_you == 2
    supervisor = town.loaded("supervisor")
    assert text_of(supervisor, good) == "Before it."
    assert text_of(supervisor, also_good) == "After it."


@EVERY
def test_story_12_pending_work_survives_a_restart_and_is_sent_once(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    with town.network.cut(down=60):
        record_id = worker.note("Sent, and the answer lost.")
        assert worker.try_round() == "council_away"
    assert len(worker.waiting()) == 1
    worker.connect()
    exchange(town, worker)
    assert not worker.waiting()
    supervisor = town.loaded("supervisor")
    assert text_of(supervisor, record_id) == "Sent, and the answer lost."
    before = supervisor.record(record_id).seq
    worker.round()
    supervisor.round()
    assert supervisor.record(record_id).seq == before


@EVERY
def test_story_15_marked_in_error_here_edited_there(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, exchange)
    person = kept(worker, "person")[0]
    supervisor.do(writing.enter_in_error, person, "Another family's child.")
    worker.change(person, given_name="Wren")
    exchange(town, supervisor)
    exchange(town, worker)
    supervisor.round()
    for laptop in (worker, supervisor):
        record = laptop.record(person)
        assert record.in_error is not None
        assert [each.mine for each in record.conflicts] == ["Wren"]
        assert record.body["given_name"] != "Wren"


@EVERY
def test_story_17_five_hundred_records_at_once(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, online)
    ids = [worker.note(f"Note {number}.") for number in range(520)]
    exchange(town, worker)
    assert not worker.waiting()
    supervisor.round()
    assert all(supervisor.find(each) is not None for each in ids)


@EVERY
def test_story_18_a_password_changed_while_offline(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    council = town.council
    changed = council.council.passwords.hash("another pretend word")
    who = council.worker("practitioner").id
    council.do(lambda c: workers.set_password(c, council.council.id, who, changed))
    worker.note("Written meanwhile.")
    town.clock.forward(timedelta(days=31).total_seconds())
    assert worker.try_round() == "sign_in_expired"
    with pytest.raises(AnswerError) as caught:
        worker.session.sign_in(PASSWORD)
    assert caught.value.code == "sign_in_refused"
    assert worker.waiting()
    words = foot(worker, Wire(error=error("sign_in_expired")))
    assert words.lead == "Sign in to the council again."
    worker.session.sign_in("another pretend word")
    exchange(town, worker)
    assert not worker.waiting()


def test_a_changed_password_is_asked_for_at_once(town: Town) -> None:
    worker = town.loaded("practitioner")
    council = town.council
    who = council.worker("practitioner").id
    council.do(lambda c: sessions.end_all(c, council.council.id, who, town.clock.now(), "password_changed"))
    worker.note("Written meanwhile.")
    assert worker.try_round() == "sign_in_expired"
    worker.session.sign_in(PASSWORD)
    worker.round()
    assert not worker.waiting()


@EVERY
@pytest.mark.parametrize("days", [-20_000, -30, -1, 1, 30])
def test_story_19_a_clock_a_day_wrong_still_syncs(town: Town, days: int, exchange: Exchange) -> None:
    wrong = FrozenClock(town.clock.now() + timedelta(days=days))
    worker = town.loaded("practitioner", clock=wrong)
    record_id = worker.note("Written under a wrong clock.")
    worker.connect()
    exchange(town, worker)
    assert not worker.waiting()
    wrong.set(town.clock.now() + timedelta(days=1))
    worker.note("And after it jumped.", worker.families()[1])
    worker.round()
    assert not worker.waiting()
    assert worker.record(record_id).seq > 0


def test_story_20_ten_times_a_caseload(town: Town) -> None:
    town.council.seed(40, records_per_family=40, seed=3)
    supervisor = town.loaded("supervisor")
    for exchange in (offline, cut_up, cut_down):
        elsewhere = town.laptop("supervisor")
        exchange(town, elsewhere)
        assert len(elsewhere.read(families.complete)) == 42
        assert elsewhere.held() == supervisor.held()
    assert len(supervisor.families()) == 42
    assert len(supervisor.read(families.complete)) == 42
    with town.network.counted() as traffic:
        supervisor.round()
    assert (traffic.requests, traffic.up < 1_024, traffic.down < 1_024) == (1, True, True)


def reminded_of(laptop: Laptop) -> set[str]:
    """Return the family files of which Today says that something is due or owed."""
    view = laptop.do(today)
    return {each.family_id for each in view.due} | {each.family_id for each in view.owed}


def kept(laptop: Laptop, kind: str) -> list[str]:
    """Return the ids of a kind's records on a laptop, in one order everywhere."""
    rows = laptop.read(lambda c: c.execute("SELECT id FROM record WHERE kind = ? ORDER BY id", (kind,)).fetchall())
    return [str(each[0]) for each in rows]


def held_rows(laptop: Laptop) -> set[tuple[str, int]]:
    return {(key, value[0]) for key, value in laptop.held().items()}


def foot(laptop: Laptop, wire: Wire) -> StatusWords:
    """What the foot of every screen says."""
    return status_words(laptop.do(status_counts), wire, laptop.clock.now().astimezone())


def lead(laptop: Laptop, wire: Wire | None = None) -> str:
    return foot(laptop, wire or Wire(heard_at=HEARD)).lead


def put(laptop: Laptop, event: Event) -> None:
    """Put an event into the outbox that no verb would have written."""
    laptop.do(lambda office: outbox.append(office.tx, event, event.written_at))


def hide(laptop: Laptop, event_id: str) -> None:
    laptop.do(lambda office: office.connection.execute("UPDATE outbox SET state = 'away' WHERE id = ?", (event_id,)))


def show(laptop: Laptop, event_id: str) -> None:
    laptop.do(lambda office: office.connection.execute("UPDATE outbox SET state = 'waiting' WHERE id = ?", (event_id,)))


def event_of(laptop: Laptop, family_id: str, **more) -> Event:
    values = {
        "id": laptop.new_id(), "action": Action.CREATE, "family_id": family_id, "record_id": laptop.new_id(),
        "kind": "note", "author_id": laptop.me.worker.id, "device_id": laptop.me.device_id,
        "written_at": moment_text(datetime(2026, 11, 23, 9, tzinfo=UTC)),
    }  # fmt: skip
    return Event(**{**values, **more})


def writing_of_another_worker(laptop: Laptop) -> Event:
    return event_of(
        laptop, laptop.families()[0], author_id=laptop.new_id(), fields={"type": "note", "text": "Not mine."}
    )
