"""Somebody goes in with no signal and is overdue: the supervisor sees it as soon as the laptop was heard of."""

from __future__ import annotations

from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.visiting.lone_working import come_out, go_in, under_way
from tests.builders.towns import Town


def test_the_supervisor_sees_who_is_overdue_and_that_they_are_safe(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    went_in = worker.do(go_in, worker.do(family_ids)[0], 60)
    assert worker.do(under_way)[0].is_waiting
    supervisor.round()
    assert supervisor.do(under_way) == ()  # nobody knows yet, and the worker is told so
    worker.round()
    assert not worker.do(under_way)[0].is_waiting
    supervisor.round()
    (on_time,) = supervisor.do(under_way)
    assert (on_time.is_mine, on_time.is_overdue) == (False, False)
    town.clock.forward(61 * 60)
    (overdue,) = supervisor.do(under_way)
    assert overdue.is_overdue
    assert overdue.worker == "Pretend practitioner"
    supervisor.do(come_out, went_in.record_id)
    supervisor.round()
    worker.round()
    assert worker.do(under_way) == ()
