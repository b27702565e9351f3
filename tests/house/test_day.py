"""A whole day with no signal is played through the window, and the council then holds every answer as it was typed."""

from __future__ import annotations

import re

from tests.house.conftest import played

STEPS = (
    r"five visits signed: [\d,]+ keys, \d+ clicks",
    r"a concern signed: [\d,]+ keys, \d+ clicks; until the council has it the screen says: phone now",
    r"an agreement and an Early Help Assessment signed by the family: [\d,]+ keys, \d+ clicks",
    r"a team meeting signed: [\d,]+ keys, \d+ clicks",
    r"a register kept, \d+ came: \d+ keys, \d+ clicks",
    r"one round: everything is with the council",
    r"\d+ answers in \d+ records are as they were typed",
    r"Every step held\.",
)


def test_a_day_with_no_signal_is_played_and_held_against_the_council(own_home: dict[str, str]) -> None:
    told = played(own_home, "--day")
    assert told.returncode == 0, told.stdout + told.stderr
    assert [step for step in STEPS if not re.search(step, told.stdout)] == []
