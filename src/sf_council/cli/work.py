"""Commands about the work itself: ``allocate``, ``config show`` and ``set``, and ``seed`` for invented families."""

from __future__ import annotations

import argparse
import random

import msgspec

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add, group
from sf_council.database import audit, configuration, stream, workers
from sf_council.resources import intervals
from sf_council.settings import Settings
from sf_record import pretend
from sf_record.configuration import ContactNumber
from sf_record.dates import moment_text
from sf_record.errors import InputError
from sf_record.ids import is_id

_LEASE = ("lease_warn_hours", "lease_lock_days", "lease_wipe_days")
_NUMBERS = ("idle_lock_minutes", "copies_leave_after_days", *_LEASE)
_TEXTS = ("council_name", "service_name")


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    allocate = add(commands, where, "allocate", _allocate, "give a family file to somebody, from today")
    allocate.add_argument("family_id")
    allocate.add_argument("username")
    config = group(commands, "config", "what the council decides for itself")
    add(config, where, "show", _show, "print the configuration as JSON")
    change = add(config, where, "set", _set, "change the configuration")
    for name in _TEXTS:
        change.add_argument(f"--{name.replace('_', '-')}")
    for name in _NUMBERS:
        change.add_argument(f"--{name.replace('_', '-')}", type=int)
    change.add_argument(
        "--contact", action="append", metavar="LABEL=NUMBER", help="a number to ring; all of them are given at once"
    )
    change.add_argument("--default-intervals", action="store_true", help="take the intervals the program comes with")
    seed = add(commands, where, "seed", _seed, "add invented families, for trying and for training")
    seed.add_argument("--families", type=int, default=10)
    seed.add_argument("--seed", type=int, default=1)
    seed.add_argument("--records-per-family", type=int, default=pretend.RECORDS_PER_FAMILY)


def _allocate(settings: Settings, told: argparse.Namespace) -> None:
    if not is_id(told.family_id):
        raise InputError("family_unknown", "There is no family file of that id")
    with opened(settings) as council:
        worker_id = council.account(told.username).worker.id
        connection, council_id, now = council.connection, council.council_id, council.now
        stream.allocate(connection, council_id, told.family_id, worker_id, now, by=council_id)
        at = moment_text(now)
        audit.note(connection, council_id, at, "allocated", worker_id=worker_id, subject=told.family_id)


def _show(settings: Settings, _told: argparse.Namespace) -> None:
    with opened(settings) as council:
        print(msgspec.json.format(configuration.line(council.connection, council.council_id)).decode())


def _set(settings: Settings, told: argparse.Namespace) -> None:
    changes = {name: value for name in (*_TEXTS, *_NUMBERS) if (value := getattr(told, name)) is not None}
    if told.contact:
        changes["contacts"] = tuple(map(_contact, told.contact))
    if told.default_intervals:
        changes["intervals"] = intervals()
    with opened(settings) as council:
        print(_publish(council, changes))


def _publish(council: Opened, changes: dict[str, object]) -> int:
    before = configuration.read(council.connection, council.council_id)
    warn, lock, wipe = (int(str(changes.get(name, getattr(before, name)))) for name in _LEASE)
    if not 0 < warn < 24 * lock < 24 * wipe:
        raise InputError("lease_disordered", "A lease warns first, then locks, then clears", "Give longer times.")
    if not before.intervals:
        changes.setdefault("intervals", intervals())
    at = moment_text(council.now)
    audit.note(council.connection, council.council_id, at, "configured", code=",".join(sorted(changes)))
    return configuration.publish(council.connection, council.council_id, council.now, **changes)


def _contact(text: str) -> ContactNumber:
    label, _, number = text.partition("=")
    if not label.strip() or not number.strip():
        raise InputError("contact_unreadable", "A number to ring is given as LABEL=NUMBER")
    return ContactNumber(label=label.strip(), number=number.strip())


def _seed(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        accounts = workers.accounts(council.connection, council.council_id)
        people = [each.worker for each in accounts if not each.is_disabled]
        made = pretend.families(
            random.Random(told.seed),
            told.families,
            people,
            council.now.date(),
            records_per_family=told.records_per_family,
        )
        try:
            count = sum(_put(council, each) for each in made)
        except ValueError as error:
            raise InputError(
                "nobody_to_seed_for", "A practitioner and a supervisor are needed", "Add them with sf-council user add."
            ) from error
        if configuration.version(council.connection, council.council_id) == 0 or not _has_intervals(council):
            _publish(council, {})
    print(f"{told.families} family files, {count} events")


def _put(council: Opened, family: pretend.PretendFamily) -> int:
    stream.put(council.connection, council.council_id, family.family_id, family.events, council.now)
    print(family.family_id)
    return len(family.events)


def _has_intervals(council: Opened) -> bool:
    return bool(configuration.read(council.connection, council.council_id).intervals)
