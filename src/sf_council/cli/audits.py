"""Commands about the audit: ``audit`` checks every chain, ``looks`` says who looked at a family file."""

from __future__ import annotations

import argparse
import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import FAMILY, WHICH_FAMILY, Commands, add
from sf_council.cli.tables import print_table
from sf_council.database import audit
from sf_council.database.council.pinned import pinned_keys
from sf_council.database.family import families
from sf_council.database.identity import workers
from sf_council.database.laptop import laptop_audit
from sf_council.settings import Settings
from sf_council.signed import is_signed
from sf_record.errors import InputError
from sf_record.ids import is_id
from sf_record.wire.audit import AUDIT_HEAD, Head, read_head
from sf_record.wire.orders import Signed

_FIRST, _LAST = "0001-01-01", "9999-01-01"


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    check = add(commands, where, "audit", _audit, "check the chains of the council's audit and of every laptop's")
    check.add_argument(
        "--head",
        nargs=2,
        metavar=("NUMBER", "CHAIN"),
        help="a head that was noted before, as audit prints them: is that row still as it was?",
    )
    looks = add(commands, where, "looks", _looks, "say who looked at a family file, when and how")
    looks.add_argument("family_id", metavar=FAMILY, help=WHICH_FAMILY)
    looks.add_argument("--from", dest="first", metavar="DAY", default=_FIRST, help="the first day, as 2026-11-23")
    looks.add_argument("--to", dest="last", metavar="DAY", default=_LAST, help="the last day")


def _audit(settings: Settings, told: argparse.Namespace) -> None:
    if told.head is not None and not (told.head[0].isdecimal() and re.fullmatch(r"[0-9a-f]{64}", told.head[1])):
        raise InputError(
            "head_unreadable",
            "That is no head",
            "It is the number of a row and its 64 characters, as audit prints them.",
        )
    with opened(settings) as council:
        policy_key = pinned_keys(council.connection, council.council_id, settings.data).policy
        faults = [*_own_faults(council, told.head), *_laptops_faults(council, policy_key)]
        head = audit.head(council.connection, council.council_id)
        laptops = laptop_audit.heads(council.connection, council.council_id)
    for fault in faults:
        print(fault)
    if faults:
        where = "one place" if len(faults) == 1 else f"{len(faults)} places"
        raise InputError(
            "audit_broken",
            f"The audit is broken in {where}",
            "Nothing was changed. Keep the database and every copy of it: a copy of now shows what was changed, and the"
            " newest copy whose audit is whole can be restored. Whoever changed a row had the database itself.",
        )
    print(f"The audit is whole: {head.number} rows of the council, head {head.chain or 'none'}.")
    print(f"So is that of every laptop that sent one: {len(laptops)}, with {sum(row.number for row in laptops)} rows.")


def _own_faults(council: Opened, wanted: list[str] | None) -> list[str]:
    broken = audit.first_broken(council.connection, council.council_id)
    faults = [] if broken is None else [f"council: row {broken} is not as it was written"]
    if wanted is not None:
        said = Head(number=int(wanted[0]), chain=wanted[1])
        if not audit.holds(council.connection, council.council_id, said):
            faults.append(f"council: row {wanted[0]} is not what that head says it was")
    return faults


def _laptops_faults(council: Opened, policy_key: str) -> list[str]:
    return [
        fault
        for row in laptop_audit.heads(council.connection, council.council_id)
        for fault in _laptop_faults(council, policy_key, row)
    ]


def _laptop_faults(council: Opened, policy_key: str, row: laptop_audit.HeadRow) -> list[str]:
    """Say what is wrong with one laptop's chain, with its signature, and with the own head that it witnessed."""
    stands = Head(number=row.number, chain=row.chain)
    broken = laptop_audit.broken(council.connection, council.council_id, row.device_id, stands)
    faults = [] if broken is None else [f"laptop {row.device_id}: row {broken} is not as it was sent"]
    signed = Signed(text=row.text, signature=row.signature)
    is_theirs = read_head(row.device_id, row.text) == stands and is_signed(signed, AUDIT_HEAD, row.public_key)
    if row.number and not is_theirs:
        faults.append(f"laptop {row.device_id}: the head is not the one that it signed")
    if row.refused:
        faults.append(f"laptop {row.device_id}: what it sent last was refused ({row.refused})")
    return [*faults, *_witness_faults(council, policy_key, row)]


def _witness_faults(council: Opened, policy_key: str, row: laptop_audit.HeadRow) -> list[str]:
    if not row.witness:
        return []
    said = read_head(council.council_id, row.witness)
    is_ours = is_signed(Signed(text=row.witness, signature=row.witness_signature), AUDIT_HEAD, policy_key)
    if said is None or not is_ours:
        return [f"laptop {row.device_id}: the head that it was given is not the council's"]
    if not audit.holds(council.connection, council.council_id, said):
        return [f"council: row {said.number} is not what laptop {row.device_id} was told that it was"]
    return []


def _looks(settings: Settings, told: argparse.Namespace) -> None:
    if not is_id(told.family_id):
        raise _unknown()
    first, after = _day(told.first), _day(told.last) + timedelta(days=1)
    if first >= after:
        raise InputError("days_reversed", "The last day is before the first", "Nothing was looked up: give both anew.")
    with opened(settings) as council:
        names = {each.worker.id: each.username for each in workers.accounts(council.connection, council.council_id)}
        rows = laptop_audit.of_family(
            council.connection, council.council_id, told.family_id, first.isoformat(), after.isoformat()
        )
        own = audit.about(council.connection, council.council_id, told.family_id, first.isoformat(), after.isoformat())
        found = [_line(row, names) for row in rows] + [_own_line(row, names) for row in own]
        if not found and not families.states(council.connection, council.council_id, (told.family_id,)):
            raise _unknown()  # "0 lines" would say that nobody looked
        council.note("looks_listed", subject=told.family_id)
    print_table(("WHEN (UTC)", "WHO", "LAPTOP", "WHAT", "RECORD", "CODE"), sorted(found))
    # Copies sent and files given to somebody are among them: these are not looks.
    print(
        f"{len(found)} {'line' if len(found) == 1 else 'lines'}" if found else "Nothing is known of it in these days."
    )


def _unknown() -> InputError:
    return InputError(
        "family_unknown",
        "There is no family file of that id",
        "sf-council device show USERNAME names those that somebody has.",
    )


def _line(row: Row[Any], names: dict[str, str]) -> tuple[str, ...]:
    who = names.get(row.worker_id, row.worker_id)
    return (row.at, who, row.device_id, row.what, row.record_id, row.code)


def _own_line(row: Row[Any], names: dict[str, str]) -> tuple[str, ...]:
    """What the council itself did for somebody: it sent records, say, or showed a history."""
    who = names.get(row.worker_id, row.worker_id) if row.worker_id else ""
    return (row.at, who, row.device_id or "", row.what, row.subject if row.what == audit.HISTORY else "", row.code)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "day_unreadable", "A day is given as 2026-11-23", "Nothing was looked up: give the day anew."
        ) from error
