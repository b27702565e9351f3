"""A laptop's word that copies of family files were destroyed on it, kept as it was signed."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from sf_council.api.exchange.bodies import decoded
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.problems import Declined
from sf_council.database.laptop import devices, wipe_receipts
from sf_council.signed import is_signed, read
from sf_record.ids import is_id
from sf_record.wire.leaving import WIPE_RECEIPT, WipeReceipt
from sf_record.wire.orders import Signed

router = APIRouter()


@router.post(
    "/v1/wipe-receipts",
    **documented("A laptop's word that copies were destroyed", takes=Signed, status=204, declines=signed_in()),
)
async def receipt(request: Request, asked: Proven = Depends(proven)) -> Response:
    """Keep a receipt that carries the laptop's own signature. Twice is once."""
    signed = decoded(request, asked.body, Signed)
    said = read(signed, WipeReceipt)
    if said is None or said.device_id != asked.caller.device_id or not is_id(said.id):
        raise Declined("body_invalid")
    await asked.council.database.writing(lambda connection: _keep(connection, asked, said, signed))
    return Response(status_code=204)


def _keep(connection: Connection, asked: Proven, said: WipeReceipt, signed: Signed) -> None:
    council, caller = asked.council, asked.caller
    row = devices.get(connection, council.id, caller.device_id)
    if row is None or not is_signed(signed, WIPE_RECEIPT, row.public_key):
        raise Declined("body_invalid", fields=("signature",))
    if wipe_receipts.keep(connection, council.id, said, signed, council.at()):
        council.note(connection, caller, "copies_destroyed", subject=said.id, code=str(len(said.families)))
