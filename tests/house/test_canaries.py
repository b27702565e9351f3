"""Names and sentences stay where they belong, whatever goes wrong: canaries are swept for where anybody could look."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from sweep import sweep

from tests.builders.canaries import put_canaries, put_note, words
from tests.builders.homes import a_home
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.fakes.network import Network
from tests.house.tree import ROOT

FAILING = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/problem+json\r\n"
    b"Content-Length: 2\r\nConnection: close\r\n\r\n{}"
)


@dataclass(frozen=True)
class Swept:
    """A home after everything that can happen in it, and a council beside it."""

    home: Path
    council: Path
    told: str


@pytest.fixture(scope="module")
def lived_in(keyring: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Swept]:
    """Enrol, load, be refused, fail, crash and recover, all in one home."""
    folder = tmp_path_factory.mktemp("canaries")
    environment = a_home(folder)
    (folder / "council").mkdir()
    with ExitStack() as stack:
        council = stack.enter_context(RunningCouncil(folder / "council"))
        network = Network(int(council.url.rpartition(":")[2]))
        stack.callback(network.close)
        family_id = put_canaries(council)[0]
        setting: dict[str, object] = {
            "data_dir": str(folder / "home/laptop"),
            "address": network.address,
            "username": "practitioner",
            "password": PASSWORD,
            "code": council.code("practitioner"),
            "passphrase": "larch kettle orbit mango",
            "sentences": (),
            "pictures": str(folder / "pictures"),
            "mark": str(folder / "mark"),
            "taken": (),
        }
        told = play(folder, environment, "enrol", setting)
        setting["taken"] = (family_id, put_note(council, family_id))
        with network.answering(FAILING):
            told += play(folder, environment, "trouble", setting)
        told += play(folder, environment, "mended", setting)
        yield Swept(folder / "home", folder / "council", told)


def play(folder: Path, environment: dict[str, str], act: str, setting: dict[str, object]) -> str:
    """Play one act in a process of its own, and keep in the home what it printed and what could be seen of it."""
    path = folder / "setting.json"
    path.write_text(json.dumps({**setting, "witnessed": str(folder / f"home/seen-{act}.txt")}))
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.canary_acts", act, str(path)],
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}:{ROOT / 'script/story'}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    (folder / f"home/printed-{act}.txt").write_text(done.stdout + done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def places(swept: Swept) -> tuple[Path, ...]:
    return (swept.home.parent, swept.council)


def test_everything_that_was_to_go_wrong_did(lived_in: Swept) -> None:
    assert "everything went wrong that was to go wrong" in lived_in.told
    assert "one event was refused" in lived_in.told
    assert list(lived_in.home.rglob("crash-*.txt"))
    log = (lived_in.home / "laptop/logs/desktop.log").read_text()
    assert "log_refused" in log
    assert "title: " in (lived_in.home / "seen-trouble.txt").read_text()


def test_no_canary_is_anywhere_but_in_the_councils_database(lived_in: Swept) -> None:
    assert sweep(words(), places(lived_in), lived_in.council) == ()


def test_the_council_holds_the_canaries(lived_in: Swept) -> None:
    assert sweep(words(), [lived_in.council]) != ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_one_deliberate_leak_is_found(lived_in: Swept, encoding: str) -> None:
    leak = lived_in.home / "laptop/logs/leak.log"
    leak.write_bytes(b"note saved: " + words()[7].encode(encoding))
    try:
        assert sweep(words(), places(lived_in), lived_in.council) == (str(leak),)
    finally:
        leak.unlink()
