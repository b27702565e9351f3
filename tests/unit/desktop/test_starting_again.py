"""Locking replaces the process: the new one stands where the old one stood."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sf_desktop.app import as_handed_over, same_again


def test_the_same_program_is_started_with_the_same_words() -> None:
    assert same_again(is_pretend=False) == sys.orig_argv


def test_pretend_families_chosen_in_the_window_are_there_again_after_locking(monkeypatch: pytest.MonkeyPatch) -> None:
    assert same_again(is_pretend=True) == [*sys.orig_argv, "--pretend"]
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "sf_desktop.app", "--pretend"])
    assert same_again(is_pretend=True) == ["python", "-m", "sf_desktop.app", "--pretend"]


def test_a_place_with_spaces_stays_one_word_on_windows() -> None:
    words = [r"C:\Program Files\Strengthening Families\sf-desktop.exe", "--data-dir", "D:\\my data\\", "--hidden"]
    handed = as_handed_over(words, "win32")
    assert handed == [f'"{words[0]}"', "--data-dir", '"D:\\my data\\\\"', "--hidden"]  # as the C runtime reads them
    assert as_handed_over(words, "linux") == words


def test_a_program_without_a_console_locks_too(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib\nfrom sf_desktop.app import replace_process\n"
        "if 'SF_AGAIN' in os.environ:\n    pathlib.Path(sys.argv[1]).write_text('locked')\n    raise SystemExit\n"
        "os.environ['SF_AGAIN'] = '1'\nsys.stdout = sys.stderr = None\nreplace_process()\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "mark")], check=True, timeout=60)
    assert (tmp_path / "mark").read_text() == "locked"


def test_it_begins_behind_the_neutral_page_only_where_it_was_hidden_just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    assert same_again(is_pretend=False, is_hidden=True) == [*sys.orig_argv, "--hidden"]
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "sf_desktop.app", "--hidden"])
    assert same_again(is_pretend=False) == ["python", "-m", "sf_desktop.app"]
    assert same_again(is_pretend=True, is_hidden=True)[-2:] == ["--pretend", "--hidden"]
