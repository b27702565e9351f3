"""Reads the command line, opens the council and runs one command; errors are two lines of words, never a traceback."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from sf_council.cli import (
    audits,
    backups,
    configuring,
    contents,
    groups,
    handed_in,
    laptops,
    leaving,
    notices,
    people,
    recovery,
    serving,
    work,
)
from sf_council.cli.parsing import Parser
from sf_council.cli.stopping import UNDONE, Stop, Stopped, stops
from sf_council.settings import Settings
from sf_record.errors import SfError

DATABASE = "SF_COUNCIL_DATABASE"
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_SHUT = ("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_READONLY")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = make_parser()
    told = parser.parse_args(argv)
    data = Path(told.data)
    database = told.database or os.environ.get(DATABASE) or str(data / "council.sqlite")
    settings = Settings(database=database, data=data, council_id=told.council)
    if told.run is serving.serve:  # which takes signals itself, ends its work, and has nothing more to say
        return _run(settings, told, Stop(), "")
    with stops() as stop:
        return _run(settings, told, stop, f"Stopped. {UNDONE}")


def _run(settings: Settings, told: argparse.Namespace, stop: Stop, undone: str) -> int:
    try:
        told.run(settings, told)
    except KeyboardInterrupt:
        _say(undone)
        return stop.exit_code
    except Stopped as stopped:
        _say(f"Stopped. {stopped}")
        return stop.exit_code
    except Exception as error:  # noqa: BLE001 - its words may hold what was being stored, and a traceback shows them
        _say("\n".join(_in_words(error)).strip())
        return 1
    return 0


def _say(words: str) -> None:
    with suppress(OSError):  # the terminal may have gone away
        print(words, end="\n" if words else "", file=sys.stderr, flush=True)


def _in_words(error: Exception) -> tuple[str, str]:
    """Return what went wrong and what to do next, a line each."""
    if isinstance(error, SfError):
        return error.title, error.advice
    if isinstance(error, DBAPIError):
        return _database_in_words(error)
    if isinstance(error, OSError):
        why = error.strerror or type(error).__name__
        advice = f"{why}. Check its name, its folder and who may use it."
        return f"That cannot be read or written: {error.filename or 'a file'}", advice
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
    return (
        f"Something went wrong in the program: {place}",
        "What this command had begun was undone. Give that line to whoever looks after it.",
    )


def _database_in_words(error: DBAPIError) -> tuple[str, str]:
    name = getattr(error.orig, "sqlite_errorname", "")
    if name.startswith(_SHUT):
        return (
            "The file of the database cannot be opened, or not be written to",
            "Check who may use it, and the folder that it is in. Nothing was changed.",
        )
    if name.startswith(_DAMAGED):
        return (
            "The file of the database is damaged: it cannot be read, or not all of it",
            "Stop the council, and put a backup back: sf-council restore FILE --replace",
        )
    # Its text may name what was being stored; the class says enough to look further.
    return (
        f"The database refused, or does not answer: {type(error.orig).__name__}",
        "Check that it runs, and what --database, or SF_COUNCIL_DATABASE, says of it.",
    )


def make_parser() -> Parser:
    """Return the parser of every command."""
    parser = Parser(prog="sf-council", description="The council server and its administration.")
    _add_where(parser, is_top=True)
    where = argparse.ArgumentParser(add_help=False)
    _add_where(where, is_top=False)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for room in (
        serving, backups, audits, people, laptops, leaving, work, groups, configuring, notices, recovery, handed_in,
        contents,
    ):  # fmt: skip
        room.add_commands(commands, where)
    return parser


def _add_where(parser: argparse.ArgumentParser, *, is_top: bool) -> None:
    """Let the same options stand before and after a command."""
    options = (
        ("--database", None, f"SQLite file or PostgreSQL URL (or the variable {DATABASE}; default: in --data)"),
        ("--data", "sf-council-data", "folder with the council's keys (default: sf-council-data, where you are)"),
        ("--council", None, "the council's id, where a database holds several"),
    )
    for name, default, words in options:
        parser.add_argument(name, default=default if is_top else argparse.SUPPRESS, help=words)
