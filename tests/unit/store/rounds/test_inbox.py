"""What the council says is applied whole: receipts, records, cursors, releases; nothing that waits is lost by it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.families.search import search
from sf_desktop.ops.leaving.laptop import on_this_laptop
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import mending, notes
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.ops.worker.today import today
from sf_desktop.store import coding
from sf_desktop.store.queries import entries
from sf_desktop.store.rounds import inbox, release
from sf_desktop.store.tables import families, index, outbox, records
from sf_record.events import Action
from sf_record.merge import apply
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.record import Record
from sf_record.wire.rounds import Released, RoundAnswer
from tests.builders.offices import an_office, answer, open_vault, pretend_records, state_of, transaction, with_families
from tests.builders.written import settle, write_note

AT = "2026-11-23T10:00:00.000000Z"
LATER = "2026-11-23T12:00:00.000000Z"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    connection = open_vault(tmp_path)
    yield an_office(connection, random.Random(3))
    connection.close()


@pytest.fixture
def held(office: Office) -> tuple[Record, ...]:
    return with_families(office, random.Random(4), count=2, per_family=30)


def a_note(office: Office, family_id: str, text: str = "Pretend words.") -> str:
    return write_note(office, family_id, {"type": "note", "happened_at": office.now(), "text": text}).record_id


def receipt(event_id: str, family_id: str, seq: int, result: Result = Result.ACCEPTED, code: str = "") -> Outcome:
    return Outcome(event_id=event_id, result=result, code=code, receipt=Receipt(family_id=family_id, seq=seq, at=AT))


def only_event(office: Office, record_id: str) -> str:
    found = [each.event.id for each in entries.chosen(office.connection, entries.numbers(office.connection))]
    return next(each for each in found if entries.one(office.connection, each).event.record_id == record_id)  # type: ignore[union-attr]


def council_takes(office: Office, record_id: str, seq: int) -> RoundAnswer:
    """The council's answer to one created record."""
    event_id = only_event(office, record_id)
    entry = entries.one(office.connection, event_id)
    assert entry is not None
    taken = apply(None, entry.event, seq).record
    assert taken is not None
    return RoundAnswer(at=AT, outcomes=(receipt(event_id, taken.family_id, seq),), records=(taken,))


def of_family(held: tuple[Record, ...], family_id: str) -> list[Record]:
    return [each for each in held if each.family_id == family_id]


def test_a_receipt_ends_the_waiting_and_the_digest_agrees(office: Office, held: tuple[Record, ...]) -> None:
    family_id = held[0].family_id
    record_id = a_note(office, family_id)
    seq = max(each.seq for each in of_family(held, family_id)) + 1
    said = council_takes(office, record_id, seq)
    theirs = [*of_family(held, family_id), *said.records]
    said = replace(said, families=(state_of(family_id, theirs),))
    for _ in range(2):  # delivered twice, it counts once
        with transaction(office.connection):
            assert not inbox.apply(office.connection, said).differing
        counts = status_counts(office)
        assert (counts.with_council, counts.waiting, counts.is_all_with_council) == (1, 0, True)
        assert records.stored(office.connection, record_id).truth_text is None  # type: ignore[union-attr]
        assert families.cursors(office.connection)[family_id] == seq


def test_a_receipt_before_its_record_does_not_hide_what_was_written(office: Office, held: tuple[Record, ...]) -> None:
    record_id = a_note(office, held[0].family_id)
    said = council_takes(office, record_id, 900)
    inbox.apply(office.connection, replace(said, records=()))
    assert records.get(office.connection, record_id) is not None
    inbox.apply(office.connection, replace(said, outcomes=()))
    assert not outbox.shown_events(office.connection, record_id)


def test_a_refusal_needs_its_author_and_keeps_the_text(office: Office, held: tuple[Record, ...]) -> None:
    record_id = a_note(office, held[0].family_id, "Words that were refused.")
    notes_of = only_event(office, record_id)
    writing.amend(office, record_id, "More.")
    refused = Outcome(event_id=notes_of, result=Result.REFUSED, code="not_yours")
    inbox.apply(office.connection, RoundAnswer(at=AT, outcomes=(refused,)))
    counts = status_counts(office)
    assert (counts.needs_you, counts.waiting, counts.is_all_with_council) == (2, 0, False)
    assert not outbox.outgoing(office.connection, 10, 10_000)
    assert records.get(office.connection, record_id) is not None
    draft = mending.write_again(office, notes_of)
    assert draft.body["text"] == "Words that were refused."


