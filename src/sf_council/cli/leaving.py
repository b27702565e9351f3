"""Commands about what leaves laptops: ``close``, ``hold``, ``unhold``, and ``packs`` for what was taken along."""

from __future__ import annotations

import argparse
import re
from datetime import date

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add
from sf_council.database import audit
from sf_council.database.family import families, holds, packs, stream
from sf_council.settings import Settings
from sf_record.dates import moment_text
from sf_record.errors import InputError
from sf_record.wire.leaving import FOR_GOOD

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    add(commands, where, "close", _close, "close a family file: its copies leave the laptops").add_argument("family_id")
    held = add(commands, where, "hold", _hold, "keep copies of a family file from being destroyed")
    held.add_argument("family_id")
    held.add_argument("--reason-code", required=True, help="lower case letters, such as court_order")
    held.add_argument("--until", default=FOR_GOOD, help="the last day (YYYY-MM-DD); without it until unhold")
    add(commands, where, "unhold", _unhold, "let them be destroyed again").add_argument("family_id")
    taken = add(commands, where, "packs", _packs, "list the family files that somebody has taken along")
    taken.add_argument("username")


def _close(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        _require_family(council, told.family_id)
        stream.close(council.connection, council.council_id, told.family_id, council.now, by=council.council_id)
        _note(council, "closed", told.family_id)
    print("Closed. Its copies leave the laptops with their next rounds. sf-council allocate opens it again.")


def _hold(settings: Settings, told: argparse.Namespace) -> None:
    if not _CODE.fullmatch(told.reason_code):
        raise InputError("reason_unreadable", "A reason is a code in lower case letters", "No names, no sentences.")
    if not _is_day(told.until):
        raise InputError("day_unreadable", "A day is given as YYYY-MM-DD")
    with opened(settings) as council:
        _require_family(council, told.family_id)
        if told.until < council.now.date().isoformat():
            raise InputError("day_past", "That day has gone by: nothing would be held", "Give today or a later day.")
        at = moment_text(council.now)
        values = {"reason_code": told.reason_code, "until": told.until, "at": at}
        holds.place(council.connection, council.council_id, told.family_id, **values)
        _note(council, "held", told.family_id, told.reason_code)
    until = "sf-council unhold lets them go" if told.until == FOR_GOOD else f"the end of {told.until}"
    print(f"Held: no copy of it is destroyed until {until}.")


def _unhold(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        if not holds.lift(council.connection, council.council_id, told.family_id):
            raise InputError("not_held", "That family file is not held", "Nothing was changed.")
        _note(council, "unheld", told.family_id)
    print("Not held any more: copies that are to leave a laptop leave it.")


def _packs(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        worker_id = council.account(told.username).worker.id
        for family_id, until in packs.until_of(council.connection, council.council_id, worker_id).items():
            print(family_id, f"until {until}", sep="\t")


def _note(council: Opened, what: str, family_id: str, code: str = "") -> None:
    at = moment_text(council.now)
    audit.note(council.connection, council.council_id, at, what, subject=family_id, code=code)


def _require_family(council: Opened, family_id: str) -> None:
    if not families.states(council.connection, council.council_id, (family_id,)):
        raise InputError(
            "family_unknown",
            "There is no family file of that id",
            "sf-council device show USERNAME names those that somebody has.",
        )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
