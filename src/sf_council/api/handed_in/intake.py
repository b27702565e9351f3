"""Takes in what was handed in sealed: each event exactly once, by the same judge as if its author's laptop had sent it.

Whoever has the council's public key can seal; so who wrote an event, and on which laptop, is held against what the
council knows, and nothing in a file can do more than its author could. Nobody's text leaves this room: only ids do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

import msgspec
from anyio.lowlevel import checkpoint
from sqlalchemy import Connection

from sf_council.api.council import Council
from sf_council.api.events import incoming
from sf_council.api.events.applying import apply_events
from sf_council.api.events.incoming import Incoming
from sf_council.api.handed_in.handed_contents import take_content
from sf_council.api.handed_in.unfinished import OLDER, STANDS, keep_unfinished
from sf_council.api.scope import Caller
from sf_council.database.family import events
from sf_council.database.identity import workers
from sf_council.database.laptop import devices
from sf_council.sealedfile import Damage, Entry
from sf_council.sealing import open_sealed
from sf_record.ids import is_id
from sf_record.outcomes import Outcome, Result
from sf_record.wire.rounds import PAGE_BYTES, PAGE_RECORDS, SEALED_BEGUN
from sf_record.wire.tray import FAMILY_MOVED, UNFINISHED

CONTENT = "attachment:"  # begins the id of an entry that holds the key to an attachment's content


class Fate(StrEnum):
    """What became of one entry of a file."""

    TAKEN = "taken"
    CONFLICT = "taken, in conflict"
    TRAY = "in the holding tray"
    UNFINISHED = "begun and never finished, in the holding tray"
    FINISHED = "begun, and finished since"
    HELD = "held"
    REFUSED = "refused"
    KNOWN = "known before"
    WITHDRAWN = "withdrawn by its author"
    CONTENT = "content of an attachment, taken"
    CONTENT_KNOWN = "content of an attachment, known before"
    CONTENT_READABLE = "content of an attachment, can be taken in"
    CONTENT_MISSING = (
        "content of an attachment, whose file does not lie in the folder attachments beside the sealed file"
    )
    CONTENT_DAMAGED = "content of an attachment, damaged"
    CONTENT_UNNAMED = "content of an attachment that no record names"
    STRANGER = "not of a worker and laptop of this council"
    DAMAGED = "damaged"
    READABLE = "can be taken in"


_CONTENTS = {
    "taken": Fate.CONTENT,
    "known": Fate.CONTENT_KNOWN,
    "readable": Fate.CONTENT_READABLE,
    "missing": Fate.CONTENT_MISSING,
    "damaged": Fate.CONTENT_DAMAGED,
    "unnamed": Fate.CONTENT_UNNAMED,
}


@dataclass(frozen=True, slots=True)
class Handed:
    """One entry: its id (or where the damage is), what became of it, and why."""

    name: str
    fate: Fate
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Own:
    """An event whose author and laptop the council knows."""

    caller: Caller
    event: Incoming
    is_begun: bool


async def take_in(
    council: Council,
    sealing_key: bytes,
    parts: Iterable[Entry | Damage],
    *,
    is_check: bool = False,
    folder: Path = Path("attachments"),
) -> AsyncIterator[Handed]:
    """Take in a file's events and say what became of each entry; with ``is_check`` only say what would be tried.

    The contents of attachments, for which the file holds the keys, lie in ``folder``; they come after what names them.
    What was said of an entry stands: whoever stops between two knows what was taken in.
    """
    told: list[Handed] = []
    waiting, contents = await _sorted(council, _opened(sealing_key, parts, told), told)
    waiting.sort(key=lambda each: each.is_begun)  # what was finished comes first: what was begun may build on it
    known = await _known(council, waiting)
    told += [Handed(each.event.event_id, Fate.KNOWN) for each in waiting if each.event.event_id in known]
    fresh = [each for each in waiting if each.event.event_id not in known]
    if is_check:
        told += [Handed(each.event.event_id, Fate.READABLE) for each in fresh]
    for each in told:
        yield each
    for page in () if is_check else _pages(fresh):
        await checkpoint()  # SQLite never waits: without this nobody could stop it
        take = keep_unfinished if page[0].is_begun else apply_events
        for outcome in await take(council, page[0].caller, [each.event for each in page]):
            yield Handed(outcome.event_id, _fate(outcome), outcome.code)
    for content in contents:
        await checkpoint()
        yield await _content(council, folder, *content, is_check=is_check)


async def _sorted(
    council: Council, opened: Iterable[tuple[str, bytes]], told: list[Handed]
) -> tuple[list[_Own], list[tuple[str, bytes]]]:
    """Return the events that somebody here wrote, and the keys of contents; what is neither is told at once."""
    entries = [*opened]
    withdrawn = {id_ for _, payload in entries if (id_ := _withdrawal(payload))}
    waiting: list[_Own] = []
    contents: list[tuple[str, bytes]] = []
    for name, payload in entries:
        if name.startswith(CONTENT):
            contents.append((name.removeprefix(CONTENT), payload))
        elif name in withdrawn:
            told.append(Handed(name, Fate.WITHDRAWN))
        elif not _withdrawal(payload):
            own = await _own(council, name, payload)
            if own is None:
                told.append(Handed(name, Fate.STRANGER))
            else:
                waiting.append(own)
    return waiting, contents


def laptops_in(sealing_key: bytes, parts: Iterable[Entry | Damage]) -> Counter[tuple[str, str]]:
    """Count a file's entries by what they say of themselves: ``(author id, laptop id)``, known or not."""
    read = (incoming.read([msgspec.Raw(payload)])[0].event for _, payload in _opened(sealing_key, parts, []))
    return Counter((each.author_id, each.device_id) for each in read if each and is_id(each.device_id))


