"""Gives a council family files in which every name, address and note is a canary: a word found nowhere else."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sf_council.database.family import stream
from sf_record.dates import moment_text
from sf_record.events import Action, Event
from sf_record.pretend import Canary, canaries, families
from tests.fakes.council import RunningCouncil

COUNT = 60


def words() -> tuple[str, ...]:
    """Return what a sweep looks for: each as it is written, and in small letters, as a search or a code has it."""
    marks = [canary.mark for canary in canaries(COUNT)]
    return (*marks, *(mark.lower() for mark in marks))


def put_canaries(council: RunningCouncil, count: int = 3) -> tuple[str, ...]:
    """Add such family files, allocated to the practitioner; return their ids."""
    people = [council.worker("practitioner"), council.worker("supervisor")]
    made = list(families(random.Random(11), count, people, council.clock.now().date(), records_per_family=40))
    birds = canaries(COUNT)

    def put(connection: Any) -> None:
        at = council.clock.now()
        for each in made:
            stream.put(connection, council.council.id, each.family_id, _marked(each.events, birds), at)

    council.do(put)
    return tuple(each.family_id for each in made)


def put_note(council: RunningCouncil, family_id: str) -> str:
    """Add a supervisor's note to a family file; return its id, which nobody else can then give to a note."""
    now = council.clock.now()
    note = Event(
        id=council.new_id(),
        action=Action.CREATE,
        family_id=family_id,
        record_id=council.new_id(),
        kind="note",
        author_id=council.worker("supervisor").id,
        device_id=council.new_id(),
        written_at=moment_text(now),
        fields={"type": "note", "happened_at": moment_text(now), "text": canaries(COUNT)[1].sentence},
    )
    council.do(lambda c: stream.put(c, council.council.id, family_id, (note,), now))
    return note.record_id


def _marked(events: Sequence[Event], birds: Sequence[Canary]) -> tuple[Event, ...]:
    """Put a canary into each text, always the same one into the same record, so that its later changes still fit."""
    return tuple(_event(event, birds[sum(event.record_id.encode()) % len(birds)]) for event in events)


def _event(event: Event, bird: Canary) -> Event:
    return replace(event, fields=_fields(event.fields, bird), was=_fields(event.was, bird))


def _fields(fields: Mapping[str, Any], bird: Canary) -> dict[str, Any]:
    put = {"name": bird.name, "address": bird.address, "given_name": bird.mark, "text": bird.sentence}
    return {name: put[name] if name in put and value else value for name, value in fields.items()}
