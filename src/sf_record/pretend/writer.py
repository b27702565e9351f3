"""Writes the events of one invented family file: ids, authors and times as a laptop would have made them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sf_record.body import write
from sf_record.dates import moment_text
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.pretend.chance import Randomness, pretend_id

_NAMES = {described.type: name for name, described in KINDS.items()}


class Writer:
    """Collects events; ``events`` gives them in the order of time."""

    def __init__(self, randomness: Randomness, family_id: str, device_id: str) -> None:
        self._random = randomness
        self._family_id = family_id
        self._device_id = device_id
        self._written: list[Event] = []

    def create(
        self, record: Any, author_id: str, at: datetime, *, record_id: str = "", is_signing: bool = False
    ) -> str:
        """Write down a new record of the record's kind and return its id."""
        event_id = pretend_id(self._random, at)
        self._written.append(
            Event(
                id=event_id,
                action=Action.CREATE,
                family_id=self._family_id,
                record_id=record_id or pretend_id(self._random, at),
                kind=_NAMES[type(record)],
                author_id=author_id,
                device_id=self._device_id,
                written_at=moment_text(at),
                fields=write(record),
                is_signing=is_signing,
            )
        )
        return self._written[-1].record_id

    def change(self, record_id: str, at: datetime, fields: Mapping[str, Any], was: Mapping[str, Any]) -> None:
        """Write down that the author of a record changed fields of it."""
        self._follow(record_id, at, Action.CHANGE, fields, was)

    def sign(self, record_id: str, at: datetime) -> None:
        """Write down that the author of a record signed it."""
        self._follow(record_id, at, Action.SIGN, {}, {})

    def _follow(
        self, record_id: str, at: datetime, action: Action, fields: Mapping[str, Any], was: Mapping[str, Any]
    ) -> None:
        last = next(event for event in reversed(self._written) if event.record_id == record_id)
        self._written.append(
            Event(
                id=pretend_id(self._random, at),
                action=action,
                family_id=self._family_id,
                record_id=record_id,
                kind=last.kind,
                author_id=last.author_id,
                device_id=self._device_id,
                written_at=moment_text(at),
                previous=last.id,
                fields=dict(fields),
                was=dict(was),
            )
        )

    @property
    def count(self) -> int:
        """How many events there are."""
        return len(self._written)

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, each after those that it needs."""
        return tuple(sorted(self._written, key=lambda event: event.written_at))
