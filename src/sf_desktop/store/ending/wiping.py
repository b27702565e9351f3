r"""Destroys a vault so that it never opens again, and goes on with it at the next start wherever it was broken off.

Both key slots are overwritten in place, which works on a full disk, with a mark that is also the word to the council:
from then on nothing opens the vault, and what is left to do can be read from the mark alone. Then the device secret is
deleted, the ballast given up, a receipt without personal data written, and everything else removed; the slots last.
What stays is the receipt, and the sealed files while they hold anything, with the contents whose keys are in them:
nobody but the council can read them.

::

    "SFWIPED1" | why 1 | number 8 | device 16 | when 8 (milliseconds) | the laptop's signature 64 | length 1, address
"""

from __future__ import annotations

import base64
import json
import logging
import shutil
import struct
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sf_desktop.store.folder.files import replace_durably, sync_folder, translated, write_durably
from sf_desktop.store.folder.folders import WIPED_MAGIC, roots_set_aside, vault_folders
from sf_desktop.store.folder.home import VaultHome, free_ballast
from sf_desktop.store.keys.derivation import DEVICE_SECRET
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.keys.slotfile import SLOT_BYTES, Slot
from sf_desktop.store.sealed.outbox import count_entries, read_entries
from sf_record.dates import moment_text
from sf_record.errors import SfError
from sf_record.wire.orders import AT_LEASE_END, BY_ORDER, BY_ORDER_LOCKED, Signed, Wiped

_MARK = struct.Struct(">8sBQ16sQ64sB")
_WHYS = (BY_ORDER, AT_LEASE_END, BY_ORDER_LOCKED)
_LONGEST_ADDRESS = SLOT_BYTES - _MARK.size
SEALED_CONTENT = "attachment:"  # begins the id of a sealed entry that holds the key of a content
SECRETS = (DEVICE_SECRET, "slot-generation", "tries", "tried", "head", "recovery")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """What is left to say of a wiped vault. It names a laptop by the council's opaque id, and nobody."""

    device_id: str
    number: int
    why: str
    signature: str
    address: str
    wiped_at: str
    confirmed_at: str = ""

    @property
    def word(self) -> Signed:
        """Return what the laptop signed, for the council."""
        import msgspec  # seldom needed, and the lock screen imports this module

        said = Wiped(device_id=self.device_id, number=self.number, why=self.why)
        return Signed(text=msgspec.json.encode(said).decode(), signature=self.signature)


@dataclass(frozen=True, slots=True)
class WipedHome:
    """What was left of a vault: how much sealed work can be handed in, and what the council was told."""

    home: VaultHome
    farewell: Farewell
    sealed: int


def a_farewell(word: Signed, address: str, now: datetime) -> Farewell:
    """Put together what is left to say, from the word that the laptop signed."""
    import msgspec

    said = msgspec.json.decode(word.text, type=Wiped)
    at = moment_text(now)
    return Farewell(
        device_id=said.device_id, number=said.number, why=said.why, signature=word.signature,
        address=address, wiped_at=at,
    )  # fmt: skip


def begin_wipe(home: VaultHome, farewell: Farewell) -> None:
    """Overwrite both slots: from here on there is no way back. On the disk when this returns.

    What its person has lying set aside goes first: were it broken off there, the same order would come again. One of
    those that cannot be written keeps this one from nothing; it is asked after by itself (``ops/lease/unattended.py``).
    """
    for each in set_aside_with(home):
        try:
            _overwrite(each, farewell)
        except SfError as cause:
            _log.warning("set_aside_not_wiped code=%s", cause.code)
    _overwrite(home, farewell)


def set_aside_with(home: VaultHome) -> tuple[VaultHome, ...]:
    """Return the vaults set aside on this laptop that are this person's, or whose person cannot be told any more."""
    owner = _owner(home)
    found = [each for root in roots_set_aside(home.set_aside) for each in vault_folders(root)]
    return tuple(each for each in found if not is_wiped(each) and _owner(each) in {None, owner})


def is_wiped(home: VaultHome) -> bool:
    """Say whether a wipe of this vault has begun or ended. One that cannot be read keeps no other from its turn."""
    return home.farewell.exists() or _is_marked_as_far_as_read(home)


def _is_marked_as_far_as_read(home: VaultHome) -> bool:
    try:
        return mark_of(home) is not None
    except SfError as cause:
        _log.warning("vault_not_read code=%s", cause.code)
        return False


def _owner(home: VaultHome) -> UUID | None:
    """Return whose slots these are (a worker's id); None where they are damaged, gone or cannot be read."""
    for path in (home.slot_a, home.slot_b):
        try:
            slot = Slot.read(path.read_bytes() if path.exists() else b"")
        except OSError:
            continue
        if slot is not None:
            return slot.header.owner.user
    return None


def _overwrite(home: VaultHome, farewell: Farewell) -> None:
    mark = _packed(farewell)
    for path in (home.slot_b, home.slot_a):
        try:
            write_durably(path, mark)
        except SfError:
            if path.exists():
                raise
            free_ballast(home)  # a locked-out vault has no slots to overwrite, and a full disk no room for new ones
            write_durably(path, mark)


