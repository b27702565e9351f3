"""The program is killed at random moments while somebody writes: what it had called saved is there afterwards."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

STORY = Path(__file__).resolve().parents[2] / "script" / "story"
sys.path.insert(0, str(STORY))

from play import Stage, act, furnish, serving  # noqa: E402 - the demonstration's own stage


def test_no_sentence_that_was_called_saved_is_lost(tmp_path: Path, run_count: Callable[[int, int], int]) -> None:
    stage = Stage(tmp_path)
    practitioner, _ = furnish(stage)
    with serving(stage) as address:
        act(stage, "enrol", practitioner, address, code=stage.council_command("device", "code", "pat"))
    dice = random.Random(2026)
    written = 0
    for _ in range(run_count(3, 60)):
        written += dice.randrange(1, 4)
        act(stage, "scribble", practitioner, address, killed_at=str(written), after_s=dice.uniform(0.0, 1.5))
        act(stage, "recall", practitioner, address)
        written = int((stage.folder / "mark").read_text())