def test_a_conflict_needs_somebody_until_it_is_settled(office: Office, held: tuple[Record, ...]) -> None:
    person = next(each for each in held if each.kind == "person")
    writing.change(office, person.id, {**person.body, "known_as": "Mine"})
    event = entries.chosen(office.connection, entries.numbers(office.connection))[0].event
    theirs = replace(person, body={**person.body, "known_as": "Theirs"}, seq=800)
    merged = apply(theirs, event, 801).record
    assert merged is not None
    said = RoundAnswer(at=AT, outcomes=(receipt(event.id, person.family_id, 801, Result.CONFLICT),), records=(merged,))
    inbox.apply(office.connection, said)
    assert status_counts(office).needs_you == 1
    shown = records.get(office.connection, person.id)
    assert shown is not None
    assert (shown.body["known_as"], shown.conflicts[0].mine) == ("Theirs", "Mine")
    settle(office, person.id, shown.conflicts[0].id, keep_mine=True, reason="She asked for it")
    assert records.get(office.connection, person.id).body["known_as"] == "Mine"  # type: ignore[union-attr]
    assert status_counts(office).needs_you == 0


def test_what_differs_is_named_and_its_cursor_stays(office: Office, held: tuple[Record, ...]) -> None:
    family_id = held[0].family_id
    before = families.cursors(office.connection)[family_id]
    lies = replace(state_of(family_id, of_family(held, family_id)), digest="0" * 32, seq=999, cursor=999)
    assert inbox.apply(office.connection, RoundAnswer(at=AT, families=(lies,))).differing == (family_id,)
    assert families.cursors(office.connection)[family_id] == before
    assert family_id not in families.complete(office.connection)


def test_a_proof_by_what_was_stored_is_the_proof_of_the_whole_file(office: Office, held: tuple[Record, ...]) -> None:
    family_id = held[0].family_id
    theirs = {each.id: each for each in of_family(held, family_id)}
    for turn, each in enumerate(list(theirs.values())[:6]):
        changed = replace(each, seq=900 + turn)
        theirs[each.id] = changed
        fresh = replace(each, id=office.new_id(), seq=950 + turn)
        theirs[fresh.id] = fresh
        state = state_of(family_id, list(theirs.values()))
        for _ in range(2):  # the same records once more move nothing
            said = RoundAnswer(at=AT, records=(changed, fresh), families=(state,))
            assert not inbox.apply(office.connection, said).differing
        assert families.holds(office.connection, state)
    lies = replace(state_of(family_id, list(theirs.values())[1:]), seq=999, cursor=999)
    assert inbox.apply(office.connection, RoundAnswer(at=AT, families=(lies,))).differing == (family_id,)


def test_a_record_that_was_lost_here_is_noticed_by_the_next_upkeep_and_pulled_anew(
    office: Office, held: tuple[Record, ...]
) -> None:
    family_id = held[0].family_id
    prove(office)
    assert family_id in families.complete(office.connection)
    lost = of_family(held, family_id)[3]
    records.delete(office.connection, (lost.id,))
    prove(office)
    assert family_id not in families.complete(office.connection)
    assert families.cursors(office.connection)[family_id] == 0
    assert all(cursor for other, cursor in families.cursors(office.connection).items() if other != family_id)


def test_a_record_that_was_lost_here_is_noticed_by_the_round_that_touches_its_file(
    office: Office, held: tuple[Record, ...]
) -> None:
    family_id = held[0].family_id
    theirs = of_family(held, family_id)
    records.delete(office.connection, (theirs[3].id,))
    changed = replace(theirs[0], seq=max(each.seq for each in theirs) + 1)
    said = RoundAnswer(at=AT, records=(changed,), families=(state_of(family_id, [changed, *theirs[1:]]),))
    assert inbox.apply(office.connection, said).differing == (family_id,)
    other = next(each.family_id for each in held if each.family_id != family_id)
    said = RoundAnswer(at=AT, families=(state_of(other, of_family(held, other)),))
    assert not inbox.apply(office.connection, said).differing


