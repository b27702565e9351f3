"""The frozen program is built whole: it says how it is, and holds no part of Qt that it does not use."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

UNWANTED = ("QtCharts", "Qt6Charts", "QtQml", "Qt6Qml", "QtWebEngine", "Qt6WebEngine", "tkinter", "readline", "PIL")
# By its name in the folder: what each library asks to be given along, and what must lie there as a file of its own.
LICENCES = (
    "licences/README.txt", "licences/LGPL-3.0.txt", "licences/GPL-3.0.txt", "licences/SQLCipher.txt",
    "licences/LGPL-2.1.txt", "msgspec*.dist-info/licenses/LICENSE", "keyring*.dist-info/licenses/LICENSE",
    "resources/papers/fonts/OFL-1.1.txt", "resources/dictionaries/en_GB.license.txt",
    "PySide6/__init__.py", "PySide6/Qt/lib/libQt6Widgets*", "*/libhunspell*",
)  # fmt: skip


@pytest.mark.long
def test_the_frozen_program_is_whole(own_home: dict[str, str], tmp_path: Path) -> None:
    built = subprocess.run([str(ROOT / "installer/build")], capture_output=True, text=True, check=False, timeout=900)
    assert built.returncode == 0, built.stderr
    folder = ROOT / "build" / "frozen" / "sf-desktop"
    names = [path.name for path in folder.rglob("*")]
    assert [
        name for name in names if name.startswith(UNWANTED) or name.startswith(tuple(f"lib{each}" for each in UNWANTED))
    ] == []
    assert [name for name in LICENCES if not any(folder.glob(f"_internal/{name}"))] == []
    asked = [str(folder / "sf-desktop"), "doctor", "--data-dir", str(tmp_path / "data")]
    told = subprocess.run(
        asked, env={**os.environ, **own_home}, capture_output=True, text=True, check=False, timeout=120
    )
    assert told.returncode == 0, told.stdout
    assert "the keyring keeps, gives back and forgets" in told.stdout
