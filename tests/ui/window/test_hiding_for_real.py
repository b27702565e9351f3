"""Quick hide on a real display: a clock at once, nothing left in memory, and back at the same place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sf_desktop.ops.firstrun.pretending import PASSPHRASE
from tests.builders.real_window import a_laptop, at_a_display, lacks_display


def test_quick_hide_shows_a_clock_at_once_and_comes_back_to_the_same_place(tmp_path: Path) -> None:
    if missing := lacks_display():
        pytest.skip(missing)
    with at_a_display(tmp_path, a_laptop(tmp_path)) as hands:
        hands.sees("^Strengthening Families$")
        before = hands.beginning
        hands.tool("type", "--delay", "20", PASSPHRASE)
        hands.tool("key", "Return")
        hands.sees("^Today - ")
        hands.tool("key", "ctrl+2")
        hands.sees("^Families - ")
        hands.tool("key", "ctrl+shift+h")
        hands.until(lambda: "" if hands.beginning == before else "new", "a new program in the same process")
        hands.sees("^Clock$")
        assert not hands.tool("search", "--onlyvisible", "--name", "Strengthening")
        assert hands.in_memory() == frozenset()
        hands.tool("key", "space")
        hands.sees("^Strengthening Families$")
        hands.tool("type", "--delay", "20", PASSPHRASE)
        hands.tool("key", "Return")
        hands.sees("^Families - ")
