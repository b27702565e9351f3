"""Wiping a vault: slots overwritten, nothing opens again, what was sealed stays, and a kill anywhere only delays it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sf_desktop.leftovers import wiped_words
from sf_desktop.store.ending.setaside import set_aside
from sf_desktop.store.ending.wiping import (
    SECRETS,
    Farewell,
    a_farewell,
    asides,
    begin_wipe,
    confirm,
    finish_wipe,
    mark_of,
    unfinished,
    wiped_homes,
)
from sf_desktop.store.folder.folders import roots_set_aside
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.keys.derivation import DEVICE_SECRET
from sf_desktop.store.lease.policy import farewell
from sf_desktop.store.sealed.outbox import read_entries
from sf_desktop.store.sealed.sealing import open_sealed
from sf_desktop.store.unlock.slots import settle, usable_slots, write_slot
from sf_record.errors import VaultError
from sf_record.wire.orders import AT_LEASE_END, BY_ORDER
from tests.builders.vaults import BuiltVault, build_vault, save_note
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import FailingSecrets, FileSecrets, MemoryKeyring
from tests.faults.small_disk import fill

_ROOT = Path(__file__).parents[4]
DEVICE = "01935808-ec00-76ad-b3cc-d8be2b02d243"
ADDRESS = "https://families.example.gov.uk"


def a_word(why: str = BY_ORDER, number: int = 7) -> Farewell:
    key = Ed25519PrivateKey.generate().private_bytes_raw()
    return a_farewell(farewell(key, DEVICE, number, why), ADDRESS, FrozenClock().now())


@pytest.fixture
def built(tmp_path: Path) -> BuiltVault:
    made = build_vault(tmp_path)
    vault = made.open()
    save_note(vault, "01935808-ec00-76ad-b3cc-d8be2b02d244", "A pretend note that is not sent.")
    assert vault.close()
    (made.home.attachments / "content").write_bytes(b"pretend content")
    return made


def left(home: VaultHome) -> set[str]:
    return {path.name for path in home.folder.iterdir()}


def test_a_wiped_vault_never_opens_again_and_its_unsent_work_can_be_handed_in(built: BuiltVault) -> None:
    home = built.home
    word = a_word()
    begin_wipe(home, word)
    with pytest.raises(VaultError) as refused:
        built.unlock()
    assert refused.value.code == "slots_damaged"
    assert finish_wipe(home, built.secrets)
    assert left(home) == {"wiped.json", "sealed.outbox", "attachments"}
    assert list(home.attachments.iterdir()) == []
    assert all(built.secrets.get(name) is None for name in SECRETS)
    (entry,) = read_entries(home.sealed_outbox)
    assert open_sealed(built.council, entry.sealed, entry.event_id.encode()) == b"A pretend note that is not sent."
    (wiped,) = wiped_homes(home.folder.parent)
    assert (wiped.farewell, wiped.sealed) == (word, 1)
    assert homes(home.folder.parent) == ()


def test_a_passphrase_that_is_tried_while_the_wipe_begins_puts_no_slot_back(built: BuiltVault) -> None:
    keys = built.unlock()
    (slot,) = usable_slots(built.home, built.secrets)
    begin_wipe(built.home, a_word())
    with pytest.raises(VaultError) as refused:
        settle(built.home, built.secrets, slot)
    assert refused.value.code == "wiped"
    with pytest.raises(VaultError):
        write_slot(built.home, built.secrets, slot, keys)
    assert mark_of(built.home) is not None
    with pytest.raises(VaultError):
        built.unlock()


def test_where_nothing_is_sealed_nothing_stays_but_the_receipt(tmp_path: Path) -> None:
    built = build_vault(tmp_path)
    begin_wipe(built.home, a_word())
    assert finish_wipe(built.home, built.secrets)
    assert left(built.home) == {"wiped.json"}
    said = built.home.farewell.read_text()
    assert "pretend" not in said.lower()


def test_a_content_whose_key_is_sealed_stays(built: BuiltVault) -> None:
    vault = built.open()
    save_note(vault, "attachment:content")
    assert vault.close()
    (built.home.attachments / "other").write_bytes(b"sent")
    begin_wipe(built.home, a_word())
    finish_wipe(built.home, built.secrets)
    assert [path.name for path in built.home.attachments.iterdir()] == ["content"]


def test_the_mark_says_all_that_is_left_to_say(built: BuiltVault) -> None:
    for why in (BY_ORDER, AT_LEASE_END):
        word = a_word(why, number=2**53 - 1)
        begin_wipe(built.home, word)
        assert mark_of(built.home) == word
        built.home.slot_a.write_bytes(b"")  # one copy is enough
        assert mark_of(built.home) == word
    assert unfinished(built.home.folder.parent) == (built.home,)


def test_a_keyring_that_does_not_let_go_is_asked_again_at_the_next_start(built: BuiltVault) -> None:
    keyring = MemoryKeyring()
    locked = FailingSecrets(keyring, built.home.vault_id)
    begin_wipe(built.home, a_word())
    assert not finish_wipe(built.home, locked)
    assert not built.home.database.exists()
    assert unfinished(built.home.folder.parent) == (built.home,)
    assert finish_wipe(built.home, built.secrets)
    assert unfinished(built.home.folder.parent) == ()


def test_a_vault_that_was_locked_out_can_be_wiped_too(built: BuiltVault) -> None:
    for path in (built.home.slot_a, built.home.slot_b):
        path.unlink()
    begin_wipe(built.home, a_word(AT_LEASE_END))
    assert finish_wipe(built.home, built.secrets)
    assert built.secrets.get(DEVICE_SECRET) is None
    assert not built.home.database.exists()


def test_a_vault_that_was_set_aside_and_cannot_be_read_keeps_no_other_from_being_wiped(
    built: BuiltVault, tmp_path: Path
) -> None:
    aside = set_aside(build_vault(tmp_path).home, built.home.set_aside, built.clock.now()).home
    unreadable(aside.slot_b)
    begin_wipe(built.home, a_word())
    assert mark_of(built.home) is not None
    assert finish_wipe(built.home, built.secrets)
    assert asides(aside.folder.parent) == (aside,)  # its own order, or its own lease, ends it


def test_a_folder_of_those_set_aside_that_cannot_be_read_keeps_nothing_from_being_wiped(built: BuiltVault) -> None:
    """Nor the lock screen from being shown, which asks whether anything there was wiped."""
    built.home.set_aside.mkdir()
    (built.home.set_aside / "20260302-090000").symlink_to("x" * 300)  # to ask what it is fails, as on a failing disk
    assert roots_set_aside(built.home.set_aside) == ()
    begin_wipe(built.home, a_word())
    assert mark_of(built.home) is not None


def test_a_vault_that_cannot_be_read_keeps_no_other_wipe_from_being_finished(built: BuiltVault, tmp_path: Path) -> None:
    unreadable(build_vault(tmp_path).home.slot_a)
    begin_wipe(built.home, a_word())
    assert unfinished(built.home.folder.parent) == (built.home,)


def test_a_receipt_that_is_damaged_still_tells_that_something_was_wiped(built: BuiltVault) -> None:
    begin_wipe(built.home, a_word())
    assert finish_wipe(built.home, built.secrets)
    built.home.farewell.write_bytes(built.home.farewell.read_bytes()[:-9])
    (wiped,) = wiped_homes(built.home.folder.parent)
    assert wiped.sealed == 1
    assert wiped_words(wiped) == ("This laptop was cleared", "The records that were here are destroyed.")


def unreadable(path: Path) -> None:
    """Have reading a file fail, as on a failing disk."""
    path.unlink()
    path.mkdir()


def test_what_the_council_was_told_is_noted(built: BuiltVault) -> None:
    begin_wipe(built.home, a_word())
    finish_wipe(built.home, built.secrets)
    (wiped,) = wiped_homes(built.home.folder.parent)
    confirm(wiped, built.clock.now())
    assert wiped_homes(built.home.folder.parent)[0].farewell.confirmed_at.startswith("2026-03-02")


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("strace") is None, reason="needs Linux and strace")
def test_killed_at_any_file_call_it_goes_on_at_the_next_start(
    tmp_path: Path, run_count: Callable[[int, int], int]
) -> None:
    pristine = build_vault(tmp_path / "pristine", lambda _: FileSecrets(tmp_path / "pristine" / "keyring"))
    vault = pristine.open()
    save_note(vault, "01935808-ec00-76ad-b3cc-d8be2b02d244")
    assert vault.close()
    calls = "write,fsync,unlink,rename,rmdir"
    child = str(Path(__file__).with_name("wiped_child.py"))

    def run(number: int, *inject: str) -> tuple[BuiltVault, str]:
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "pristine", folder)
        home = VaultHome(folder / "vaults" / pristine.home.folder.name)
        command = ["strace", "-f", "-qq", "-o", str(folder / "calls"), "-e", f"trace={calls}", *inject]
        command += [sys.executable, child, str(home.folder), str(folder / "keyring")]
        environment = os.environ | {"PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}", "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(command, env=environment, check=False, timeout=120)
        copy = BuiltVault(home, FileSecrets(folder / "keyring"), pristine.clock, pristine.council)
        return copy, (folder / "calls").read_text()

    _, undisturbed = run(0)
    begun = undisturbed[: undisturbed.index("SFWIPED1")].count("write(")
    counts = {name: len(re.findall(rf"\b{name}\(", undisturbed)) for name in calls.split(",")}
    places = [("write", nth) for nth in range(begun + 1, counts["write"] + 1)]
    places += [(name, nth) for name in ("fsync", "unlink", "rename", "rmdir") for nth in range(1, counts[name] + 1)]
    step = max(1, len(places) // run_count(8, 1_000))
    for number, (call, nth) in enumerate(places[::step], start=1):
        built, _ = run(number, "-e", f"inject={call}:signal=KILL:when={nth}")
        place = f"killed at {call} {nth}"
        if mark_of(built.home) is None and built.home.card.exists():
            built.unlock().forget()  # it had not begun: nothing is lost
            continue
        if built.home.slot_a.exists() or built.home.slot_b.exists():
            finish_wipe(built.home, built.secrets)
        assert left(built.home) == {"wiped.json", "sealed.outbox", "attachments"}, place
        assert built.secrets.get(DEVICE_SECRET) is None, place
        assert len(wiped_homes(built.home.folder.parent)) == 1, place


def test_on_a_full_disk_the_slots_are_overwritten_and_it_never_opens_again(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by an administrator only")
    try:
        built = build_vault(place, MemoryKeyring().of)
        vault = built.open()
        save_note(vault, "01935808-ec00-76ad-b3cc-d8be2b02d244")
        assert vault.close()
        fill(place / "filler")
        begin_wipe(built.home, a_word())
        with pytest.raises(VaultError):
            built.unlock()
        assert finish_wipe(built.home, built.secrets)
        assert left(built.home) == {"wiped.json", "sealed.outbox", "attachments"}
    finally:
        subprocess.run(["umount", str(place)], check=True)
