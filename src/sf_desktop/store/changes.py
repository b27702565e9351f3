"""Which records a piece of work touched: what is announced once, so that screens refresh those rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sf_record.events import Event
from sf_record.record import Record


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Kinds, ids and family files. A kind may also be ``draft``, ``configuration`` or ``outbox``."""

    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()

    def __or__(self, other: ChangeSet) -> ChangeSet:
        return ChangeSet(self.kinds | other.kinds, self.ids | other.ids, self.families | other.families)

    def __bool__(self) -> bool:
        return bool(self.kinds or self.ids or self.families)


def of_event(event: Event) -> ChangeSet:
    """Return what an event touches."""
    return ChangeSet(frozenset({event.kind, "outbox"}), frozenset({event.record_id}), frozenset({event.family_id}))


def of_records(records: Iterable[Record]) -> ChangeSet:
    """Return what a batch of records touches."""
    batch = tuple(records)
    return ChangeSet(
        frozenset(each.kind for each in batch),
        frozenset(each.id for each in batch),
        frozenset(each.family_id for each in batch),
    )
