"""Commands about what the council decides for itself: ``config show``, ``config set`` and ``config import``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add, group, whole
from sf_council.database.council import configuration
from sf_council.resources import intervals
from sf_council.settings import Settings
from sf_record.configuration import Configuration, ContactNumber, Phrase, silent_changes
from sf_record.errors import FieldProblem, InputError
from sf_record.kinds import KINDS

_LEASE = ("lease_warn_hours", "lease_lock_days", "lease_wipe_days")
_NUMBERS = ("idle_lock_minutes", "copies_leave_after_days", "notice_from_age", *_LEASE)
_OLDEST_CHILD = 17
_TEXTS = ("council_name", "service_name")
_HELP = {
    "council_name": "as families and workers know it",
    "service_name": "what the service is called",
    "idle_lock_minutes": "a window that nobody touches locks after so long",
    "copies_leave_after_days": "copies leave a laptop that has not reached the council for so long",
    "lease_warn_hours": "a laptop that has not reached the council for so long warns,",
    "lease_lock_days": "opens only with the council's answer after so long,",
    "lease_wipe_days": "and destroys what it holds after so long",
    "notice_from_age": "young people of this age are given the privacy notice themselves; 0: as the worker judges",
}
_NOT_OURS = frozenset({"version", "council_id", "workers", "teams"})  # they follow from the rest of the database
_MOST_BYTES = 4_000_000


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    config = group(commands, "config", "what the council decides for itself")
    add(config, where, "show", _show, "print the configuration as JSON")
    change = add(config, where, "set", _set, "change the configuration")
    for name in _TEXTS:
        change.add_argument(f"--{name.replace('_', '-')}", help=_HELP[name])
    for name in _NUMBERS:
        change.add_argument(f"--{name.replace('_', '-')}", type=whole, help=_HELP[name])
    change.add_argument(
        "--contact", action="append", metavar="LABEL=NUMBER", help="a number to ring; all of them are given at once"
    )
    change.add_argument("--default-intervals", action="store_true", help="take the intervals the program comes with")
    taken = add(
        config, where, "import", _import, "take parts of the configuration from a file as config show prints it"
    )
    taken.add_argument("file", type=Path, metavar="FILE", help="JSON, with only those parts that are to change")
    taken.add_argument("--check", action="store_true", help="say what is wrong with it, and change nothing")


def _show(settings: Settings, _told: argparse.Namespace) -> None:
    with opened(settings) as council:
        print(msgspec.json.format(configuration.line(council.connection, council.council_id)).decode())


def _set(settings: Settings, told: argparse.Namespace) -> None:
    changes: dict[str, Any] = {
        name: value for name in (*_TEXTS, *_NUMBERS) if (value := getattr(told, name)) is not None
    }
    if any(not str(value).strip() for value in changes.values()):
        raise InputError("name_empty", "A name cannot be empty", "Nothing was changed.")
    if told.contact:
        changes["contacts"] = tuple(map(_contact, told.contact))
    if told.default_intervals:
        changes["intervals"] = intervals()
    if not changes:
        raise InputError("nothing_to_change", "Nothing was changed", "sf-council config set --help says what can be.")
    with opened(settings, may_begin=True) as council:
        _say(publish(council, changes))


def _import(settings: Settings, told: argparse.Namespace) -> None:
    changes = read_parts(told.file)
    with opened(settings, may_begin=True) as council:
        if told.check:
            before = _check_numbers(council, changes)
            problems = silent_changes(before, replace(before, **changes), intervals())
            if problems:
                words = "; ".join(each.message for each in problems)
                raise InputError("configuration_unreadable", "Nothing was changed", words, fields=tuple(problems))
            print(f"Nothing is wrong with: {', '.join(sorted(changes))}. Nothing was changed.")
        else:
            _say(publish(council, changes))


def _say(version: int) -> None:
    print(f"Version {version} of the configuration is in force. Each laptop takes it when it next reaches the council.")


def read_parts(file: Path) -> dict[str, Any]:
    """Return the parts of the configuration that a file gives; InputError names every part that cannot be read."""
    try:
        told = msgspec.json.decode(file.read_bytes()[: _MOST_BYTES + 1])
    except (OSError, ValueError) as error:
        raise InputError(
            "configuration_unreadable",
            "That file holds no JSON, or cannot be read",
            "Check its name and place; sf-council config show prints the shape. Nothing was changed.",
        ) from error
    if not isinstance(told, dict):
        raise InputError("configuration_unreadable", "The file must hold one JSON object", "config show prints it so.")
    types = {name: each for name, each in get_type_hints(Configuration).items() if name not in _NOT_OURS}
    changes: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, value in told.items():
        if name in _NOT_OURS:
            continue
        if name not in types:
            problems.append(FieldProblem(str(name), f"{name}: this program has no such part"))
            continue
        try:
            changes[name] = msgspec.convert(value, types[name], strict=True)
        except msgspec.ValidationError as error:
            problems.append(FieldProblem(name, f"{name}: {error}"))
    problems += _nowhere(changes.get("phrases", ()))
    if problems:
        words = "; ".join(each.message for each in problems)
        raise InputError("configuration_unreadable", "Nothing was changed", words, fields=tuple(problems))
    return changes


def _nowhere(phrases: Iterable[Phrase]) -> list[FieldProblem]:
    """Name the places of phrases that no form has: such a phrase would be offered to nobody."""
    known = {*KINDS, *(f"{name}.{field.name}" for name, kind in KINDS.items() for field in kind.fields)}
    wrong = sorted({place for each in phrases for place in each.where} - known)
    return [FieldProblem("phrases", f"phrases: no form has {place}") for place in wrong]


def publish(council: Opened, changes: dict[str, Any]) -> int:
    """Write a new version with these changes, and say so in the audit; return its number."""
    before = _check_numbers(council, changes)
    if not before.intervals:
        changes.setdefault("intervals", intervals())
    problems = silent_changes(before, replace(before, **changes), intervals())
    if problems:
        words = "; ".join(each.message for each in problems)
        raise InputError("configuration_unreadable", "Nothing was changed", words, fields=tuple(problems))
    council.note("configured", code=",".join(sorted(changes)))
    return configuration.publish(council.connection, council.council_id, council.now, **changes)


def _check_numbers(council: Opened, changes: dict[str, Any]) -> Configuration:
    before = configuration.read(council.connection, council.council_id)
    warn, lock, wipe = (int(changes.get(name, getattr(before, name))) for name in _LEASE)
    if not 0 < warn < 24 * lock < 24 * wipe:
        raise InputError(
            "lease_disordered",
            "A lease warns first, then locks, then clears",
            "Nothing was changed. Give longer times.",
        )
    for name in ("idle_lock_minutes", "copies_leave_after_days"):
        if changes.get(name, 1) < 1:
            raise InputError(
                "number_too_small", f"{name} is 1 at least", f"Nothing was changed. It says: {_HELP[name]}."
            )
    if not 0 <= changes.get("notice_from_age", 0) <= _OLDEST_CHILD:
        advice = f"Give the years from which on children are given the notice, at most {_OLDEST_CHILD}, or 0."
        raise InputError("age_unreadable", "That is no child's age", advice)
    return before


def _contact(text: str) -> ContactNumber:
    label, _, number = text.partition("=")
    if not label.strip() or not number.strip():
        raise InputError("contact_unreadable", "A number to ring is given as LABEL=NUMBER", "Nothing was changed.")
    return ContactNumber(label=label.strip(), number=number.strip())
