"""The demonstration plays to its end without a display, and says each step that held."""

from __future__ import annotations

from pathlib import Path

from tests.house.conftest import played

STEPS = (
    "the laptop is enrolled and its caseload is complete on it",
    "unlocked with no council in reach, and the foot of the window says so",
    "a family file opens with its timeline",
    "search finds notes as one types",
    "a long note stands in mid-sentence; now the program is killed",
    "after the kill every word is there, to the middle of the sentence",
    "signed; the foot says it is saved on this laptop and waits",
    "a round has run: the council has it, and the ledger shows the receipt",
    "the supervisor's vault holds the signed visit",
    "no generated name and no sentence in the folder, the home or the temp folder, but in the council's database",
    "Every step held.",
)


def test_the_first_visit_is_played_end_to_end(own_home: dict[str, str]) -> None:
    told = played(own_home, "--headless")
    assert told.returncode == 0, told.stdout + told.stderr
    assert [step for step in STEPS if step not in told.stdout] == []
    assert list(Path(own_home["TMPDIR"]).iterdir()) == []
