"""What a process knows of itself: how much memory it holds, and a clock that it shares with other processes."""

from __future__ import annotations

import sys
import time
from pathlib import Path


def resident_bytes() -> int:
    """Return the memory that this process holds now; on systems other than Linux the most that it ever held."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def shared_clock() -> float:
    """Return seconds on a clock that is the same in every process of the machine."""
    return time.clock_gettime(time.CLOCK_MONOTONIC) if hasattr(time, "clock_gettime") else time.time()
