"""Finds the laptop that a command means: by its id, or by the username of whoever works on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from sf_council.cli.opening import Opened
from sf_council.database.identity import workers
from sf_council.database.laptop import devices
from sf_record.dates import read_moment
from sf_record.errors import InputError
from sf_record.ids import is_id

NAMED = "LAPTOP"
WHICH_LAPTOP = "its id, or the username of whoever works on it"
"""How a command's help calls what is given, and what it is."""


def laptops_named(council: Opened, name: str) -> Sequence[Row[Any]]:
    """Return the laptop of this id, or every laptop of this worker, oldest first; there is one at least."""
    if is_id(name):
        row = devices.get(council.connection, council.council_id, name)
        found = [row] if row is not None else []
    else:
        account = workers.account(council.connection, council.council_id, name)
        every = devices.listed(council.connection, council.council_id)
        found = [row for row in every if account is not None and row.worker_id == account.worker.id]
    if not found:
        raise InputError(
            "device_unknown",
            "There is no laptop of that id or of that worker",
            "sf-council device list names them all.",
        )
    return found


def laptop_named(council: Opened, name: str) -> Row[Any]:
    """Return the one laptop that is meant; where a worker has several, ask for its id and say which there are."""
    found = laptops_named(council, name)
    if len(found) > 1:
        each = "\n".join(f"{row.device_id}  set up {minute(row.created_at)} UTC  {state(row)}" for row in found)
        raise InputError("device_unclear", f"{name} has {len(found)} laptops: give the id of the one you mean", each)
    return found[0]


def state(row: Row[Any]) -> str:
    """Say whether a laptop is refused, and since when."""
    return f"revoked {minute(row.revoked_at)}" if row.revoked_at else "active"


def minute(moment: str) -> str:
    """Say a moment (UTC) to the minute: whoever reads it reads it out on the telephone."""
    return f"{read_moment(moment):%Y-%m-%d %H:%M}"
