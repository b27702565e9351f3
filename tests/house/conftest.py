"""A home of its own for what runs the whole program, and the keyring that it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders.homes import a_home
from tests.house.tree import ROOT


@pytest.fixture(scope="session")
def keyring() -> None:
    """Skip where this computer account has no keyring that works; script/test brings one, so there it never skips."""
    command = [sys.executable, str(ROOT / "script/story/keyring_here.py")]
    if subprocess.run(command, env=os.environ, capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("no keyring here: run script/test")


@pytest.fixture
def own_home(keyring: None, tmp_path: Path) -> dict[str, str]:
    """Return the environment of somebody with an empty home and temp folder."""
    return a_home(tmp_path)


def played(home: dict[str, str], how: str) -> subprocess.CompletedProcess[str]:
    """Play a story of ``script/story/play.py`` to its end, with a home of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "script/story/play.py"), how],
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
