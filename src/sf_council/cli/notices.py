"""Commands about the privacy notice: ``notice template``, ``publish`` and ``list``."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add, group
from sf_council.cli.tables import print_table
from sf_council.database.council import configuration
from sf_council.resources import notice_template, retention_schedule
from sf_council.settings import Settings
from sf_record.configuration import NoticeVersion
from sf_record.errors import InputError
from sf_record.rules import notices

_TEXT_BYTES = 200_000
_FACTS = ("service_contact", "officer_contact", "complaints_contact")


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    these = group(commands, "notice", "the privacy notice that families are given")
    template = add(these, where, "template", _template, "print the text that the program comes with, to be checked")
    template.add_argument("--easy", action="store_true", help="the plain-language text")
    publish = add(these, where, "publish", _publish, "put a version of the notice in force from a day")
    publish.add_argument("version", help="a name that no version has yet, such as 2027-1")
    publish.add_argument("--effective-from", required=True, metavar="DAY", help="for example 2027-04-01")
    publish.add_argument("--text", type=Path, help="the council's own text; else the template, filled in")
    publish.add_argument("--easy-text", type=Path, help="the council's own plain-language text; else the template")
    publish.add_argument("--service-contact", default="", help="how families reach the service")
    publish.add_argument("--officer-contact", default="", help="how families reach the data protection officer")
    publish.add_argument("--complaints-contact", default="", help="where a family complains")
    add(these, where, "list", _list, "print the versions and from when each holds")


def _template(_settings: Settings, told: argparse.Namespace) -> None:
    print(notice_template(easy=told.easy), end="")


def _list(settings: Settings, _told: argparse.Namespace) -> None:
    with opened(settings) as council:
        notices_ = configuration.read(council.connection, council.council_id).notices
    print_table(("FROM", "VERSION"), [(each.effective_from, each.version) for each in notices_])
    if not notices_:
        print("No notice is in force yet. sf-council notice publish puts one in force.", file=sys.stderr)


def _publish(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:
        before = configuration.read(council.connection, council.council_id)
        facts = {name: getattr(told, name) for name in _FACTS}
        facts |= {"council": before.council_name, "service": before.service_name}
        put_in_force(council, _made(told, facts), before.notices)
    print(f"{told.version} from {told.effective_from}. Each laptop has it once it has reached the council.")


def put_in_force(council: Opened, notice: NoticeVersion, before: tuple[NoticeVersion, ...]) -> None:
    """Add a version; InputError where one of this name is there: what families were given is never another text."""
    if any(each.version == notice.version for each in before):
        raise InputError("notice_known", "A version of that name is there already", "Give it another name.")
    council.note("configured", code="notices")
    configuration.publish(council.connection, council.council_id, council.now, notices=(*before, notice))


def _made(told: argparse.Namespace, facts: dict[str, str]) -> NoticeVersion:
    version, start = told.version.strip(), _day(told.effective_from)
    if not version:
        raise InputError("notice_unnamed", "A version needs a name", "Give it one, such as 2027-1.")
    text = _read(told.text) if told.text else notice_template(easy=False)
    easy_text = _read(told.easy_text) if told.easy_text else notice_template(easy=True)
    try:
        return notices.published(version, start, (text, easy_text), facts, retention_schedule())
    except ValueError as error:
        needed = str(error)
        for name in _FACTS:
            needed = needed.replace(name, f"--{name.replace('_', '-')}")
        raise InputError("notice_incomplete", f"The notice still needs: {needed}", "Nothing was published.") from error


def _read(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "notice_unreadable", "The text cannot be read", "Give a file of plain text (UTF-8)."
        ) from error
    if not text.strip() or len(text.encode()) > _TEXT_BYTES or "\x00" in text:
        raise InputError("notice_unreadable", "The text is empty or too long", "Give no more than 200,000 bytes.")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "notice_day", "The day cannot be read", "Give it as 2027-04-01. Nothing was published."
        ) from error
