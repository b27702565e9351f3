"""On a real display: what is only marked goes to no other program, by no way; what is copied goes there as a secret."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sf_desktop.ui.kit.clipboard import MARK
from tests.builders import two_programs
from tests.builders.real_window import (
    WITHIN_S,
    Hands,
    a_display,
    a_laptop,
    at_a_display,
    lacks_display,
    lacks_tools,
    on_display,
)
from tests.builders.two_programs import BESIDE, NOTE, PLACES, READ, SECRET

MODULE = (sys.executable, "-m", two_programs.__name__)
TYPED = "pretend words of a passphrase"


@pytest.fixture(autouse=True)
def _at_a_real_display() -> None:
    if missing := lacks_tools():
        pytest.skip(missing)


@dataclass
class Both:
    """Somebody before both programs."""

    hands: Hands

    def title(self, pattern: str) -> str:
        return self.hands.tool("search", "--name", pattern, "getwindowname")

    def mark(self, words: str, place: tuple[int, int]) -> None:
        """Mark a whole line with three clicks, and see that it is marked."""
        self.hands.tool("mousemove", *map(str, place), "click", "--repeat", "3", "--delay", "30", "1")
        if words != READ:  # a label does not say what is marked in it
            self.hands.until(lambda: self.title(f"^marked: {words}$"), "what was marked")

    def drag(self, place: tuple[int, int]) -> None:
        """Drag from there into the middle of the other window, as a hand does."""
        # Later than a fourth click would come.
        self.hands.tool("mousemove", *map(str, place), "sleep", "0.8", "mousedown", "1")
        for across in (10, 40, 200, BESIDE, BESIDE + 60, BESIDE + 100):
            self.hands.tool("mousemove", str(place[0] + across), "120", "sleep", "0.2")
        self.hands.tool("sleep", "0.5", "mouseup", "1", "sleep", "0.5")

    def taken(self) -> str:
        """What the other program has by now: a letter typed there comes after all that came before."""
        self.hands.sees("^theirs:")
        self.hands.tool("mousemove", str(BESIDE + 200), "300", "click", "1", "key", "z")
        return self.hands.until(lambda: self.title("^theirs:.*z"), "the letter").removeprefix("theirs: ")


@contextmanager
def both(folder: Path, ours: str) -> Iterator[Both]:
    homes = [folder / "one", folder / "other"]
    for each in homes:
        each.mkdir()
    with (
        a_display() as display,
        on_display(display, [*MODULE, ours], homes[0]) as window,
        on_display(display, [*MODULE, "theirs"], homes[1]),
    ):
        hands = Hands(display, window)
        for title in ("theirs", ours):
            hands.sees(f"^{title}:")
        yield Both(hands)


def read(hands: Hands, where: str) -> dict[str, Any]:
    """What any other program reads on this display."""
    environment = {**os.environ, "DISPLAY": hands.display, "QT_QPA_PLATFORM": "xcb"}
    told = subprocess.run([*MODULE, where], env=environment, capture_output=True, check=True, timeout=WITHIN_S)
    return dict(json.loads(told.stdout))


def comes(hands: Hands, where: str) -> dict[str, Any]:
    """What any other program reads there, once there is something; each time that it is asked another one starts."""
    found = (read(hands, where) for _ in range(20))
    return next((each for each in found if each["text"]), {"text": "", "formats": []})


def test_what_is_marked_goes_to_no_other_program(tmp_path: Path) -> None:
    with both(tmp_path, "ours") as before:
        for words, place in zip((NOTE, READ, SECRET), PLACES.values(), strict=True):
            before.mark(words, place)
            assert read(before.hands, "selection")["text"] == ""
        before.mark(NOTE, PLACES["note"])
        before.drag(PLACES["note"])
        assert before.taken() == "z"
        before.mark(NOTE, PLACES["note"])
        before.hands.tool("key", "ctrl+c")
        copied = comes(before.hands, "clipboard")
        assert copied["text"] == NOTE
        assert MARK in copied["formats"]


def test_without_the_guard_another_program_would_have_it(tmp_path: Path) -> None:
    with both(tmp_path, "unguarded") as before:
        for words, place in zip((NOTE, READ, SECRET), PLACES.values(), strict=True):
            before.mark(words, place)
            assert comes(before.hands, "selection")["text"] == words
        before.mark(NOTE, PLACES["note"])
        before.drag(PLACES["note"])
        before.hands.until(lambda: before.title(f"^theirs: {NOTE}"), "what was dragged")


def test_a_passphrase_that_is_shown_at_the_lock_screen_is_copied_as_a_secret_and_marked_for_nobody(
    tmp_path: Path,
) -> None:
    if missing := lacks_display():
        pytest.skip(missing)
    with at_a_display(tmp_path, a_laptop(tmp_path)) as hands:
        hands.sees("^Strengthening Families$")
        hands.tool("type", "--delay", "20", TYPED)
        hands.tool("key", "Tab", "space", "shift+Tab", "ctrl+a", "ctrl+c")
        copied = comes(hands, "clipboard")
        assert copied["text"] == TYPED
        assert MARK in copied["formats"]
        assert read(hands, "selection")["text"] == ""
