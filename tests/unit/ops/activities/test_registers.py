"""A register crosses family files: each keeps its own part, once, and what a colleague marked stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.activities import registering, registers
from sf_desktop.ops.drafts.begun import keep_begun
from sf_desktop.ops.household.people import people
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import mending
from sf_desktop.ops.worker.places import keep_place, last_place
from sf_desktop.store.queries import entries
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import families, outbox, records
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.events import Action
from sf_record.ids import id_about
from sf_record.record import Record
from sf_record.rules import sameness
from sf_record.wire.audit import Look
from sf_record.wire.leaving import CLOSED
from tests.builders import quarrels
from tests.builders.offices import OpenWork
from tests.fakes.clock import FrozenClock

CODE, DAY = "cooking", "2026-11-23"


def rows(office: Office) -> Sequence[registers.RegisterRow]:
    return registers.register(office, CODE, DAY).rows


def kept(office: Office) -> dict[str, Record]:
    found = [each for each in records.of_kind(office.connection, "attendance") if each.body["held_on"] == DAY]
    assert len(found) == len({each.family_id for each in found})
    return {each.family_id: each for each in found}


def test_each_family_file_keeps_its_own_part(office: Office, held: tuple[Record, ...]) -> None:
    one, other = rows(office)
    registers.keep_register(office, CODE, DAY, {one.person_id: True, other.person_id: False})
    found = kept(office)
    assert found[one.family_id].body == {"activity": CODE, "held_on": DAY, "came": [one.person_id]}
    assert found[other.family_id].body == {"activity": CODE, "held_on": DAY, "away": [other.person_id]}
    assert [each.came for each in rows(office)] == [True, False]


def test_saving_it_again_writes_nothing_and_a_changed_mark_changes_its_family_only(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, other = rows(office)
    registers.keep_register(office, CODE, DAY, {one.person_id: True, other.person_id: True})
    before = len(entries.numbers(office.connection, (outbox.State.WAITING,)))
    registers.keep_register(office, CODE, DAY, {one.person_id: True, other.person_id: True})
    assert len(entries.numbers(office.connection, (outbox.State.WAITING,))) == before
    done = registers.keep_register(office, CODE, DAY, {one.person_id: False, other.person_id: True})
    assert done.families == {one.family_id}
    assert [each.came for each in rows(office)] == [False, True]


def test_who_was_not_shown_stays_as_a_colleague_marked_them(office: Office, held: tuple[Record, ...]) -> None:
    one, other = rows(office)
    sibling = next(each for each in people(office, one.family_id) if each.id != one.person_id)
    body = {"activity": CODE, "held_on": DAY, "came": [sibling.id]}
    writing.create(office, "attendance", one.family_id, body)
    writing.create(office, "attendance", other.family_id, {**body, "came": [other.person_id]})
    registers.keep_register(office, CODE, DAY, {one.person_id: False})
    found = kept(office)
    assert found[one.family_id].body["came"] == [sibling.id]
    assert found[one.family_id].body["away"] == [one.person_id]
    assert found[other.family_id].body["came"] == [other.person_id]
    assert {each.person_id for each in rows(office)} == {one.person_id, other.person_id, sibling.id}


def test_a_mark_by_another_record_of_the_person_stays_as_it_was_written(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, other = rows(office)
    twin = writing.create(office, "person", one.family_id, {"role": "child", "given_name": "Pretend-twin"}).record_id
    body = {"activity": CODE, "held_on": DAY, "came": [twin]}
    marked = writing.create(office, "attendance", one.family_id, body).record_id
    boss = replace(office, me=replace(office.me, worker=replace(office.me.worker, role=Role.SUPERVISOR)))
    merge = {"duplicate": twin, "kept": one.person_id, "reason": "Same NHS number"}
    merged = writing.create(boss, sameness.KIND, one.family_id, merge).record_id
    assert {each.person_id: each.came for each in rows(office)}[one.person_id] is True
    registers.keep_register(office, CODE, DAY, {one.person_id: True, other.person_id: True})
    assert writing.found(office, marked).body == body  # nothing is rewritten because it is read with another
    registers.keep_register(office, CODE, DAY, {one.person_id: False, other.person_id: True})
    assert writing.found(office, marked).body["away"] == [twin]
    writing.enter_in_error(boss, merged, "They are two")
    assert {each.person_id: each.came for each in rows(office)}[one.person_id] is None


def test_two_records_of_one_day_become_one(office: Office, held: tuple[Record, ...]) -> None:
    one, _ = rows(office)
    for came in (True, False):
        people_ = {"came": [one.person_id]} if came else {"away": [one.person_id]}
        writing.create(office, "attendance", one.family_id, {"activity": CODE, "held_on": DAY, **people_})
    assert {each.person_id: each.is_disputed for each in rows(office)}[one.person_id]
    registers.keep_register(office, CODE, DAY, {one.person_id: False})
    assert kept(office)[one.family_id].body["away"] == [one.person_id]
    assert not any(each.is_disputed for each in rows(office))


def test_of_two_records_of_one_day_only_what_is_in_dispute_stays_in_the_second(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, _ = rows(office)
    sibling = next(each for each in people(office, one.family_id) if each.id != one.person_id)
    both = [one.person_id, sibling.id]
    for name in ("came", "away"):
        writing.create(office, "attendance", one.family_id, {"activity": CODE, "held_on": DAY, name: both})
    registers.keep_register(office, CODE, DAY, {sibling.id: False})
    shown = {each.person_id: (each.came, each.is_disputed) for each in rows(office) if each.person_id in both}
    assert shown == {one.person_id: (True, True), sibling.id: (False, False)}
    registers.keep_register(office, CODE, DAY, {one.person_id: False})
    assert set(kept(office)[one.family_id].body["away"]) == set(both)


def test_marking_alike_what_stands_joins_two_records_of_one_day_and_loses_nobody(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, _ = rows(office)
    sibling = next(each for each in people(office, one.family_id) if each.id != one.person_id)
    for who in (one.person_id, sibling.id):
        writing.create(office, "attendance", one.family_id, {"activity": CODE, "held_on": DAY, "came": [who]})
    registers.keep_register(office, CODE, DAY, {one.person_id: True})
    assert set(kept(office)[one.family_id].body["came"]) == {one.person_id, sibling.id}


def test_taking_every_mark_away_marks_the_record_as_in_error(office: Office, held: tuple[Record, ...]) -> None:
    one, other = rows(office)
    registers.keep_register(office, CODE, DAY, {one.person_id: True, other.person_id: None})
    registers.keep_register(office, CODE, DAY, {one.person_id: None, other.person_id: None})
    assert kept(office) == {}


def test_whoever_is_marked_after_all_marks_were_taken_away_stands_on_the_same_register(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, other = rows(office)
    for marks in ({one.person_id: True}, {one.person_id: None}, {one.person_id: False, other.person_id: True}):
        registers.keep_register(office, CODE, DAY, marks)
    assert [each.came for each in rows(office)] == [False, True]
    assert kept(office)[one.family_id].in_error is None


def test_what_a_group_must_know_is_a_look_when_it_is_shown(office: Office, held: tuple[Record, ...]) -> None:
    shown = rows(office)
    assert [each.must_know for each in shown if each.must_know] == ["Nuts bring out a rash"]
    assert isinstance(office.tx, OpenWork)
    assert [each.what for each in office.tx.looks] == [Look.RECORD_OPENED]


def test_a_place_that_has_ended_is_on_no_later_register(office: Office, held: tuple[Record, ...]) -> None:
    one, other = rows(office)
    place = next(each for each in records.of_kind(office.connection, "activity_place") if _is_of(each, one))
    writing.change(office, place.id, {**place.body, "until": "2026-11-22"})
    assert [each.person_id for each in rows(office)] == [other.person_id]
    before = registers.register(office, CODE, "2026-11-22").rows
    assert {each.person_id for each in before} == {one.person_id, other.person_id}


def _is_of(place: Record, row: registers.RegisterRow) -> bool:
    return place.body["person"] == row.person_id


def test_the_catalogue_counts_the_places(office: Office, held: tuple[Record, ...]) -> None:
    offered = registers.catalogue(office).activities
    assert [(each.code, each.places) for each in offered] == [("cooking", 2), ("bumps", 0)]


def test_nothing_is_written_where_one_family_has_left(office: Office, held: tuple[Record, ...]) -> None:
    one, _ = rows(office)
    with pytest.raises(InputError):
        registers.keep_register(office, CODE, DAY, {one.person_id: True, office.new_id(): True})
    assert kept(office) == {}


def registers_id(office: Office, row: registers.RegisterRow) -> str:
    """The id of a family's register of the day, also where it was taken out."""
    return id_about(row.family_id, "attendance", CODE, DAY)


