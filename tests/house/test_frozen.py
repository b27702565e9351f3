"""The frozen program is built whole: it says how it is, and holds no part of Qt that it does not use."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

UNWANTED = ("QtCharts", "Qt6Charts", "QtQml", "Qt6Qml", "QtWebEngine", "Qt6WebEngine", "tkinter")


@pytest.mark.long
def test_the_frozen_program_is_whole(own_home: dict[str, str], tmp_path: Path) -> None:
    built = subprocess.run([str(ROOT / "installer/build")], capture_output=True, text=True, check=False, timeout=900)
    assert built.returncode == 0, built.stderr
    folder = ROOT / "build" / "frozen" / "sf-desktop"
    names = [path.name for path in folder.rglob("*")]
    assert [
        name for name in names if name.startswith(UNWANTED) or name.startswith(tuple(f"lib{each}" for each in UNWANTED))
    ] == []
    asked = [str(folder / "sf-desktop"), "doctor", "--data-dir", str(tmp_path / "data")]
    told = subprocess.run(
        asked, env={**os.environ, **own_home}, capture_output=True, text=True, check=False, timeout=120
    )
    assert told.returncode == 0, told.stdout
    assert "the keyring keeps, gives back and forgets" in told.stdout
