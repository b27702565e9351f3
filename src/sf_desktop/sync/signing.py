"""Signs a request with the laptop's key (RFC 9421, Ed25519), over the components that both programs agreed on."""

from __future__ import annotations

import base64
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from sf_record.wire.rounds import SIGNATURE_LABEL, SIGNED_COMPONENTS, SIGNED_WITH_TOKEN

NONCE_BYTES = 18


@dataclass(frozen=True, slots=True)
class Identity:
    """A laptop that the council knows: its id there, its private key (32 bytes), and the public key of the council by
    which it knows whose an answer is (pinned when it was enrolled, base64).
    """

    device_id: str
    key: bytes = field(repr=False)
    council_key: str


class Request(Protocol):
    """What of a request is signed; ``requests.PreparedRequest`` is one."""

    @property
    def method(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def headers(self) -> MutableMapping[str, str]: ...


def sign(request: Request, body: bytes, identity: Identity, created: datetime, nonce: bytes) -> None:
    """Add Content-Digest, Signature-Input and Signature. ``body`` is what is sent, after compression."""
    signer = HTTPMessageSigner(
        signature_algorithm=ED25519,
        key_resolver=MappingKeyResolver(
            public_keys={}, private_keys={identity.device_id: Ed25519PrivateKey.from_private_bytes(identity.key)}
        ),
    )
    for stale in ("Content-Digest", "Signature-Input", "Signature"):
        request.headers.pop(stale, None)
    has_token = any(name.lower() == "authorization" for name in request.headers)
    signer.sign(
        request,
        key_id=identity.device_id,
        created=created,
        nonce=base64.urlsafe_b64encode(nonce).rstrip(b"=").decode(),
        label=SIGNATURE_LABEL,
        covered_component_ids=SIGNED_WITH_TOKEN if has_token else SIGNED_COMPONENTS,
        body=body,
    )
