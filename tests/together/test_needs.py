"""What needs somebody, told whole: both see both versions, one settles, and what was refused finds its way on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.reading import history
from sf_desktop.ops.records import mending
from sf_desktop.ops.sending import conflicts
from sf_desktop.store.tables.outbox import State
from sf_record.errors import InputError
from sf_record.events import Action
from sf_record.outcomes import REASONS
from sf_record.wire.rounds import HistoryEntry
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.together.test_stories import both, event_of, kept, put, text_of
from tests.together.weathers import EVERY, Exchange, online


def quarrel(town: Town, exchange: Exchange, **fields: tuple[object, object]) -> tuple[Laptop, Laptop, str]:
    """Both change the same fields of a person while offline; both have heard of it in the end."""
    worker, supervisor = both(town, exchange)
    person = kept(worker, "person")[0]
    worker.change(person, **{name: mine for name, (mine, _) in fields.items()})
    supervisor.change(person, **{name: theirs for name, (_, theirs) in fields.items()})
    exchange(town, supervisor)
    exchange(town, worker)
    supervisor.round()
    return worker, supervisor, person


def the_conflict(laptop: Laptop) -> conflicts.ConflictRow:
    (row,) = laptop.do(conflicts.open_conflicts)
    return row


def settle(laptop: Laptop, value: object, reason: str = "Asked the family.") -> str:
    row = the_conflict(laptop)
    seen = laptop.record(row.record_id).body.get("given_name")
    laptop.do(writing.settle_with, row.record_id, row.conflict_id, value, seen, reason)
    return laptop.events()[-1].event.id


@EVERY
def test_story_2_both_are_shown_both_versions_with_who_and_when(town: Town, exchange: Exchange) -> None:
    worker, supervisor, person = quarrel(town, exchange, given_name=("Wren", "Robin"))
    names = {laptop: laptop.identity.worker_name for laptop in (worker, supervisor)}
    for laptop in (worker, supervisor):
        row = the_conflict(laptop)
        assert (row.record_id, row.field_label) == (person, "First names")
        sheet = laptop.do(conflicts.conflict, row.record_id, row.conflict_id)
        assert (sheet.conflict.mine, sheet.stands) == ("Wren", "Robin")
        assert row.by == ("you" if laptop is worker else names[worker])
        assert sheet.stands_by == ("you" if laptop is supervisor else names[supervisor])
        assert row.at
        assert sheet.stands_at
        assert laptop.counts().needs_you == 1


@EVERY
def test_story_2_a_third_value_settles_it_for_both(town: Town, exchange: Exchange) -> None:
    worker, supervisor, person = quarrel(town, exchange, given_name=("Wren", "Robin"))
    settle(supervisor, "Wren Robin")
    exchange(town, supervisor)
    worker.round()
    for laptop in (worker, supervisor):
        assert laptop.record(person).body["given_name"] == "Wren Robin"
        assert not laptop.do(conflicts.open_conflicts)
        assert laptop.counts().needs_you == 0


@EVERY
def test_story_2_it_is_settled_once_and_the_second_is_told_why(town: Town, exchange: Exchange) -> None:
    worker, supervisor, person = quarrel(town, exchange, given_name=("Wren", "Robin"))
    settle(supervisor, "Robin")
    second = settle(worker, "Wren")
    exchange(town, supervisor)
    exchange(town, worker)
    for laptop in (worker, supervisor):
        laptop.round()
        assert laptop.record(person).body["given_name"] == "Robin"
        assert not laptop.do(conflicts.open_conflicts)
    (row,) = worker.do(mending.not_taken)
    assert row.event_id == second
    assert row.reason is not None
    assert row.reason.title == "This has been settled already"
    assert (worker.counts().needs_you, supervisor.counts().needs_you) == (1, 0)
    draft = worker.do(mending.write_again, second)
    assert (draft.record_id, draft.body["given_name"]) == (person, "Wren")
    worker.do(finishing.finish, draft.id, sign=False)
    worker.round()
    supervisor.round()
    assert supervisor.record(person).body["given_name"] == "Wren"


@EVERY
def test_different_answers_merge_without_asking_anybody(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, exchange)
    person = kept(worker, "person")[0]
    worker.change(person, language="Polish")
    supervisor.change(person, known_as="Robin")
    exchange(town, supervisor)
    exchange(town, worker)
    supervisor.round()
    for laptop in (worker, supervisor):
        body = laptop.record(person).body
        assert (body["language"], body["known_as"]) == ("Polish", "Robin")
        assert laptop.counts().needs_you == 0


@EVERY
def test_safeguarding_answers_never_merge_by_themselves(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, exchange)
    relation = kept(worker, "relationship")[0]
    other = next(each for each in kept(worker, "person") if each != worker.record(relation).body.get("to_person"))
    worker.change(relation, has_parental_responsibility=not worker.record(relation).body.get(
        "has_parental_responsibility"
    ))  # fmt: skip
    supervisor.change(relation, to_person=other)
    exchange(town, supervisor)
    exchange(town, worker)
    supervisor.round()
    for laptop in (worker, supervisor):
        row = the_conflict(laptop)
        assert row.is_safeguarding
        assert row.field_label == "Has parental responsibility"


def test_what_was_settled_is_undone_as_long_as_nothing_left(town: Town) -> None:
    worker, _, person = quarrel(town, online, given_name=("Wren", "Robin"))
    settled = settle(worker, "Wren")
    with town.network.offline():
        for _ in range(2):
            assert worker.try_round() == "council_away"
    assert worker.record(person).body["given_name"] == "Wren"
    worker.do(conflicts.undo, settled)
    assert the_conflict(worker).record_id == person
    assert worker.record(person).body["given_name"] == "Robin"
    worker.connect()
    worker.round()
    assert worker.entry(settled).state is State.SET_ASIDE
    assert the_conflict(worker).record_id == person


@pytest.mark.parametrize("cut", [{"up": 900}, {"down": 60}])
def test_what_may_have_left_is_not_undone(town: Town, cut: dict[str, int]) -> None:
    worker, _, person = quarrel(town, online, given_name=("Wren", "Robin"))
    settled = settle(worker, "Wren")
    with town.network.cut(**cut):
        worker.try_round()
    with town.network.offline():
        worker.try_round()
    with pytest.raises(InputError) as caught:
        worker.do(conflicts.undo, settled)
    assert caught.value.code == "undo_too_late"
    worker.connect()
    worker.round()
    assert worker.record(person).body["given_name"] == "Wren"


@EVERY
def test_a_signed_text_is_amended_and_never_overwritten(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, exchange)
    note = worker.note("As it was.")
    worker.round()
    supervisor.round()
    supervisor.change(note, text="As a colleague saw it.")
    worker.do(writing.sign, note)
    exchange(town, worker)
    exchange(town, supervisor)
    worker.round()
    row = the_conflict(worker)
    with pytest.raises(InputError) as caught:
        worker.do(writing.settle_with, note, row.conflict_id, "As a colleague saw it.", "As it was.", "Better.")
    assert caught.value.code == "already_signed"
    worker.do(writing.amend, note, "A colleague saw it otherwise.")
    worker.do(writing.settle_with, note, row.conflict_id, "As it was.", "As it was.", "Added to it.")
    worker.round()
    supervisor.round()
    for laptop in (worker, supervisor):
        record = laptop.record(note)
        assert record.body["text"] == "As it was."
        assert [each.text for each in record.amendments] == ["A colleague saw it otherwise."]
        assert laptop.counts().needs_you == 0


@EVERY
@pytest.mark.parametrize("form", ["as one's last change", "afterwards"])
def test_what_two_people_changed_is_signed_by_its_author_once_it_is_settled(
    town: Town, exchange: Exchange, form: str
) -> None:
    """Nobody's name stands under words that a colleague put there and they have not seen."""
    worker, supervisor = both(town, exchange)
    note = worker.note("As it was.", sign=False)
    exchange(town, worker)
    supervisor.round()
    supervisor.change(note, text="As a colleague saw it.")
    mine = {**worker.record(note).body, "text": "As I saw it."}
    if form == "afterwards":
        worker.do(writing.change, note, mine)
    worker.do(writing.change, note, mine, sign=True)
    exchange(town, supervisor)
    exchange(town, worker)
    supervisor.round()
    assert not worker.waiting()
    assert [each.is_author for each in (sheet_of(worker), sheet_of(supervisor))] == [True, False]
    assert [laptop.record(note).signed for laptop in (worker, supervisor)] == [None, None]
    row = the_conflict(supervisor)
    supervisor.do(writing.settle_with, note, row.conflict_id, "As a colleague saw it.", "As a colleague saw it.", "So.")
    exchange(town, supervisor)
    exchange(town, worker)
    record = worker.record(note)
    assert (record.body["text"], record.signed, worker.counts().needs_you) == ("As a colleague saw it.", None, 0)
    worker.do(writing.change, note, record.body, sign=True)
    exchange(town, worker)
    supervisor.round()
    assert supervisor.record(note).signed is not None


