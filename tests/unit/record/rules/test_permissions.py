"""Who may see and do what: every kind, role and standing has one answer, and the answer has words."""

from __future__ import annotations

from typing import Any

import pytest

from sf_record.description import Role
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.outcomes import REASONS
from sf_record.record import Record, Signature
from sf_record.rules.permissions import Standing, Worker, hidden_fields, may_do, may_see_family, standing_in

AT = "2026-11-23T09:00:00.000000Z"
SIGNED = Signature(by="author", at=AT)


def a_worker(role: Role, id_: str = "somebody") -> Worker:
    return Worker(id_, role, "team")


def an_event(kind: str, action: Action, **more: Any) -> Event:
    return Event(
        id="e", action=action, family_id="f", record_id="r", kind=kind, author_id="somebody", device_id="d",
        written_at=AT, **more,
    )  # fmt: skip


def a_record(kind: str, signed: Signature | None = None) -> Record:
    return Record(id="r", family_id="f", kind=kind, seq=1, author_id="author", written_at=AT, body={}, signed=signed)


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("role", list(Role))
def test_who_may_read_a_family_file(role: Role, standing: Standing) -> None:
    expected = {
        (Role.PRACTITIONER, Standing.ALLOCATED),
        (Role.PRACTITIONER, Standing.COVER),
        (Role.SUPERVISOR, Standing.ALLOCATED),
        (Role.SUPERVISOR, Standing.TEAM),
        (Role.CENTRE, Standing.GROUP),
    }
    assert may_see_family(a_worker(role), standing) is ((role, standing) in expected)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nobody_does_in_a_file_what_they_may_not_see(kind: str, role: Role, standing: Standing, action: Action) -> None:
    code = may_do(a_worker(role), standing, an_event(kind, action), a_record(kind))
    assert code is None or code in REASONS
    if not may_see_family(a_worker(role), standing):
        assert code == ("family_moved" if standing is Standing.PAST else "not_yours")


@pytest.mark.parametrize("kind", ["allocation", "status_episode"])
def test_only_supervisors_allocate_and_set_a_status(kind: str) -> None:
    event = an_event(kind, Action.CREATE)
    assert may_do(a_worker(Role.PRACTITIONER), Standing.ALLOCATED, event, None) == "not_allowed"
    assert may_do(a_worker(Role.SUPERVISOR), Standing.TEAM, event, None) is None


@pytest.mark.parametrize("kind", ["family", "group"])
@pytest.mark.parametrize("day", ["2026-11-23", None])
def test_only_supervisors_close_a_file_and_open_it_again(kind: str, day: str | None) -> None:
    event = an_event(kind, Action.CHANGE, fields={"closed_on": day})
    assert may_do(a_worker(Role.PRACTITIONER), Standing.ALLOCATED, event, a_record(kind)) == "not_allowed"
    assert may_do(a_worker(Role.SUPERVISOR), Standing.TEAM, event, a_record(kind)) is None
    moved = an_event("family", Action.CHANGE, fields={"address": "1 Pretend Road"})
    assert may_do(a_worker(Role.PRACTITIONER), Standing.ALLOCATED, moved, a_record("family")) is None


@pytest.mark.parametrize("kind", ["visit", "note"])
def test_what_somebody_signed_is_theirs(kind: str) -> None:
    other, boss = a_worker(Role.PRACTITIONER), a_worker(Role.SUPERVISOR)
    author = a_worker(Role.PRACTITIONER, "author")
    signed, open_ = a_record(kind, SIGNED), a_record(kind)
    for action in (Action.SIGN, Action.AMEND, Action.CHANGE):
        assert may_do(other, Standing.ALLOCATED, an_event(kind, action), signed) == "not_author"
        assert may_do(author, Standing.ALLOCATED, an_event(kind, action), signed) is None
    assert may_do(other, Standing.ALLOCATED, an_event(kind, Action.CHANGE), open_) is None
    assert may_do(other, Standing.ALLOCATED, an_event(kind, Action.ENTER_IN_ERROR), signed) == "not_author"
    assert may_do(boss, Standing.TEAM, an_event(kind, Action.ENTER_IN_ERROR), signed) is None


def test_a_kind_of_a_newer_program_is_not_taken() -> None:
    event = an_event("hovercraft", Action.CREATE)
    assert may_do(a_worker(Role.SUPERVISOR), Standing.TEAM, event, None) == "kind_unknown"


GROUPS = {"group", "group_member", "group_session"}


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("is_group", [True, False])
def test_a_centres_staff_stand_to_nothing_but_groups(standing: Standing, is_group: bool) -> None:
    here = standing_in(a_worker(Role.CENTRE), standing, is_group=is_group)
    assert may_see_family(a_worker(Role.CENTRE), here) is (
        is_group and standing in {Standing.ALLOCATED, Standing.GROUP}
    )
    for role in (Role.PRACTITIONER, Role.SUPERVISOR, Role.ADMINISTRATOR):
        assert standing_in(a_worker(role), standing, is_group=is_group) is standing


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_of_every_other_kind_a_centres_staff_see_no_field_and_write_nothing(kind: str) -> None:
    centre = a_worker(Role.CENTRE)
    names = frozenset(KINDS[kind].by_name)
    assert hidden_fields(centre, kind) == (frozenset() if kind in GROUPS else names)
    for action in Action:
        code = may_do(centre, Standing.GROUP, an_event(kind, action), None)
        assert (code is None) is (kind == "group_session"), (kind, action)