def leave(office: Office, family_id: str) -> None:
    keep_begun(office)
    while release.step(office.connection, office.now(), office.today().isoformat()).is_more:
        pass


def test_marks_that_are_not_saved_outlive_another_family_file_that_leaves(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, other = rows(office)
    key = f"{CODE}|{DAY}"
    registering.keep_unsaved(office, {key: {other.person_id: False}})
    keep_place(office, {"screen": "family", "subject": {"family": one.family_id}})
    release.told(office.connection, one.family_id, CLOSED, "", office.now())
    leave(office, one.family_id)
    assert families.standing(office.connection, one.family_id) is None
    assert registering.catalogue(office).unsaved == {key: {other.person_id: False}}
    assert last_place(office) == {}


def test_a_file_waits_for_the_marks_that_are_not_saved_and_after_an_hour_they_are(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, other = rows(office)
    key = f"{CODE}|{DAY}"
    registering.keep_unsaved(office, {key: {one.person_id: True, other.person_id: False}})
    release.told(office.connection, one.family_id, CLOSED, "", office.now())
    leave(office, one.family_id)
    assert release.waits(office.connection, one.family_id).registers == 1
    assert families.standing(office.connection, one.family_id) is not None
    cast("FrozenClock", office.clock).forward(3_601)
    leave(office, one.family_id)
    assert kept(office)[one.family_id].body["came"] == [one.person_id]
    assert set(kept(office)) == {one.family_id}  # the other file stays, and so do its marks
    assert registering.catalogue(office).unsaved == {key: {other.person_id: False}}
    waits = release.waits(office.connection, one.family_id)
    assert (waits.registers, waits.unsent) == (0, 1)  # what was marked goes to the council first


def test_a_mark_that_was_taken_away_and_not_saved_is_taken_away_before_the_file_leaves(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, other = rows(office)
    registers.keep_register(office, CODE, DAY, {one.person_id: True, other.person_id: True})
    registering.keep_unsaved(office, {f"{CODE}|{DAY}": {one.person_id: None, other.person_id: None}})
    release.told(office.connection, one.family_id, CLOSED, "", office.now())
    leave(office, one.family_id)
    assert release.waits(office.connection, one.family_id).registers == 1
    cast("FrozenClock", office.clock).forward(3_601)
    leave(office, one.family_id)
    assert {each.person_id: each.came for each in rows(office)} == {one.person_id: None, other.person_id: True}
    event = quarrels.latest(office, registers_id(office, one)).event
    assert (event.action, event.was) == (Action.ENTER_IN_ERROR, {"came": [one.person_id]})
    assert registering.catalogue(office).unsaved == {f"{CODE}|{DAY}": {other.person_id: None}}
    assert release.waits(office.connection, one.family_id).registers == 0


def test_a_mark_that_was_put_and_taken_away_again_holds_no_file_longer_than_an_hour(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, other = rows(office)
    marks: dict[str, bool | None] = {one.person_id: None, other.person_id: False}
    keys = (f"{CODE}|{DAY}", f"{CODE}|2026-11-24")  # of the second day nothing can be saved yet
    registering.keep_unsaved(office, dict.fromkeys(keys, marks))
    release.told(office.connection, one.family_id, CLOSED, "", office.now())
    cast("FrozenClock", office.clock).forward(3_601)
    leave(office, one.family_id)
    assert families.standing(office.connection, one.family_id) is None
    assert registering.catalogue(office).unsaved == {key: {other.person_id: False} for key in keys}


def test_a_mark_taken_away_by_another_record_of_the_person_is_taken_away_where_it_stands(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, _ = rows(office)
    twin = writing.create(office, "person", one.family_id, {"role": "child", "given_name": "Pretend-twin"}).record_id
    sibling = next(each for each in people(office, one.family_id) if each.id not in (one.person_id, twin))
    body = {"activity": CODE, "held_on": DAY, "came": [twin, sibling.id]}
    marked = writing.create(office, "attendance", one.family_id, body).record_id
    boss = replace(office, me=replace(office.me, worker=replace(office.me.worker, role=Role.SUPERVISOR)))
    merge = {"duplicate": twin, "kept": one.person_id, "reason": "Same NHS number"}
    writing.create(boss, sameness.KIND, one.family_id, merge)
    registering.keep_unsaved(office, {f"{CODE}|{DAY}": {one.person_id: None}})
    (sealed,) = registering.would_send(office, f"{CODE}|{DAY}", {one.person_id: None})
    assert (sealed.was, sealed.fields) == ({"came": [twin, sibling.id]}, {"came": [sibling.id]})
    release.told(office.connection, one.family_id, CLOSED, "", office.now())
    cast("FrozenClock", office.clock).forward(3_601)
    leave(office, one.family_id)
    assert writing.found(office, marked).body["came"] == [sibling.id]


def test_a_mark_taken_away_goes_out_of_every_record_of_the_day_that_is_sealed(
    office: Office, held: tuple[Record, ...]
) -> None:
    one, _ = rows(office)
    sibling = next(each for each in people(office, one.family_id) if each.id != one.person_id)
    for who in ([sibling.id], [one.person_id, sibling.id], [one.person_id]):
        writing.create(office, "attendance", one.family_id, {"activity": CODE, "held_on": DAY, "came": who})
    sealed = list(registering.would_send(office, f"{CODE}|{DAY}", {one.person_id: None}))
    assert {(each.action, str(each.fields.get("came"))) for each in sealed} == {
        (Action.CHANGE, str([sibling.id])),
        (Action.ENTER_IN_ERROR, str(None)),
    }


def test_marks_of_somebody_who_died_since_keep_no_file_here(office: Office, held: tuple[Record, ...]) -> None:
    """It stopped every file from leaving: of the dead there was said to be no family file."""
    one, other = rows(office)
    registering.keep_unsaved(office, {f"{CODE}|{DAY}": {one.person_id: True}})
    written = writing.found(office, one.person_id).body
    writing.change(office, one.person_id, {**written, "died_on": DAY})
    for each in (one, other):
        release.told(office.connection, each.family_id, CLOSED, "", office.now())
    cast("FrozenClock", office.clock).forward(3_601)
    leave(office, one.family_id)
    assert kept(office)[one.family_id].body["came"] == [one.person_id]
    assert families.standing(office.connection, other.family_id) is None


def test_marks_of_a_day_that_has_not_come_are_waited_for(office: Office, held: tuple[Record, ...]) -> None:
    one, _ = rows(office)
    registering.keep_unsaved(office, {f"{CODE}|2026-11-24": {one.person_id: True}})
    release.told(office.connection, one.family_id, CLOSED, "", office.now())
    cast("FrozenClock", office.clock).forward(3_601)
    leave(office, one.family_id)
    assert release.waits(office.connection, one.family_id).registers == 1
    cast("FrozenClock", office.clock).forward(86_400)
    leave(office, one.family_id)
    assert len([each for each in records.of_kind(office.connection, "attendance") if each.body["held_on"] > DAY]) == 1


def test_a_register_that_was_not_taken_is_copied_with_its_marks(office: Office, held: tuple[Record, ...]) -> None:
    one, other = rows(office)
    registers.keep_register(office, CODE, DAY, {one.person_id: True, other.person_id: False})
    for row, told in ((one, f"Who came: {one.name}"), (other, f"Who did not come: {other.name}")):
        event = quarrels.latest(office, kept(office)[row.family_id].id).event
        quarrels.refuse(office, event.id, "not_allowed")
        assert mending.text_of(office, event.id).splitlines() == [f"On: {DAY}", "Activity: Pretend cooking", told]


def test_what_is_saved_waits_no_longer_to_be_saved_whatever_becomes_of_the_window(
    office: Office, held: tuple[Record, ...]
) -> None:
    """Saved once more out of that, whom a colleague marked otherwise meanwhile would be marked as before."""
    one, other = rows(office)
    key = f"{CODE}|{DAY}"
    registering.keep_unsaved(office, {key: {one.person_id: True, other.person_id: False}})
    registering.keep_register(office, CODE, DAY, {one.person_id: True})
    assert registering.catalogue(office).unsaved == {key: {other.person_id: False}}
    registering.keep_register(office, CODE, DAY, {other.person_id: True})
    assert registering.catalogue(office).unsaved == {key: {other.person_id: False}}, "it was marked otherwise since"
