"""Tells the time: what the program asks instead of the operating system, so that tests can hold it still."""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class Boot(NamedTuple):
    """One start of the computer: its id (empty where it cannot be told), and the seconds since, sleep included."""

    id: str
    seconds: float


class Clock(Protocol):
    """Wall time for what is written down, monotonic seconds for what is waited for."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back; only differences mean anything."""
        ...

    def boot(self) -> Boot:
        """Return where the computer is in its present start: a clock that nobody can set."""
        ...


class SystemClock:
    """The laptop's own clock."""

    def now(self) -> datetime:
        return _asking()()

    def monotonic(self) -> float:
        return time.monotonic()

    def boot(self) -> Boot:
        return Boot(_boot_id(), _boot_seconds())


@cache
def _asking() -> Callable[[], datetime]:
    from datetime import UTC, datetime  # nobody asks before the lock screen is painted

    return lambda: datetime.now(UTC)


def _boot_seconds() -> float:
    # Linux's monotonic clock stands still while the computer sleeps, the others' do not.
    sleepless = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if sleepless is None else time.clock_gettime(sleepless)


@cache
def _boot_id() -> str:
    """Return what changes with each start. Where none is known a jump of the clock waits for the council.

    No process outlives a start, so it is asked once: each save looks at this clock.
    """
    if sys.platform == "win32":
        return _windows_boot_id()
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _windows_boot_id() -> str:
    if sys.platform == "win32":
        import winreg

        where = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where) as key:
                return str(winreg.QueryValueEx(key, "BootId")[0])
        except OSError:
            return ""
    return ""
