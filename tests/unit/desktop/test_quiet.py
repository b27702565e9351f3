"""Logs and crash reports: enough to mend the program, and no copy of what a person is or said."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from sf_desktop.crash import install, write_report
from sf_desktop.log import start_log
from sf_desktop.wording import WORDS, error
from sf_record.errors import VaultError
from tests.fakes.clock import FrozenClock

CANARY = "Pretendname"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions
    start_log(tmp_path / "logs")
    yield tmp_path / "logs" / "desktop.log"
    for handler in [handler for handler in root.handlers if handler not in before[0]]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[1])
    logging.raiseExceptions = before[2]


def test_an_event_with_ids_counts_and_codes_is_written(log: Path) -> None:
    ours = logging.getLogger("sf_desktop.pretend")
    ours.info("round_done events=%d code=%s family=%s took=%.1f", 3, "disk_full", UUID(int=5), 0.25)
    line = log.read_text()
    assert "round_done events=3 code=disk_full family=00000000-0000-0000-0000-000000000005 took=0.2" in line
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_no_name_reaches_the_log_however_it_is_passed(log: Path) -> None:
    def fails() -> None:
        raise ValueError(CANARY) from KeyError(CANARY)

    ours, theirs = logging.getLogger("sf_desktop.pretend"), logging.getLogger("urllib3.pretend")
    ours.warning("saved %s", CANARY)
    ours.warning("saved name=%s", CANARY)
    ours.warning("saved name=%s", {"name": CANARY})
    ours.warning(f"saved for {CANARY}")
    ours.warning("saved", extra={"family": CANARY})
    ours.warning(ValueError(CANARY))
    theirs.warning("GET /families?q=%s", CANARY)
    try:
        fails()
    except ValueError:
        ours.exception("saved")
        ours.exception("saved %s", CANARY)
        theirs.exception("saved")
    text = log.read_text()
    assert CANARY.casefold() not in text.casefold()
    assert text.count("log_refused") == 6
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_quiet.py" in text


def test_a_crash_report_has_kinds_and_places_and_nothing_else(tmp_path: Path) -> None:
    def fails(note: str) -> None:
        raise ValueError(note) from error("disk_full")

    try:
        fails(f"{CANARY} said so")
    except ValueError as raised:
        path = write_report(tmp_path / "crashes", FrozenClock(), raised)
    assert path is not None
    text = path.read_text()
    assert CANARY not in text
    assert str(tmp_path) not in text
    assert "builtins.ValueError" in text
    assert "code=disk_full" in text
    assert "test_quiet.py" in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_thread_that_nobody_watches_is_reported_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for hook in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, hook, getattr(sys, hook))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    told: list[bool] = []
    install(tmp_path, FrozenClock(), lambda: told.append(True))

    def fails() -> None:
        raise ValueError(CANARY)

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    (report,) = tmp_path.glob("crash-*.txt")
    assert told == [True]
    assert CANARY not in report.read_text()


def test_what_qt_says_is_logged_without_its_words_and_printed_nowhere(tmp_path: Path) -> None:
    """What it prints would lie in the computer's journal, and a warning of its may name a file."""
    program = (
        "import sys\nfrom PySide6.QtCore import QFile, QIODevice, qWarning\n"
        "from PySide6.QtGui import QImage\nfrom PySide6.QtWidgets import QWidget\n"
        "from sf_desktop.app import build, prepare, read_options\n"
        "options = read_options(['--data-dir', sys.argv[1]])\nprepare(options)\napp, desktop = build(options)\n"
        "widget = QWidget()\nwidget.setObjectName(sys.argv[2])\nwidget.setStyleSheet('{')\nwidget.ensurePolished()\n"
        "device = QFile(sys.argv[2])\ndevice.write(b'')\nQImage().save(device, 'PNG')\n"
        "qWarning(sys.argv[2])\ndesktop.end()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), CANARY],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert CANARY not in done.stdout + done.stderr
    log = (tmp_path / "logs/desktop.log").read_text()
    assert CANARY not in log
    assert log.count("qt_said level=warning category=default") >= 2


def test_a_report_that_cannot_be_written_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert write_report(tmp_path / "file", FrozenClock(), ValueError()) is None


def test_reports_do_not_pile_up(tmp_path: Path) -> None:
    clock = FrozenClock()
    for _ in range(25):
        clock.forward(1)
        write_report(tmp_path, clock, ValueError())
    assert len(list(tmp_path.glob("crash-*.txt"))) == 20


@pytest.mark.skipif(sys.platform != "linux", reason="core dumps and prctl are Linux's")
def test_a_hardened_process_leaves_no_core_and_private_files(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom sf_desktop.store.hygiene import harden, is_hardened\n"
        "assert not is_hardened()\nharden()\nassert is_hardened()\nPath(sys.argv[1]).write_text('x')\n"
    )
    path = tmp_path / "made"
    starts = "import resource; resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))\n"
    subprocess.run([sys.executable, "-c", starts + program, str(path)], check=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_error_has_words_for_a_person_and_takes_numbers_only() -> None:
    numbers = {"left": 3, "seconds": 5, "days": 9, "line": 2}
    for code, words in WORDS.items():
        assert words.title, code
        assert words.title.strip(".") == words.title, code
        assert words.advice.endswith("."), code
        assert "{" not in words.advice.format(**numbers)
    raised = error("wrong_passphrase", left=3)
    assert isinstance(raised, VaultError)
    assert "3" in raised.advice
    with pytest.raises(TypeError):
        error("wrong_passphrase", left=CANARY)  # type: ignore[arg-type]
