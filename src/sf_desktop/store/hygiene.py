"""Keeps this process's memory and files to itself, and little of it: no core dumps, nobody looking in, one heap."""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4
_PR_GET_DUMPABLE = 3
_M_ARENA_MAX = -8


def harden() -> None:
    """Call first of all in every process, also after it has replaced itself (``execv`` sets dumpable back)."""
    os.umask(0o077)
    if sys.platform == "win32":
        return  # crash dumps are turned off by policy there: see docs/security.md
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def share_one_heap() -> None:
    """Let every thread take its memory from one heap; with glibc each would have its own, and keep what it let go."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_M_ARENA_MAX, 1)


def is_hardened() -> bool:
    """Say whether no core dump of this process can be made, for ``doctor``."""
    if sys.platform == "win32":
        return False
    import resource

    if resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        return False
    return sys.platform != "linux" or int(ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)) == 0
