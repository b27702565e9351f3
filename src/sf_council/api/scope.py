"""The one place where the council asks who may see and do what: per request, from the database, by shared rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection

from sf_council.database.family import allocations, attachments, families, holds, packs
from sf_council.database.family.allocations import FamilyRow
from sf_council.database.family.families import Line
from sf_council.database.held import tray
from sf_council.database.held.tray import Lying
from sf_council.database.identity import workers
from sf_record.dates import day_in_england
from sf_record.description import Role
from sf_record.events import Event
from sf_record.ids import is_id
from sf_record.record import Record
from sf_record.rules.permissions import (
    Standing,
    Worker,
    hidden_fields,
    may_decide_tray,
    may_do,
    may_open_family,
    may_see_family,
    may_see_kind,
    may_take_along,
    standing_in,
)
from sf_record.wire.leaving import CLOSED, PACK_ENDED, REALLOCATED
from sf_record.wire.packs import TeamFamily
from sf_record.wire.rounds import Released

_A_DAY_ASTRAY = timedelta(days=1)  # how far a laptop's clock may be wrong and its work is taken


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request: a worker, on one of their laptops, both found in the database for this request."""

    council_id: str
    worker: Worker
    device_id: str


def caseload(connection: Connection, caller: Caller, now: datetime) -> tuple[FamilyRow, ...]:
    """Return the family files that the caller may see, by id."""
    is_of_centre = caller.worker.role is Role.CENTRE
    if not is_of_centre and not may_see_family(caller.worker, Standing.ALLOCATED):
        return ()
    rows = allocations.caseload(connection, caller.council_id, caller.worker, _today(now))
    if not is_of_centre:
        return rows
    groups = families.groups(connection, caller.council_id, [each.family_id for each in rows])
    return tuple(each for each in rows if each.family_id in groups)


def caseload_lines(connection: Connection, caller: Caller, now: datetime) -> str | None:
    """Return what the position of the same family files is made of; None where each must be looked at to know which."""
    if caller.worker.role is Role.CENTRE:
        return None
    if not may_see_family(caller.worker, Standing.ALLOCATED):
        return ""
    return allocations.caseload_lines(connection, caller.council_id, caller.worker, _today(now))


def standings(
    connection: Connection, caller: Caller, family_ids: Collection[str], now: datetime
) -> Mapping[str, Standing]:
    """Return how the caller stands to each of these family files."""
    found = allocations.standings(connection, caller.council_id, caller.worker, family_ids, _today(now))
    if caller.worker.role is not Role.CENTRE:
        return found
    groups = families.groups(connection, caller.council_id, tuple(found))
    return {each: standing_in(caller.worker, here, is_group=each in groups) for each, here in found.items()}


def standings_before(connection: Connection, caller: Caller, family_ids: Collection[str]) -> dict[str, Standing]:
    """Return how the caller stood to each of these family files when they were theirs."""
    groups = families.groups(connection, caller.council_id, family_ids)
    return {each: standing_in(caller.worker, Standing.ALLOCATED, is_group=each in groups) for each in family_ids}


def may_see(
    connection: Connection, caller: Caller, family_id: str, now: datetime, *, without_packs: bool = False
) -> bool:
    """Say whether the caller may see a family file."""
    standing = standings(connection, caller, (family_id,), now).get(family_id, Standing.NONE)
    if without_packs and standing is Standing.COVER:
        return False
    return may_see_family(caller.worker, standing)


def may_take(connection: Connection, caller: Caller, family_id: str, now: datetime) -> bool:
    """Say whether the caller may have a family file in a visit pack; a group's is for whoever is on the group."""
    if families.groups(connection, caller.council_id, (family_id,)):
        return False
    is_of_team = packs.is_of_team(connection, caller.council_id, caller.worker, family_id, _today(now))
    return may_take_along(caller.worker, is_of_team=is_of_team)


def team_families(connection: Connection, caller: Caller, words: str, now: datetime, most: int) -> list[TeamFamily]:
    """Return the family files that the caller may take along, by words of their names."""
    if not may_take_along(caller.worker, is_of_team=True):
        return []
    return packs.of_team(connection, caller.council_id, caller.worker, _today(now), words, most)


def pack_days(connection: Connection, caller: Caller, now: datetime) -> Mapping[str, str]:
    """Return until the end of which day the caller has those family files that are in a visit pack only."""
    every = packs.until_of(connection, caller.council_id, caller.worker.id, _today(now))
    if not every:
        return {}
    here = standings(connection, caller, every, now)
    return {each: until for each, until in every.items() if here.get(each) is Standing.COVER}


def released(connection: Connection, caller: Caller, gone: Collection[str], now: datetime) -> list[Released]:
    """Say why family files out of scope leave, and which are held. One that never was in scope tells nothing."""
    known = [each for each in gone if is_id(each)]
    if not known:
        return [Released(family_id=each, reason=REALLOCATED) for each in sorted(gone)]
    today, council_id = _today(now), caller.council_id
    past = [each for each, standing in standings(connection, caller, known, now).items() if standing is Standing.PAST]
    open_ = packs.is_anybody_allocated(connection, council_id, past, today)
    ended = packs.until_of(connection, council_id, caller.worker.id, today, past)
    held = holds.until_of(connection, council_id, past, today)
    why = {each: REALLOCATED if each in open_ else CLOSED for each in past} | dict.fromkeys(ended, PACK_ENDED)
    return [
        Released(family_id=each, reason=why.get(each, REALLOCATED), hold_until=held.get(each, ""))
        for each in sorted(gone)
    ]


