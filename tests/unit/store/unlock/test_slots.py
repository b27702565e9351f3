"""Keys and slots: two copies, any damage named, old ones refused, tries counted where they cannot be taken back."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from sf_council.sealing import RECOVERY_SLOT, open_sealed
from sf_desktop.store.keys.derivation import DEVICE_SECRET, FLOOR, Cost, derive_kek, new_key
from sf_desktop.store.keys.slotfile import SLOT_BYTES, Slot, SlotHeader, new_slot, packed_tally, read_tally, unwrap
from sf_desktop.store.unlock.lockout import MOST_TRIES, PAUSES_S
from sf_desktop.store.unlock.recovery import make_recovery_slot
from sf_desktop.store.unlock.slots import slot_tries
from sf_record.errors import SfError, VaultError
from tests.builders.vaults import OWNER, PASSPHRASE, BuiltVault, build_vault

WRONG = "pretend kettle orbit lampshade"


@pytest.fixture
def built(tmp_path: Path) -> BuiltVault:
    return build_vault(tmp_path)


def refused(built: BuiltVault, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(VaultError) as caught:
        built.unlock(passphrase)
    return caught.value.code


def test_the_full_cost_is_the_default_and_a_key_depends_on_every_part() -> None:
    secret = new_key()
    full = derive_kek(PASSPHRASE, secret, bytes(16), Cost(), OWNER)
    cheap = derive_kek(PASSPHRASE, secret, bytes(16), FLOOR, OWNER)
    other_secret = derive_kek(PASSPHRASE, new_key(), bytes(16), FLOOR, OWNER)
    assert Cost() == Cost(memory_kib=256 * 1024, passes=3, lanes=4)
    assert len({bytes(key) for key in (full, cheap, other_secret)}) == 3


def test_a_passphrase_typed_with_composed_or_separate_accents_is_the_same() -> None:
    secret = new_key()
    composed = derive_kek("caf\u00e9 orbit kettle", secret, bytes(16), FLOOR, OWNER)
    assert composed == derive_kek("cafe\u0301 orbit kettle", secret, bytes(16), FLOOR, OWNER)


def test_any_flipped_bit_in_a_slot_is_damage_or_refused_by_the_wrap() -> None:
    kek, dek = new_key(), new_key()
    slot = new_slot(SlotHeader(7, FLOOR, bytes(16), OWNER), kek, dek)
    content = bytearray(slot.packed() + packed_tally(3))
    checked = len(slot.packed())
    for bit in range(checked * 8):
        content[bit // 8] ^= 1 << bit % 8
        assert Slot.read(bytes(content)) is None
        content[bit // 8] ^= 1 << bit % 8
    for bit in range(checked * 8, SLOT_BYTES * 8):
        content[bit // 8] ^= 1 << bit % 8
        assert read_tally(bytes(content)) is None
        content[bit // 8] ^= 1 << bit % 8
    assert unwrap(slot, kek) == (dek, None)


@pytest.mark.parametrize("field", ["generation", "cost", "owner"])
def test_a_header_changed_together_with_its_checksum_still_opens_nothing(field: str) -> None:
    kek, dek = new_key(), new_key()
    slot = new_slot(SlotHeader(7, FLOOR, bytes(16), OWNER), kek, dek)
    changed = {
        "generation": SlotHeader(8, FLOOR, bytes(16), OWNER),
        "cost": SlotHeader(7, Cost(), bytes(16), OWNER),
        "owner": SlotHeader(7, FLOOR, bytes(16), type(OWNER)(OWNER.user, OWNER.device)),
    }[field]
    assert unwrap(Slot(changed, slot.wrap), kek) is None


def test_a_pending_wrap_cannot_be_passed_off_as_the_current_one() -> None:
    kek = new_key()
    slot = new_slot(SlotHeader(7, FLOOR, bytes(16), OWNER), kek, new_key(), new_key())
    assert slot.pending is not None
    assert unwrap(Slot(slot.header, slot.pending, slot.wrap), kek) is None


def test_one_damaged_copy_does_not_matter_and_is_mended(built: BuiltVault) -> None:
    whole = built.home.slot_a.read_bytes()
    for path in (built.home.slot_a, built.home.slot_b):
        path.write_bytes(b"torn" + whole[4:])
        built.unlock()
        assert path.read_bytes() == whole


def test_both_copies_damaged_or_gone_are_two_different_sentences(built: BuiltVault) -> None:
    for path in (built.home.slot_a, built.home.slot_b):
        path.write_bytes(path.read_bytes()[:-40])
    assert refused(built) == "slots_damaged"
    for path in (built.home.slot_a, built.home.slot_b):
        path.unlink()
    assert refused(built) == "slots_missing"


def test_a_slot_below_the_floor_is_refused(built: BuiltVault) -> None:
    kek = new_key()
    weak = new_slot(SlotHeader(9, Cost(memory_kib=8, passes=1, lanes=1), bytes(16), OWNER), kek, new_key())
    for path in (built.home.slot_a, built.home.slot_b):
        path.write_bytes(weak.packed() + packed_tally(0))
    assert refused(built) == "slots_weak"


def test_a_wrong_passphrase_is_known_before_the_database_is_touched(built: BuiltVault) -> None:
    before = built.home.database.read_bytes(), built.home.database.stat().st_mtime_ns
    built.home.database.unlink()
    assert refused(built, WRONG) == "wrong_passphrase"
    assert not built.home.database.exists()
    built.home.database.write_bytes(before[0])


def test_a_changed_passphrase_opens_and_the_old_one_does_not(built: BuiltVault) -> None:
    dek = bytes(built.unlock().dek)
    built.change_passphrase("another orbit of kettles")
    assert refused(built) == "wrong_passphrase"
    assert built.unlock("another orbit of kettles").dek == dek


def test_after_a_change_cut_off_between_the_copies_both_passphrases_open(built: BuiltVault) -> None:
    old_a, generation = built.home.slot_a.read_bytes(), built.secrets.get("slot-generation")
    built.change_passphrase("another orbit of kettles")
    built.home.slot_a.write_bytes(old_a)
    built.secrets.set("slot-generation", generation or "")
    new_b = built.home.slot_b.read_bytes()
    built.unlock()
    assert built.home.slot_b.read_bytes() == built.home.slot_a.read_bytes()
    built.home.slot_b.write_bytes(new_b)
    built.unlock("another orbit of kettles")
    assert built.home.slot_a.read_bytes() == new_b
    assert refused(built) == "wrong_passphrase"


def test_old_slot_files_put_back_are_refused(built: BuiltVault) -> None:
    old = built.home.slot_a.read_bytes()
    built.change_passphrase("another orbit of kettles")
    for path in (built.home.slot_a, built.home.slot_b):
        path.write_bytes(old)
    assert refused(built) == "slots_rolled_back"


def test_a_missing_secret_is_said_and_never_made_anew(built: BuiltVault) -> None:
    built.secrets.delete(DEVICE_SECRET)
    before = built.home.slot_a.read_bytes()
    assert refused(built) == "secret_missing"
    assert built.secrets.get(DEVICE_SECRET) is None
    assert built.home.slot_a.read_bytes() == before


def test_tries_are_counted_before_they_are_made_and_run_out(built: BuiltVault) -> None:
    lockout = built.lockout()
    for tries in range(MOST_TRIES):
        built.clock.forward(PAUSES_S[tries])
        lockout.begin_try()
        assert slot_tries(built.home) == tries + 1
        with pytest.raises(SfError):
            lockout.wrong()
    assert not built.home.slot_a.exists()
    assert not built.home.slot_b.exists()
    assert built.home.database.exists()
    assert built.home.sealed_outbox.exists()
    assert refused(built) == "locked_out"


def test_a_pause_grows_and_is_there_in_full_after_a_new_start(built: BuiltVault) -> None:
    lockout = built.lockout()
    for _ in range(4):
        built.clock.forward(lockout.wait_s())
        lockout.begin_try()
        with pytest.raises(VaultError, match="wrong_passphrase"):
            lockout.wrong()
    assert lockout.wait_s() == 15
    built.clock.forward(10)
    assert lockout.wait_s() == 5
    anew = built.lockout()
    assert anew.wait_s() == 15
    with pytest.raises(VaultError, match="too_soon"):
        anew.begin_try()


@pytest.mark.parametrize("lost", ["keyring", "slots"])
def test_the_larger_count_holds(built: BuiltVault, lost: str) -> None:
    with pytest.raises(VaultError, match="wrong_passphrase"):
        built.unlock(WRONG)
    if lost == "keyring":
        built.secrets.set("tries", "0")
    else:
        for path in (built.home.slot_a, built.home.slot_b):
            path.write_bytes(path.read_bytes()[:-8] + packed_tally(0))
    assert built.lockout().tries == 1
    built.unlock()
    assert built.lockout().tries == 0


def test_the_recovery_slot_gives_the_data_key_to_the_council_only(built: BuiltVault) -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    offline = X25519PrivateKey.generate()
    keys = built.unlock()
    sealed = make_recovery_slot(built.home, keys, offline.public_key().public_bytes_raw())
    assert bytes(keys.dek) not in sealed
    context = RECOVERY_SLOT + built.home.vault_id.bytes
    assert open_sealed(offline.private_bytes_raw(), sealed, context) == bytes(keys.dek)
    broken = bytearray(sealed)
    broken[random.Random(1).randrange(1, len(broken))] ^= 1
    assert open_sealed(offline.private_bytes_raw(), bytes(broken), context) is None


def test_copies_of_the_folder_elsewhere_do_not_open_without_the_keyring(built: BuiltVault, tmp_path: Path) -> None:
    from tests.fakes.keyring import MemoryKeyring

    shutil.copytree(built.home.folder, tmp_path / "image" / built.home.folder.name)
    thief = BuiltVault(built.home, MemoryKeyring().of(built.home.vault_id), built.clock, b"")
    assert refused(thief) == "secret_missing"
