"""Reads each event of a request by itself, so that one that cannot be read does not take the others with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from sf_record.dates import read_moment
from sf_record.description import PROSE_CHARACTERS
from sf_record.events import Event
from sf_record.ids import is_id
from sf_record.wire.rounds import EVENT_BYTES, Report


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """``wire.RoundRequest`` with its events still unread."""

    protocol: int
    position: str
    config: int = 0
    report: Report | None = None
    cursors: dict[str, int] | None = None
    digests: dict[str, str] = {}
    events: tuple[msgspec.Raw, ...] = ()
    decisions: int = 0
    leaving: tuple[str, ...] = ()


class _Named(msgspec.Struct):
    id: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event as it was sent: read, or with the code that says why it could not be."""

    event_id: str
    line: bytes
    event: Event | None
    code: str = ""


def read(lines: Iterable[msgspec.Raw]) -> list[Incoming]:
    """Read each event; none of them stops the others."""
    return [read_line(bytes(line)) for line in lines]


def read_line(line: bytes) -> Incoming:
    """Read one event."""
    if len(line) > EVENT_BYTES:
        return Incoming(_id_of(line), line, None, "too_large")
    event = event_of(line)
    if event is None:
        return Incoming(_id_of(line), line, None, "poisoned")
    return Incoming(event.id, line, event, "" if _is_sound(event) else "poisoned")


def event_of(line: bytes) -> Event | None:
    """Return the event that a line holds; None for one that cannot be read."""
    try:
        return msgspec.json.decode(line, type=Event)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return None


def _id_of(line: bytes) -> str:
    try:
        found = msgspec.json.decode(line, type=_Named).id
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return ""
    return found if is_id(found) else ""


def _is_sound(event: Event) -> bool:
    """Say whether the parts that every event has can be stored and compared."""
    ids = (event.id, event.family_id, event.record_id, event.author_id, event.device_id)
    texts = (event.text, event.reason)
    if not all(is_id(each) for each in ids) or (event.previous is not None and not is_id(event.previous)):
        return False
    if any("\x00" in each or len(each) > PROSE_CHARACTERS for each in texts) or event.base_seq < 0:
        return False
    try:
        read_moment(event.written_at)
    except ValueError:
        return False
    return True
