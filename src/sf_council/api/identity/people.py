"""How a person comes in: the greeting, enrolling a laptop by a one-time code, signing in, fresh tokens."""

from __future__ import annotations

import base64
import binascii
import math
from datetime import timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.council import Council, council_of
from sf_council.api.exchange.bodies import decoded, packed, raw_body
from sf_council.api.exchange.openapi import documented, open_to_all, signed_by_laptop
from sf_council.api.identity.signatures import Signed, signed
from sf_council.api.problems import Declined
from sf_council.api.scope import Caller
from sf_council.database import audit
from sf_council.database.council import configuration
from sf_council.database.family import families
from sf_council.database.held.passing_on import pass_on
from sf_council.database.identity import attempts, sessions, workers
from sf_council.database.identity.workers import Account
from sf_council.database.laptop import devices
from sf_record.configuration import WorkerName
from sf_record.dates import moment_text
from sf_record.wire.rounds import OLDEST_PROTOCOL, PROTOCOL, Enrol, Enrolment, Greeting, Refresh, SignIn, Tokens

router = APIRouter()
_NAME_CHARACTERS = 200
_PASSWORD_CHARACTERS = 1_000


@router.get("/v1/greeting", **documented("Who this council is", gives=Greeting, declines=("failure", "busy")))
async def greeting(request: Request) -> Response:
    """Answer anybody."""
    council = council_of(request)
    settled = await council.database.reading(lambda connection: configuration.read(connection, council.id))
    said = Greeting(
        council_id=council.id,
        council_name=settled.council_name,
        protocol=PROTOCOL,
        oldest_protocol=OLDEST_PROTOCOL,
        at=council.at(),
        policy_key=council.keys.policy,
        sealing_key=council.keys.sealing,
        recovery_key=council.keys.recovery,
    )
    return packed(request, msgspec.json.encode(said))


@router.post(
    "/v1/devices",
    **documented(
        "Enrol a laptop",
        takes=Enrol,
        gives=Enrolment,
        declines=open_to_all("sign_in_refused", "too_many_attempts", "version_refused", "version_ahead"),
    ),
)
async def enrol(request: Request) -> Response:
    """Name, password and code are refused alike, so that none of them can be tried out by itself."""
    council = council_of(request)
    body = decoded(request, await raw_body(request), Enrol)
    if not _is_public_key(body.device_key):
        raise Declined("body_invalid", fields=("device_key",))
    account = await _right_account(request, council, body.username, body.password)
    enrolled = await council.database.writing(lambda connection: _enrol(connection, council, account, body))
    if enrolled is None:
        await _note_refusal(council, account)
        raise Declined("sign_in_refused")
    await _forget_failures(request, council, body.username)
    return packed(request, msgspec.json.encode(enrolled))


@router.post(
    "/v1/sign-in",
    **documented(
        "Sign in on a known laptop",
        takes=SignIn,
        gives=Tokens,
        declines=signed_by_laptop("sign_in_refused", "too_many_attempts", "version_refused", "version_ahead"),
    ),
)
async def sign_in(request: Request, asked: Signed = Depends(signed)) -> Response:
    """Only the worker who enrolled the laptop may sign in on it."""
    council = asked.council
    body = decoded(request, asked.body, SignIn)
    account = await _right_account(request, council, body.username, body.password)
    if account.worker.id != asked.device_worker_id:
        await _note_refusal(council, account)
        raise Declined("sign_in_refused")
    await _forget_failures(request, council, body.username)
    tokens = await council.database.writing(lambda connection: _start(connection, council, account, asked.device_id))
    return packed(request, msgspec.json.encode(tokens))