def finish_wipe(home: VaultHome, secrets: SecretStore) -> bool:
    """Do all that a wipe still lacks; False where the keyring did not let go of its half of the key: then again later.

    The vault is closed. What a kill leaves undone is done by the next call.
    """
    farewell = mark_of(home)
    if farewell is None:
        return True
    is_forgotten = _forget(secrets)
    free_ballast(home)
    replace_durably(home.farewell, json.dumps(asdict(farewell)).encode())
    with translated():
        _remove_all_but(home, (home.farewell, home.slot_a, home.slot_b))
        if is_forgotten:
            for path in (home.slot_b, home.slot_a):
                path.unlink(missing_ok=True)
        sync_folder(home.folder)
    return is_forgotten


def mark_of(home: VaultHome) -> Farewell | None:
    """Return the mark of a wipe that has begun; None where none has."""
    for path in (home.slot_b, home.slot_a):
        with translated():
            content = path.read_bytes() if path.exists() else b""
        if len(content) >= SLOT_BYTES and content.startswith(WIPED_MAGIC):
            return _unpacked(content)
    return None


def unfinished(vaults: Path) -> tuple[VaultHome, ...]:
    """Return the vaults whose wiping was broken off."""
    return tuple(home for home in vault_folders(vaults) if _is_marked_as_far_as_read(home))


def asides(vaults: Path) -> tuple[VaultHome, ...]:
    """Return the vaults in a folder of those set aside that no wipe has begun of."""
    return tuple(home for home in vault_folders(vaults) if not is_wiped(home))


def wiped_homes(vaults: Path) -> tuple[WipedHome, ...]:
    """Return what was left of wiped vaults, oldest first."""
    found = (
        WipedHome(home, _receipt(home), count_entries(home.sealed_files))
        for home in vault_folders(vaults)
        if home.farewell.exists() and not _is_marked_as_far_as_read(home)
    )
    return tuple(sorted(found, key=lambda each: each.farewell.wiped_at))


def _receipt(home: VaultHome) -> Farewell:
    """Return what the receipt says; of a damaged one only that it is there, which is told to no council."""
    try:
        return Farewell(**json.loads(home.farewell.read_bytes()))
    except (OSError, ValueError, TypeError):
        return Farewell(device_id="", number=0, why="", signature="", address="", wiped_at="")


def confirm(wiped: WipedHome, now: datetime) -> None:
    """Note that the council has been told."""
    told = replace(wiped.farewell, confirmed_at=moment_text(now))
    replace_durably(wiped.home.farewell, json.dumps(asdict(told)).encode())


def _forget(secrets: SecretStore) -> bool:
    """Delete the laptop's half of the key and read back nothing; whatever the keyring says, the rest is done."""
    is_forgotten = True
    for name in SECRETS:
        try:
            secrets.delete(name)
            is_forgotten &= secrets.get(name) is None
        except SfError as cause:
            _log.warning("wipe_keyring code=%s", cause.code)
            is_forgotten = False
    return is_forgotten


def _remove_all_but(home: VaultHome, stays: tuple[Path, ...]) -> None:
    """Remove the card first, so that this is offered to nobody as a vault, then all else."""
    home.card.unlink(missing_ok=True)
    sealed = {path: [entry.event_id for entry in read_entries(path)] for path in home.sealed_files}
    # A content that the council lacks is handed in with the sealed file, which holds its key: nothing else here does.
    names = [name for each in sealed.values() for name in each]
    contents = {each.removeprefix(SEALED_CONTENT) for each in names if each.startswith(SEALED_CONTENT)}
    kept = {*stays, *(path for path, each in sealed.items() if each), *((home.attachments,) if names else ())}
    for path in sorted(home.folder.iterdir()):
        if path not in kept:
            _remove(path)
    for path in sorted(home.attachments.iterdir()) if home.attachments in kept and home.attachments.is_dir() else ():
        if path.name not in contents:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _packed(farewell: Farewell) -> bytes:
    address = farewell.address.encode()
    address = address if len(address) <= _LONGEST_ADDRESS else b""
    at = datetime.fromisoformat(farewell.wiped_at)
    head = _MARK.pack(
        WIPED_MAGIC,
        _WHYS.index(farewell.why),
        farewell.number,
        UUID(farewell.device_id).bytes,
        int(at.timestamp() * 1_000),
        base64.b64decode(farewell.signature),
        len(address),
    )
    return (head + address).ljust(SLOT_BYTES, b"\0")


def _unpacked(content: bytes) -> Farewell:
    _, why, number, device, at_ms, signature, length = _MARK.unpack_from(content)
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)
    return Farewell(
        device_id=str(UUID(bytes=device)),
        number=number,
        why=_WHYS[why % len(_WHYS)],
        signature=base64.b64encode(signature).decode(),
        address=content[_MARK.size : _MARK.size + length].decode("utf-8", "replace"),
        wiped_at=moment_text(at),
    )
