"""Writes records, events and small values as JSON for the vault's columns, and reads them back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from sf_record.configuration import Configuration
from sf_record.events import Event
from sf_record.record import Record
from sf_record.wire.rounds import record_wire


class _Id(msgspec.Struct):
    id: str


class Searched(msgspec.Struct):
    """What of a record's JSON its words are in, as plain values: whatever a later program makes of a record."""

    body: dict[str, Any]
    amendments: list[dict[str, Any]] = []
    conflicts: list[dict[str, Any]] = []


_ENCODER = msgspec.json.Encoder()
_ID = msgspec.json.Decoder(_Id)
_SEARCHED = msgspec.json.Decoder(Searched)
_RECORD = msgspec.json.Decoder(Record)
_EVENT = msgspec.json.Decoder(Event)
_CONFIGURATION = msgspec.json.Decoder(Configuration)


def record_text(record: Record) -> str:
    """Return a record's JSON as the wire has it."""
    return plain_text(record_wire(record))


def read_record(text: str | bytes) -> Record:
    """Read a record's JSON; what a newer program added beside the fields known here is left out."""
    return _RECORD.decode(text)


def read_id(text: str) -> str:
    """Return which record a record's JSON is of, without reading the rest of it."""
    return _ID.decode(text).id


def read_searched(text: str | bytes) -> Searched:
    """Read what of a record's JSON its words are in."""
    return _SEARCHED.decode(text)


def event_text(event: Event) -> str:
    return plain_text(event)


def read_event(text: str) -> Event:
    return _EVENT.decode(text)


def configuration_text(configuration: Configuration) -> str:
    return plain_text(configuration)


@lru_cache(maxsize=4)
def read_configuration(text: str) -> Configuration:
    """Read a configuration; asked for by every verb, so the last ones are remembered."""
    return _CONFIGURATION.decode(text)


def plain_text(value: Any) -> str:
    """Return any JSON value (or dataclass) as text."""
    return _ENCODER.encode(value).decode()


def read_plain(text: str) -> Any:
    """Read any JSON value."""
    return msgspec.json.decode(text)
