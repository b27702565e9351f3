"""Keeps this process's memory and files to itself: no core dumps, no other program looking in, private files."""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4
_PR_GET_DUMPABLE = 3


def harden() -> None:
    """Call first of all in every process, also after it has replaced itself (``execv`` sets dumpable back)."""
    os.umask(0o077)
    if sys.platform == "win32":
        return  # crash dumps are turned off by policy there: see docs/security.md
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def is_hardened() -> bool:
    """Say whether no core dump of this process can be made, for ``doctor``."""
    if sys.platform == "win32":
        return False
    import resource

    if resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        return False
    return sys.platform != "linux" or int(ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)) == 0
