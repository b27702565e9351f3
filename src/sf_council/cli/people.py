"""Commands about people: ``user add``, ``list``, ``disable``, ``password``, ``team``, and ``team add``, ``list``.

A password is typed at a prompt or read from standard input, never an argument: arguments are seen by everybody, in a
list of processes and in a shell's history. So is a name where it is not given.
"""

from __future__ import annotations

import argparse
import getpass
import sys

from sqlalchemy.exc import IntegrityError

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import USERNAME, WHO, Commands, add, group
from sf_council.cli.tables import print_table
from sf_council.database.council import configuration
from sf_council.database.family import packs
from sf_council.database.identity import sessions, workers
from sf_council.passwords import Passwords
from sf_council.settings import Settings
from sf_record.dates import day_in_england
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.ids import is_id
from sf_record.rules.permissions import works_in_team

SHORTEST = 12


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    user = group(commands, "user", "the people who may sign in")
    new = add(user, where, "add", _add, "add somebody; the name, unless it is given, and the password are asked for")
    new.add_argument("username", metavar=USERNAME, help="the name to sign in with")
    new.add_argument("--name", help="as colleagues see it; where it is left out it is asked for, and no list shows it")
    new.add_argument("--role", required=True, choices=[role.value for role in Role], help="what they may do")
    new.add_argument("--team", help="the team's name, made if it is new; practitioners and supervisors need one")
    add(user, where, "list", _list, "list everybody")
    for name, run, words in (
        ("disable", _disable, "let somebody no longer sign in"),
        ("password", _password, "set a new password; it is asked for, and ends every sign-in of that person"),
    ):
        add(user, where, name, run, words).add_argument("username", metavar=USERNAME, help=WHO)
    moved = add(user, where, "team", _move, "move somebody to another team")
    moved.add_argument("username", metavar=USERNAME, help=WHO)
    moved.add_argument("team", metavar="TEAM", help="the name of a team that is there; sf-council team list names them")
    team = group(commands, "team", "the teams")
    add(team, where, "add", _add_team, "add a team").add_argument("name", metavar="NAME", help="as everybody sees it")
    add(team, where, "list", _list_teams, "list the teams")


def _add(settings: Settings, told: argparse.Namespace) -> None:
    _require(told.username, told.name if told.name is not None else "not asked for yet")
    named = (told.team or "").strip()
    _require_no_id(settings, named)
    if works_in_team(Role(told.role)) and not named:
        with opened(settings, may_begin=True) as council:
            raise InputError(
                "team_missing",
                f"A {told.role} works in a team: without one nobody gives them a family file",
                f"Give --team: {_known(council)}, or a new name. Nothing was changed.",
            )
    username, name = told.username.strip(), (_asked_name() if told.name is None else told.name).strip()
    _require(username, name)
    hashed = _hashed(settings)
    with opened(settings, may_begin=True) as council:
        connection, council_id = council.connection, council.council_id
        if named and named not in workers.teams(connection, council_id).values():
            print(f"{named} is a new team.", file=sys.stderr)
        team_id = workers.add_team(connection, council_id, council.now, named) if named else None
        try:
            new = workers.NewWorker(username, name, Role(told.role), team_id, password_hash=hashed)
            worker_id = workers.add(connection, council_id, council.now, new)
        except IntegrityError as error:
            raise InputError(
                "username_taken", "That username is taken", "Give another. sf-council user list names them all."
            ) from error
        _note(council, "user_added", worker_id)
    print(worker_id)


def _require_no_id(settings: Settings, named: str) -> None:
    """InputError where a team is called by an id: it would become the name of a new one."""
    if not is_id(named.lower()):
        return
    with opened(settings, may_begin=True) as council:
        known = workers.teams(council.connection, council.council_id).get(named.lower())
        advice = f"Its name is {known}" if known else f"There are: {_known(council)}"
    raise InputError("team_by_id", "A team is called by its name, and that is an id", f"{advice}. Nothing was changed.")


def _require(username: str, name: str) -> None:
    if not username.strip() or not name.strip():
        raise InputError("name_empty", "A username and a name cannot be empty", "Nothing was changed.")


def _asked_name() -> str:
    """Return a name that was typed, or the first line of standard input: the password is the next one."""
    if sys.stdin.isatty():
        return input("Name, as colleagues see it: ")
    return sys.stdin.readline().rstrip("\r\n")