def test_what_is_counted_of_a_file_is_what_the_council_has_given(office: Office, held: tuple[Record, ...]) -> None:
    family_id = held[0].family_id
    theirs = of_family(held, family_id)
    record_id = a_note(office, family_id)
    seq = max(each.seq for each in theirs) + 1
    said = council_takes(office, record_id, seq)
    with_it = state_of(family_id, [*theirs, *said.records])
    as_before = state_of(family_id, theirs)

    def is_counted() -> bool:
        given = "SELECT count(*) FROM record WHERE {}"
        counts = [
            office.connection.execute(given.format(where)).fetchone()
            for where in ("seq > 0 AND is_forgotten = 0", "is_given = 1")
        ]
        return counts[0] == counts[1]

    assert is_counted()  # what was only written here is not
    inbox.apply(office.connection, replace(said, families=(with_it,)))
    assert is_counted()
    assert families.holds(office.connection, with_it)
    assert inbox.apply(office.connection, RoundAnswer(at=AT, families=(replace(as_before, seq=1, cursor=1),))).differing
    inbox.reopen(office.connection, (family_id,))
    raw = [coding.record_text(each).encode() for each in theirs]
    inbox.pull(office.connection, theirs, raw, (as_before,), {family_id: frozenset(each.id for each in theirs)}, AT)
    assert is_counted()  # the council forgot the note
    assert families.holds(office.connection, as_before)
    inbox.apply(office.connection, replace(said, families=(with_it,)))
    assert is_counted()  # and has it again
    assert families.holds(office.connection, with_it)


def prove(office: Office) -> None:
    while not inbox.prove_slice(office.connection, 1):
        pass


def test_a_council_that_forgot_gets_back_what_this_laptop_knows(office: Office, held: tuple[Record, ...]) -> None:
    family_id = held[0].family_id
    theirs = of_family(held, family_id)
    record_id = a_note(office, family_id, "Written before the council was restored.")
    seq = max(each.seq for each in theirs) + 1
    said = council_takes(office, record_id, seq)
    inbox.apply(office.connection, replace(said, families=(state_of(family_id, [*theirs, *said.records]),)))
    older = sorted(theirs, key=lambda each: each.seq)[:-1]
    lost = next(each for each in theirs if each not in older)
    assert inbox.apply(office.connection, RoundAnswer(at=AT, families=(state_of(family_id, older),))).differing
    inbox.reopen(office.connection, (family_id,))
    assert [each.record_id for each in outbox.outgoing(office.connection, 10, 10_000)] == [record_id]
    raw = [coding.record_text(each).encode() for each in older]
    only = {family_id: frozenset(each.id for each in older)}
    pulled = inbox.pull(office.connection, older, raw, (state_of(family_id, older),), only, AT)
    assert not pulled.differing
    assert records.get(office.connection, lost.id) is not None  # this copy may be the last
    assert records.get(office.connection, record_id) is not None


def leave(office: Office) -> None:
    while release.step(office.connection, AT, AT[:10]).is_more:
        pass


def test_a_released_family_leaves_at_once_where_nothing_waits(office: Office, held: tuple[Record, ...]) -> None:
    family_id = held[0].family_id
    said = RoundAnswer(at=AT, released=(Released(family_id=family_id, reason="reallocated"),))
    inbox.apply(office.connection, said)
    leave(office)
    assert family_id not in families.cursors(office.connection)
    assert not records.ids_of_family(office.connection, family_id)
    found = office.connection.execute("SELECT count(*) FROM paper").fetchone()
    assert found == (len(held) - len(of_family(held, family_id)),)


def test_a_released_family_stays_while_something_is_unsent_or_unfinished(
    office: Office, held: tuple[Record, ...]
) -> None:
    family_id = held[0].family_id
    record_id = a_note(office, family_id)
    draft = notes.start_note(office, family_id)
    inbox.apply(office.connection, RoundAnswer(at=AT, released=(Released(family_id=family_id, reason="moved"),)))
    assert next(each for each in on_this_laptop(office).families if each.family_id == family_id).leaves_because
    in_tray = receipt(only_event(office, record_id), family_id, 0, Result.HELD, "family_moved")
    inbox.apply(office.connection, RoundAnswer(at=AT, outcomes=(in_tray,)))
    leave(office)
    assert records.get(office.connection, record_id) is not None
    drafting.discard(office, draft.id)
    leave(office)
    assert not records.ids_of_family(office.connection, family_id)
    assert not search(office, "pretend words").notes


