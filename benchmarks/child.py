"""Runs another program beside the one measured: a server or a link that says its port, and ends with this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def program(module: str, *arguments: str) -> Iterator[int]:
    """Run one of our own modules and give the port that it prints first."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        try:
            yield int(child.stdout.readline())
        finally:
            child.stdin.close()
            child.terminate()


def answer_of(module: str, *arguments: str, timeout_s: float = 600, **environment: str) -> str:
    """Run one of our own modules to its end and return what it printed."""
    command = [sys.executable, "-m", module, *arguments]
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=timeout_s, env=os.environ | environment, check=False
    )
    if ran.returncode != 0:
        raise RuntimeError(f"{module} ended with {ran.returncode}: {ran.stderr.strip()[-400:]}")
    return ran.stdout
