"""When the next round is due: pure, so that hours pass in no time."""

from __future__ import annotations

import random

import pytest

from sf_desktop.sync.pace import Pace, Plan
from sf_record.errors import Retry

PACE = Pace()


def plan(dice: float = 1.0) -> Plan:
    """Return a plan whose first round has begun."""
    made = Plan(PACE, lambda: dice, 0.0)
    assert made.wait_s(0.0) == 0.0
    made.began()
    return made


def test_after_unlocking_a_round_is_due_at_once() -> None:
    assert Plan(PACE, lambda: 1.0, 50.0).wait_s(50.0) == 0.0


def test_saves_close_together_make_one_round() -> None:
    made = plan()
    made.succeeded(0.0)
    made.saved(10.0)
    made.saved(11.0)
    made.saved(12.5)
    assert made.wait_s(12.5) == pytest.approx(PACE.after_save_s - 2.5)
    made.began()
    assert made.wait_s(13.0) is None
    made.succeeded(13.5)
    assert made.wait_s(13.5) == PACE.every_s


def test_a_save_during_a_round_asks_for_another() -> None:
    made = plan()
    made.saved(1.0)
    made.succeeded(2.0)
    assert made.wait_s(2.0) == PACE.after_save_s - 1.0


def test_backoff_grows_with_full_jitter() -> None:
    made = plan()
    waits = []
    for _ in range(12):
        made.failed(0.0, Retry.LATER)
        waits.append(made.wait_s(0.0))
        made.began()
    assert waits[:5] == [5.0, 10.0, 20.0, 40.0, 80.0]
    assert waits[-1] == PACE.longest_wait_s
    chance = random.Random(1)
    jittered = Plan(PACE, chance.random, 0.0)
    spread = set()
    for _ in range(200):
        jittered.failed(0.0, Retry.LATER)
        spread.add(round(jittered.wait_s(0.0) or 0.0))
    assert len(spread) > 100


def test_no_hot_loop() -> None:
    made = plan(dice=0.0)
    for _ in range(1_000):
        made.failed(0.0, Retry.NOW)
        assert (made.wait_s(0.0) or 0.0) >= PACE.shortest_wait_s


def test_a_click_shortens_a_wait_but_not_one_that_the_council_asked_for() -> None:
    made = plan()
    made.failed(0.0, Retry.LATER)
    made.saved(0.5)
    assert made.wait_s(0.5) == 4.5
    made.asked(1.0)
    assert made.wait_s(1.0) == 0.0
    made.began()
    made.failed(1.0, Retry.LATER, wait_s=60.0)
    made.asked(2.0)
    assert made.wait_s(2.0) == 59.0


def test_a_refused_sign_in_is_not_repeated() -> None:
    made = plan()
    made.failed(0.0, Retry.AFTER_SIGN_IN)
    for happened in (made.saved, made.asked):
        happened(100.0)
        assert made.wait_s(100.0) is None
    made.signed_in(200.0)
    assert made.wait_s(200.0) == 0.0


def test_what_only_a_person_can_mend_is_tried_on_a_click_only() -> None:
    made = plan()
    made.failed(0.0, Retry.NEVER)
    made.saved(1.0)
    assert made.wait_s(1.0) is None
    made.asked(2.0)
    assert made.wait_s(2.0) == 0.0


def test_a_concern_is_tried_at_once_and_often_until_a_round_ends_well() -> None:
    made = plan()
    for _ in range(9):
        made.failed(0.0, Retry.LATER)
    assert made.wait_s(0.0) == PACE.longest_wait_s
    made.asked_first(1.0)
    assert made.wait_s(1.0) == 0.0
    made.began()
    made.failed(1.0, Retry.LATER)
    assert made.wait_s(1.0) == PACE.longest_wait_first_s
    made.began()
    made.succeeded(2.0)
    for _ in range(9):
        made.began()
        made.failed(3.0, Retry.LATER)
    assert made.wait_s(3.0) == PACE.longest_wait_s


def test_a_concern_signed_while_a_round_runs_is_not_forgotten_with_it() -> None:
    made = plan()
    made.asked_first(1.0)
    made.succeeded(2.0)
    assert made.wait_s(2.0) == 0.0
    made.began()
    for _ in range(9):
        made.failed(3.0, Retry.LATER)
    assert made.wait_s(3.0) == PACE.longest_wait_first_s
