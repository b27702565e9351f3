"""Commands about laptops: ``device code``, ``list``, ``show``, ``revoke``, and ``recovery`` for the offline key."""

from __future__ import annotations

import argparse
import secrets
from datetime import timedelta
from pathlib import Path

from sf_council.cli.opening import opened
from sf_council.cli.parsing import Commands, add, group
from sf_council.database import audit, devices
from sf_council.keys import public_keys, take_recovery_key
from sf_council.settings import Settings
from sf_record.dates import moment_text
from sf_record.errors import InputError

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that is read as another
_GROUPS, _GROUP = 4, 4


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    device = group(commands, "device", "the laptops")
    code = add(device, where, "code", _code, "print a one-time code with which somebody enrols a laptop")
    code.add_argument("username")
    code.add_argument("--hours", type=int, default=72, help="how long it may be used")
    add(device, where, "list", _list, "list the laptops")
    for name, run, words in (("show", _show, "show one laptop"), ("revoke", _revoke, "refuse a laptop from now on")):
        add(device, where, name, run, words).add_argument("device_id")
    recovery = add(commands, where, "recovery", _recovery, "move the private recovery key off the server")
    recovery.add_argument("file", type=Path, help="a new file, on a medium that is kept under lock")


def _code(settings: Settings, told: argparse.Namespace) -> None:
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    with opened(settings) as council:
        worker_id = council.account(told.username).worker.id
        until = council.now + timedelta(hours=told.hours)
        devices.keep_code(council.connection, council.council_id, worker_id, code, until)
        at = moment_text(council.now)
        audit.note(council.connection, council.council_id, at, "code_made", subject=worker_id)
    print(code)


def _list(settings: Settings, _told: argparse.Namespace) -> None:
    with opened(settings) as council:
        for row in devices.listed(council.connection, council.council_id):
            print(row.device_id, row.worker_id, row.created_at, _state(row.revoked_at), sep="\t")


def _show(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        row = devices.get(council.connection, council.council_id, told.device_id)
        if row is None:
            raise _unknown()
        slot = devices.slot(council.connection, council.council_id, told.device_id)
    print(f"laptop        {row.device_id}")
    print(f"worker        {row.worker_id}")
    print(f"enrolled      {row.created_at}")
    print(f"state         {_state(row.revoked_at)}")
    print(f"public key    {row.public_key}")
    print(f"recovery slot {'kept' if slot else 'none'}")


def _revoke(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        if not devices.revoke(council.connection, council.council_id, told.device_id, council.now):
            raise _unknown()
        at = moment_text(council.now)
        audit.note(council.connection, council.council_id, at, "device_revoked", subject=told.device_id)


def _recovery(settings: Settings, told: argparse.Namespace) -> None:
    public_keys(settings.data)
    take_recovery_key(settings.data, told.file)
    print("The private recovery key is in that file only. Without it no laptop can be recovered.")


def _state(revoked_at: str | None) -> str:
    return f"revoked {revoked_at}" if revoked_at else "active"


def _unknown() -> InputError:
    return InputError("device_unknown", "There is no laptop of that id", "sf-council device list names them all.")
