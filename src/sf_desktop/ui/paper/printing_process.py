"""Prints pages in a process of its own, whose temporary files alone lie in memory: the printing system makes some.

::

    in   letters of the printer's name 4 | its name | pages 4 | for each: bytes 4 | the page (PNG)
    out  nothing; 0 where the printer took them
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from sf_desktop.papers import PRINT
from sf_desktop.store.hygiene import harden
from sf_desktop.ui.paper.painting import print_here
from sf_desktop.wording import error
from sf_record.errors import SfError

PATIENCE_S = 600.0  # a printer on a network may take its time over a whole family file
# Where Linux keeps files without a disk; whatever CUPS puts there it makes for this account alone.
_IN_MEMORY = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm")  # noqa: S108  # see above
_NUMBER = struct.Struct(">I")


def print_beside(name: str, pages: Sequence[bytes]) -> None:
    """Print pages (PNG); InputError ``printer_refused`` where the printer does not take them. Waits for it."""
    try:
        done = subprocess.run(  # noqa: S603 - this very program
            _command(), input=packed(name, pages), env=environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        raise error("printer_refused") from None
    if done.returncode:
        raise error("printer_refused")


def environment(known: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return what that process is told: as this one, without a screen, and with temporary files in memory."""
    memory = next((each for each in _IN_MEMORY if each and Path(each).is_dir()), "")
    return {**known, "QT_QPA_PLATFORM": "offscreen", **({"TMPDIR": memory} if memory else {})}


def packed(name: str, pages: Sequence[bytes]) -> bytes:
    """Return a printer's name and pages as that process reads them."""
    called = name.encode()
    parts = [_NUMBER.pack(len(called)), called, _NUMBER.pack(len(pages))]
    return b"".join([*parts, *(part for each in pages for part in (_NUMBER.pack(len(each)), each))])


def unpacked(told: bytes) -> tuple[str, tuple[bytes, ...]]:
    """Return them again. struct.error where something is missing."""
    at = 0

    def taken() -> bytes:
        nonlocal at
        (size,) = _NUMBER.unpack_from(told, at)
        at += _NUMBER.size + size
        return told[at - size : at]

    name = taken().decode()
    (count,) = _NUMBER.unpack_from(told, at)
    at += _NUMBER.size
    return name, tuple(taken() for _ in range(count))


def main() -> int:
    """Print what standard input brings; 1 where the printer does not take it, and nothing is said of why."""
    harden()
    name, pages = unpacked(sys.stdin.buffer.read())
    app = QGuiApplication(sys.argv[:1])
    try:
        print_here(name, pages)
    except SfError:
        return 1
    finally:
        app.quit()
    return 0


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, PRINT]
    return [sys.executable, "-I", "-m", "sf_desktop.ui.paper.printing_process"]


if __name__ == "__main__":
    raise SystemExit(main())
