"""Commands about the offline recovery key: ``recovery move`` takes it off the server, ``recovery answer`` uses it."""

from __future__ import annotations

import argparse
import base64
import binascii
import re
from pathlib import Path
from uuid import UUID

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import USERNAME, Commands, add, group
from sf_council.cli.stopping import uncut
from sf_council.cli.which_laptop import NAMED, WHICH_LAPTOP, laptop_named
from sf_council.database.council.pinned import pinned_keys
from sf_council.database.laptop import devices
from sf_council.keys import take_recovery_key
from sf_council.sealing import RECOVERY_ANSWER, RECOVERY_SLOT, open_sealed, seal
from sf_council.settings import Settings
from sf_record.errors import InputError
from sf_record.text.spoken import ANSWER, MisreadError, read_request, spoken

_KEY_BYTES = 32
_NUMBER = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)  # of a laptop, as it shows it


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    recovery = group(commands, "recovery", "the private recovery key: take it off the server, or open a laptop with it")
    moved = add(recovery, where, "move", _move, "move the private recovery key off the server into a new file")
    moved.add_argument("file", type=Path, metavar="FILE", help="a new file, best on a medium that is kept locked away")
    answered = add(
        recovery, where, "answer", _answer, "answer the request code of a laptop whose passphrase is forgotten"
    )
    answered.add_argument("device", metavar=NAMED, help=WHICH_LAPTOP)
    answered.add_argument(
        "request", nargs="+", metavar="REQUEST", help="the code that the laptop shows, in one piece or line by line"
    )
    answered.add_argument(
        "--key", type=Path, metavar="FILE", required=True, help="the file that sf-council recovery move made"
    )
    answered.add_argument(
        "--approved-by", metavar=USERNAME, required=True, help="who decided that it may be opened; not its own worker"
    )
    answered.add_argument(
        "--slot", type=Path, metavar="FILE", help="the laptop's own slot-recovery, where the council's copy is older"
    )


def _move(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        pinned_keys(council.connection, council.council_id, settings.data)
    with uncut("The key is being moved.", "The key was moved, and what stands above is to be done."):
        take_recovery_key(settings.data, told.file)
        print(f"The private recovery key is in {told.file.resolve()} only. Without it no laptop can be recovered.")
        print("Make a second copy, and keep both locked away, apart from the server and from each other.", flush=True)


def _answer(settings: Settings, told: argparse.Namespace) -> None:
    """Open a laptop's recovery slot and seal its data key to the request: the code is for that laptop alone."""
    code, of = _as_copied(" ".join(told.request))
    public_key, vault_id = _request(code)
    private_key = _private_key(told.key)
    with opened(settings) as council:
        row = laptop_named(council, told.device)
        device_id = row.device_id
        if of not in ("", device_id):
            raise InputError(
                "other_laptop",
                "That is the request of another laptop than the one that was named",
                f"Its number stands before the code: {of}. Ask which of them is to be opened. Nothing was answered.",
            )
        approver = council.working(told.approved_by).worker.id
        if approver == row.worker_id:
            raise InputError(
                "approved_by_self",
                "Nobody approves the recovery of their own laptop",
                "Name the manager who decided: --approved-by USERNAME.",
            )
        if row.revoked_at is not None:
            raise InputError(
                "device_revoked",
                "That laptop was revoked, so it is not opened any more",
                "What was not sent from it is in its sealed file: sf-council import-sealed FILE.",
            )
        slot = _slot(council, device_id, told.slot)
        answer = _sealed(slot, private_key, public_key, vault_id)
        council.note("recovered", worker_id=approver, subject=device_id)
    print(spoken(ANSWER, answer))


def _as_copied(text: str) -> tuple[str, str]:
    """Return the code, and which laptop's it is where that stands before it: what a worker copies begins with that."""
    named = _NUMBER.search(text)
    return (text[named.end() :], named.group().lower()) if named is not None else (text, "")


def _request(text: str) -> tuple[bytes, UUID]:
    try:
        public_key, vault = read_request(text)
    except MisreadError as misread:
        where, again = "The request does not fit together", "all of it read again: it may end too early"
        if misread.line:
            where = f"Line {misread.line} of the request does not read right"
            again = "that line read again: each has its own check"
        raise InputError("request_misread", where, f"Have {again}. Nothing was answered.") from None
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
            raise InputError(
                "file_refused",
                "The file of --slot cannot be read",
                "It is slot-recovery in the folder of the laptop's vault.",
            ) from cause
    slot = devices.slot(council.connection, council.council_id, device_id)
    if slot is None:
        raise InputError(
            "slot_missing",
            "The council holds no recovery slot of that laptop: it never reached the council since it was set up",
            "Bring the laptop's own: the file slot-recovery in the folder of its vault, with --slot FILE.",
        )
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
