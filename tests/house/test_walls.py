"""The walls between the rooms stand: they hold today, and a deliberate breach of each is seen and named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.tree import ROOT, SOURCE


@dataclass(frozen=True)
class Breach:
    """A line that must not be written in a file, and the contract that says so."""

    file: str
    line: str
    contract: str


BREACHES = {
    "Qt in the record": Breach("sf_record/breach.py", "import PySide6.QtCore", "sf_record touches no disk"),
    "disk in the record": Breach("sf_record/kinds/breach.py", "import pathlib", "sf_record touches no disk"),
    "clock in the record": Breach("sf_record/breach.py", "import time", "sf_record touches no disk"),
    "thread in the record": Breach("sf_record/breach.py", "import threading", "sf_record touches no disk"),
    "chance in the record": Breach("sf_record/breach.py", "import secrets", "sf_record touches no disk"),
    "desktop in the record": Breach("sf_record/breach.py", "import sf_desktop.store", "The two programs meet only"),
    "council in the desktop": Breach("sf_desktop/ops/breach.py", "import sf_council", "The two programs meet only"),
    "desktop in the council": Breach("sf_council/api/breach.py", "import sf_desktop", "The two programs meet only"),
    "Qt in a verb": Breach("sf_desktop/ops/breach.py", "from PySide6.QtCore import QObject", "import Qt"),
    "Qt in the vault": Breach("sf_desktop/store/breach.py", "from PySide6 import QtCore", "import Qt"),
    "spelling in a round": Breach("sf_desktop/sync/breach.py", "import hunspell", "import Qt"),
    "Qt at the council": Breach("sf_council/api/breach.py", "import PySide6", "import Qt"),
    "requests in a screen": Breach("sf_desktop/ui/breach/form.py", "import requests", "speaks HTTP"),
    "urllib3 in the scheduler": Breach("sf_desktop/sync/breach.py", "import urllib3", "speaks HTTP"),
    "SQLCipher beside its connection": Breach("sf_desktop/store/breach.py", "import sqlcipher3", "opens SQLCipher"),
    "SQLCipher in a screen": Breach("sf_desktop/ui/breach/form.py", "import sqlcipher3", "opens SQLCipher"),
    "typst in a verb": Breach("sf_desktop/ops/breach.py", "import typst", "sets papers"),
    "papers ask the vault": Breach("sf_desktop/papers/breach.py", "import sf_desktop.store", "sf_desktop: app > ui"),
    "a plain database on the laptop": Breach("sf_desktop/store/breach.py", "import sqlite3", "not encrypted"),
    "the vault asks the wire": Breach("sf_desktop/store/breach.py", "import sf_desktop.sync", "sf_desktop: app > ui"),
    "the wire asks the vault": Breach("sf_desktop/sync/breach.py", "import sf_desktop.store", "sf_desktop: app > ui"),
    "a verb knows the window": Breach("sf_desktop/ops/breach.py", "import sf_desktop.ui", "sf_desktop: app > ui"),
    "a new room without a place": Breach("sf_desktop/breach.py", "import sf_record", "sf_desktop: app > ui"),
    "the database knows the API": Breach(
        "sf_council/database/breach.py", "import sf_council.api", "sf_council: cli > app"
    ),
    "a screen knows a screen": Breach(
        "sf_desktop/ui/breach/form.py", "import sf_desktop.ui.another", "Screens do not know"
    ),
    "the kit knows a screen": Breach(
        "sf_desktop/ui/kit/breach.py", "import sf_desktop.ui.another", "Screens do not know"
    ),
}


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of a checkout as script/check does, on that checkout's own files."""
    program = (
        "import sys; sys.path.insert(0, 'src');"
        "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    )
    return subprocess.run(
        [sys.executable, "-c", program], cwd=checkout, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the source and its contracts that a test may spoil."""
    shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def write(checkout: Path, file: str, line: str) -> None:
    """Add a module, and the package it stands in if that is new."""
    path = checkout / "src" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(f"{line}\n", "utf-8")


def test_the_walls_stand_today(checkout: Path) -> None:
    result = lint_imports(checkout)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}\nSee STYLE.md, 'Who may import whom'."


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_is_seen(checkout: Path, breach: Breach) -> None:
    write(checkout, "sf_desktop/ui/another/__init__.py", "")
    write(checkout, breach.file, breach.line)
    result = lint_imports(checkout)
    assert result.returncode != 0, f"nothing was broken by {breach.line!r} in {breach.file}"
    said = " ".join(result.stdout.split())
    assert any(breach.contract in verdict and verdict.endswith("BROKEN") for verdict in _verdicts(said)), (
        f"{breach.contract!r} was not the contract that broke:\n{result.stdout}{result.stderr}"
    )


def _verdicts(said: str) -> list[str]:
    """Cut the report into one piece per contract, since long names are wrapped over two lines."""
    pieces, current = [], ""
    for word in said.split(" "):
        current = f"{current} {word}"
        if word in {"KEPT", "BROKEN"}:
            pieces.append(current)
            current = ""
    return pieces
