"""A council's rules change from a day on, never in place; what the law fixes does not change at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sf_desktop.resources import usual_intervals
from sf_record.configuration import Configuration, EscalationLevel, Interval, silent_changes

FACTS = usual_intervals()
LEVEL = EscalationLevel(level=1, label="Hub manager", limit=24, unit="hours")
BEFORE = Configuration(intervals=FACTS, escalations=(LEVEL,))


def changed(key: str, **more: object) -> tuple[Interval, ...]:
    return tuple(replace(each, **more) if each.key == key else each for each in FACTS)  # type: ignore[arg-type]


def later(key: str, limit: int) -> Interval:
    known = next(each for each in FACTS if each.key == key)
    return replace(known, limit=limit, effective_from="2026-12-01")


@pytest.mark.parametrize(
    ("after", "word"),
    [
        (replace(BEFORE, intervals=changed("cp_visit", limit=15)), "cp_visit"),
        (replace(BEFORE, intervals=tuple(each for each in FACTS if each.key != "cin_visit")), "cin_visit"),
        (replace(BEFORE, intervals=(*FACTS, later("cp_review_first", 4))), "fixed by the law"),
        (replace(BEFORE, escalations=(replace(LEVEL, limit=48),)), "level 1"),
        (replace(BEFORE, escalations=()), "level 1"),
    ],
)
def test_nothing_moves_a_limit_silently(after: Configuration, word: str) -> None:
    problems = silent_changes(BEFORE, after, FACTS)
    assert problems
    assert all(word in each.message for each in problems)


def test_a_rule_changes_from_a_day_on() -> None:
    level = replace(LEVEL, limit=48, effective_from="2026-12-01")
    after = replace(BEFORE, intervals=(*FACTS, later("cp_visit", 5)), escalations=(LEVEL, level))
    assert silent_changes(BEFORE, after, FACTS) == ()
    assert silent_changes(Configuration(), BEFORE, FACTS) == ()


def test_who_fixed_an_interval_may_be_told_better_than_before() -> None:
    untold = Configuration(intervals=tuple(replace(each, is_guidance=False) for each in FACTS))
    assert silent_changes(untold, BEFORE, FACTS) == ()
