"""Commands about the work itself: ``allocate``, and ``seed`` for invented families."""

from __future__ import annotations

import argparse
import random

from sf_council.cli.configuring import publish
from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import FAMILY, USERNAME, WHICH_FAMILY, WHO, Commands, add, whole
from sf_council.database.council import configuration
from sf_council.database.family import allocations, families, stream
from sf_council.database.identity import workers
from sf_council.settings import Settings
from sf_record import pretend
from sf_record.dates import day_in_england
from sf_record.errors import InputError
from sf_record.ids import is_id
from sf_record.rules.permissions import Standing, may_see_family, standing_in


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    allocate = add(commands, where, "allocate", _allocate, "give a family file to somebody, from today")
    allocate.add_argument("family_id", metavar=FAMILY, help=WHICH_FAMILY)
    allocate.add_argument("username", metavar=USERNAME, help=WHO)
    seed = add(commands, where, "seed", _seed, "add invented families, for trying and for training")
    seed.add_argument("--families", type=whole, default=10, help="how many")
    seed.add_argument("--seed", type=whole, default=1, help="another number makes other families")
    seed.add_argument("--records-per-family", type=whole, default=pretend.RECORDS_PER_FAMILY, help="how many")


def _allocate(settings: Settings, told: argparse.Namespace) -> None:
    if not is_id(told.family_id):
        raise InputError(
            "family_unknown",
            "There is no family file of that id",
            "sf-council device show USERNAME names those that somebody has.",
        )
    with opened(settings) as council:
        person = council.working(told.username).worker
        worker_id = person.id
        connection, council_id, now = council.connection, council.council_id, council.now
        standing = standing_in(
            person,
            Standing.ALLOCATED,
            is_group=told.family_id in families.groups(connection, council_id, (told.family_id,)),
        )
        if not may_see_family(person, standing):
            raise InputError(
                "reads_no_file",
                f"{told.username} may read no family file, so this one would be nobody's",
                "Name a practitioner or a supervisor. Nothing was changed.",
            )
        before = allocations.open_of(connection, council_id, told.family_id, day_in_england(now).isoformat())
        names = {workers.username(connection, council_id, each.worker_id) for each in before}
        was_closed = stream.closed_on(connection, council_id, told.family_id)
        stream.allocate(connection, council_id, told.family_id, worker_id, now, by=council_id)
        council.note("allocated", worker_id=worker_id, subject=told.family_id)
    print(f"It is {told.username}'s from today, and on their laptop once that has reached the council.")
    if was_closed:
        print(f"It had been closed since {was_closed}, and is open again.")
    if before := sorted(names - {workers.folded(told.username)}):
        print(
            f"It was of {', '.join(before)}: there it leaves once the laptop has reached the council, work sent first."
        )


def _seed(settings: Settings, told: argparse.Namespace) -> None:
    if told.families < 1 or told.records_per_family < 1:
        raise InputError("count_too_small", "One family file with one record is the least", "Nothing was added.")
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
            publish(council, {})
    print(f"{told.families} family files, {count} events")


def _put(council: Opened, family: pretend.PretendFamily) -> int:
    stream.put(council.connection, council.council_id, family.family_id, family.events, council.now)
    print(family.family_id)
    return len(family.events)


def _has_intervals(council: Opened) -> bool:
    return bool(configuration.read(council.connection, council.council_id).intervals)
