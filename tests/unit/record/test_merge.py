"""Nothing anybody wrote is dropped: it stands, or waits as a conflict, or whoever replaced it had seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sf_record.events import Action, Event
from sf_record.merge import apply, changed_fields, marks_of
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
    stands, chosen = ({**expected, **{each: of.get(each) for each in disputed}} for of in (theirs, mine))
    if not any(each is not None for each in stands.values()) or not any(each is not None for each in chosen.values()):
        assert [each.mine for each in both.conflicts] == [here]  # nobody would be on it: the whole list is settled
        assert both.body["marks"] == there
        return
    assert marked(both.body["marks"]) == {each: came for each, came in stands.items() if came is not None}
    assert [marked(each.mine) for each in both.conflicts] == (
        [{each: came for each, came in chosen.items() if came is not None}] if disputed else []
    )


def marked(marks: list[dict[str, Any]]) -> dict[str, bool]:
    return {each["member"]: each["came"] for each in marks}


def rows(marks: dict[str, bool]) -> list[dict[str, Any]]:
    return [{"member": each, "came": came} for each, came in marks.items()]


def part(marks: dict[str, bool]) -> dict[str, Any]:
    """Return a family's part of a register; nobody stands in both lists."""
    names = {name: [each for each, came in marks.items() if came is (name == "came")] for name in ("came", "away")}
    return {name: people for name, people in names.items() if people}


def said(body: Mapping[str, Any]) -> dict[str, bool]:
    found = [(each, name == "came") for name in ("came", "away") for each in body.get(name) or ()]
    assert len(dict(found)) == len(found), "somebody came and did not come"
    return dict(found)


@given(MARKS, MARKS, MARKS)
def test_two_who_mark_a_familys_part_of_a_register_settle_only_whom_both_marked(
    before: dict[str, bool], theirs: dict[str, bool], mine: dict[str, bool]
) -> None:
    """Nobody came and did not come, whatever met; whoever chooses one side of all that is left has that side."""
    day = {"activity": "play", "held_on": "2026-11-23"}
    record = Record(
        id="r", family_id="f", kind="attendance", seq=1, author_id="me", written_at=AT, body={**day, **part(before)}
    )
    for number, marks in enumerate((theirs, mine)):
        fields, was = changed_fields(part(before), part(marks))
        change = an_event(Action.CHANGE, kind="attendance", fields=fields, was=was)
        after = apply(record, replace(change, id=f"e{number}"), 2 + number).record
        assert after is not None
        record = after
    people = before.keys() | theirs.keys() | mine.keys()
    one = {each: (before.get(each), theirs.get(each), mine.get(each)) for each in people}
    disputed = {each for each, (was_, t, m) in one.items() if was_ not in (t, m) and t != m}
    expected = {each: t if m == was_ else m for each, (was_, t, m) in one.items()}
    for side in (theirs, mine):
        wanted = {
            each: came
            for each in people
            if (came := side.get(each) if each in disputed else expected[each]) is not None
        }
        if not wanted:
            return  # nobody would be on it: the lists are settled as they are
    assert bool(record.conflicts) == bool(disputed)
    stands = {each: theirs.get(each) if each in disputed else expected[each] for each in people}
    assert said(record.body) == {each: came for each, came in stands.items() if came is not None}
    if len(disputed) > 1:
        return  # each list is chosen by itself
    for conflict in record.conflicts:
        stood = record.body.get(conflict.field)
        settle = an_event(
            Action.SETTLE, kind="attendance", fields={conflict.field: conflict.mine}, was={conflict.field: stood},
            conflict_id=conflict.id, reason="asked",
        )  # fmt: skip
        settled = apply(record, settle, 9).record
        assert settled is not None
        assert said(settled.body) == wanted
        assert not settled.conflicts