@pytest.mark.parametrize("told", ["before it was signed", "only afterwards"])
def test_what_a_colleague_changed_is_not_signed_unread(town: Town, told: str) -> None:
    """Different answers merge by themselves: their author's name would stand under what came while a form was open."""
    worker, supervisor = both(town, online)
    note = worker.note("As it was.", sign=False)
    worker.round()
    supervisor.round()
    draft = worker.do(drafting.begin_change, note)
    worker.do(drafting.save, draft.id, {**draft.body, "text": "As I saw it."})
    supervisor.change(note, subject="What a colleague calls it.")
    supervisor.round()
    if told == "before it was signed":
        worker.round()
    worker.do(finishing.finish, draft.id, sign=True)
    worker.round()
    record = worker.record(note)
    assert (record.body["text"], record.body["subject"]) == ("As I saw it.", "What a colleague calls it.")
    assert record.signed is None
    assert worker.counts().needs_you == 1
    (row,) = worker.do(mending.not_taken)
    assert (row.what, row.fields) == ("Note changed, but not signed", ("subject",))
    again = worker.do(mending.write_again, row.event_id)
    assert again.body == record.body
    assert worker.counts().needs_you == 1, "until it is signed"
    worker.do(finishing.finish, again.id, sign=True)
    worker.round()
    supervisor.round()
    assert supervisor.record(note).signed is not None
    assert worker.counts().needs_you == 0


