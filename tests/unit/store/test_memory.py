"""What stays in memory: no copy of the database key once it is given, and none of any key once the vault is closed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_key_is_left_in_memory(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("scanner.py")), str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    while_open, after_closing = (tuple(map(int, line.split())) for line in done.stdout.splitlines())
    control, database_key, data_key = while_open
    assert control >= 1  # the scanner finds what is there
    assert database_key == 0
    assert data_key == 1  # the one that the open vault works with
    assert after_closing[1:] == (0, 0)
