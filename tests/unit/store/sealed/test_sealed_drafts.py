"""What is begun lies sealed beside the vault: as it stands, once, and no oftener than it must."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from sf_desktop.store.sealed.drafts import PATIENCE_S, Begun
from sf_desktop.store.sealed.outbox import read_entries
from sf_desktop.store.sealed.sealing import open_sealed
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from tests.builders.vaults import BuiltVault, build_vault, save_note

SOON_S = 0.05


@pytest.fixture
def built(tmp_path: Path) -> BuiltVault:
    return build_vault(tmp_path)


def begun(tx: Tx) -> Iterator[Begun]:
    """Take the notes of the table as what is begun."""
    for id_, body in tx.connection.execute("SELECT id, body FROM pretend_note ORDER BY id").fetchall():
        yield Begun(id_, body, partial(_made, id_, body))


def _made(id_: str, body: str) -> tuple[tuple[str, bytes], ...]:
    if body == "unreadable":
        raise ValueError(body)
    return ((f"begun:{id_}", body.encode()),)


def sealed(built: BuiltVault) -> dict[str, str]:
    return {
        entry.event_id: open_sealed(built.council, entry.sealed, entry.event_id.encode()).decode()
        for entry in read_entries(built.home.sealed_drafts)
    }


def change(vault: Vault, note_id: str, body: str | None) -> None:
    def write(tx: Tx) -> None:
        if body is None:
            tx.connection.execute("DELETE FROM pretend_note WHERE id = ?", (note_id,))
        else:
            tx.connection.execute("UPDATE pretend_note SET body = ? WHERE id = ?", (body, note_id))

    vault.do(write).result()


def opened(built: BuiltVault, patience_s: float = PATIENCE_S) -> Vault:
    vault = built.open()
    vault.keep_drafts_sealed(begun, patience_s).result()
    return vault


def wait_for(built: BuiltVault, expected: dict[str, str]) -> None:
    until = time.monotonic() + 10
    while sealed(built) != expected:
        assert time.monotonic() < until, sealed(built)


def test_what_is_typed_lies_sealed_soon_and_only_as_it_stands(built: BuiltVault) -> None:
    vault = opened(built, patience_s=SOON_S)
    save_note(vault, "one", "A pretend beginn")
    wait_for(built, {"begun:one": "A pretend beginn"})
    change(vault, "one", "A pretend beginning.")
    wait_for(built, {"begun:one": "A pretend beginning."})
    assert b"pretend" not in built.home.sealed_drafts.read_bytes()
    change(vault, "one", None)  # finished, or thrown away
    wait_for(built, {})
    assert not built.home.sealed_drafts.exists()
    assert vault.close()


def test_typing_writes_the_file_seldom_and_closing_writes_it_at_once(built: BuiltVault) -> None:
    vault = opened(built, patience_s=3_600.0)
    for number in range(20):
        save_note(vault, f"note-{number:02}", "Words.")
    assert not built.home.sealed_drafts.exists()
    assert vault.close()
    assert len(sealed(built)) == 20


def test_an_order_to_wipe_seals_what_is_begun_first(built: BuiltVault) -> None:
    vault = opened(built)
    save_note(vault, "one", "Half a sen")
    vault.seal_drafts().result()
    assert sealed(built) == {"begun:one": "Half a sen"}
    assert vault.close()


def test_what_is_begun_is_sealed_anew_at_every_opening_and_nothing_twice(built: BuiltVault) -> None:
    vault = opened(built)
    save_note(vault, "one", "Words.")
    assert vault.close()
    before = built.home.sealed_drafts.read_bytes()
    vault = opened(built)
    assert sealed(built) == {"begun:one": "Words."}
    after = built.home.sealed_drafts.read_bytes()
    assert after != before  # under an exchange of keys of its own
    assert vault.close()
    assert built.home.sealed_drafts.read_bytes() == after


def test_one_that_cannot_be_sealed_keeps_no_other_out(built: BuiltVault) -> None:
    vault = opened(built)
    save_note(vault, "one", "unreadable")
    save_note(vault, "two", "Words.")
    assert vault.close()
    assert sealed(built) == {"begun:two": "Words."}


def test_what_cannot_be_written_is_tried_again_and_is_in_nobodys_way(built: BuiltVault) -> None:
    vault = opened(built, patience_s=SOON_S)
    in_the_way = built.home.sealed_drafts.with_name("sealed.drafts.new")
    in_the_way.mkdir()
    save_note(vault, "one", "Words.")
    save_note(vault, "two", "More words.")
    assert not built.home.sealed_drafts.exists()
    in_the_way.rmdir()
    wait_for(built, {"begun:one": "Words.", "begun:two": "More words."})
    assert vault.close()


def test_a_vault_put_back_writes_nothing_over_what_was_begun_later(built: BuiltVault) -> None:
    vault = opened(built)
    save_note(vault, "one", "Words.")
    assert vault.close()
    old = built.home.database.read_bytes()
    vault = opened(built)
    change(vault, "one", "Later words.")
    assert vault.close()
    built.home.database.write_bytes(old)
    vault = opened(built)
    assert vault.close()
    assert sealed(built) == {"begun:one": "Later words."}


def test_what_was_begun_later_stays_beside_what_an_older_vault_put_back_holds(built: BuiltVault) -> None:
    vault = opened(built)
    save_note(vault, "one", "Words.")
    assert vault.close()
    old = built.home.database.read_bytes()
    vault = opened(built)
    change(vault, "one", "Later words.")
    save_note(vault, "two", "Begun since.")
    assert vault.close()
    built.home.database.write_bytes(old)
    vault = opened(built)
    vault.reconciled().result()
    save_note(vault, "three", "Begun after.")
    assert vault.close()
    assert sealed(built) == {"begun:one": "Words.", "begun:three": "Begun after."}
    begun_since = {name: text for name, text in in_outbox(built) if name.startswith("begun:")}
    assert begun_since == {"begun:one": "Later words.", "begun:two": "Begun since."}
    vault = opened(built)
    vault.reconciled().result()  # broken off once and asked for again: what is kept is kept once
    vault.reconciled().result()
    assert vault.close()
    names = [name for name, _ in in_outbox(built) if name == "begun:two"]
    assert names == ["begun:two"]


def in_outbox(built: BuiltVault) -> list[tuple[str, str]]:
    return [
        (each.event_id, open_sealed(built.council, each.sealed, each.event_id.encode()).decode())
        for each in read_entries(built.home.sealed_outbox)
    ]
