"""The council's privacy notice: fills in the template, says how long is kept, and to whom a version is due."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sf_record.configuration import NoticeVersion
from sf_record.dates import ApproximateDate
from sf_record.record import Record

KIND = "notice_given"
_PLACE = re.compile(r"\{([a-z_]+)\}")
_RECEIVERS = frozenset({"parent", "carer", "parent_to_be"})
# The classes of the retention schedule that a family's notice speaks of, the most serious first.
_CLASSES = {
    "looked_after": "A child who was looked after",
    "child_protection": "A child who needed protection",
    "child_in_need": "A child in need",
    "early_help": "A family that had early help",
    "contact_nfa": "A question to us of which nothing more came",
}
_YEARS = re.compile(r"\b(\d+) y\b")


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who must be given the notice in force: never given one (``had`` is empty), or an older version."""

    person_id: str
    had: str


def published(
    version: str, start: date, texts: tuple[str, str], facts: Mapping[str, str], schedule: str
) -> NoticeVersion:
    """Return a version of the notice made of its full and its plain text and a retention schedule (CSV).

    ValueError naming the facts that a text asks for and that were not given.
    """
    known = {
        **facts,
        "version": version,
        "effective_from": ApproximateDate(start.year, start.month, start.day).words,
        "retention": retention_points(schedule),
    }
    full, easy = (filled(each, known) for each in texts)
    return NoticeVersion(version=version, effective_from=start.isoformat(), text=full, easy_text=easy)


def filled(template: str, facts: Mapping[str, str]) -> str:
    """Put the council's own facts into a template; ValueError naming what was not given."""
    missing = sorted({name for name in _PLACE.findall(template) if not facts.get(name, "").strip()})
    if missing:
        raise ValueError(", ".join(missing))
    return _PLACE.sub(lambda found: facts[found.group(1)].strip(), template)


def retention_points(schedule: str) -> str:
    """Return as points how long each class of the retention schedule (CSV) is kept."""
    rows = {row["class"]: row for row in csv.DictReader(schedule.splitlines(keepends=True))}
    return "\n".join(f"- {words}: {_how_long(rows[name])}." for name, words in _CLASSES.items() if name in rows)


def _how_long(row: Mapping[str, str]) -> str:
    since = _YEARS.sub(r"\1 years", re.sub(r"\s*\([^)]*\)", "", row["from"])).replace(
        "date of birth", "the child’s birth"
    )
    since = since.replace("case closure", "the day the file is closed").replace(
        "from closure", "from the day the file is closed"
    )
    since = "the day it is closed" if since == "closure" else since
    return f"{row['period']} {row['unit']} from {since}"


def due(people: Iterable[Record], given: Iterable[Record], notice: NoticeVersion | None) -> tuple[Due, ...]:
    """Return which parents, carers and parents-to-be must be given the notice in force; nobody where there is none."""
    if notice is None:
        return ()
    had = latest_versions(given)
    wanted = (each for each in people if _receives(each))
    return tuple(Due(each.id, had.get(each.id, "")) for each in wanted if had.get(each.id) != notice.version)


def latest_versions(given: Iterable[Record]) -> dict[str, str]:
    """Return the version that each person was given last, by the person's id."""
    kept = [each for each in given if each.in_error is None]
    kept.sort(key=lambda each: str(each.body.get("given_at") or each.written_at))
    return {str(person): str(each.body.get("version") or "") for each in kept for person in _named(each)}


def _named(given: Record) -> Collection[str]:
    people = given.body.get("people")
    return people if isinstance(people, list | tuple) else ()


def _receives(person: Record) -> bool:
    body = person.body
    return person.in_error is None and body.get("role") in _RECEIVERS and not body.get("died_on")
