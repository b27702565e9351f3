"""The program is killed while files are attached: what it had called saved is there afterwards, and whole."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sf_desktop.store.connection import open_connection
from sf_desktop.store.tables import attachments
from sf_desktop.store.upkeep import attachment_upkeep
from tests.builders.offices import OpenWork, open_vault

PROGRAM = """
import os, random, sys
from pathlib import Path
sys.path.insert(0, os.getcwd())
from sf_desktop.store.tables import attachments
from sf_desktop.store.connection import open_connection
from tests.builders.offices import OpenWork, transaction
folder, first = Path(sys.argv[1]), int(sys.argv[2])
connection = open_connection(folder / "vault.db", bytearray(b"k" * 32), create=False)
work = OpenWork(connection, attachments=folder / "attachments")
print("ready", flush=True)
for number in range(first, first + 400):
    content = random.Random(number).randbytes(300_000)
    with transaction(connection):
        attachments.hold(work, f"{number:08}", "family", None, content, {}, "2026-11-23T09:00:00.000000Z")
        if number % 2:
            attachments.promise(work, f"{number:08}", {})
    print(number, flush=True)
"""


def test_what_was_called_saved_is_whole_after_a_kill(tmp_path: Path, run_count: Callable[[int, int], int]) -> None:
    open_vault(tmp_path).close()
    dice, first = random.Random(2026), 0
    for _ in range(run_count(4, 60)):
        said = killed(tmp_path, first, dice.randrange(1, 12), dice.uniform(0.0, 0.03))
        connection = open_connection(tmp_path / "vault.db", bytearray(b"k" * 32), create=False)
        work = OpenWork(connection, attachments=tmp_path / "attachments")
        kept = [str(each[0]) for each in connection.execute("SELECT id FROM attachment ORDER BY id").fetchall()]
        assert {f"{each:08}" for each in said} <= set(kept)
        for each in kept[first:]:
            assert attachments.read(work, each) == random.Random(int(each)).randbytes(300_000)
        attachment_upkeep.sweep(work, (), attachment_upkeep.files(work))
        assert len(list(work.attachments.iterdir())) == len(kept), "what nobody can read has left the folder"
        connection.close()
        first = len(kept)


def killed(folder: Path, first: int, after: int, more_s: float) -> list[int]:
    """Attach files until so many were called saved and a little longer; return those."""
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), str(first)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    said = [int(running.stdout.readline()) for _ in range(after)]
    try:
        running.wait(more_s)
    except subprocess.TimeoutExpired:
        running.kill()
    rest, _ = running.communicate()
    return [*said, *(int(each) for each in rest.splitlines() if each.isdigit())]
