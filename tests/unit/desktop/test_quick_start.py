"""What keeps the start short: the lock screen is painted before anything is imported that it does not show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

_UNTIL_PAINTED = """
import sys
from PySide6 import QtCore
from sf_desktop import app
options = app.read_options(["--data-dir", sys.argv[1]])
app.prepare(options)
application, desktop = app.build(options)
desktop.begin()
screen = desktop.entry.centralWidget()
while not screen._will_look:
    application.processEvents()
print(type(screen).__name__, "Qt" in vars(QtCore), *(each for each in sys.argv[2:] if each in sys.modules))
desktop.end()
"""
_LATER = ("cryptography", "requests", "sqlcipher3", "msgspec", "concurrent.futures", "uuid", "sf_desktop.wording")


def test_the_lock_screen_is_painted_before_what_it_does_not_show_is_there(tmp_path: Path) -> None:
    home = tmp_path / "vaults" / uuid4().hex
    home.mkdir(parents=True)
    (home / "vault.json").write_text('{"created_at": "2026-11-30T09:00:00.000000Z"}', encoding="utf-8")
    (tmp_path / "settings.json").write_text('{"system_theme": "light"}', encoding="utf-8")
    command = [sys.executable, "-c", _UNTIL_PAINTED, str(tmp_path), *_LATER]
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(command, env=around, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.split() == ["LockScreen", "False"]  # and the `Qt` namespace, 16 ms, was not named by anything
