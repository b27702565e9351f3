"""Proves a request that is signed in the very form in which laptops sign, byte for byte; any other is the library's.

RFC 9421 lets a signature be written in many ways, and reading them all costs five times what proving one does. Here
nothing is read that could be meant in two ways: each header once, plain characters, the components in their order.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from starlette.datastructures import Headers

from sf_record.wire.rounds import SIGNATURE_LABEL, SIGNED_COMPONENTS, SIGNED_WITH_TOKEN

_HOST = re.compile(r"[a-z0-9.-]+(?::[1-9][0-9]{0,4})?", re.ASCII)
_OMITTED_PORT = ":80"  # left out of what is signed, so it is not read here
_PATH = re.compile(r"/[A-Za-z0-9/_-]*")
_QUERY = re.compile(r"[A-Za-z0-9=&_-]*")
_PASS = re.compile(r"Bearer [A-Za-z0-9_-]+")
_SIGNATURE = re.compile(rf"{SIGNATURE_LABEL}=:([A-Za-z0-9+/]{{86}}==):")


def _input(components: tuple[str, ...]) -> re.Pattern[str]:
    covered = re.escape("(" + " ".join(f'"{each}"' for each in components) + ")")
    parameters = r';created=([1-9][0-9]{0,9});keyid="([0-9a-f-]{36})";alg="ed25519";nonce="([A-Za-z0-9_-]+)"'
    return re.compile(f"{SIGNATURE_LABEL}=({covered}{parameters})")


_INPUT, _INPUT_WITH_TOKEN = _input(SIGNED_COMPONENTS), _input(SIGNED_WITH_TOKEN)


@dataclass(frozen=True, slots=True)
class Sent:
    """What of a request is signed, as it arrived."""

    method: str
    host: str
    path: str
    query: str
    headers: Headers
    body: bytes


def proved(sent: Sent, key_id: str, key: Ed25519PublicKey) -> dict[str, int | str] | None:
    """Return ``created`` and ``nonce`` of a request that this key signed in the usual form; None says nothing."""
    digest, given = _only(sent.headers, "content-digest"), _SIGNATURE.fullmatch(_only(sent.headers, "signature"))
    bearer = _only(sent.headers, "authorization") if "authorization" in sent.headers else None
    named = (_INPUT if bearer is None else _INPUT_WITH_TOKEN).fullmatch(_only(sent.headers, "signature-input"))
    if given is None or named is None or named[3] != key_id or not _is_plain(sent, bearer):
        return None
    if not hmac.compare_digest(digest.encode(), _digest(sent.body)):
        return None
    values = (sent.method, sent.host, sent.path, f"?{sent.query}", digest, *(() if bearer is None else (bearer,)))
    lines = [f'"{name}": {value}' for name, value in zip(SIGNED_WITH_TOKEN, values, strict=False)]
    lines.append(f'"@signature-params": {named[1]}')
    try:
        key.verify(b64decode(given[1]), "\n".join(lines).encode())
    except InvalidSignature:
        return None
    return {"created": int(named[2]), "nonce": named[4]}


def _only(headers: Headers, name: str) -> str:
    """Return a header that was sent once."""
    found = headers.getlist(name)
    return found[0] if len(found) == 1 else ""


def _is_plain(sent: Sent, bearer: str | None) -> bool:
    return (
        sent.method in {"GET", "POST", "PUT"}
        and _HOST.fullmatch(sent.host) is not None
        and not sent.host.endswith(_OMITTED_PORT)
        and len(sent.headers.getlist("host")) == 1
        and _PATH.fullmatch(sent.path) is not None
        and _QUERY.fullmatch(sent.query) is not None
        and (bearer is None or _PASS.fullmatch(bearer) is not None)
    )


def _digest(body: bytes) -> bytes:
    return b"sha-256=:" + b64encode(hashlib.sha256(body).digest()) + b":"
