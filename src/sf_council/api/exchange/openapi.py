"""Says truly what every endpoint takes and gives: schemas from the wire's own dataclasses, every error as a Problem."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from sf_council.api.problems import REASONS
from sf_record.wire import audit, orders, packs, tray
from sf_record.wire import rounds as wire

_REF = "#/components/schemas/{name}"
_OPEN = (
    "body_unreadable",
    "method_not_allowed",
    "body_too_large",
    "encoding_unknown",
    "body_invalid",
    "failure",
    "busy",
)
_SIGNED = ("clock_astray", "signature_refused", "replayed", "device_revoked", "worker_disabled")
_TOKEN = ("token_expired", "sign_in_expired")
_SHAPES = (
    wire.Greeting,
    wire.Enrol,
    wire.Enrolment,
    wire.SignIn,
    wire.Refresh,
    wire.Tokens,
    wire.RoundRequest,
    wire.RoundAnswer,
    wire.PullRequest,
    wire.PullEnd,
    wire.PullProof,
    wire.HistoryEntry,
    wire.AttachmentState,
    audit.AuditRequest,
    audit.AuditAnswer,
    tray.TrayChain,
    tray.Decide,
    tray.Decided,
    wire.Orders,
    orders.Signed,
    packs.FindFamilies,
    packs.TakePack,
    packs.TeamFamily,
    packs.VisitPack,
    wire.Problem,
)


def documented(
    summary: str,
    *,
    takes: type | None = None,
    gives: Any = None,
    streams: type | None = None,
    status: int = 200,
    declines: tuple[str, ...] = (*_OPEN, *_SIGNED, *_TOKEN),
) -> dict[str, Any]:
    """Return what a route is declared with. ``declines`` are the codes with which it may answer instead."""
    extra: dict[str, Any] = {}
    if takes is not None:
        required = takes.__name__ != "bytes"
        kind = "application/json" if required else "application/octet-stream"
        schema = {"$ref": _REF.format(name=takes.__name__)} if required else {"type": "string", "format": "binary"}
        extra["requestBody"] = {"required": True, "content": {kind: {"schema": schema}}}
    if "replayed" in declines:  # what every request that a laptop signs may be told
        token = any(code in declines for code in _TOKEN)
        extra["security"] = [{"signature": [], "token": []}] if token else [{"signature": []}]
    responses: dict[int | str, dict[str, Any]] = {status: _success(gives, streams, status)}
    for code in declines:
        described = responses.setdefault(REASONS[code].status, _problem(REASONS[code].status))
        described["description"] = ", ".join(part for part in (described["description"], code) if part)
    return {
        "summary": summary,
        "openapi_extra": extra,
        "responses": responses,
        "status_code": status,
        "response_model": None,
    }


def open_to_all(*more: str) -> tuple[str, ...]:
    """Return the codes of an endpoint that needs no signature."""
    return (*_OPEN, *more)


def signed_by_laptop(*more: str) -> tuple[str, ...]:
    """Return the codes of an endpoint that a known laptop signs, nobody being signed in yet."""
    return (*_OPEN, *_SIGNED, *more)


def signed_in(*more: str) -> tuple[str, ...]:
    """Return the codes of an endpoint that a signed-in worker uses."""
    return (*_OPEN, *_SIGNED, *_TOKEN, *more)


def describe(app: FastAPI) -> None:
    """Give the app a description in which every schema is that of the wire."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            _, schemas = msgspec.json.schema_components(_SHAPES, ref_template=_REF)
            components = made.setdefault("components", {})
            components["schemas"] = {**schemas}
            components["securitySchemes"] = _SECURITY
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


_SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "The access token, for fifteen minutes."},
    "signature": {
        "type": "apiKey",
        "in": "header",
        "name": "Signature",
        "description": "RFC 9421, Ed25519, with Signature-Input and Content-Digest; see docs/council.md.",
    },
}


def _success(gives: Any, streams: type | None, status: int) -> dict[str, Any]:
    if streams is not None:
        words = (
            f"Lines of JSON: Record lines in order of seq, then one {streams.__name__}, for each family file; since"
            " version 3 a PullProof after each piece"
        )
        return {"description": words, "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}
    if gives is None:
        text = {"text/plain": {"schema": {"type": "string"}}}
        return {"description": "Done", "content": {}} if status == 204 else {"description": "Text", "content": text}
    if isinstance(gives, dict):
        return {"description": "Answer", "content": {"application/json": {"schema": gives}}}
    return {
        "description": "Answer",
        "content": {"application/json": {"schema": {"$ref": _REF.format(name=gives.__name__)}}},
    }


def _problem(_status: int) -> dict[str, Any]:
    schema = {"$ref": _REF.format(name="Problem")}
    return {"description": "", "content": {"application/problem+json": {"schema": schema}}}
