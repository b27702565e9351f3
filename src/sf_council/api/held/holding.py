"""The holding tray for supervisors: what waits there for them to decide, and their decisions."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from sf_council.api import scope
from sf_council.api.exchange.bodies import decoded, packed
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.held.placing import Deciding
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.problems import Declined
from sf_council.database.held.tray import Lying
from sf_record.ids import is_id
from sf_record.wire.rounds import BODY_BYTES
from sf_record.wire.tray import Decide, Decided, TrayChain

router = APIRouter()
_LIST_BYTES = BODY_BYTES // 2


@router.get(
    "/v1/holding",
    **documented(
        "What waits in the holding tray",
        gives={"type": "array", "items": {"$ref": f"#/components/schemas/{TrayChain.__name__}"}},
        declines=signed_in("not_found"),
    ),
)
async def listed(request: Request, asked: Proven = Depends(proven)) -> Response:
    """Answer a supervisor with what came first, up to 200 or 4 MB of it; the look is audited. Others have no tray."""
    found = await asked.council.database.writing(lambda connection: _listed(connection, asked))
    return packed(request, b"[" + b",".join(found) + b"]")


@router.post(
    "/v1/holding/{event_id}/decision",
    **documented(
        "Decide what waits in the holding tray",
        takes=Decide,
        gives=Decided,
        declines=signed_in("not_found", "decided_already", "more_came"),
    ),
)
async def decision(request: Request, event_id: str, asked: Proven = Depends(proven)) -> Response:
    """Accept it into the family file, or return it to its author. What does not fit any more stays where it is."""
    if not is_id(event_id):
        raise Declined("not_found")
    body = decoded(request, asked.body, Decide)
    deciding = Deciding(asked.council, asked.caller, event_id, body)
    try:
        decided = await asked.council.database.writing(deciding.run)
    except IntegrityError:  # the same id arrived elsewhere at this moment; asked again, it is judged by what is there
        raise Declined("busy") from None
    return packed(request, msgspec.json.encode(decided))


def _listed(connection: Connection, asked: Proven) -> list[bytes]:
    council, caller = asked.council, asked.caller
    chains = scope.tray_of(connection, caller, council.now())
    if chains is None:
        raise Declined("not_found")
    found: list[bytes] = []
    of: dict[str, None] = {}
    size = 0
    for chain in chains:
        line = _line(asked, chain)
        size += len(line)
        if found and size > _LIST_BYTES:
            break
        found.append(line)
        of[chain[0].family_id] = None
    council.note(connection, caller, "looked_at_tray", code=str(len(found)))
    for family_id in of:  # what was written in it is read: that is a look at it
        council.note(connection, caller, "looked_at_tray", subject=family_id)
    return found


def _line(asked: Proven, chain: tuple[Lying, ...]) -> bytes:
    first = chain[0]
    events = b",".join(scope.event_for(asked.caller, each.line) for each in chain)
    said = {
        "event_id": first.event_id,
        "family_id": first.family_id,
        "record_id": first.record_id,
        "kind": msgspec.json.decode(first.line)["kind"],
        "author_id": first.author_id,
        "at": first.at,
        "code": first.code,
    }
    return msgspec.json.encode(said)[:-1] + b',"events":[' + events + b"]}"
