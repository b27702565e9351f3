"""Runs a child of ours under strace, which kills it or fails a call of its at one place among its file calls."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
FILE_CALLS = (
    "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,chmod,fchmod,mkdir"
)
_PATIENCE_S = 120


def lacks_strace() -> str:
    """Say what is missing for tracing a child, or nothing."""
    if sys.platform != "linux":
        return "needs Linux: faults are injected with strace"
    return "" if shutil.which("strace") else "needs strace (script/setup installs it on Debian)"


@dataclass(frozen=True)
class Place:
    """One call among a child's: its name, and which of this name it is in its thread (strace counts so)."""

    call: str
    number: int

    def injecting(self, fault: str) -> tuple[str, ...]:
        """Return strace's words for a fault here, such as ``signal=KILL`` or ``error=EIO``."""
        return ("-e", f"inject={self.call}:{fault}:when={self.number}")


@dataclass(frozen=True)
class Ran:
    """What a child said before its end, and which calls it made."""

    said: tuple[str, ...]
    calls: str
    status: int

    @property
    def acknowledged(self) -> tuple[str, ...]:
        """What it said was done; refusals begin with an exclamation mark."""
        return tuple(word for word in self.said if not word.startswith("!"))

    @property
    def refusals(self) -> tuple[str, ...]:
        return tuple(word[1:] for word in self.said if word.startswith("!"))

    @property
    def places(self) -> tuple[Place, ...]:
        """Every call after the child was ready, in the order of the calls; the names it has, each once."""
        counts: dict[tuple[str, str], int] = {}
        places: dict[Place, None] = {}
        is_ready = False
        for line in self.calls.splitlines():
            match = re.match(r"(\d+) +(\w+)\(", line)
            if match is None:
                continue
            thread, call = match.groups()
            counts[thread, call] = counts.get((thread, call), 0) + 1
            is_ready = is_ready or "ready" in line
            if is_ready and call != "writev" and "<unfinished" not in call:
                places[Place(call, counts[thread, call])] = None
        return tuple(places)


def run_child(task: dict[str, Any], folder: Path, *strace: str, calls: str = FILE_CALLS) -> Ran:
    """Run tests.faults.child with this task under strace; ``strace`` are more of its words."""
    log = folder / "calls"
    command = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", f"trace={calls},writev", *strace]
    child = [sys.executable, "-m", "tests.faults.child", json.dumps(task)]
    environment = os.environ | {"PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command + child, env=environment, capture_output=True, text=True, check=False, timeout=_PATIENCE_S
    )
    assert "Traceback" not in done.stderr, f"the child stopped by itself: {done.stderr}"
    said = tuple(word for word in done.stdout.split() if word != "ready")
    return Ran(said, log.read_text(errors="replace"), done.returncode)