async def _content(council: Council, folder: Path, name: str, payload: bytes, *, is_check: bool) -> Handed:
    return Handed(name, _CONTENTS[await take_content(council, folder, payload, is_check=is_check)])


def _opened(key: bytes, parts: Iterable[Entry | Damage], told: list[Handed]) -> Iterator[tuple[str, bytes]]:
    for part in parts:
        if isinstance(part, Damage):
            told.append(Handed(f"{part.size} bytes from {part.at}", Fate.DAMAGED))
            continue
        payload = open_sealed(key, part.sealed, part.name.encode())
        if payload is None:
            told.append(Handed(part.name if _is_name(part.name) else "an entry", Fate.DAMAGED))
        else:
            yield part.name, payload


def _is_name(name: str) -> bool:
    plain = name.removeprefix(CONTENT).removeprefix(SEALED_BEGUN)
    return is_id(plain) or plain.isalnum()


def _withdrawal(payload: bytes) -> str:
    """Return the id of the event that an entry withdraws, if it withdraws one."""
    try:
        found = msgspec.json.decode(payload, type=dict[str, msgspec.Raw]).get("withdrawn")
        id_ = msgspec.json.decode(found, type=str) if found is not None else ""
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return ""
    return id_ if is_id(id_) else ""


async def _own(council: Council, name: str, payload: bytes) -> _Own | None:
    """Hold the envelope against the council: its id, its author, and the author's laptop."""
    (event,) = incoming.read([msgspec.Raw(payload)])
    is_begun = name.startswith(SEALED_BEGUN)
    if event.event is None or (event.event_id != name and not is_begun):
        return None
    author_id, device_id = event.event.author_id, event.event.device_id

    def find(connection: Connection) -> Caller | None:
        worker = workers.get(connection, council.id, author_id)
        laptop = devices.get(connection, council.id, device_id)
        if worker is None or laptop is None or laptop.worker_id != author_id:
            return None
        return Caller(council.id, worker, device_id)

    caller = await council.database.reading(find)
    return None if caller is None else _Own(caller, event, is_begun)


async def _known(council: Council, waiting: Sequence[_Own]) -> frozenset[str]:
    """Return the ids of those that have their final answer, whatever it was."""
    found: set[str] = set()
    for at in range(0, len(waiting), PAGE_RECORDS):
        ids = [each.event.event_id for each in waiting[at : at + PAGE_RECORDS]]
        answered = await council.database.reading(
            lambda connection, ids=ids: events.answered(connection, council.id, ids)  # type: ignore[misc]
        )
        found |= answered.keys()
    return frozenset(found)


def _pages(own: Sequence[_Own]) -> Iterator[list[_Own]]:
    """Yield pages of one author's events on one laptop, in the order of the file, as large as those of a round."""
    for _, part in groupby(own, key=lambda each: (each.caller, each.is_begun)):
        page: list[_Own] = []
        size = 0
        for each in part:
            size += len(each.event.line)
            if page and (len(page) >= PAGE_RECORDS or size > PAGE_BYTES):
                yield page
                page, size = [], len(each.event.line)
            page.append(each)
        yield page


def _fate(outcome: Outcome) -> Fate:
    by_code = {FAMILY_MOVED: Fate.TRAY, UNFINISHED: Fate.UNFINISHED, STANDS: Fate.FINISHED, OLDER: Fate.KNOWN}
    if outcome.code in by_code:
        return by_code[outcome.code]
    fates = {Result.CONFLICT: Fate.CONFLICT, Result.HELD: Fate.HELD, Result.REFUSED: Fate.REFUSED}
    return fates.get(outcome.result, Fate.TAKEN)
