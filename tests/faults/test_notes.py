"""What slices of a row were noted to come to adds up; what a slice had come to half-way is not counted twice."""

from __future__ import annotations

from pathlib import Path

from tests.faults.frame import Tally, Task
from tests.faults.notes import note, summed


def _noted(file: Path, first: int, tally: Tally) -> None:
    note(file, Task("laptops", 100, file.parent, first=first, tally=tally))


def test_slices_add_up(tmp_path: Path) -> None:
    file = tmp_path / "notes"
    for first, tries in ((0, 50), (0, 100), (100, 100)):
        _noted(file, first, Tally(tries, controls={"last write wins": True}))
    (line,) = summed(file.read_text().splitlines())
    assert "200 tries" in line
    assert "0 losses" in line
    assert "2 slices, 0 with a control not found out" in line


def test_a_loss_and_a_blind_slice_are_not_lost_among_the_others(tmp_path: Path) -> None:
    file = tmp_path / "notes"
    _noted(file, 0, Tally(100, controls={"last write wins": True}))
    _noted(file, 100, Tally(100, losses=["a sentence"], controls={"last write wins": False}))
    (line,) = summed(file.read_text().splitlines())
    assert "1 losses" in line
    assert "2 slices, 1 with a control not found out" in line
