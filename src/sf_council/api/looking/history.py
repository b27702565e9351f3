"""A record's history: every event that made it, looked at by somebody who may see its family file."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.exchange.bodies import packed
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.problems import Declined
from sf_council.database import audit
from sf_council.database.family import events
from sf_record.ids import is_id
from sf_record.wire.rounds import HistoryEntry

router = APIRouter()


@router.get(
    "/v1/families/{family_id}/records/{record_id}/history",
    **documented(
        "A record's history",
        gives={"type": "array", "items": {"$ref": f"#/components/schemas/{HistoryEntry.__name__}"}},
        declines=signed_in("not_found"),
    ),
)
async def history(request: Request, family_id: str, record_id: str, asked: Proven = Depends(proven)) -> Response:
    """Answer with the events that made the record; each look is audited. What is out of scope is not there."""
    if not (is_id(family_id) and is_id(record_id)):
        raise Declined("not_found")
    found = await asked.council.database.writing(lambda connection: _history(connection, asked, family_id, record_id))
    if not found:
        raise Declined("not_found")
    return packed(request, b"[" + b",".join(found) + b"]")


def _history(connection: Connection, asked: Proven, family_id: str, record_id: str) -> list[bytes]:
    council, caller = asked.council, asked.caller
    if not scope.may_see(connection, caller, family_id, council.now()):
        return []
    council.note(connection, caller, audit.HISTORY, subject=record_id)
    return [
        b'{"event":' + scope.event_for(caller, row.line) + b',"outcome":' + row.outcome + b"}"
        for row in events.history(connection, council.id, family_id, record_id)
    ]