@given(MARKS, MARKS)
def test_a_register_that_two_began_is_one_with_the_marks_of_both(one: dict[str, bool], other: dict[str, bool]) -> None:
    """Whom both marked, and not alike, is settled; who made which mark is in the history, as of any change."""
    first = apply(None, a_beginning("group_session", "one", marks=rows(one)), 1).record
    both = apply(first, a_beginning("group_session", "other", marks=rows(other)), 2)
    assert both.record is not None
    assert marked(both.record.body["marks"]) == other | one
    assert both.record.author_id == "one"
    if other | one == one | other:
        assert both.result is Result.MERGED
    else:
        assert both.result is Result.CONFLICT
        assert [marked(each.mine) for each in both.record.conflicts] == [one | other]


@given(MARKS, MARKS)
def test_a_familys_part_that_two_began_is_one_and_nobody_came_and_did_not(
    one: dict[str, bool], other: dict[str, bool]
) -> None:
    first = apply(None, a_beginning("attendance", "one", **part(one)), 1).record
    both = apply(first, a_beginning("attendance", "other", **part(other)), 2).record
    assert both is not None
    assert said(both.body) == other | one
    assert bool(both.conflicts) == (other | one != one | other)


def test_a_register_that_one_emptied_holds_whom_another_marked_meanwhile() -> None:
    first = apply(None, a_beginning("group_session", "one", marks=rows({"bee": True})), 1).record
    emptied = apply(first, an_event(Action.ENTER_IN_ERROR, kind="group_session", reason="emptied"), 2).record
    seen = {"marks": rows({"bee": True})}
    more = an_event(Action.CHANGE, kind="group_session", fields={"marks": rows({"bee": True, "fern": False})}, was=seen)
    for event in (a_beginning("group_session", "other", marks=rows({"fern": False})), more):
        after = apply(emptied, event, 3).record
        assert after is not None
        assert after.in_error is None
        assert (marked(after.body["marks"]), after.conflicts) == ({"fern": False}, ())
    nobody = an_event(Action.CHANGE, kind="group_session", fields={"marks": None}, was=seen)
    still = apply(emptied, nobody, 3).record
    assert still is not None
    assert still.in_error is not None


@given(MARKS, MARKS.filter(bool))
def test_emptying_a_register_takes_away_what_was_seen_and_nothing_else(
    seen: dict[str, bool], marked_since: dict[str, bool]
) -> None:
    """Whoever empties it may be the second to reach the council: whom another marked before that stands."""
    for kind, said_, shaped in (
        ("group_session", lambda body: marked(body.get("marks") or []), lambda marks: {"marks": rows(marks)}),
        ("attendance", said, part),
    ):
        body = shaped(seen | {"seen": True})
        first = apply(None, a_beginning(kind, "one", activity="play", **body), 1).record
        fields, was = changed_fields(body, shaped(seen | {"seen": True} | marked_since))
        both = apply(first, an_event(Action.CHANGE, kind=kind, fields=fields, was=was), 2).record
        assert both is not None
        seen_by_author = marks_of(kind, body) | {"held_on": "2026-11-23"}
        emptied = an_event(Action.ENTER_IN_ERROR, kind=kind, reason="emptied", was=seen_by_author)
        after = apply(both, emptied, 3).record
        assert after is not None
        assert "held_on" not in after.changes  # whatever was seen: only what changed is said to have
        stands = {each: came for each, came in marked_since.items() if seen.get(each) != came}
        assert bool(after.in_error) is not bool(stands)
        if stands:
            assert said_(after.body) == stands


@pytest.mark.parametrize("other", [{"held_on": "2026-11-24"}, {"activity": "music"}])
def test_the_register_of_another_day_is_not_put_together_with_this_one(other: dict[str, str]) -> None:
    """Somebody may have begun it under this day's id: its marks would stand on the wrong day."""
    first = apply(None, a_beginning("attendance", "one", activity="play", came=["fern"]), 1).record
    again = a_beginning("attendance", "other", **{"activity": "play", **other}, away=["bee"])
    assert apply(first, again, 2).code == "already_exists"


