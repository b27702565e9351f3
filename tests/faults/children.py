"""Has children forked that are killed or failed at a file call, by a process that has imported everything once.

A child waits at a gate until strace has taken hold of it; so its calls are counted from its first line of work on.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FILE_CALLS = (
    "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,chmod,fchmod,mkdir"
)
GATE = signal.SIGUSR1
"""What a child waits for; a signal, because opening a file would be one of its calls."""
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
    number: int | str
    """Of strace's own spelling; with a plus behind it, every one from this on."""

    def injecting(self, fault: str) -> tuple[str, ...]:
        """Return strace's words for a fault here, such as ``signal=KILL`` or ``error=EIO``."""
        return ("-e", f"inject={self.call}:{fault}:when={self.number}")


@dataclass(frozen=True)
class Ran:
    """What a child said before its end, and which calls it made."""

    said: tuple[str, ...]
    calls: str

    @property
    def acknowledged(self) -> tuple[str, ...]:
        """What it said was done; refusals begin with an exclamation mark."""
        return tuple(word for word in self.said if not word.startswith("!"))

    @property
    def refusals(self) -> tuple[str, ...]:
        return tuple(word[1:] for word in self.said if word.startswith("!"))

    @property
    def places(self) -> tuple[Place, ...]:
        """Every call after the child was ready, in the order of the calls, each once."""
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
            if is_ready and call != "writev":
                places[Place(call, counts[thread, call])] = None
        return tuple(places)


class Children:
    """The process that forks them: one at a time, each with what it says in a file of its own."""

    def __enter__(self) -> Self:
        self._nurse = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, cause: BaseException | None, at: TracebackType | None) -> None:
        assert self._nurse.stdin is not None
        assert self._nurse.stdout is not None
        self._nurse.stdin.close()
        self._nurse.wait(_PATIENCE_S)
        self._nurse.stdout.close()

    def run(self, task: dict[str, Any], folder: Path, *strace: str, calls: str = FILE_CALLS) -> Ran:
        """Have a child do a task under strace, of which ``strace`` are more words, and return once it has ended."""
        said, log = folder / "said", folder / "calls"
        pid = self._ask({**task, "said": str(said)})
        words = ["strace", "-f", "-o", str(log), "-e", f"trace={calls},writev", *strace, "-p", pid]
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            first = tracer.stderr.readline()
            os.kill(int(pid), GATE)
            assert "attached" in first, f"strace could not take hold of the child: {first}"
            tracer.communicate(timeout=_PATIENCE_S)
        fault = self._answer()
        assert not fault, f"the child stopped by itself: {fault}"
        return Ran(tuple(word for word in said.read_text().split() if word != "ready"), log.read_text(errors="replace"))

    def _ask(self, task: dict[str, Any]) -> str:
        assert self._nurse.stdin is not None
        print(json.dumps(task), file=self._nurse.stdin, flush=True)
        return self._answer()

    def _answer(self) -> str:
        assert self._nurse.stdout is not None
        return self._nurse.stdout.readline().strip()