@router.post(
    "/v1/tokens",
    **documented("Fresh tokens", takes=Refresh, gives=Tokens, declines=signed_by_laptop("sign_in_expired")),
)
async def refresh(request: Request, asked: Signed = Depends(signed)) -> Response:
    """Exchange a refresh token; a second use of one ends the session."""
    council = asked.council
    body = decoded(request, asked.body, Refresh)
    tokens = await council.database.writing(lambda connection: _refresh(connection, asked, body.refresh_token))
    if tokens is None:
        raise Declined("sign_in_expired")
    return packed(request, msgspec.json.encode(tokens))


async def _right_account(request: Request, council: Council, username: str, password: str) -> Account:
    """Return the account if the password fits; slow for those who guess, alike for names that exist and that do not."""
    who, now = _who(request, username), council.now()
    if len(username) > _NAME_CHARACTERS or len(password) > _PASSWORD_CHARACTERS or "\x00" in username:
        raise Declined("sign_in_refused")
    # Counted before it is made: many tries at the same time would else all find the count as it was.
    pause = await council.database.writing(lambda connection: attempts.begin(connection, council.id, who, now))
    if pause > timedelta(0):
        raise Declined("too_many_attempts", wait_s=math.ceil(pause.total_seconds()))
    account = await council.database.reading(lambda connection: workers.account(connection, council.id, username))
    is_right = await council.passwords.is_right(account.password_hash if account else None, password)
    if account is None or not is_right or account.is_disabled:
        await _note_refusal(council, account)
        raise Declined("sign_in_refused")
    return account


async def _note_refusal(council: Council, account: Account | None) -> None:
    worker_id = account.worker.id if account else None
    await council.database.writing(
        lambda connection: audit.note(
            connection, council.id, council.at(), audit.Note("sign_in", worker_id, code="sign_in_refused")
        )
    )


async def _forget_failures(request: Request, council: Council, username: str) -> None:
    who = _who(request, username)
    await council.database.writing(lambda connection: attempts.succeeded(connection, council.id, who))


def _who(request: Request, username: str) -> str:
    return attempts.key(workers.folded(username), request.client.host if request.client else "")


def _enrol(connection: Connection, council: Council, account: Account, body: Enrol) -> Enrolment | None:
    now = council.now()
    worker = account.worker
    device_id = devices.enrol(
        connection, council.id, now, worker_id=worker.id, code=body.code, public_key=body.device_key
    )
    if device_id is None:
        return None
    _note(connection, council, "enrolled", worker.id, device_id)
    pass_on(connection, council.id, worker.id, now)
    tokens = sessions.start(connection, council.id, now, worker_id=worker.id, device_id=device_id)
    mine = scope.caseload(connection, Caller(council.id, worker, device_id), now)
    _, size = families.sizes(connection, council.id, [row.family_id for row in mine])
    leaves = timedelta(days=configuration.read(connection, council.id).copies_leave_after_days)
    return Enrolment(
        device_id=device_id,
        worker=WorkerName(id=worker.id, name=account.name, role=worker.role.value, team_id=worker.team_id),
        tokens=tokens,
        families=len(mine),
        records=sum(row.record_count for row in mine),
        size_bytes=size,
        until=moment_text(now + leaves),
    )


def _start(connection: Connection, council: Council, account: Account, device_id: str) -> Tokens:
    _note(connection, council, "signed_in", account.worker.id, device_id)
    return sessions.start(connection, council.id, council.now(), worker_id=account.worker.id, device_id=device_id)


def _refresh(connection: Connection, asked: Signed, refresh_token: str) -> Tokens | None:
    council = asked.council
    spent = sessions.refresh(
        connection, council.id, council.now(), refresh_token=refresh_token, device_id=asked.device_id
    )
    if spent.why == "reused":
        _note(connection, council, "sign_in", spent.worker_id, asked.device_id, code="refresh_reused")
    return spent.tokens


def _note(connection: Connection, council: Council, what: str, worker_id: str, device_id: str, code: str = "") -> None:
    audit.note(connection, council.id, council.at(), audit.Note(what, worker_id, device_id, code=code))


def _is_public_key(text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        return False
    return True
