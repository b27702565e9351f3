"""Commands about laptops: ``device code``, ``list``, ``show``, ``revoke`` and ``wipe``."""

from __future__ import annotations

import argparse
import re
import secrets
import sys
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Row

from sf_council.cli.device_page import TOO_OLD, lines, page, standing
from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import USERNAME, WHO, Commands, add, group, whole
from sf_council.cli.tables import print_table
from sf_council.cli.which_laptop import NAMED, WHICH_LAPTOP, laptop_named, laptops_named, minute
from sf_council.database.council.pinned import pinned_keys
from sf_council.database.held.passing_on import pass_on
from sf_council.database.identity import workers
from sf_council.database.laptop import devices, laptops
from sf_council.keys import PolicySigner
from sf_council.settings import Settings
from sf_record.dates import moment_text
from sf_record.errors import InputError
from sf_record.wire.orders import WIPE

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that is read as another
_GROUPS, _GROUP = 4, 4
_MOST_HOURS = 31 * 24
_REASON = re.compile(r"[a-z][a-z0-9_]{0,39}")


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    device = group(commands, "device", "the laptops")
    code = add(device, where, "code", _code, "print a one-time code with which somebody sets up a laptop")
    code.add_argument("username", metavar=USERNAME, help=WHO)
    code.add_argument("--hours", type=whole, default=72, help="how long it may be used, 72 unless said")
    add(device, where, "list", _list, "list the laptops")
    show = add(device, where, "show", _show, "show what a laptop holds, until when, and what it was ordered")
    show.add_argument("device", metavar=NAMED, help=f"{WHICH_LAPTOP}; of several a page each")
    show.add_argument("--json", action="store_true", help="for a program to read")
    revoked = add(device, where, "revoke", _revoke, "refuse a laptop from now on; this cannot be taken back")
    revoked.add_argument("device", metavar=NAMED, help=WHICH_LAPTOP)
    wipe = add(
        device, where, "wipe", _wipe, "order a laptop to destroy what it holds; an order reaches a revoked one too"
    )
    wipe.add_argument("device", metavar=NAMED, help=WHICH_LAPTOP)
    wipe.add_argument(
        "--reason", metavar="CODE", help="in lower case letters, such as lost, stolen, leaver; no sentence"
    )
    wipe.add_argument("--withdraw", action="store_true", help="take an order back that was not delivered yet")


def _code(settings: Settings, told: argparse.Namespace) -> None:
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    if not 1 <= told.hours <= _MOST_HOURS:
        raise InputError(
            "hours_unreadable",
            f"A code may be used for one hour at least, and {_MOST_HOURS} at most",
            "Leave --hours out for three days. No code was made.",
        )
    with opened(settings) as council:
        worker_id = council.working(told.username).worker.id
        until = council.now + timedelta(hours=told.hours)
        devices.keep_code(council.connection, council.council_id, worker_id, code, until)
        council.note("code_made", subject=worker_id)
    print(code)
    said = (
        f"For {told.username}, once, until {minute(moment_text(until))} UTC. Asked for at the first start of a laptop,"
    )
    print(said, "with the address of the council, the username and the password.", file=sys.stderr)


def _list(settings: Settings, _told: argparse.Namespace) -> None:
    with opened(settings) as council:
        rows = [_listed(council, row) for row in devices.listed(council.connection, council.council_id)]
    print_table(("LAPTOP", "WHOSE", "SET UP (UTC)", "LAST ROUND (UTC)", "STATE"), rows)
    if not rows:
        print("No laptop is set up yet. sf-council device code USERNAME begins with one.", file=sys.stderr)


def _listed(council: Opened, row: Row[Any]) -> tuple[str, ...]:
    connection, council_id = council.connection, council.council_id
    known = laptops.known(connection, council_id, row.device_id)
    states = standing(connection, council_id, row, council.now)
    round_at = minute(known.row.round_at) if known.row is not None else "never"
    username = workers.username(connection, council_id, row.worker_id)
    return (row.device_id, username, minute(row.created_at), round_at, ", ".join(states))


def _show(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        pages = [
            page(council.connection, council.council_id, row, council.now)
            for row in laptops_named(council, told.device)
        ]
    if told.json:
        print(msgspec.json.format(msgspec.json.encode([each.plain() for each in pages])).decode())
    else:
        print("\n\n".join("\n".join(lines(each)) for each in pages))


def _revoke(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        row = laptop_named(council, told.device)
        devices.revoke(council.connection, council.council_id, row.device_id, council.now)
        pass_on(council.connection, council.council_id, row.worker_id, council.now)
        _note(council, "device_revoked", row.device_id)
    print("The council refuses that laptop from now on. What is on it stays until its lease ends.")
    print("Where it is lost, order it cleared as well: sf-council device wipe. The order reaches it all the same.")


def _wipe(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        device_id = laptop_named(council, told.device).device_id
        if told.withdraw:
            _withdraw(council, device_id)
        else:
            _order(council, settings, device_id, told.reason or "")
        known = laptops.known(council.connection, council.council_id, device_id)
    if told.withdraw:
        print("Withdrawn: the laptop had not been told, and is not told now.")
        return
    if known.takes_orders:
        print("Ordered. The laptop clears itself when it next reaches the council, locked or not, revoked or not.")
    else:
        print("\n".join(("Ordered, but nothing is cleared yet: the program on that laptop is", *TOO_OLD)))
    if known.wipes_at is not None:
        print(f"If it never does, it clears itself at the end of its lease: {minute(known.wipes_at)} UTC.")
    print("sf-council device show says when it was delivered and confirmed; until delivered, --withdraw takes it back.")


def _order(council: Opened, settings: Settings, device_id: str, reason: str) -> None:
    if not _REASON.fullmatch(reason):
        raise InputError(
            "reason_unreadable",
            "A reason is a code in lower case letters",
            "--reason lost, stolen or leaver, for example. Nothing was ordered.",
        )
    here = laptops.known(council.connection, council.council_id, device_id)
    if here.order is not None:
        raise InputError("ordered_already", "That laptop has been ordered already", "sf-council device show says when.")
    pinned_keys(council.connection, council.council_id, settings.data)
    made = laptops.new_order(here, device_id, reason, council.now)
    signed = PolicySigner(settings.data).sign(WIPE, msgspec.json.encode(made).decode())
    laptops.order(council.connection, council.council_id, made, signed, council.now)
    _note(council, "wipe_ordered", device_id, reason)


def _withdraw(council: Opened, device_id: str) -> None:
    order = laptops.known(council.connection, council.council_id, device_id).order
    at = council.now
    if order is None or not laptops.withdraw(council.connection, council.council_id, device_id, order.number, at):
        raise InputError(
            "not_withdrawn",
            "There is no order that could still be taken back",
            "sf-council device show says what became of it.",
        )
    _note(council, "wipe_withdrawn", device_id)


def _note(council: Opened, what: str, device_id: str, code: str = "") -> None:
    council.note(what, subject=device_id, code=code)
