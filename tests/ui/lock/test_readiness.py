"""While somebody types, the window is imported a module at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from sf_desktop.ui.readiness import WINDOW, Readiness

ALL = f"""
import sys
from importlib import import_module
for name in {WINDOW!r}:
    import_module(name)
assert "sf_desktop.ui.today.screen" in sys.modules and "sf_desktop.workplace" in sys.modules
"""

LOCK = """
import sys
import sf_desktop.app, sf_desktop.desktop
later = {"requests", "urllib3", "sqlcipher3", "sf_desktop.session", "sf_desktop.workplace"}
later |= {"sf_desktop.store.ending.wiping", "cryptography", "msgspec"}
later |= {"concurrent.futures", "logging.handlers", "socket", "hashlib", "platformdirs"}
heavy = later & set(sys.modules)
assert not heavy, heavy
"""


SOURCES = """
import linecache, pathlib, sys
from sf_desktop import app
application, desktop = app.build(app.read_options(["--data-dir", sys.argv[1]]))
import sf_desktop.workplace
assert not any("sf_desktop" in name for name in linecache.cache), sorted(linecache.cache)
"""


def test_no_module_s_source_is_read_because_it_is_imported(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", SOURCES, str(tmp_path)], check=True, timeout=60, env=environment)


def test_the_lock_screen_imports_nothing_of_what_comes_after_it() -> None:
    subprocess.run([sys.executable, "-c", LOCK], check=True, timeout=60)


def test_every_module_is_there_and_can_be_imported_in_this_order() -> None:
    subprocess.run([sys.executable, "-c", ALL], check=True, timeout=60)


def test_one_module_after_the_other_is_imported_between_events(qtbot: QtBot) -> None:
    names = ("colorsys", "stringprep")
    for name in names:
        sys.modules.pop(name, None)
    screen = QObject()
    Readiness(screen, names).begin(1)
    assert not any(name in sys.modules for name in names)
    qtbot.waitUntil(lambda: all(name in sys.modules for name in names))
