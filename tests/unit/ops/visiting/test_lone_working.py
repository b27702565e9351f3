"""Lone working: whoever goes in says until when, and is seen as overdue until somebody says that they came out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office
from sf_desktop.ops.visiting import lone_working
from sf_desktop.ops.visiting.lone_working import KIND, come_out, go_in, in_words, out_of_family, take_longer, under_way
from sf_desktop.ops.worker.today import today
from sf_desktop.store.tables import records
from sf_record.configuration import Configuration, ContactNumber
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.rules.permissions import Worker
from tests.fakes.clock import FrozenClock

DUTY = ContactNumber(label="Duty desk", number="01632 960002")


@pytest.fixture
def office(office: Office) -> Office:
    known = replace(office.configuration, lone_working=(DUTY,))
    return replace(office, configuration=known)


def clock_of(office: Office) -> FrozenClock:
    assert isinstance(office.clock, FrozenClock)
    return office.clock


def as_somebody_else(office: Office, role: Role = Role.PRACTITIONER) -> Office:
    colleague = Worker("01900000-0000-7000-8000-00000000c011", role, office.me.worker.team_id)
    return replace(office, me=replace(office.me, worker=colleague, name="C. Example"))


def test_going_in_is_seen_until_one_comes_out(office: Office, family_id: str) -> None:
    went_in = go_in(office, family_id, 60)
    (out,) = under_way(office)
    assert (out.id, out.is_mine, out.is_overdue, out.is_waiting) == (went_in.record_id, True, False, True)
    assert out.expected_at == "2026-11-23T10:00:00.000000Z"
    assert [each.id for each in today(office).out] == [went_in.record_id]
    clock_of(office).forward(50 * 60)
    come_out(office, went_in.record_id)
    assert under_way(office) == ()
    record = records.get(office.connection, went_in.record_id)
    assert record is not None
    assert record.body["finished_at"] == "2026-11-23T09:50:00.000000Z"
    come_out(office, went_in.record_id)  # said twice
    assert records.get(office.connection, went_in.record_id) == record


def test_nobody_else_knows_until_the_council_has_it(office: Office, family_id: str) -> None:
    go_in(office, family_id, 60)
    words = out_of_family(office, family_id)
    assert words is not None
    assert words.tone == "warning"
    assert "Not sent yet: nobody else can see this. Ring before you go in. Duty desk 01632 960002" in words.advice


def test_a_visit_past_midnight_is_said_as_one_would(office: Office, family_id: str) -> None:
    go_in(office, family_id, 16 * 60)
    words = out_of_family(office, family_id)
    assert words is not None
    assert words.lead.endswith("expected back tomorrow, 01:00")


def test_an_hour_later_one_is_overdue_and_is_told_whom_to_ring(office: Office, family_id: str) -> None:
    go_in(office, family_id, 60)
    clock_of(office).forward(61 * 60)
    (words,) = today(office).out
    assert words.tone == "danger"
    assert words.lead == "You were expected back at 10:00"
    assert "Duty desk 01632 960002; Immediate danger 999." in words.advice


def test_taking_longer_counts_from_what_was_said_or_from_now(office: Office, family_id: str) -> None:
    went_in = go_in(office, family_id, 60)
    take_longer(office, went_in.record_id)
    assert under_way(office)[0].expected_at == "2026-11-23T10:30:00.000000Z"
    clock_of(office).forward(3 * 3600)
    take_longer(office, went_in.record_id)
    assert under_way(office)[0].expected_at == "2026-11-23T12:30:00.000000Z"
    assert not under_way(office)[0].is_overdue


def test_one_is_in_one_place_only(office: Office, family_id: str) -> None:
    go_in(office, family_id, 60)
    with pytest.raises(InputError, match="under_way_already"):
        go_in(office, family_id, 60)


def test_a_colleague_is_told_of_who_is_overdue_and_a_supervisor_of_all(office: Office, family_id: str) -> None:
    went_in = go_in(office, family_id, 60)
    colleague, supervisor = as_somebody_else(office), as_somebody_else(office, Role.SUPERVISOR)
    assert under_way(colleague) == ()
    (out,) = under_way(supervisor)
    on_time = in_words(supervisor, out)
    assert (on_time.tone, on_time.advice) == ("information", "Expected back at 10:00.")
    clock_of(office).forward(2 * 3600)
    for other in (colleague, supervisor):
        (out,) = under_way(other)
        words = in_words(other, out)
        assert words.tone == "danger"
        assert words.lead.startswith("P. Example was expected back from Pretend family")
        assert words.lead.endswith("at 10:00")
        assert "Duty desk 01632 960002" in words.advice
    come_out(supervisor, went_in.record_id)
    assert under_way(office) == ()


def test_without_numbers_of_its_own_the_councils_are_rung() -> None:
    hub = ContactNumber(label="Hub", number="01632 960001")
    emergency = ContactNumber(label="In immediate danger", number="999")
    known = Configuration(contacts=(emergency, hub))
    assert known.lone_numbers == (hub, emergency)
    assert Configuration().lone_numbers[0].number == "999"


def test_it_goes_before_everything_else(office: Office, family_id: str) -> None:
    from sf_desktop.store.tables.outbox import FIRST

    assert KIND in FIRST


def test_it_is_no_look_and_no_line_of_the_timeline(office: Office, family_id: str) -> None:
    from sf_desktop.ops.reading.timeline import timeline_ids

    went_in = go_in(office, family_id, 60)
    assert went_in.record_id not in timeline_ids(office, family_id)
    under_way(office)
    assert not [each for each in office.tx.looks if each.what == Look.RECORD_OPENED]  # type: ignore[attr-defined]
    assert lone_working.LONGER_MINUTES == 30
