"""The one dependency that proves a request: the laptop's RFC 9421 signature, and the worker's access token."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import Depends, Request
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature
from http_message_signatures.algorithms import ED25519
from sqlalchemy import Connection, bindparam, null, select

from sf_council.api.council import Council, council_of
from sf_council.api.exchange.bodies import raw_body
from sf_council.api.identity import usual_form
from sf_council.api.identity.usual_form import Sent
from sf_council.api.problems import Declined
from sf_council.api.scope import Caller
from sf_council.database.identity import nonces
from sf_council.database.identity.sessions import token_hash
from sf_council.database.spelt import Spelt
from sf_council.database.tables import device, session, token, worker
from sf_record.dates import moment_text
from sf_record.description import Role
from sf_record.rules.permissions import Worker
from sf_record.wire.rounds import NONCE_SECONDS, SIGNATURE_SECONDS, SIGNED_COMPONENTS, SIGNED_WITH_TOKEN

_KEY_ID = re.compile(r';keyid="([0-9a-f-]{36})"')
_NONCE_CHARACTERS = range(16, 129)
_FORGET_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Signed:
    """A request whose signature holds: from which laptop, by whom if a token was sent, and its body as sent."""

    council: Council
    device_id: str
    device_worker_id: str
    caller: Caller | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Proven:
    """A request by a signed-in worker."""

    council: Council
    caller: Caller
    body: bytes


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop that signed a request, whatever its standing: it may be told what it is ordered, and nothing else."""

    council: Council
    device_id: str


async def a_laptop(request: Request) -> Laptop:
    """Prove which laptop signed, also one that was revoked or whose worker's account is closed."""
    council = council_of(request)
    proof = await proof_of(request)
    return Laptop(council, await council.database.noting(proof.check_laptop))


async def signed(request: Request) -> Signed:
    """Prove the laptop's signature, and the token where one is sent; the nonce counts from here as used."""
    proof = await proof_of(request)
    return await council_of(request).database.noting(proof.check)


async def proven(request: Signed = Depends(signed)) -> Proven:
    """Prove that a signed-in worker asks."""
    return _of_worker(request)


def _of_worker(signed_: Signed) -> Proven:
    if signed_.caller is None:
        raise Declined("sign_in_expired")
    return Proven(signed_.council, signed_.caller, signed_.body)


async def proof_of(request: Request) -> Proof:
    """Return what is to be checked of a request, whose body it reads; nonces of long ago are forgotten meanwhile."""
    council = council_of(request)
    proof = Proof(request, await raw_body(request), council)
    now = int(council.now().timestamp())
    if now % _FORGET_SECONDS == 0:
        await council.database.noting(lambda connection: nonces.forget(connection, council.id, now))
    return proof


@dataclass(frozen=True, slots=True)
class _Message:
    """A request as the verifying library wants it. The scheme is not signed: a proxy may have ended TLS."""

    method: str
    url: str
    headers: Mapping[str, str]


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key_id: str, public_key: Ed25519PublicKey) -> None:
        self._key_id = key_id
        self._public_key = public_key

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        return self._public_key if key_id == self._key_id else None


class _Verifier(HTTPMessageVerifier):
    # Ages are judged below, by the council's clock, so that a wrong clock is not taken for a forged signature.
    max_clock_skew = timedelta(days=36_500)


