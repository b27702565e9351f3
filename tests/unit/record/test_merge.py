"""Nothing anybody wrote is dropped: it stands, or waits as a conflict, or whoever replaced it had seen it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sf_record.events import Action, Event
from sf_record.merge import apply, changed_fields
from sf_record.outcomes import REASONS, Result
from sf_record.record import Amendment, Conflict, InError, Record, Signature

AT = "2026-11-23T09:00:00.000000Z"
FIELDS = ("type", "subject", "text", "about", "shoe_size")
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.sampled_from(["", "a", "b", "c"]),
    st.lists(st.sampled_from(["x", "y"]), max_size=2),
    st.integers(0, 2),
)
BODIES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5)
PEOPLE = st.sampled_from(["me", "other"])


@st.composite
def all_records(draw: st.DrawFn) -> Record:
    conflict = Conflict(
        id="e0:text", field="text", mine="kept", theirs="t", base="b", by="other", at=AT, their_by="me", their_at=AT
    )
    return Record(
        id="r", family_id="f", kind="note", seq=draw(st.integers(1, 5)), author_id=draw(PEOPLE), written_at=AT,
        body=draw(BODIES), signed=draw(st.sampled_from([None, Signature(by="me", at=AT)])),
        amendments=draw(st.sampled_from([(), (Amendment(id="a", text="more", by="me", at=AT),)])),
        in_error=draw(st.sampled_from([None, InError(by="me", at=AT, reason="twice")])),
        conflicts=draw(st.sampled_from([(), (conflict,)])),
    )  # fmt: skip


@st.composite
def all_events(draw: st.DrawFn) -> Event:
    return Event(
        id="e1", action=draw(st.sampled_from(list(Action))), family_id="f", record_id="r", kind="note",
        author_id=draw(PEOPLE), device_id="d", written_at=AT, previous=draw(st.sampled_from([None, "e0"])),
        base_seq=draw(st.integers(0, 5)), fields=draw(BODIES), was=draw(BODIES), is_signing=draw(st.booleans()),
        text="added", reason="because", conflict_id=draw(st.sampled_from([None, "e0:text"])),
    )  # fmt: skip


def plain(value: Any) -> Any:
    return None if value in ("", [], None) else value


@given(all_records(), all_events())
def test_nothing_is_dropped(before: Record, event: Event) -> None:
    after = apply(before, event, 9)
    assert after.code == "" or after.code in REASONS
    if after.record is None:
        assert after.result in {Result.REFUSED, Result.HELD}
        return
    now = after.record
    assert now.seq == 9
    kept = {(each.field, str(plain(each.mine))) for each in now.conflicts}
    if event.action in {Action.CHANGE, Action.SETTLE}:
        for name, value in event.fields.items():
            is_chosen = event.action is Action.CHANGE or name == "text"
            if is_chosen:
                assert plain(now.body.get(name)) == plain(value) or (name, str(plain(value))) in kept
    for name, value in before.body.items():
        was_seen = plain(event.was.get(name)) == plain(value) or (event.action is Action.SETTLE and not event.was)
        assert plain(now.body.get(name)) == plain(value) or was_seen
    gone = [each for each in before.conflicts if each not in now.conflicts]
    assert not gone or (event.action is Action.SETTLE and gone[0].id == event.conflict_id)
    assert set(before.amendments) <= set(now.amendments)
    assert before.signed is None or now.signed == before.signed
    assert before.in_error is None or now.in_error == before.in_error


@given(all_records(), all_events())
def test_what_is_signed_or_in_error_is_never_changed(before: Record, event: Event) -> None:
    now = apply(before, event, 9).record
    if now is not None and (before.signed or before.in_error):
        assert now.body == before.body


@given(BODIES, BODIES)
def test_a_change_turns_one_body_into_the_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    record = Record(id="r", family_id="f", kind="note", seq=1, author_id="me", written_at=AT, body=before)
    fields, was = changed_fields(before, after)
    event = an_event(Action.CHANGE, fields=fields, was=was)
    applied = apply(record, event, 2)
    assert applied.record is not None
    assert not applied.record.conflicts
    for name in FIELDS:
        assert plain(applied.record.body.get(name)) == plain(after.get(name))


@given(BODIES, BODIES, BODIES)
def test_changes_of_other_fields_merge(before: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    theirs = {name: value for name, value in theirs.items() if name not in mine}
    record = Record(id="r", family_id="f", kind="note", seq=1, author_id="me", written_at=AT, body=before)
    was = {name: before.get(name) for name in FIELDS}
    first = apply(record, an_event(Action.CHANGE, fields=theirs, was=was), 2).record
    both = apply(first, replace(an_event(Action.CHANGE, fields=mine, was=was), id="e2"), 3)
    assert both.record is not None
    assert not both.record.conflicts
    for name, value in {**theirs, **mine}.items():
        assert plain(both.record.body.get(name)) == plain(value)


MARKS = st.dictionaries(st.sampled_from(["bee", "fern", "moth"]), st.booleans(), min_size=1, max_size=3)


@given(MARKS, MARKS, MARKS)
def test_two_registers_of_a_day_merge_person_by_person(
    before: dict[str, bool], theirs: dict[str, bool], mine: dict[str, bool]
) -> None:
    """Whom both marked otherwise, and not alike, is settled by somebody; everybody else stands as they were marked."""
    was, there, here = (rows(each) for each in (before, theirs, mine))
    body = {"held_on": "2026-11-23", "marks": was}
    record = Record(id="r", family_id="f", kind="group_session", seq=1, author_id="me", written_at=AT, body=body)
    first = apply(record, an_event(Action.CHANGE, kind="group_session", fields={"marks": there}, was={"marks": was}), 2)
    change = an_event(Action.CHANGE, kind="group_session", fields={"marks": here}, was={"marks": was})
    both = apply(first.record, replace(change, id="e2"), 3).record
    assert both is not None
    people = before.keys() | theirs.keys() | mine.keys()
    one = {each: (before.get(each), theirs.get(each), mine.get(each)) for each in people}
    disputed = [each for each, (was_, t, m) in one.items() if was_ not in (t, m) and t != m]
    expected = {each: t if m == was_ else m for each, (was_, t, m) in one.items()}
    if disputed or not any(each is not None for each in expected.values()):
        assert [each.mine for each in both.conflicts] == [here]
        assert both.body["marks"] == there
    else:
        assert not both.conflicts
        assert {each["member"]: each["came"] for each in both.body["marks"]} == {
            each: came for each, came in expected.items() if came is not None
        }


def rows(marks: dict[str, bool]) -> list[dict[str, Any]]:
    return [{"member": each, "came": came} for each, came in marks.items()]


def test_rows_that_nothing_tells_apart_do_not_merge() -> None:
    twice = [{"member": "bee", "came": True}, {"member": "bee", "came": False}]
    body = {"held_on": "2026-11-23", "marks": rows({"bee": True})}
    record = Record(id="r", family_id="f", kind="group_session", seq=1, author_id="me", written_at=AT, body=body)
    mine = an_event(Action.CHANGE, kind="group_session", fields={"marks": rows({"fern": True})}, was={"marks": twice})
    after = apply(record, mine, 2)
    assert after.result is Result.CONFLICT


def an_event(action: Action, **more: Any) -> Event:
    return Event(
        id="e1", action=action, family_id="f", record_id="r", kind=more.pop("kind", "note"),
        author_id=more.pop("author_id", "me"), device_id="d", written_at=AT, base_seq=more.pop("base_seq", 1), **more,
    )  # fmt: skip


def test_safeguarding_fields_are_read_together_and_never_merge_by_themselves() -> None:
    body = {"person": "p", "status": "CP", "category": "NEG"}
    record = Record(id="r", family_id="f", kind="status_episode", seq=1, author_id="me", written_at=AT, body=body)
    theirs = an_event(
        Action.CHANGE, kind="status_episode", author_id="other", fields={"ended_on": "2026-11-01"}, was={}
    )
    first = apply(record, theirs, 2).record
    mine = an_event(Action.CHANGE, kind="status_episode", fields={"category": "PHY"}, was={"category": "NEG"})
    both = apply(first, replace(mine, id="e2"), 3)
    assert both.result is Result.CONFLICT
    assert both.record is not None
    assert (both.record.body["category"], both.record.conflicts[0].mine) == ("NEG", "PHY")


def test_a_third_value_that_came_while_somebody_chose_is_not_overwritten() -> None:
    conflict = Conflict(
        id="e0:text",
        field="text",
        mine="mine",
        theirs="theirs",
        base="b",
        by="me",
        at=AT,
        their_by="other",
        their_at=AT,
    )
    record = Record(
        id="r", family_id="f", kind="note", seq=5, author_id="me", written_at=AT, body={"text": "third"},
        conflicts=(conflict,),
    )  # fmt: skip
    settle = an_event(
        Action.SETTLE, fields={"text": "mine"}, was={"text": "theirs"}, conflict_id="e0:text", reason="asked"
    )
    after = apply(record, settle, 6)
    assert after.result is Result.CONFLICT
    assert after.record is not None
    assert after.record.body["text"] == "third"
    assert [each.mine for each in after.record.conflicts] == ["mine"]


def test_two_who_saw_the_same_mistake_both_succeed() -> None:
    record = Record(id="r", family_id="f", kind="note", seq=1, author_id="me", written_at=AT, body={})
    first = apply(record, an_event(Action.ENTER_IN_ERROR, reason="twice"), 2).record
    again = apply(first, replace(an_event(Action.ENTER_IN_ERROR, reason="wrong child"), id="e2"), 3)
    assert again.result is Result.ACCEPTED
    assert again.record is not None
    assert again.record.in_error is not None
    assert again.record.in_error.reason == "twice"


def test_what_comes_before_what_it_builds_on_is_held_and_what_builds_on_nothing_is_refused() -> None:
    assert apply(None, an_event(Action.CHANGE, previous="e0"), 1).code == "predecessor_missing"
    assert apply(None, an_event(Action.CHANGE, base_seq=7), 1).code == "predecessor_missing"
    assert apply(None, an_event(Action.CHANGE, base_seq=0), 1).code == "record_missing"