def tray_of(connection: Connection, caller: Caller, now: datetime) -> list[tuple[Lying, ...]] | None:
    """Return what the caller may decide in the holding tray; None for somebody who may decide nothing there."""
    if not may_decide_tray(caller.worker):
        return None
    return tray.of_supervisor(connection, caller.council_id, caller.worker, _today(now), tray.CHAINS)


def tray_count(connection: Connection, caller: Caller, now: datetime) -> int:
    """Return how much waits in the holding tray for the caller to decide."""
    if not may_decide_tray(caller.worker):
        return 0
    return tray.count(connection, caller.council_id, caller.worker, _today(now))


def may_decide(connection: Connection, caller: Caller, family_id: str, author_id: str, now: datetime) -> bool:
    """Say whether the caller may decide work on this family file by this author: the file or the author is theirs."""
    if not may_decide_tray(caller.worker):
        return False
    author = workers.get(connection, caller.council_id, author_id)
    is_of_team = author is not None and author.team_id == caller.worker.team_id
    return is_of_team or may_see(connection, caller, family_id, now)


def may_bring(connection: Connection, caller: Caller, family_id: str, sha256: str, now: datetime) -> bool:
    """Say whether the caller may bring a content: as with events, also to a file that has moved, but then of their own
    work only. How far anything else of it has come would tell what the file holds now.
    """
    standing = standings(connection, caller, (family_id,), now).get(family_id, Standing.NONE)
    if may_see_family(caller.worker, standing):
        return True
    is_past = standing is Standing.PAST
    return is_past and attachments.is_of(connection, caller.council_id, family_id, sha256, caller.worker.id)


def may_have_contents(caller: Caller) -> bool:
    """Say whether the caller may read what an attachment says at all; a content is the whole of it."""
    return may_see_kind(caller.worker, "attachment")


def may_open(connection: Connection, caller: Caller, event: Event, now: datetime) -> bool:
    """Say whether an event may bring a new family file into being: allocated, from today or before, within the team.

    Today by the laptop's clock, which may be a day ahead: it lets nobody choose a day to come.
    """
    tomorrow = _today(now + _A_DAY_ASTRAY)
    if not may_open_family(caller.worker, event) or str(event.fields.get("began_on") or "~") > tomorrow:
        return False
    named = workers.get(connection, caller.council_id, str(event.fields.get("worker") or ""))
    return named is not None and named.team_id == caller.worker.team_id


def reason_against(caller: Caller, standing: Standing, event: Event, record: Record | None) -> str | None:
    """Return None where the caller may do this, else the code of the reason."""
    refused = may_do(caller.worker, standing, event, record)
    if refused is None and event.author_id != caller.worker.id:
        return "not_author"
    return refused


def lines_for(caller: Caller, lines: Collection[Line]) -> list[bytes]:
    """Give records' bytes as they are, except of kinds that have fields which the caller may not read."""
    kinds = {each.kind for each in lines}
    hidden = {kind: fields for kind in kinds if (fields := hidden_fields(caller.worker, kind))}
    if not hidden:
        return [each.line for each in lines]
    return [_line_without(caller, each, hidden[each.kind]) if each.kind in hidden else each.line for each in lines]


def event_for(caller: Caller, event: bytes) -> bytes:
    """Return an event's bytes as they are, unless its kind has fields that the caller may not read."""
    plain = msgspec.json.decode(event)
    hidden = hidden_fields(caller.worker, plain["kind"])
    if not hidden:
        return event
    for part in ("fields", "was"):
        plain[part] = {name: value for name, value in plain.get(part, {}).items() if name not in hidden}
    if not may_see_kind(caller.worker, plain["kind"]):
        plain |= dict.fromkeys(plain.keys() & {"text", "reason"}, "")
    return msgspec.json.encode(plain)


def _line_without(caller: Caller, line: Line, hidden: Collection[str]) -> bytes:
    plain = _without(msgspec.json.decode(line.line), hidden)
    return msgspec.json.encode(plain if may_see_kind(caller.worker, line.kind) else _without_words(plain))


def _without(record: dict[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    for part in ("body", "changes"):
        if part in record:
            record[part] = {name: value for name, value in record[part].items() if name not in hidden}
    if "conflicts" in record:
        record["conflicts"] = [each for each in record["conflicts"] if each["field"] not in hidden]
    return record


def _without_words(record: dict[str, Any]) -> dict[str, Any]:
    """Take out what was said of a record, where all of the record itself is hidden: that it was said remains."""
    if record.get("amendments"):
        record["amendments"] = [each | {"text": ""} for each in record["amendments"]]
    if record.get("in_error"):
        record["in_error"] |= {"reason": ""}
    return record


def _today(now: datetime) -> str:
    return day_in_england(now).isoformat()