def test_a_first_load_cut_short_counts_as_nothing_and_goes_on(office: Office) -> None:
    theirs = pretend_records(office, random.Random(5), 2, 40)
    raw = [coding.record_text(each).encode() for each in theirs]
    family_ids = sorted({each.family_id for each in theirs})
    half = len(theirs) // 2
    index.gather(office.connection)
    inbox.pull(office.connection, theirs[:half], raw[:half], (), {}, AT)
    view = today(office)
    assert (view.due, view.incomplete) == ((), view.families)
    some = search(office, "the")
    assert some.is_ready
    assert {each.record_id for each in some.notes} < {each.id for each in theirs[:half]}
    saved = a_note(office, theirs[0].family_id, "Written while it loads: xylophone.")
    ends = [state_of(each, of_family(theirs, each)) for each in family_ids]
    for _ in range(2):
        assert not inbox.pull(office.connection, theirs, raw, ends, {}, AT).differing
    while not index.build_slice(office.connection):
        pass
    assert families.complete(office.connection) == frozenset(family_ids)
    assert today(office).due
    assert [each.record_id for each in search(office, "xylop").notes] == [saved]
    assert status_counts(office).waiting == 1


def test_kinds_and_fields_of_a_newer_program_are_kept(office: Office, held: tuple[Record, ...]) -> None:
    known = next(each for each in held if each.kind == "person")
    newer = replace(known, seq=700, body={**known.body, "shoe_size": 7})
    unknown = replace(known, id=office.new_id(), kind="hovercraft", seq=701, body={"eels": 3})
    inbox.apply(office.connection, RoundAnswer(at=AT, records=(newer, unknown)))
    assert records.get(office.connection, unknown.id).body == {"eels": 3}  # type: ignore[union-attr]
    writing.change(office, known.id, {"role": "child", "given_name": "Changed"})
    shown = records.get(office.connection, known.id)
    assert shown is not None
    assert shown.body["shoe_size"] == 7
    event = entries.chosen(office.connection, entries.numbers(office.connection))[0].event
    assert event.action is Action.CHANGE
    assert "shoe_size" not in event.fields


def test_a_page_of_the_outbox_keeps_order_and_bounds(office: Office, held: tuple[Record, ...]) -> None:
    ids = [a_note(office, held[0].family_id, f"Note {n} " + "x" * 500) for n in range(6)]
    page = outbox.outgoing(office.connection, 4, 1_000_000)
    assert [each.record_id for each in page] == ids[:4]
    assert len(outbox.outgoing(office.connection, 10, 2_000)) < 6
    assert len(outbox.outgoing(office.connection, 10, 1)) == 1
    without = {page[0].id}
    assert outbox.outgoing(office.connection, 1, 1_000_000, without)[0].record_id == ids[1]


def test_an_event_counts_as_sent_only_once_the_council_has_answered(office: Office, held: tuple[Record, ...]) -> None:
    record_id = a_note(office, held[0].family_id)
    event_id = only_event(office, record_id)
    outbox.outgoing(office.connection, 10, 1_000_000)  # a round that is about to be cut off
    before = entries.one(office.connection, event_id)
    inbox.apply(office.connection, council_takes(office, record_id, 500))
    after = entries.one(office.connection, event_id)
    assert before is not None
    assert after is not None
    assert (before.sent_at, after.sent_at) == (None, AT)


def test_an_answer_that_cannot_be_applied_changes_nothing(office: Office, held: tuple[Record, ...]) -> None:
    family_id = held[0].family_id
    record_id = a_note(office, family_id)
    said = council_takes(office, record_id, 500)
    broken = replace(said.records[0], written_at=None, body={}, id=office.new_id())  # type: ignore[arg-type]
    before = families.cursors(office.connection)
    with pytest.raises(Exception), transaction(office.connection):  # noqa: B017 - whatever it is, nothing is applied
        inbox.apply(office.connection, answer((*said.records, broken), outcomes=said.outcomes))
    assert status_counts(office).waiting == 1
    assert families.cursors(office.connection) == before


