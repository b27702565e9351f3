"""The commands that anybody has to know can be started, and are sound shell."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.house.tree import ROOT

COMMANDS = (
    "script/setup",
    "script/check",
    "script/test",
    "script/with-keyring",
    "script/alone",
    "script/faults",
    ".ci/run",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_can_be_started(command: str) -> None:
    path = ROOT / command
    assert os.access(path, os.X_OK), f"chmod +x {command}"
    bash = shutil.which("bash")
    assert bash, "bash is not on the path"
    result = subprocess.run([bash, "-n", str(path)], capture_output=True, text=True, check=False, timeout=30)
    assert result.returncode == 0, result.stderr
