"""The council's privacy notice: fills in the template, says how long is kept, and to whom a version is due."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sf_record.configuration import NoticeVersion
from sf_record.dates import ApproximateDate, add_months
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
    is_young: bool = False  # a child or young person


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


def due(
    people: Iterable[Record], given: Iterable[Record], notice: NoticeVersion | None, on: date, from_age: int = 0
) -> tuple[Due, ...]:
    """Return who must be given the notice in force; nobody where there is none.

    Every parent, carer and parent-to-be; whoever of the family was given an older version; and children who are of
    ``from_age`` years on a day, where the council has set one. The law names no age: a child has the same right to be
    told as an adult, in words that they understand.
    """
    if notice is None:
        return ()
    had = latest_versions(given)
    living = (each for each in people if each.in_error is None and not each.body.get("died_on"))
    wanted = (each for each in living if had.get(each.id) != notice.version)
    return tuple(
        Due(each.id, had.get(each.id, ""), is_young=each.body.get("role") == "child")
        for each in wanted
        if each.id in had or each.body.get("role") in _RECEIVERS or _is_old_enough(each, on, from_age)
    )


def _is_old_enough(person: Record, on: date, from_age: int) -> bool:
    """Say whether a child surely has this age; one whose birth is not known is the worker's to judge."""
    try:
        born = ApproximateDate.read(str(person.body.get("born_on") or "")).latest
    except ValueError:
        return False
    return person.body.get("role") == "child" and from_age > 0 and add_months(born, 12 * from_age) <= on


def latest_versions(given: Iterable[Record]) -> dict[str, str]:
    """Return the version that each person was given last, by the person's id."""
    kept = [each for each in given if each.in_error is None]
    kept.sort(key=lambda each: str(each.body.get("given_at") or each.written_at))
    return {str(person): str(each.body.get("version") or "") for each in kept for person in _named(each)}


def _named(given: Record) -> Collection[str]:
    people = given.body.get("people")
    return people if isinstance(people, list | tuple) else ()