@pytest.mark.parametrize("action", [Action.CREATE, Action.CHANGE])
@pytest.mark.parametrize("author_id", ["one", "other"])
def test_what_nobody_signs_is_signed_by_no_change_either(action: Action, author_id: str) -> None:
    """It would lock what everybody writes on: a register, an allocation, a person."""
    first = apply(None, a_beginning("attendance", "one", activity="play", came=["fern"]), 1).record
    fields = {"activity": "play", "held_on": "2026-11-23", "came": ["fern", "bee"]}
    signing = an_event(
        action, kind="attendance", author_id=author_id, fields=fields, was={"came": ["fern"]}, is_signing=True
    )
    assert apply(first, signing, 2).code == "not_signable"


def test_anything_else_is_begun_once() -> None:
    first = apply(None, an_event(Action.CREATE, fields={"text": "a"}), 1).record
    assert apply(first, an_event(Action.CREATE, fields={"text": "b"}), 2).code == "already_exists"


def a_beginning(kind: str, who: str, **marks: Any) -> Event:
    fields = {"held_on": "2026-11-23", **marks}
    return replace(an_event(Action.CREATE, kind=kind, author_id=who, base_seq=0, fields=fields), id=f"by {who}")


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


@pytest.mark.parametrize(
    "signing",
    [
        {"action": Action.SIGN},
        {"action": Action.CHANGE, "is_signing": True},
        {"action": Action.CHANGE, "is_signing": True, "fields": {"subject": "s"}},
    ],
)
def test_nothing_is_signed_over_a_conflict(signing: dict[str, Any]) -> None:
    """Its author would sign what somebody else wrote; kept until it is settled, it would sign whatever was chosen."""
    before = Record(id="r", family_id="f", kind="note", seq=1, author_id="me", written_at=AT, body={"text": "b"})
    theirs = an_event(Action.CHANGE, author_id="other", fields={"text": "theirs"}, was={"text": "b"})
    mine = replace(an_event(Action.CHANGE, fields={"text": "mine"}, was={"text": "b"}), id="e2")
    both = apply(apply(before, theirs, 2).record, mine, 3).record
    assert both is not None
    after = apply(both, replace(an_event(**signing), id="e3"), 4)
    assert (after.result, after.code, after.fields) == (Result.CONFLICT, "same_field_changed", ("text",))
    assert after.record is not None
    assert after.record.signed is None
    assert [each.mine for each in after.record.conflicts] == ["mine"]
    assert after.record.body == {**both.body, **signing.get("fields", {})}


@pytest.mark.parametrize(
    "signing",
    [
        {"action": Action.SIGN},
        {"action": Action.CHANGE, "is_signing": True, "fields": {"text": "m"}, "was": {"text": "b"}},
    ],
)
@pytest.mark.parametrize("theirs", ["in another answer", ""])
def test_nothing_is_signed_that_its_author_has_not_seen(signing: dict[str, Any], theirs: str) -> None:
    """A colleague's change of another answer merges by itself, and would stand under a name that never read it."""
    body = {"text": "b", "subject": "s"}
    before = Record(id="r", family_id="f", kind="note", seq=1, author_id="me", written_at=AT, body=body)
    change = an_event(Action.CHANGE, author_id="other", fields={"subject": theirs}, was={"subject": "s"}, base_seq=1)
    changed = apply(before, change, 2).record
    after = apply(changed, replace(an_event(**signing), id="e2", base_seq=1), 3)
    assert (after.result, after.code, after.fields) == (Result.MERGED, "changed_before_signed", ("subject",))
    assert after.record is not None
    assert after.record.signed is None
    assert after.record.body == {**body, "subject": theirs, **signing.get("fields", {})}
    again = apply(after.record, replace(an_event(Action.SIGN), id="e3", base_seq=3), 4)
    assert again.record is not None
    assert again.record.signed is not None


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