def test_a_record_never_takes_the_place_of_another_family_files(office: Office, held: tuple[Record, ...]) -> None:
    known = next(each for each in held if each.family_id == held[0].family_id and each.kind == "visit")
    other = next(each.family_id for each in held if each.family_id != known.family_id)
    forged = replace(known, family_id=other, seq=900, body={**known.body, "observed": "Forged."})
    theirs = [*of_family(held, other), forged]
    said = RoundAnswer(at=AT, records=(forged,), families=(state_of(other, theirs),))
    assert inbox.apply(office.connection, said).differing == (other,)
    assert records.get(office.connection, known.id) == known
    inbox.reopen(office.connection, (other,))
    raw = [coding.record_text(each).encode() for each in theirs]
    only = {other: frozenset(each.id for each in theirs)}
    assert inbox.pull(office.connection, theirs, raw, (state_of(other, theirs),), only, AT).differing == (other,)
    assert records.get(office.connection, known.id) == known


def test_a_conflict_of_a_released_family_needs_nobody_here_any_more(office: Office, held: tuple[Record, ...]) -> None:
    person = next(each for each in held if each.kind == "person")
    writing.change(office, person.id, {**person.body, "known_as": "Mine"})
    event_id = only_event(office, person.id)
    in_conflict = receipt(event_id, person.family_id, 801, Result.CONFLICT, "same_field_changed")
    inbox.apply(office.connection, RoundAnswer(at=AT, outcomes=(in_conflict,)))
    assert entries.one(office.connection, event_id).state is outbox.State.NEEDS_YOU  # type: ignore[union-attr]
    gone = Released(family_id=person.family_id, reason="reallocated")
    inbox.apply(office.connection, RoundAnswer(at=LATER, released=(gone,)))
    leave(office)
    assert records.ids_of_family(office.connection, person.family_id)  # it is asked for once more
    inbox.apply(office.connection, RoundAnswer(at=LATER, outcomes=(in_conflict,), released=(gone,)))
    leave(office)
    assert not records.ids_of_family(office.connection, person.family_id)
    assert (status_counts(office).needs_you, mending.not_taken(office)) == (0, ())


def as_of(office: Office, family_id: str) -> str | None:
    now = families.standing(office.connection, family_id)
    assert now is not None
    return now.as_of


def test_a_file_that_falls_behind_stays_as_of_when_it_was_last_whole(office: Office, held: tuple[Record, ...]) -> None:
    one, other = dict.fromkeys(each.family_id for each in held)
    with transaction(office.connection):
        inbox.apply(office.connection, RoundAnswer(at=AT))
    assert as_of(office, one) == as_of(office, other) == AT
    theirs = of_family(held, one)
    newer = replace(state_of(one, theirs), seq=max(each.seq for each in theirs) + 1)
    with transaction(office.connection):
        inbox.apply(office.connection, RoundAnswer(at=LATER, families=(newer,), more=True))
    assert (as_of(office, one), as_of(office, other)) == (AT, AT)
    with transaction(office.connection):
        inbox.apply(office.connection, RoundAnswer(at=LATER))
    assert (as_of(office, one), as_of(office, other)) == (AT, LATER)
    last = "2026-11-23T13:00:00.000000Z"
    with transaction(office.connection):
        inbox.reopen(office.connection, (other,))
        inbox.apply(office.connection, RoundAnswer(at=last))
    assert as_of(office, other) == LATER
    with transaction(office.connection):
        inbox.apply(office.connection, RoundAnswer(at=last, families=(state_of(other, of_family(held, other)),)))
    assert as_of(office, other) == last


def test_a_round_without_news_writes_as_much_for_many_files_as_for_few(office: Office) -> None:
    def rows_written() -> int:
        before = office.connection.execute("SELECT total_changes()").fetchone()
        with transaction(office.connection):
            inbox.apply(office.connection, RoundAnswer(at=LATER))
        after = office.connection.execute("SELECT total_changes()").fetchone()
        assert before is not None
        assert after is not None
        return int(after[0]) - int(before[0])

    with_families(office, random.Random(4), count=1, per_family=3)
    few = rows_written()
    with_families(office, random.Random(5), count=12, per_family=3)
    assert rows_written() == few