class Proof:
    """Checks one request in one transaction."""

    def __init__(self, request: Request, body: bytes, council: Council) -> None:
        self.council = council
        self._now = council.now()
        host = request.headers.get("host", "")
        path = request.scope.get("raw_path", b"").decode("latin-1")
        query = request.scope["query_string"].decode("latin-1")
        self._sent = Sent(request.method, host, path, query, request.headers, body)
        self._token = _bearer(request)
        named = _KEY_ID.search(request.headers.get("signature-input", ""))
        if named is None:
            raise Declined("signature_refused")
        self._device_id = named.group(1)

    def check_laptop(self, connection: Connection) -> str:
        """Check signature, clock and nonce; return the laptop's id."""
        row = self._without_token(connection)
        if row is None:
            raise Declined("signature_refused")
        self._check_freshness(connection, self._verified(row.public_key))
        return self._device_id

    def check(self, connection: Connection) -> Signed:
        """Check signature, clock, nonce, laptop, worker and token, in this order."""
        row = self._with_token(connection) or self._without_token(connection)
        if row is None:
            raise Declined("signature_refused")
        parameters = self._verified(row.public_key)
        self._check_freshness(connection, parameters)
        if row.revoked_at is not None:
            raise Declined("device_revoked")
        if row.is_disabled:
            raise Declined("worker_disabled")
        person = Worker(row.worker_id, Role(row.role), row.team_id)
        caller = Caller(self.council.id, person, self._device_id) if self._token else None
        if caller is not None:
            _check_session(row, self._now)
        return Signed(self.council, self._device_id, row.worker_id, caller, self._sent.body)

    def check_worker(self, connection: Connection) -> Proven:
        """Check all that, and that a signed-in worker asks."""
        return _of_worker(self.check(connection))

    def _with_token(self, connection: Connection) -> Any:
        if not self._token:
            return None
        return _WITH_TOKEN.row(connection, of=self.council.id, hash=token_hash(self._token), device=self._device_id)

    def _without_token(self, connection: Connection) -> Any:
        asked = (
            select(*_PERSON, null().label("until"), null().label("ended_at"))
            .join(worker, (worker.c.council_id == device.c.council_id) & (worker.c.worker_id == device.c.worker_id))
            .where(device.c.council_id == self.council.id, device.c.device_id == self._device_id)
        )
        return connection.execute(asked).one_or_none()

    def _verified(self, public_key: str) -> Mapping[str, Any]:
        key = _key(public_key)
        return usual_form.proved(self._sent, self._device_id, key) or self._verified_in_any_form(key)

    def _verified_in_any_form(self, key: Ed25519PublicKey) -> Mapping[str, Any]:
        sent = self._sent
        url = f"http://{sent.host}{sent.path}" + (f"?{sent.query}" if sent.query else "")
        message = _Message(sent.method, url, sent.headers)
        verifier = _Verifier(signature_algorithm=ED25519, key_resolver=_OneKey(self._device_id, key))
        wanted = SIGNED_WITH_TOKEN if "authorization" in sent.headers else SIGNED_COMPONENTS
        try:
            (result,) = verifier.verify(message, max_age=None, require_components=wanted, body=sent.body)
        except InvalidSignature as error:
            raise Declined("signature_refused") from error
        return result.parameters

    def _check_freshness(self, connection: Connection, parameters: Mapping[str, Any]) -> None:
        now = int(self._now.timestamp())
        created, nonce = parameters.get("created"), parameters.get("nonce")
        if not isinstance(created, int) or not isinstance(nonce, str) or len(nonce) not in _NONCE_CHARACTERS:
            raise Declined("signature_refused")
        if abs(created - now) > SIGNATURE_SECONDS:
            raise Declined("clock_astray")
        if not nonces.is_fresh(connection, self.council.id, self._device_id, nonce, now + NONCE_SECONDS):
            raise Declined("replayed")


@lru_cache(maxsize=10_000)  # of the text that the database has just given: whether it holds is asked there each time
def _key(public: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(b64decode(public))


_PERSON = (
    device.c.public_key,
    device.c.revoked_at,
    worker.c.worker_id,
    worker.c.role,
    worker.c.team_id,
    worker.c.is_disabled,
)

# Made once: putting a statement together costs more than asking it.
_WITH_TOKEN = Spelt(
    select(*_PERSON, token.c.until, session.c.ended_at)
    .join(session, (session.c.council_id == token.c.council_id) & (session.c.session_id == token.c.session_id))
    .join(device, (device.c.council_id == token.c.council_id) & (device.c.device_id == session.c.device_id))
    .join(worker, (worker.c.council_id == token.c.council_id) & (worker.c.worker_id == session.c.worker_id))
    .where(
        token.c.council_id == bindparam("of"),
        token.c.token_hash == bindparam("hash"),
        token.c.purpose == "access",
        device.c.device_id == bindparam("device"),
    )
)


def _check_session(row: Any, now: datetime) -> None:
    """Tell a short pass that ran out (a fresh one can be had) from a sign-in that ended."""
    if row.until is None or row.ended_at is not None:
        raise Declined("sign_in_expired")
    if row.until <= moment_text(now):
        raise Declined("token_expired")


def _bearer(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""
