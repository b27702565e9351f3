"""What the operator's machines ask: is the process alive, can it serve, what has it counted."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from sf_council.api.council import council_of
from sf_council.api.exchange.openapi import documented
from sf_council.api.problems import Declined
from sf_council.database.lifecycle.migrate import is_migrated

router = APIRouter()
_SAID = {"type": "object", "properties": {"status": {"type": "string"}}, "required": ["status"]}


@router.get("/health/live", **documented("Is the process alive", gives=_SAID, declines=("failure",)))
async def live() -> Response:
    """Answer without asking anything."""
    return Response(b'{"status":"alive"}', media_type="application/json")


@router.get("/health/ready", **documented("Can it serve", gives=_SAID, declines=("failure", "busy")))
async def ready(request: Request) -> Response:
    """Answer if the database answers and has today's tables."""
    if not await council_of(request).database.reading(is_migrated):
        raise Declined("busy")
    return Response(b'{"status":"ready"}', media_type="application/json")


@router.get("/metrics", **documented("Counts for Prometheus", declines=("failure",)))
async def metrics(request: Request) -> Response:
    """Answer in Prometheus's text format."""
    return Response(council_of(request).metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
