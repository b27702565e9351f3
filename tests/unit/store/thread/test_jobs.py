"""The vault thread's queue: what a person waits for first, and an end that nothing holds up."""

from __future__ import annotations

import pytest

from sf_desktop.store.thread.jobs import Jobs, Turn
from sf_record.errors import VaultError


def nothing() -> None:
    pass


def do_all(jobs: Jobs) -> None:
    """Do what the queue holds, as the vault thread does, up to its end."""
    while (job := jobs.take(nothing, None)) is not None:
        job()


def test_what_a_person_waits_for_comes_before_what_nobody_does() -> None:
    jobs, done = Jobs(nothing), list[str]()
    jobs.submit(lambda: done.append("a load"), Turn.BULK)
    jobs.submit(lambda: done.append("a save"), Turn.NOW)
    assert jobs.is_somebody_waiting()
    first = jobs.take(nothing, None)
    assert first is not None
    first()
    assert done == ["a save"]
    assert not jobs.is_somebody_waiting()


def test_at_the_end_saves_are_done_and_the_rest_is_told_that_the_vault_has_closed() -> None:
    jobs, done = Jobs(nothing), list[str]()
    load, save = jobs.submit(lambda: done.append("a load"), Turn.BULK), jobs.submit(lambda: "saved", Turn.NOW)
    jobs.end()
    late = jobs.submit(lambda: done.append("late"), Turn.NOW)
    do_all(jobs)
    assert save.result(0) == "saved"
    assert done == []
    for refused in (load, late):
        with pytest.raises(VaultError) as told:
            refused.result(0)
        assert told.value.code == "vault_closed"


def test_what_was_cancelled_keeps_nothing_else_from_being_done() -> None:
    """Its asker has gone. Were the thread to fail over it, nothing would be closed, sealed or forgotten at the end."""
    jobs = Jobs(nothing)
    read, load = jobs.submit(lambda: "read", Turn.NOW), jobs.submit(lambda: "loaded", Turn.BULK)
    assert read.cancel()
    assert load.cancel()
    save = jobs.submit(lambda: "saved", Turn.NOW)
    jobs.end()
    do_all(jobs)
    assert save.result(0) == "saved"