def test_what_is_given_up_signing_is_still_in_the_file_and_sent_to_a_council_that_forgot_it(town: Town) -> None:
    worker, supervisor = both(town, online)
    note = worker.note("As it was.", sign=False)
    worker.round()
    supervisor.round()
    supervisor.change(note, subject="What a colleague calls it.")
    supervisor.round()
    saved = town.council.backup()
    worker.do(writing.change, note, {**worker.record(note).body, "text": "As I saw it."}, sign=True)
    worker.round()
    (row,) = worker.do(mending.not_taken)
    worker.do(mending.give_up, row.event_id, "Somebody else signs.")
    assert worker.counts().needs_you == 0
    town.council.restore(saved)
    worker.round()
    supervisor.round()
    assert text_of(supervisor, note) == "As I saw it."


def test_what_is_written_again_does_not_take_what_somebody_wrote_meanwhile(town: Town) -> None:
    """It was refused, and a colleague has written there since: whoever mends theirs has not seen that."""
    worker, supervisor = both(town, online)
    note = worker.note("As it was.", sign=False)
    worker.round()
    supervisor.round()
    before = worker.record(note)
    fields = {"text": "As I saw it.", "happened_at": "never"}
    was = {name: before.body[name] for name in fields}
    mine = event_of(worker, before.family_id, action=Action.CHANGE, record_id=note, base_seq=before.seq, fields=fields)
    put(worker, replace(mine, was=was))
    supervisor.change(note, text="As a colleague saw it.")
    supervisor.round()
    worker.round()
    (row,) = worker.do(mending.not_taken)
    draft = worker.do(mending.write_again, row.event_id)
    worker.do(drafting.save, draft.id, {**draft.body, "happened_at": before.body["happened_at"]})
    worker.do(finishing.finish, draft.id, sign=False)
    worker.round()
    supervisor.round()
    for laptop in (worker, supervisor):
        record = laptop.record(note)
        assert record.body["text"] == "As a colleague saw it."
        assert [each.mine for each in record.conflicts] == ["As I saw it."]


