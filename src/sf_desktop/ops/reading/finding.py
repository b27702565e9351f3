"""Finds words anywhere in one family file: in every answer as it is read, what was added, why something is in error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sf_desktop.ops import looks
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.reading.file_paper import every_record
from sf_desktop.ops.reading.in_words import parts_in_words
from sf_desktop.ops.reading.record_paper import not_said, surroundings
from sf_desktop.store.tables.rows import shown
from sf_record.kinds import KINDS
from sf_record.record import Record

MOST_PLACES = 1_000
AMENDED, IN_ERROR = "Added after signing", "Entered in error"


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One place: in which record, under which question, and where in its answer (``text``)."""

    record_id: str
    kind: str
    title: str
    happened_at: str
    question: str
    text: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class FoundInFile:
    """Every place at which the words stand, the newest record first. ``words`` is what was looked for."""

    family_id: str
    words: str
    places: tuple[FoundPlace, ...]
    is_all: bool = True


@reads
def find_in_file(office: Office, family_id: str, words: str) -> FoundInFile:
    """Return where the words stand, one after the other as typed; case and the spaces between do not matter."""
    if not words.strip():
        return FoundInFile(family_id, words, ())
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    looks.record(office, Look.SEARCHED, code="1", ids=(family_id,))
    found: list[FoundPlace] = []
    records = sorted(every_record(office, family_id), key=lambda each: shown(each).happened_at, reverse=True)
    around = {each: surroundings(office, family_id, each) for each in {record.kind for record in records}}
    for record in records:
        kind = KINDS.get(record.kind)
        if kind is None:
            continue
        about = shown(record)
        parts = parts_in_words(kind, record.body, around[record.kind], hidden=not_said(office, kind))
        answers = [(line.label, line.text) for part in parts for line in part.lines]
        for question, text in (*answers, *_added(record)):
            for at in pattern.finditer(text):
                start, length = at.start(), at.end() - at.start()
                place = FoundPlace(record.id, kind.label, about.title, about.happened_at, question, text, start, length)
                found.append(place)
        if len(found) > MOST_PLACES:
            return FoundInFile(family_id, words, tuple(found[:MOST_PLACES]), is_all=False)
    return FoundInFile(family_id, words, tuple(found))


def _added(record: Record) -> Iterator[tuple[str, str]]:
    for each in record.amendments:
        yield AMENDED, each.text
    if record.in_error is not None:
        yield IN_ERROR, record.in_error.reason
