"""What a laptop says of copies that it destroyed, and what it asks to have for a few days: receipts and visit packs."""

from __future__ import annotations

import base64
import binascii
from datetime import date, timedelta

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.exchange.bodies import decoded, packed
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.problems import Declined
from sf_council.database import audit
from sf_council.database.family import packs
from sf_council.database.laptop import devices, wipe_receipts
from sf_record.ids import is_id
from sf_record.wire.leaving import WIPE_RECEIPT, WipeReceipt
from sf_record.wire.orders import Signed, to_sign
from sf_record.wire.packs import MOST_DAYS, REASON_CODES, FindFamilies, TakePack, TeamFamily, VisitPack

router = APIRouter()
_MOST_FOUND = 20
_SHORTEST = 2


@router.post(
    "/v1/wipe-receipts",
    **documented("A laptop's word that copies were destroyed", takes=Signed, status=204, declines=signed_in()),
)
async def receipt(request: Request, asked: Proven = Depends(proven)) -> Response:
    """Keep a receipt that carries the laptop's own signature. Twice is once."""
    signed = decoded(request, asked.body, Signed)
    said = _said(signed)
    if said is None or said.device_id != asked.caller.device_id or not is_id(said.id):
        raise Declined("body_invalid")
    await asked.council.database.writing(lambda connection: _keep(connection, asked, said, signed))
    return Response(status_code=204)


@router.post(
    "/v1/team-families",
    **documented(
        "Family files of the team, by words of their names",
        takes=FindFamilies,
        gives={"type": "array", "items": {"$ref": f"#/components/schemas/{TeamFamily.__name__}"}},
        declines=signed_in(),
    ),
)
async def team_families(request: Request, asked: Proven = Depends(proven)) -> Response:
    """Answer with as much as is needed to choose one for a visit pack; each such look is audited."""
    words = decoded(request, asked.body, FindFamilies).words
    found: list[TeamFamily] = []
    if len(words.strip()) >= _SHORTEST and "\x00" not in words:
        found = await asked.council.database.writing(lambda connection: _found(connection, asked, words))
    return packed(request, msgspec.json.encode(found))


@router.post(
    "/v1/visit-packs",
    **documented(
        "Take a family file of the team along",
        takes=TakePack,
        gives=VisitPack,
        declines=signed_in("not_found", "version_refused", "version_ahead"),
    ),
)
async def take(request: Request, asked: Proven = Depends(proven)) -> Response:
    """Let the worker have a family file of their team until the end of a day, with a reason that is audited."""
    body = decoded(request, asked.body, TakePack)
    if not is_id(body.family_id):
        raise Declined("not_found")
    if body.reason not in REASON_CODES or not _is_near(body.until, asked.council.now().date()):
        raise Declined("body_invalid", fields=("until", "reason"))
    pack = await asked.council.database.writing(lambda connection: _take(connection, asked, body))
    if pack is None:
        raise Declined("not_found")
    return packed(request, msgspec.json.encode(pack))


def _said(signed: Signed) -> WipeReceipt | None:
    try:
        return msgspec.json.decode(signed.text, type=WipeReceipt)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _keep(connection: Connection, asked: Proven, said: WipeReceipt, signed: Signed) -> None:
    council, caller = asked.council, asked.caller
    row = devices.get(connection, council.id, caller.device_id)
    if row is None or not _is_signed(row.public_key, signed):
        raise Declined("body_invalid", fields=("signature",))
    if wipe_receipts.keep(connection, council.id, said, signed, council.at()):
        audit.note(
            connection, council.id, council.at(), "copies_destroyed",
            worker_id=caller.worker.id, device_id=caller.device_id, subject=said.id, code=str(len(said.families)),
        )  # fmt: skip


def _is_signed(public_key: str, signed: Signed) -> bool:
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
    try:
        key.verify(base64.b64decode(signed.signature, validate=True), to_sign(WIPE_RECEIPT, signed.text))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _found(connection: Connection, asked: Proven, words: str) -> list[TeamFamily]:
    council, caller = asked.council, asked.caller
    found = scope.team_families(connection, caller, words, council.now(), _MOST_FOUND)
    audit.note(
        connection, council.id, council.at(), "looked_for_cover",
        worker_id=caller.worker.id, device_id=caller.device_id, code=str(len(found)),
    )  # fmt: skip
    return found


def _take(connection: Connection, asked: Proven, body: TakePack) -> VisitPack | None:
    council, caller = asked.council, asked.caller
    if scope.may_see(connection, caller, body.family_id, council.now(), without_packs=True):
        return VisitPack(family_id=body.family_id, until="")
    if not scope.may_take(connection, caller, body.family_id, council.now()):
        return None
    packs.take(
        connection, council.id, caller.worker.id, body.family_id, until=body.until, reason=body.reason, at=council.at()
    )
    audit.note(
        connection, council.id, council.at(), "pack_taken",
        worker_id=caller.worker.id, device_id=caller.device_id, subject=body.family_id, code=body.reason,
    )  # fmt: skip
    return VisitPack(family_id=body.family_id, until=body.until)


def _is_near(until: str, today: date) -> bool:
    try:
        return today <= date.fromisoformat(until) <= today + timedelta(days=MOST_DAYS) and len(until) == 10
    except ValueError:
        return False
