"""The chronology of a family file: significant events in order of date, chosen by a worker; also as a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household.people import PersonView, people_of
from sf_desktop.ops.moments import local, paper_moment
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.reading.record_paper import family_name
from sf_desktop.ops.writing import found
from sf_desktop.papers.paper import Mark, Paper, Section, Table
from sf_desktop.store.tables import drafts, records
from sf_desktop.store.tables.drafts import Draft
from sf_record import body as bodies
from sf_record.dates import ApproximateDate
from sf_record.description import LINE_CHARACTERS
from sf_record.kinds import KINDS
from sf_record.kinds.significant_event import SORTS
from sf_record.record import Record

KIND = "significant_event"
COLUMNS = ("Date", "Event", "About", "Source", "Impact on the child", "Fact or opinion")
_WIDTHS = (13, 30, 14, 17, 25, 11)


@dataclass(frozen=True, slots=True)
class ChronologyLine:
    """One line, in words. ``about_ids`` are the people's; ``is_source_in_error``: its record should not have been."""

    id: str
    on: ApproximateDate | None
    what: str
    about: tuple[str, ...]
    about_ids: tuple[str, ...]
    source: str
    impact: str
    sort: str
    author: str
    is_waiting: bool
    is_source_in_error: bool

    @property
    def sort_words(self) -> str:
        return dict(SORTS).get(self.sort, self.sort)

    @property
    def day_words(self) -> str:
        return self.on.words if self.on is not None else "Date not known"


@dataclass(frozen=True, slots=True)
class Chronology:
    """Every line in order of date, the earliest first; the people whom they may be about; what was begun."""

    lines: tuple[ChronologyLine, ...]
    people: tuple[tuple[str, str], ...]
    begun: tuple[Draft, ...]


@reads
def chronology(office: Office, family_id: str) -> Chronology:
    """Return the chronology of a family file, without what was entered in error."""
    people = tuple((each.id, each.name) for each in people_of(office, family_id))
    names = dict(people)
    waiting = records.waiting_ids(office.connection, family_id)
    kept = [each for each in records.of_family(office.connection, family_id, (KIND,)) if each.in_error is None]
    sources = records.get_many(office.connection, tuple({str(each.body.get("from_record") or "") for each in kept}))
    lines = [_line(office, each, names, sources, is_waiting=each.id in waiting) for each in kept]
    begun = tuple(drafts.current(office.connection, family_id, KIND))
    return Chronology(tuple(sorted(lines, key=_by_date)), people, begun)


def line_of(office: Office, record_id: str) -> str:
    """Return the id of the line that was taken from a record; empty where it is not in the chronology."""
    record = records.get(office.connection, record_id)
    if record is None:
        return ""
    for each in records.of_family(office.connection, record.family_id, (KIND,)):
        if each.in_error is None and each.body.get("from_record") == record_id:
            return each.id
    return ""


def start_line(office: Office, family_id: str, record_id: str = "") -> Draft:
    """Begin a line: of the worker's own, or from a record; one that was begun from it already is gone on with."""
    if not record_id:
        return drafting.begin(office, KIND, family_id)
    for each in drafts.current(office.connection, family_id, KIND):
        if each.body.get("from_record") == record_id:
            return each
    return drafting.begin(office, KIND, family_id, _taken_from(office, found(office, record_id)))


def _taken_from(office: Office, record: Record) -> dict[str, Any]:
    kind = KINDS.get(record.kind)
    happened = record.body.get(kind.happened) if kind is not None and kind.happened else None
    when = happened if isinstance(happened, str) and happened else record.written_at
    at = local(when) if len(when) > 10 else None
    read = bodies.read(record.kind, record.body) if kind is not None else None
    title = str(read.title()) if read is not None else ""
    first = next((line.strip() for line in str(read.summary() if read else "").split("\n") if line.strip()), "")
    label = kind.label if kind is not None else "Record"
    body = {
        "happened_on": at.date().isoformat() if at is not None else when[:10],
        "what": _within(f"{title}: {first}" if first and first != title else title),
        "about": sorted(bodies.people_of(record.kind, record.body)),
        "source": _within(f"{label}, {paper_moment(when)}, {office.configuration.worker_name(record.author_id)}"),
        "from_record": record.id,
    }
    return {name: value for name, value in body.items() if value}


