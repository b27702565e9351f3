"""Folds invented events into the records that the council would hold after them, for loading without a round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sf_record.events import Event
from sf_record.merge import apply
from sf_record.record import Record
from sf_record.wire.rounds import record_wire


def records(events: Iterable[Event]) -> tuple[Record, ...]:
    """Return the records after the events, by family file and in the order of their numbers, each file from 1.

    Invented events apply; ValueError names the first that does not.
    """
    seqs: dict[str, int] = {}
    held: dict[str, Record] = {}
    for event in events:
        seq = seqs[event.family_id] = seqs.get(event.family_id, 0) + 1
        after = apply(held.get(event.record_id), event, seq).record
        if after is None:
            raise ValueError(f"event {event.id} does not apply")
        held[event.record_id] = after
    order = {family_id: place for place, family_id in enumerate(seqs)}
    return tuple(sorted(held.values(), key=lambda record: (order[record.family_id], record.seq)))


def lines(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """Return the same records as the JSON objects that travel."""
    return map(record_wire, records(events))
