"""A place at the council for each laptop's recovery slot, which only the offline recovery key opens."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Connection

from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.problems import Declined
from sf_council.database.laptop import devices

router = APIRouter()
SLOT_BYTES = 65_536


@router.put(
    "/v1/devices/me/recovery-slot",
    **documented("Keep this laptop's recovery slot", takes=bytes, status=204, declines=signed_in()),
)
async def keep_slot(asked: Proven = Depends(proven)) -> Response:
    """Keep what only the council's recovery key can open."""
    if not asked.body:
        raise Declined("body_invalid")
    if len(asked.body) > SLOT_BYTES:
        raise Declined("body_too_large")
    await asked.council.database.writing(lambda connection: _keep_slot(connection, asked))
    return Response(status_code=204)


def _keep_slot(connection: Connection, asked: Proven) -> None:
    council, caller = asked.council, asked.caller
    devices.keep_slot(connection, council.id, caller.device_id, asked.body, council.now())
    council.note(connection, caller, "kept_recovery_slot")
