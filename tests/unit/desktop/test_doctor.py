"""What support is told of a laptop without unlocking it: counts and dates, and what cannot be known."""

from __future__ import annotations

from pathlib import Path

from sf_desktop.doctor import examine
from sf_desktop.paths import Paths
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
