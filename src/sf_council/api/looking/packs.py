"""Visit packs: a family file of the team, found by its name and taken along for a few days."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.exchange.bodies import decoded, packed
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.problems import Declined
from sf_council.database.family import packs
from sf_record.dates import day_in_england
from sf_record.ids import is_id
from sf_record.wire.packs import MOST_DAYS, REASON_CODES, FindFamilies, TakePack, TeamFamily, VisitPack

router = APIRouter()
_MOST_FOUND = 20
_SHORTEST = 2


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
    if body.reason not in REASON_CODES or not _is_near(body.until, day_in_england(asked.council.now())):
        raise Declined("body_invalid", fields=("until", "reason"))
    pack = await asked.council.database.writing(lambda connection: _take(connection, asked, body))
    if pack is None:
        raise Declined("not_found")
    return packed(request, msgspec.json.encode(pack))


def _found(connection: Connection, asked: Proven, words: str) -> list[TeamFamily]:
    council, caller = asked.council, asked.caller
    found = scope.team_families(connection, caller, words, council.now(), _MOST_FOUND)
    council.note(connection, caller, "looked_for_cover", code=str(len(found)))
    for each in found:  # its name was shown: that is a look at it
        council.note(connection, caller, "looked_for_cover", subject=each.family_id)
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
    council.note(connection, caller, "pack_taken", subject=body.family_id, code=body.reason)
    return VisitPack(family_id=body.family_id, until=body.until)


def _is_near(until: str, today: date) -> bool:
    try:
        return today <= date.fromisoformat(until) <= today + timedelta(days=MOST_DAYS) and len(until) == 10
    except ValueError:
        return False
