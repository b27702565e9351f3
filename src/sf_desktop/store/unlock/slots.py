"""Keeps the key slot in two copies, so that one of them is whole after a kill at any moment, and notices old ones.

Every change has a higher generation: B is written, flushed and verified, then A. The keyring remembers the generation
last completed, so that a slot file put back from a backup, with its old passphrase, is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sf_desktop.store.ending.wiping import mark_of
from sf_desktop.store.folder.files import erase, translated, write_durably
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import Keys
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.keys.slotfile import TALLY_OFFSET, Slot, packed_tally, read_tally, unwrap
from sf_desktop.wording import error

_GENERATION = "slot-generation"


def usable_slots(home: VaultHome, secrets: SecretStore) -> tuple[Slot, ...]:
    """Return the slots worth trying, newest first: one, or two different ones if a change was cut off in the middle."""
    contents = [_content(path) for path in _copies(home)]
    if not any(contents):
        raise error("slots_missing")
    found = [slot for content in contents if (slot := Slot.read(content))]
    if not found:
        raise error("slots_damaged")
    known = _known_generation(secrets)
    fresh = [slot for slot in found if slot.header.generation >= known]
    if not fresh:
        raise error("slots_rolled_back")
    allowed = [slot for slot in fresh if slot.header.cost.is_allowed]
    if not allowed:
        raise error("slots_weak")
    newest_first = sorted(allowed, key=lambda slot: slot.header.generation, reverse=True)
    return tuple(dict.fromkeys(newest_first))


def write_slot(home: VaultHome, secrets: SecretStore, slot: Slot, keys: Keys) -> None:
    """Put a new slot in place of both copies: B, verified by unwrapping it, then A, then the keyring's generation."""
    _refuse_wiped(home)
    tally = packed_tally(slot_tries(home))
    for path in (home.slot_b, home.slot_a):
        write_durably(path, slot.packed() + tally)
        _verify(path, slot, keys)
    _remember_generation(secrets, slot.header.generation)


def settle(home: VaultHome, secrets: SecretStore, opened: Slot) -> None:
    """Make both copies the one that has just been opened, where damage or an interrupted change left them different."""
    _refuse_wiped(home)
    for path in (home.slot_b, home.slot_a):
        if Slot.read(_content(path)) != opened:
            write_durably(path, opened.packed() + packed_tally(slot_tries(home)))
    if _known_generation(secrets) != opened.header.generation:
        _remember_generation(secrets, opened.header.generation)


def _refuse_wiped(home: VaultHome) -> None:
    """Deriving a key takes a second: a wipe that has begun meanwhile must not be undone by the slot read before it."""
    if mark_of(home) is not None:
        raise error("wiped")


def write_tries(home: VaultHome, tries: int) -> None:
    """Write the number of tries into both copies, on the disk when this returns."""
    for path in _copies(home):
        if path.exists():
            write_durably(path, packed_tally(tries), TALLY_OFFSET)


def slot_tries(home: VaultHome) -> int:
    """Return the larger count of the two copies; a damaged count does not speak."""
    return max((read_tally(_content(path)) or 0 for path in _copies(home)), default=0)


def destroy_slots(home: VaultHome) -> None:
    """Overwrite both copies in place and remove them. Without them the passphrase opens nothing."""
    for path in _copies(home):
        erase(path)


def next_generation(home: VaultHome, secrets: SecretStore) -> int:
    """Return a generation above all that this vault ever had, also where its slots are gone."""
    found = [slot.header.generation for path in _copies(home) if (slot := Slot.read(_content(path)))]
    return max((_known_generation(secrets), *found)) + 1


def unreadable_copies(home: VaultHome) -> int:
    """Return how many of the two copies are missing or damaged; the next unlocking makes them anew from the other."""
    return sum(Slot.read(_content(path)) is None for path in _copies(home))


def has_slots(home: VaultHome) -> bool:
    return any(path.exists() for path in _copies(home))


def _copies(home: VaultHome) -> tuple[Path, Path]:
    return home.slot_a, home.slot_b


def _content(path: Path) -> bytes:
    with translated():
        return path.read_bytes() if path.exists() else b""


def _verify(path: Path, slot: Slot, keys: Keys) -> None:
    read = Slot.read(_content(path))
    opened = unwrap(slot, keys.kek) if read == slot else None
    if opened is None or opened[0] != keys.dek or opened[1] != keys.pending:
        raise error("disk_failed")


def _known_generation(secrets: SecretStore) -> int:
    text = secrets.get(_GENERATION)
    return int(text) if text and text.isdecimal() else 0


def _remember_generation(secrets: SecretStore, generation: int) -> None:
    secrets.set(_GENERATION, str(generation))


Unwrapper = Callable[[Slot], Keys | None]


def first_that_opens(slots: tuple[Slot, ...], unwrapped: Unwrapper) -> tuple[Slot, Keys] | None:
    """Try the slots newest first: after an interrupted change of passphrase, the old and the new one both open."""
    for slot in slots:
        keys = unwrapped(slot)
        if keys is not None:
            return slot, keys
    return None
