"""Commands about what leaves laptops: ``close``, ``hold``, ``unhold``, and ``packs`` for what was taken along."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection
from datetime import date

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import FAMILY, USERNAME, WHICH_FAMILY, WHO, Commands, add
from sf_council.cli.tables import print_table
from sf_council.database.family import allocations, families, holds, packs, stream
from sf_council.database.identity import workers
from sf_council.settings import Settings
from sf_record.dates import day_in_england, moment_text
from sf_record.errors import InputError
from sf_record.wire.leaving import FOR_GOOD

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    closed = add(
        commands, where, "close", _close, "close a family file: nobody works with it, its copies leave laptops"
    )
    closed.add_argument("family_id", metavar=FAMILY, help=WHICH_FAMILY)
    held = add(commands, where, "hold", _hold, "keep copies of a family file from being destroyed")
    held.add_argument("family_id", metavar=FAMILY, help=WHICH_FAMILY)
    held.add_argument("--reason-code", required=True, metavar="CODE", help="lower case letters, such as court_order")
    held.add_argument(
        "--until", default=FOR_GOOD, metavar="DAY", help="the last day (YYYY-MM-DD); without it until unhold"
    )
    let_go = add(commands, where, "unhold", _unhold, "let copies of a family file be destroyed again")
    let_go.add_argument("family_id", metavar=FAMILY, help=WHICH_FAMILY)
    taken = add(commands, where, "packs", _packs, "list the family files that somebody has taken along")
    taken.add_argument("username", metavar=USERNAME, help=WHO)


def _close(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        _require_family(council, told.family_id)
        connection, council_id, family_id = council.connection, council.council_id, told.family_id
        today = day_in_england(council.now).isoformat()
        whose = {each.worker_id for each in allocations.open_of(connection, council_id, family_id, today)}
        closed_on = stream.closed_on(connection, council_id, family_id)
        if closed_on and not whose:
            raise InputError(
                "closed_already",
                f"That family file has been closed since {closed_on}",
                "Nothing was changed. sf-council allocate FAMILY USERNAME opens it again.",
            )
        stream.close(connection, council_id, family_id, council.now, by=council_id)
        _note(council, "closed", family_id)
        said = [*_whose(council, whose), *_staying(council, family_id, today)]
    print("Closed from today. All of it stays at the council.", *said, sep="\n")
    print("sf-council device show says whether a laptop's receipt has come. sf-council allocate opens the file again.")


def _whose(council: Opened, worker_ids: Collection[str]) -> list[str]:
    """Say from whom a file was taken, and when they and their laptops hear of it."""
    names = sorted(workers.username(council.connection, council.council_id, each) for each in worker_ids)
    of = f"It was of {', '.join(names)}, and is nobody's now." if names else "Nobody was allocated to it."
    return [
        of,
        "Each laptop that holds it, supervisors' too, is told the next time that it reaches the council.",
        "It first sends what was written there, then destroys its copy and tells its worker that the file was closed.",
    ]


def _staying(council: Opened, family_id: str, today: str) -> list[str]:
    """Say which copies stay all the same: of a held file all, of one that was taken along that one."""
    connection, council_id = council.connection, council.council_id
    held = holds.until_of(connection, council_id, (family_id,), today).get(family_id)
    said = [f"IT IS HELD: no copy is destroyed until {_until(held)}."] if held else []
    return [*said, *_taken_along(council, family_id, today)]


def _taken_along(council: Opened, family_id: str, today: str) -> list[str]:
    """Say who has it in a visit pack today: that copy leaves by its own day, held or not."""
    taken = packs.of_family(council.connection, council.council_id, family_id, today)
    return [
        f"{workers.username(council.connection, council.council_id, worker_id)} has taken it along,"
        f" and keeps that copy until the end of {until}."
        for worker_id, until in sorted(taken.items())
    ]


def _until(day: str) -> str:
    return "sf-council unhold lets them go" if day == FOR_GOOD else f"the end of {day}"


def _hold(settings: Settings, told: argparse.Namespace) -> None:
    if not _CODE.fullmatch(told.reason_code):
        raise InputError("reason_unreadable", "A reason is a code in lower case letters", "No names, no sentences.")
    if not _is_day(told.until):
        raise InputError("day_unreadable", "A day is given as YYYY-MM-DD")
    with opened(settings) as council:
        _require_family(council, told.family_id)
        if told.until < day_in_england(council.now).isoformat():
            raise InputError("day_past", "That day has gone by: nothing would be held", "Give today or a later day.")
        at = moment_text(council.now)
        values = {"reason_code": told.reason_code, "until": told.until, "at": at}
        holds.place(council.connection, council.council_id, told.family_id, **values)
        _note(council, "held", told.family_id, told.reason_code)
        taken = _taken_along(council, told.family_id, day_in_england(council.now).isoformat())
    print(f"Held: no copy of it is destroyed until {_until(told.until)}.")
    print(
        "A laptop learns of it when it is told that the file leaves. What leaves by its own day is not asked about: a"
    )
    print(
        "file that was taken along, and all of a laptop that has not heard of the council for as long as copies stay."
    )
    print(*taken, sep="\n", end="\n" if taken else "")
    print("A copy that has left a laptop already is not brought back, and a laptop that is ordered cleared is cleared.")


def _unhold(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        if not holds.lift(council.connection, council.council_id, told.family_id):
            raise InputError("not_held", "That family file is not held", "Nothing was changed.")
        _note(council, "unheld", told.family_id)
    print("Not held any more: copies that are to leave a laptop leave it.")


def _packs(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        worker_id = council.account(told.username).worker.id
        taken = packs.until_of(
            council.connection, council.council_id, worker_id, day_in_england(council.now).isoformat()
        )
    rows = [(family_id, until or "over: it is of another team") for family_id, until in sorted(taken.items())]
    print_table(("FAMILY FILE", "UNTIL THE END OF"), rows)
    if not taken:
        print(f"{told.username} has taken nothing along.", file=sys.stderr)


def _note(council: Opened, what: str, family_id: str, code: str = "") -> None:
    council.note(what, subject=family_id, code=code)


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