def sheet_of(laptop: Laptop) -> conflicts.ConflictSheet:
    row = the_conflict(laptop)
    return laptop.do(conflicts.conflict, row.record_id, row.conflict_id)


@EVERY
def test_story_10_what_is_poisoned_has_a_reason_and_a_way_on(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    family_id = worker.families()[0]
    put(worker, event_of(worker, family_id, fields={
        "type": "note", "text": "Kept words.", "happened_at": "never", "subject": "\x00",
    }))  # fmt: skip
    after = worker.note("After it.")
    exchange(town, worker)
    assert not worker.waiting()
    (row,) = worker.do(mending.not_taken)
    assert row.reason in REASONS.values()
    draft = worker.do(mending.copy_to_note, row.event_id)
    assert "Kept words." in draft.body["text"]
    worker.do(finishing.finish, draft.id, sign=True)
    exchange(town, worker)
    assert worker.counts().needs_you == 0
    assert not worker.waiting()
    supervisor = town.loaded("supervisor")
    assert text_of(supervisor, after) == "After it."
    assert worker.entry(row.event_id).given_up == mending.COPIED


@EVERY
def test_story_15_what_is_in_error_stays_so_whatever_is_chosen(town: Town, exchange: Exchange) -> None:
    worker, supervisor = both(town, exchange)
    person = kept(worker, "person")[0]
    before = worker.record(person).body["given_name"]
    supervisor.do(writing.enter_in_error, person, "Another family's child.")
    worker.change(person, given_name="Wren")
    exchange(town, supervisor)
    exchange(town, worker)
    row = the_conflict(worker)
    with pytest.raises(InputError) as caught:
        worker.do(writing.settle_with, person, row.conflict_id, "Wren", before, "It is right.")
    assert caught.value.code == "in_error"
    worker.do(writing.settle_with, person, row.conflict_id, before, before, "It is the other family's.")
    exchange(town, worker)
    supervisor.round()
    for laptop in (worker, supervisor):
        record = laptop.record(person)
        assert record.in_error is not None
        assert record.body["given_name"] == before
        assert laptop.counts().needs_you == 0
    told = history.whole(council_says(worker, person), worker.do(history.history_sheet, person))
    assert {"Wren"} == {each.became for version in told for each in version.changes if each.is_kept_beside}


@EVERY
def test_everything_that_stood_is_in_the_history_and_can_be_brought_back(town: Town, exchange: Exchange) -> None:
    worker, supervisor, person = quarrel(town, exchange, given_name=("Wren", "Robin"))
    settle(supervisor, "Wren", "Her mother says so.")
    exchange(town, supervisor)
    worker.round()
    worker.change(person, given_name="Wren Robin")
    sheet = worker.do(history.history_sheet, person)
    told = history.whole(council_says(worker, person), sheet)
    assert told[0].state is State.WAITING
    assert [(each.action, each.reason) for each in told[:2]] == [
        (Action.CHANGE, ""), (Action.SETTLE, "Her mother says so."),
    ]  # fmt: skip
    stood = [(each.was, each.became, each.is_kept_beside) for version in told for each in version.changes
             if each.field == "given_name"]  # fmt: skip
    first = stood[-1][1]
    assert stood[:-1] == [
        ("Wren", "Wren Robin", False), ("Robin", "Wren", False), ("Robin", "Wren", True), (first, "Robin", False),
    ]  # fmt: skip
    worker.do(writing.restore, person, "given_name", "Robin", "On her birth certificate.")
    exchange(town, worker)
    supervisor.round()
    assert supervisor.record(person).body["given_name"] == "Robin"
    newest = history.whole(council_says(supervisor, person), supervisor.do(history.history_sheet, person))[0]
    assert (newest.action, newest.reason, newest.seq) == (
        Action.CHANGE, "On her birth certificate.", supervisor.record(person).seq,
    )  # fmt: skip


def council_says(laptop: Laptop, record_id: str) -> tuple[HistoryEntry, ...]:
    return laptop.session.history(laptop.record(record_id).family_id, record_id)
