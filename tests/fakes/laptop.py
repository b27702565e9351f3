"""A laptop as the council sees it: signs requests as RFC 9421 wants, and can be told to sign them badly."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
import requests
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519

from sf_record.dates import moment_text
from sf_record.events import Action, Event
from sf_record.ids import new_id
from sf_record.wire.rounds import (
    SIGNATURE_LABEL,
    SIGNED_COMPONENTS,
    SIGNED_WITH_TOKEN,
    Enrolment,
    RoundAnswer,
    Tokens,
)
from tests.fakes.council import PASSWORD, RunningCouncil


class _Key(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self.key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self.key


@dataclass
class PretendLaptop:
    """A key, and once it is enrolled an id and tokens."""

    council: RunningCouncil
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    http: requests.Session = field(default_factory=requests.Session)
    enrolment: Enrolment | None = None
    tokens: Tokens | None = None

    @property
    def device_id(self) -> str:
        assert self.enrolment is not None
        return self.enrolment.device_id

    @property
    def worker_id(self) -> str:
        assert self.enrolment is not None
        return self.enrolment.worker.id

    @property
    def device_key(self) -> str:
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    def enrol(self, username: str, *, code: str | None = None, password: str = PASSWORD) -> requests.Response:
        body = {
            "protocol": 1,
            "username": username,
            "password": password,
            "code": code or self.council.code(username),
            "device_key": self.device_key,
        }
        answer = self.http.post(f"{self.council.url}/v1/devices", data=msgspec.json.encode(body), timeout=30)
        if answer.status_code == 200:
            self.enrolment = msgspec.json.decode(answer.content, type=Enrolment)
            self.tokens = self.enrolment.tokens
        return answer

    def send(self, method: str, path: str, body: Any = b"", **asked: Any) -> requests.Response:
        """Send a signed request, made as :meth:`prepare` is asked to."""
        return self.http.send(self.prepare(method, path, body, **asked), timeout=60)

    def prepare(
        self,
        method: str,
        path: str,
        body: Any = b"",
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        created: datetime | None = None,
        nonce: str | None = None,
        key_id: str | None = None,
        covered: tuple[str, ...] | None = None,
        zstd: bool = False,
    ) -> requests.PreparedRequest:
        """Make a signed request; ``token`` of "" sends none."""
        data = body if isinstance(body, bytes) else msgspec.json.encode(body)
        if zstd:
            data = zstandard.ZstdCompressor().compress(data)
        sent = {"Accept-Encoding": "zstd", **({"Content-Encoding": "zstd"} if zstd else {}), **(headers or {})}
        bearer = token if token is not None else (self.tokens.access_token if self.tokens else "")
        if bearer:
            sent["Authorization"] = f"Bearer {bearer}"
        prepared = requests.Request(method, f"{self.council.url}{path}", data=data or None, headers=sent).prepare()
        signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_Key(self.key))
        signer.sign(
            _Signable(prepared),
            key_id=key_id or self.device_id,
            created=created or self.council.clock.now(),
            nonce=nonce or secrets.token_urlsafe(18),
            label=SIGNATURE_LABEL,
            covered_component_ids=covered or (SIGNED_WITH_TOKEN if bearer else SIGNED_COMPONENTS),
            body=data,
        )
        return prepared

    def round(
        self,
        *,
        position: str = "",
        cursors: Mapping[str, int] | None = None,
        events: tuple[Event, ...] = (),
        config: int = 0,
    ) -> RoundAnswer:
        answer = self.send("POST", "/v1/rounds", self.round_body(position, cursors, events, config))
        assert answer.status_code == 200, answer.content
        return msgspec.json.decode(plain(answer), type=RoundAnswer)

    def round_body(
        self, position: str, cursors: Mapping[str, int] | None, events: tuple[Any, ...], config: int = 0
    ) -> dict[str, Any]:
        return {"protocol": 1, "position": position, "config": config, "cursors": cursors, "events": events}

    def pull(self, cursors: Mapping[str, int]) -> list[dict[str, Any]]:
        answer = self.send("POST", "/v1/pull", {"protocol": 1, "cursors": cursors})
        assert answer.status_code == 200, answer.content
        return [msgspec.json.decode(line) for line in plain(answer).splitlines()]

    def event(self, family_id: str, *, action: Action = Action.CREATE, kind: str = "note", **more: Any) -> Event:
        now = self.council.clock.now()
        return Event(
            id=more.pop("id", None) or new_id(now, secrets.token_bytes(10)),
            action=action,
            family_id=family_id,
            record_id=more.pop("record_id", None) or new_id(now, secrets.token_bytes(10)),
            kind=kind,
            author_id=more.pop("author_id", self.worker_id),
            device_id=more.pop("device_id", self.device_id),
            written_at=more.pop("written_at", None) or moment_text(now),
            **more,
        )

    def note(self, family_id: str, text: str = "Pretend note", **more: Any) -> Event:
        at = moment_text(self.council.clock.now() - timedelta(minutes=1))
        fields = {"type": "note", "happened_at": at, "text": text, **more.pop("fields", {})}
        return self.event(family_id, fields=fields, **more)


def attachment_fields(content: bytes, **more: Any) -> dict[str, Any]:
    """Return what an attachment of this content says of itself."""
    fields = {"caption": "Pretend picture", "sort": "photograph", "taken_at": "2026-11-23T09:00:00.000000Z"}
    proof = {"media_type": "image/png", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return {**fields, **proof, **more}


class _Signable:
    """A prepared request as the signing library wants it."""

    def __init__(self, prepared: requests.PreparedRequest) -> None:
        self.method = prepared.method
        self.url = prepared.url
        self.headers = prepared.headers


def plain(answer: requests.Response) -> bytes:
    """Return an answer's body without its packing, whether or not the HTTP library took it off already."""
    body = answer.content
    if body[:4] != b"\x28\xb5\x2f\xfd":
        return body
    with zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True) as reader:
        return reader.read()
