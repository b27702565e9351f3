"""What support is told of a laptop without unlocking it: counts and dates, and what cannot be known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sf_desktop.doctor import examine
from sf_desktop.paths import Paths
from sf_desktop.store.keys.keyrings import system_secrets
from tests.builders.vaults import build_vault, save_note


def test_it_counts_what_lies_outside_the_vault_and_says_what_it_cannot_know(tmp_path: Path) -> None:
    built = build_vault(tmp_path)
    vault = built.open()
    save_note(vault, "one", "Pretend words.")
    assert vault.close()
    (built.home.attachments / "0f").write_bytes(b"x" * 700)
    built.home.database_next.write_bytes(b"")
    _, lines = examine(Paths(tmp_path))
    said = "\n".join(lines)
    assert f"vault {built.home.vault_id}: 1 attachment file(s), 700 bytes, encrypted" in said
    assert "a release was broken off; it goes on after the next unlocking" in said
    assert "known after unlocking only" in said
    assert "sealed entries: 1" in said
    assert "Pretend" not in said


def said_of(paths: Paths) -> tuple[bool, str]:
    is_well, lines = examine(paths)
    said = "\n".join(lines)
    assert str(paths.data) not in said, "a home folder bears its person's name"
    return is_well, said


def test_a_sound_vault_has_nothing_to_look_at(tmp_path: Path) -> None:
    build_vault(tmp_path, system_secrets)
    _, said = said_of(Paths(tmp_path))
    assert "LOOK vault" not in said
    assert "its key file can be read" in said


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("vault.db", b"", "vault_damaged. The records file on this laptop is damaged. It has not been changed"),
        ("slot-a", b"rubbish", "slots_damaged. The key file on this laptop is damaged. Both copies were tried."),
        ("slot-a", None, "slots_missing. The key file on this laptop is missing. Ask your manager for a recovery"),
        ("sealed.outbox", b"rubbish", "sealed_damaged. The sealed copy of unsent work is damaged."),
        ("sealed.outbox", None, "sealed_damaged. The sealed copy of unsent work is damaged."),
        ("lease", b"rubbish", "what lies beside it of its lease cannot be read"),
    ],
)
def test_a_damaged_file_is_said_to_be_damaged_with_what_to_do(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    """All of it was called well: support sent the worker back to the lock screen."""
    home = build_vault(tmp_path, system_secrets).home
    for each in (name, "slot-b") if name == "slot-a" else (name,):
        (home.folder / each).unlink(missing_ok=True)
        if content is not None:
            (home.folder / each).write_bytes(content)
    is_well, said = said_of(Paths(tmp_path))
    assert not is_well
    assert f"LOOK vault {home.vault_id}: {told}" in said


@pytest.mark.parametrize("content", [b"rubbish", None])
def test_one_copy_of_the_key_file_that_is_damaged_is_told_and_unlocking_makes_it_anew(
    tmp_path: Path, content: bytes | None
) -> None:
    """The other copy opens the vault, so nobody noticed: what happens to that one too is a recovery."""
    built = build_vault(tmp_path, system_secrets)
    built.home.slot_a.unlink()
    if content is not None:
        built.home.slot_a.write_bytes(content)
    is_well, said = said_of(Paths(tmp_path))
    assert not is_well
    assert f"LOOK vault {built.home.vault_id}: one of the two copies of its key file is missing or damaged" in said
    assert built.open().close()
    assert "LOOK vault" not in said_of(Paths(tmp_path))[1]


def test_a_vault_whose_keyring_forgot_it_says_what_to_do(tmp_path: Path) -> None:
    home = build_vault(tmp_path).home  # its secrets are in no keyring of this computer
    is_well, said = said_of(Paths(tmp_path))
    assert not is_well
    assert f"LOOK vault {home.vault_id}: secret_missing. This laptop’s key is missing." in said
    assert "Ask your manager for a recovery" in said


def test_looking_makes_nothing_and_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    assert "nothing was set up yet in this account" in said_of(Paths(tmp_path / "nowhere"))[1]
    file = tmp_path / "file"
    file.write_text("")
    for data in (tmp_path / "nowhere", file):
        done = subprocess.run(
            [sys.executable, "-m", "sf_desktop.app", "doctor", "--data-dir", str(data)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stderr == ""
        assert ("LOOK the program's data folder cannot be read" in done.stdout) == (data == file)
    assert list(tmp_path.iterdir()) == [file]
