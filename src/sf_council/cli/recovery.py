"""Commands about the offline recovery key: ``recovery move`` takes it off the server, ``recovery answer`` uses it."""

from __future__ import annotations

import argparse
import base64
import binascii
from pathlib import Path
from uuid import UUID

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add
from sf_council.cli.which_laptop import NAMED, laptop_named
from sf_council.database import audit
from sf_council.database.council.pinned import pinned_keys
from sf_council.database.laptop import devices
from sf_council.keys import take_recovery_key
from sf_council.sealing import RECOVERY_ANSWER, RECOVERY_SLOT, open_sealed, seal
from sf_council.settings import Settings
from sf_record.dates import moment_text
from sf_record.errors import InputError
from sf_record.text.spoken import ANSWER, MisreadError, read_request, spoken

_KEY_BYTES = 32


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    recovery = add(commands, where, "recovery", _recovery, "move the private recovery key off the server, or use it")
    recovery.add_argument(
        "words",
        nargs="+",
        metavar=f"move FILE | answer {NAMED} REQUEST",
        help="a new file for the key; or a laptop and its request code",
    )
    recovery.add_argument("--key", type=Path, help="the file with the private recovery key")
    recovery.add_argument("--slot", type=Path, metavar="FILE", help="the laptop's own slot-recovery, if it is newer")
    recovery.add_argument("--approved-by", metavar="USERNAME", help="who decided that this laptop may be opened")


def _recovery(settings: Settings, told: argparse.Namespace) -> None:
    if told.words[0] == "answer":
        _answer(settings, told)
        return
    if told.words[0] != "move" or len(told.words) != 2:
        raise InputError(
            "recovery_unknown",
            "Nothing was moved and nothing was answered",
            "sf-council recovery move FILE, or sf-council recovery answer DEVICE REQUEST.",
        )
    file = Path(told.words[1])
    with opened(settings) as council:
        pinned_keys(council.connection, council.council_id, settings.data)
    take_recovery_key(settings.data, file)
    print(f"The private recovery key is in {file.resolve()} only. Without it no laptop can be recovered.")


def _answer(settings: Settings, told: argparse.Namespace) -> None:
    """Open a laptop's recovery slot and seal its data key to the request: the code is for that laptop alone."""
    if len(told.words) < 3 or told.key is None or not told.approved_by:
        raise InputError(
            "answer_incomplete",
            "An answer needs the laptop, its request code, the key and who approved it",
            "sf-council recovery answer DEVICE REQUEST --key FILE --approved-by USERNAME",
        )
    public_key, vault_id = _request(" ".join(told.words[2:]))
    private_key = _private_key(told.key)
    with opened(settings) as council:
        row = laptop_named(council, told.words[1])
        device_id = row.device_id
        approver = council.account(told.approved_by).worker.id
        if approver == row.worker_id:
            raise InputError("approved_by_self", "Somebody else has to approve it", "Name the manager who decided.")
        if row.revoked_at is not None:
            raise InputError("device_revoked", "That laptop was revoked", "Its unsent work can be handed in sealed.")
        slot = _slot(council, device_id, told.slot)
        answer = _sealed(slot, private_key, public_key, vault_id)
        at = moment_text(council.now)
        audit.note(council.connection, council.council_id, at, "recovered", worker_id=approver, subject=device_id)
    print(spoken(ANSWER, answer))


def _request(text: str) -> tuple[bytes, UUID]:
    try:
        public_key, vault = read_request(text)
    except MisreadError as misread:
        where = f"Line {misread.line} of the request does not read right" if misread.line else "It is not complete"
        raise InputError("request_misread", where, "Have it read again; each line has its own check.") from None
    return public_key, UUID(bytes=vault)


def _private_key(path: Path) -> bytes:
    try:
        key = base64.b64decode(path.read_bytes(), validate=False)
    except (OSError, binascii.Error):
        key = b""
    if len(key) != _KEY_BYTES:
        raise InputError(
            "key_unreadable",
            "That file does not hold the private recovery key, or cannot be read",
            "It is the file that sf-council recovery move made when the key was moved off the server.",
        )
    return key


def _slot(council: Opened, device_id: str, file: Path | None) -> bytes:
    """Return the slot that the council holds, or the one that was brought: it may be of a key made without a signal."""
    if file is not None:
        try:
            return file.read_bytes()
        except OSError as cause:
            raise InputError("file_refused", "That file cannot be read") from cause
    slot = devices.slot(council.connection, council.council_id, device_id)
    if slot is None:
        raise InputError("slot_missing", "The council holds no recovery slot of that laptop", "Bring its own: --slot.")
    return slot


def _sealed(slot: bytes, private_key: bytes, public_key: bytes, vault_id: UUID) -> bytes:
    data_key = open_sealed(private_key, slot, RECOVERY_SLOT + vault_id.bytes)
    if data_key is None:
        raise InputError(
            "slot_shut",
            "That key does not open this laptop's recovery slot",
            "The request may be another laptop's, or the key another council's.",
        )
    return seal(public_key, data_key, RECOVERY_ANSWER + vault_id.bytes)
