"""Locking replaces the process: the new one stands where the old one stood."""

from __future__ import annotations

import sys

import pytest

from sf_desktop.app import same_again


def test_the_same_program_is_started_with_the_same_words() -> None:
    assert same_again(is_pretend=False) == sys.orig_argv


def test_pretend_families_chosen_in_the_window_are_there_again_after_locking(monkeypatch: pytest.MonkeyPatch) -> None:
    assert same_again(is_pretend=True) == [*sys.orig_argv, "--pretend"]
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "sf_desktop.app", "--pretend"])
    assert same_again(is_pretend=True) == ["python", "-m", "sf_desktop.app", "--pretend"]


def test_it_begins_behind_the_neutral_page_only_where_it_was_hidden_just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    assert same_again(is_pretend=False, is_hidden=True) == [*sys.orig_argv, "--hidden"]
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "sf_desktop.app", "--hidden"])
    assert same_again(is_pretend=False) == ["python", "-m", "sf_desktop.app"]
    assert same_again(is_pretend=True, is_hidden=True)[-2:] == ["--pretend", "--hidden"]