def _list(settings: Settings, _told: argparse.Namespace) -> None:
    with opened(settings) as council:
        teams = workers.teams(council.connection, council.council_id)
        everybody = workers.accounts(council.connection, council.council_id)
    rows = [
        (
            each.username,
            each.worker.role.value,
            teams.get(each.worker.team_id or "", ""),
            "disabled" if each.is_disabled else "active",
            each.worker.id,
        )
        for each in everybody
    ]
    print_table(("USERNAME", "ROLE", "TEAM", "STATE", "ID"), rows)
    if not rows:
        print("Nobody may sign in yet. sf-council user add adds somebody.", file=sys.stderr)


def _disable(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        worker_id = council.account(told.username).worker.id
        workers.disable(council.connection, council.council_id, worker_id)
        _note(council, "user_disabled", worker_id)
    print(
        "Nobody signs in by that name any more. A laptop that was set up before opens until its lease ends, and sends"
    )
    print("nothing more: what is unsent comes in its sealed file, by sf-council import-sealed.")
    print("sf-council device show says what is on it; device wipe orders it cleared.")


def _password(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        council.account(told.username)  # a slip in it is said before a password is asked for
    hashed = _hashed(settings)
    with opened(settings) as council:
        worker_id = council.account(told.username).worker.id
        workers.set_password(council.connection, council.council_id, worker_id, hashed)
        sessions.end_all(council.connection, council.council_id, worker_id, council.now, "password_changed")
        _note(council, "password_set", worker_id)
    print(f"{told.username} signs in with the new password from now on, also where they are signed in: it is asked for")
    print("with the next round. What opens a laptop stays as it is: that is its own passphrase.")


def _move(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        worker_id = council.account(told.username).worker.id
        team_id, ended = _team(council, told.team), 0
        if team_id != council.account(told.username).worker.team_id:
            ended = packs.end(council.connection, council.council_id, worker_id, day_in_england(council.now))
        workers.set_team(council.connection, council.council_id, worker_id, team_id)
        _note(council, "team_changed", worker_id)
    print(f"{told.username} is in {told.team} from now on. The family files that are theirs stay theirs;")
    print(
        "a supervisor sees those of the new team. What is out of scope leaves laptops when they next reach the council."
    )
    if ended:
        print(f"Family files that they had taken along in visit packs of the old team: {ended}. They leave as well.")


def _team(council: Opened, name: str) -> str:
    """Return the id of a team; a name that no team has is refused: a slip of the pen would take away a caseload."""
    teams = workers.teams(council.connection, council.council_id)
    found = next((team_id for team_id, each in teams.items() if each == name), None)
    if found is None:
        raise InputError(
            "team_unknown",
            "There is no team of that name",
            f"There are: {_known(council)}. sf-council team add makes a new one.",
        )
    return found


def _known(council: Opened) -> str:
    return ", ".join(sorted(workers.teams(council.connection, council.council_id).values())) or "none yet"


def _add_team(settings: Settings, told: argparse.Namespace) -> None:
    if not told.name.strip():
        raise InputError("name_empty", "The name of a team cannot be empty", "Nothing was changed.")
    _require_no_id(settings, told.name.strip())
    with opened(settings, may_begin=True) as council:
        is_there = told.name.strip() in workers.teams(council.connection, council.council_id).values()
        team_id = workers.add_team(council.connection, council.council_id, council.now, told.name.strip())
        if not is_there:
            configuration.publish(council.connection, council.council_id, council.now)
    print(team_id)
    if is_there:
        print("That team was there already. Nothing was changed.", file=sys.stderr)


def _list_teams(settings: Settings, _told: argparse.Namespace) -> None:
    with opened(settings) as council:
        teams = workers.teams(council.connection, council.council_id)
    print_table(("TEAM", "ID"), [(name, team_id) for team_id, name in teams.items()])
    if not teams:
        print("There is no team yet. sf-council team add makes one.", file=sys.stderr)


def _note(council: Opened, what: str, worker_id: str) -> None:
    """Tell the laptops of the change, and the audit of who it was about."""
    configuration.publish(council.connection, council.council_id, council.now)
    council.note(what, subject=worker_id)


def _hashed(settings: Settings) -> str:
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            raise InputError("password_differs", "The two passwords differ", "Nothing was changed. Begin again.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST:
        raise InputError("password_short", f"A password has at least {SHORTEST} characters", "Nothing was changed.")
    return Passwords(settings.argon2_memory_kib).hash(password)
