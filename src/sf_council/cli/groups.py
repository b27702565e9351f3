"""Commands about groups that have a register of their own: ``group open`` and ``group allow``."""

from __future__ import annotations

import argparse

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import USERNAME, WHO, Commands, add, group
from sf_council.database.council import configuration
from sf_council.database.family import families, stream
from sf_council.settings import Settings
from sf_record.description import Role
from sf_record.errors import InputError


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    groups = group(commands, "group", "groups with a register of their own, which is in no family file")
    new = add(groups, where, "open", _open, "open a group's register for these people; prints its id")
    new.add_argument("name", help="of the group, as its keepers know it")
    new.add_argument("--activity", required=True, help="the code of an activity of the council's list")
    new.add_argument("--about", default="", help="where and when it meets")
    new.add_argument(
        "--for", dest="usernames", action="append", required=True, metavar="USERNAME", help="once for each person"
    )
    more = add(groups, where, "allow", _allow, "let one more person keep, or tell, a group's register")
    more.add_argument("group_id", metavar="GROUP", help="the id that group open printed")
    more.add_argument("username", metavar=USERNAME, help=WHO)


def _open(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        connection, council_id, now = council.connection, council.council_id, council.now
        known = {each.code for each in configuration.read(connection, council_id).activities}
        if told.activity not in known:
            raise InputError("activity_unknown", "There is no activity of that code", "Bring the list in first.")
        people = [_keeper(council, each) for each in dict.fromkeys(told.usernames)]
        body = {"name": told.name, "activity": told.activity} | ({"about": told.about} if told.about else {})
        group_id = stream.open_group(connection, council_id, body, people, now, by=council_id)
        council.note("group_opened", subject=group_id)
    print(group_id)


def _keeper(council: Opened, username: str) -> str:
    """Return the id of somebody who may be on a group's register; InputError for an administrator, who reads none."""
    person = council.working(username).worker
    if person.role is Role.ADMINISTRATOR:
        raise InputError(
            "keeps_no_register",
            f"{username} is an administrator, who reads no register",
            "Name one of a centre's staff.",
        )
    return person.id


def _allow(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        connection, council_id, now = council.connection, council.council_id, council.now
        if told.group_id not in families.groups(connection, council_id, (told.group_id,)):
            raise InputError("group_unknown", "There is no group of that id", "sf-council group open printed it.")
        worker_id = _keeper(council, told.username)
        stream.allow(connection, council_id, told.group_id, worker_id, now, by=council_id)
        council.note("allocated", worker_id=worker_id, subject=told.group_id)
    print(f"{told.username} has the register from today, on their laptop once that has reached the council.")
