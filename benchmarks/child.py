"""Runs another program beside the one measured: a server or a link that says its port, and ends with this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 600


@dataclass
class Running:
    """A program that runs: its port, and after its end what it said last."""

    port: int
    said: dict[str, Any] = field(default_factory=dict)


@contextmanager
def program(module: str, *arguments: str) -> Iterator[Running]:
    """Run one of our own modules; it prints its port first, and may print a JSON object when its input ends."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        first = child.stdout.readline()
        if not first:
            raise RuntimeError(f"{module} ended with {child.wait()} before it was ready")
        running = Running(int(first))
        try:
            yield running
        finally:
            child.stdin.close()
            last = child.stdout.read()
            child.wait(timeout=10)
    if last.strip():
        running.said |= json.loads(last)


def answer_of(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Run one of our own modules to its end and return the JSON object that it printed last."""
    command = [sys.executable, "-m", module, *arguments]
    around = {**os.environ, **(environment or {})}
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, env=around, check=False)
    if ran.returncode != 0:
        raise RuntimeError(f"{module} ended with {ran.returncode}: {ran.stderr.strip()[-400:]}")
    answer: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
    return answer
