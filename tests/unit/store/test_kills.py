"""A vault killed at any file call of a save or a rotation: what was acknowledged is there, and one key opens it."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sf_desktop.store.connection import is_sound
from sf_desktop.store.home import VaultHome
from sf_desktop.store.keys import Keys
from sf_desktop.store.opening import Standing
from tests.builders.vaults import BuiltVault, build_vault, note_ids, save_note
from tests.fakes.keyring import FileSecrets

_ROOT = Path(__file__).parents[3]
_CALLS = "write,pwrite64,fsync,fdatasync,ftruncate,unlink,rename"
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("strace") is None, reason="needs Linux and strace"
)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> BuiltVault:
    folder = tmp_path_factory.mktemp("pristine")
    built = build_vault(folder, lambda _: FileSecrets(folder / "keyring"))
    vault = built.open()
    for number in range(20):
        save_note(vault, f"before-{number}", "A pretend note from before. " * 80)
    assert vault.close()
    return built


@pytest.fixture(scope="module")
def keys(pristine: BuiltVault) -> tuple[str, str]:
    opened = pristine.unlock()
    return opened.kek.hex(), opened.dek.hex()


def copy_of(built: BuiltVault, folder: Path) -> BuiltVault:
    home = VaultHome(folder / built.home.folder.name)
    shutil.copytree(built.home.folder, home.folder)
    shutil.copy(built.home.folder.parent.parent / "keyring", folder / "keyring")
    return BuiltVault(home, FileSecrets(folder / "keyring"), built.clock, built.council)


def run(built: BuiltVault, keys: tuple[str, str], job: str, count: int, strace: list[str]) -> tuple[list[str], str]:
    """Run the child under strace; return the numbers that it acknowledged and what strace said."""
    secrets = built.home.folder.parent / "keyring"
    log = built.home.folder.parent / "calls"
    command = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={_CALLS},writev", *strace, sys.executable]
    child = [str(Path(__file__).with_name("child.py")), job, str(built.home.folder), str(secrets), *keys, str(count)]
    environment = os.environ | {"PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command + child, env=environment, stdout=subprocess.PIPE, text=True, check=False, timeout=120)
    return done.stdout.split()[1:], log.read_text()


def places_to_kill(calls: str, how_many: int, seed: int) -> Iterator[tuple[str, int]]:
    """Choose among all calls that an undisturbed run made after it was ready, each as its name and its number.

    strace counts for each thread by itself.
    """
    counts: dict[tuple[str, str], int] = {}
    places: list[tuple[str, int]] = []
    is_ready = False
    for line in calls.splitlines():
        match = re.match(r"(\d+) +(\w+)\(", line)
        if match is None:
            continue
        thread, name = match.groups()
        counts[thread, name] = counts.get((thread, name), 0) + 1
        is_ready = is_ready or "ready" in line
        if is_ready and name != "writev":
            places.append((name, counts[thread, name]))
    yield from random.Random(seed).sample(places, min(how_many, len(places)))


@pytest.mark.parametrize("job", ["save", "rotate"])
def test_killed_at_any_file_call(
    pristine: BuiltVault, keys: tuple[str, str], tmp_path: Path, job: str, run_count: Callable[[int, int], int]
) -> None:
    before = {f"before-{number}" for number in range(20)}
    count = 6 if job == "save" else 2
    undisturbed = copy_of(pristine, tmp_path / "undisturbed")
    acknowledged, calls = run(undisturbed, keys, job, count, [])
    assert len(acknowledged) == count
    for number, (call, nth) in enumerate(places_to_kill(calls, run_count(12, 500), seed=7)):
        built = copy_of(pristine, tmp_path / str(number))
        inject = ["-e", f"inject={call}:signal=KILL:when={nth}"]
        acknowledged, _ = run(built, keys, job, count, inject)
        vault = built.open(built.unlock() if job == "rotate" else Keys(*map(bytearray.fromhex, keys)))
        place = f"killed at {call} {nth} after {len(acknowledged)}"
        found = note_ids(vault)
        assert vault.standing is Standing.SOUND, place
        assert vault.read(lambda tx: tx.connection.execute("PRAGMA integrity_check").fetchall()).result() == [("ok",)]
        if job == "save":
            assert before | set(acknowledged) <= found, place
            assert len(found - before - set(acknowledged)) <= 1, place
            assert before | set(acknowledged) <= vault.sealed_ids().result(), place
        else:
            assert found == before, place
        save_note(vault, "after")
        assert vault.close()
        shutil.rmtree(built.home.folder.parent)


@pytest.mark.parametrize("failure", ["ENOSPC", "EIO", "EDQUOT"])
def test_a_disk_that_fails_at_any_file_call_is_told_and_nothing_untrue_is_said(
    pristine: BuiltVault, keys: tuple[str, str], tmp_path: Path, failure: str, run_count: Callable[[int, int], int]
) -> None:
    _, calls = run(copy_of(pristine, tmp_path / "undisturbed"), keys, "save", 6, [])
    for number, (call, nth) in enumerate(places_to_kill(calls, run_count(5, 170), seed=8)):
        if call in {"unlink", "rename"}:
            continue
        built = copy_of(pristine, tmp_path / str(number))
        said, _ = run(built, keys, "save", 6, ["-e", f"inject={call}:error={failure}:when={nth}"])
        acknowledged = {word for word in said if not word.startswith("!")}
        refusals = {word for word in said if word.startswith("!")}
        place = f"{failure} at {call} {nth}: {said}"
        assert refusals <= {"!disk_full", "!disk_failed", "!saved_not_sealed"}, place
        assert len(said) == 6, place
        vault = built.open(Keys(*map(bytearray.fromhex, keys)))
        assert acknowledged <= note_ids(vault), place
        assert acknowledged <= vault.sealed_ids().result(), place
        assert vault.close()
        shutil.rmtree(built.home.folder.parent)


def test_is_sound_says_so(pristine: BuiltVault, tmp_path: Path) -> None:
    vault = copy_of(pristine, tmp_path / "copy").open()
    assert vault._submit(lambda: is_sound(vault._connection), 0).result()
    assert vault.close()