def _within(text: str) -> str:
    return text if len(text) <= LINE_CHARACTERS else f"{text[: LINE_CHARACTERS - 1].rpartition(' ')[0]}…"


def _line(
    office: Office, record: Record, names: Mapping[str, str], sources: Mapping[str, Record], *, is_waiting: bool
) -> ChronologyLine:
    body = record.body
    about = tuple(str(each) for each in body.get("about") or ())
    source = sources.get(str(body.get("from_record") or ""))
    return ChronologyLine(
        id=record.id,
        on=_read(str(body.get("happened_on") or "")),
        what=str(body.get("what") or ""),
        about=tuple(names[each] for each in about if each in names),
        about_ids=about,
        source=str(body.get("source") or ""),
        impact=str(body.get("impact") or ""),
        sort=str(body.get("sort") or ""),
        author=office.configuration.worker_name(record.author_id),
        is_waiting=is_waiting,
        is_source_in_error=source is not None and source.in_error is not None,
    )


def _read(text: str) -> ApproximateDate | None:
    try:
        return ApproximateDate.read(text)
    except ValueError:
        return None


def _by_date(line: ChronologyLine) -> tuple[date, date, str]:
    """A year alone stands before its months, and a month before its days; ids keep the order of writing."""
    if line.on is None:
        return date.max, date.max, line.id
    return line.on.earliest, date.fromordinal(date.max.toordinal() - line.on.latest.toordinal()), line.id


def chronology_paper(office: Office, family_id: str, about: str) -> Paper:
    """Return the chronology for a court or a meeting; ``about`` is a person, where only theirs is wanted."""
    whole = chronology(office, family_id)
    lines = [each for each in whole.lines if not about or about in each.about_ids]
    name = dict(whole.people).get(about, "")
    told = f"{len(lines):,} event{'' if len(lines) == 1 else 's'} in order of date"
    days = [each.on for each in lines if each.on is not None]
    if days:
        told = f"{told}, {days[0].words} to {days[-1].words}"
    table = Table(COLUMNS, tuple(_cells(each) for each in lines), _WIDTHS)
    return Paper(
        title="Chronology",
        heading=f"Chronology: {name}" if name else "Chronology",
        under=(family_name(office, family_id), _whose(office, family_id, about), f"{told}."),
        marks=_caution(lines),
        sections=(Section(table=table) if lines else Section(empty="Nothing has been put into the chronology yet."),),
        is_landscape=True,
        family_id=family_id,
    )


def _cells(line: ChronologyLine) -> tuple[str, ...]:
    source = f"{line.source}\n(since marked as entered in error)" if line.is_source_in_error else line.source
    return line.day_words, line.what, ", ".join(line.about), source, line.impact, line.sort_words


def _whose(office: Office, family_id: str, person_id: str) -> str:
    """Say whom it is about, with their dates of birth: the person who is chosen, else the children."""
    people = people_of(office, family_id)
    about = [each for each in people if (each.id == person_id if person_id else each.is_child)]
    return "; ".join(f"{each.name}, {_born(each)}" for each in about) or "No child is recorded."


def _born(person: PersonView) -> str:
    born = _read(person.born_on)
    return f"born {born.words}" if born is not None else person.age or "date of birth not recorded"


def _caution(lines: list[ChronologyLine]) -> tuple[Mark, ...]:
    count = sum(each.is_source_in_error for each in lines)
    if not count:
        return ()
    lead = "One line was" if count == 1 else f"{count:,} lines were"
    return (Mark(f"{lead} taken from a record that was entered in error", "Look at each before you rely on it."),)
