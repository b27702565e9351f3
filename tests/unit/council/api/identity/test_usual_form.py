"""The usual form of a signature is proved directly: all that laptops send, and nothing that the library refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature
from http_message_signatures.algorithms import ED25519
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from sf_council.api.identity.usual_form import Sent, proved
from sf_desktop.sync.signing import Identity, sign
from sf_record.wire.rounds import SIGNED_COMPONENTS

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DEVICE = "019a0000-0000-7000-8000-000000000001"
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
NONCE = bytes(range(18))


def signed(method: str, url: str, body: bytes = b"", token: str = "abc_DEF-123") -> Sent:
    """A request as the laptop program signs it, and as the council receives it."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    prepared = requests.Request(method, url, data=body or None, headers=headers).prepare()
    sign(prepared, body, Identity(DEVICE, KEY.private_bytes_raw(), ""), AT, NONCE)
    assert prepared.url is not None
    host, slash, rest = prepared.url.removeprefix("http://").partition("/")
    path, _, query = (slash + rest).partition("?")
    return Sent(method, host, path, query, Headers({"Host": host, **prepared.headers}), body)


def with_headers(sent: Sent, *, add: tuple[tuple[str, str], ...] = (), **changed: str) -> Sent:
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    kept = [(name, named.get(name, value)) for name, value in sent.headers.items()]
    raw = [(name.encode(), value.encode("latin-1")) for name, value in (*kept, *add)]
    return replace(sent, headers=Headers(raw=raw))


@pytest.mark.parametrize(
    "sent",
    [
        signed("POST", "http://127.0.0.1:8400/v1/rounds", b'{"protocol":2}'),
        signed("GET", "http://council.example/v1/holding"),
        signed("GET", "http://council.example:8400/v1/families/x/attachments/y?offset=0&size=10"),
        signed("POST", "http://council.example/v1/sign-in", b"{}", token=""),
    ],
    ids=["a round", "nothing sent", "a query", "before one is signed in"],
)
def test_what_a_laptop_signs_is_in_the_usual_form(sent: Sent) -> None:
    found = proved(sent, DEVICE, KEY.public_key())

    assert found == {"created": int(AT.timestamp()), "nonce": "AAECAwQFBgcICQoLDA0ODxAR"}
    assert found == in_any_form(sent, KEY.public_key())


ROUND = signed("POST", "http://council.example:8400/v1/rounds", b'{"protocol":2}')
_INPUT, _DIGEST = ROUND.headers["signature-input"], ROUND.headers["content-digest"]
_NOT_SIGNED = {
    "another method": replace(ROUND, method="PUT"),
    "another host": replace(ROUND, host="elsewhere.example:8400"),
    "another port": replace(ROUND, host="council.example:8401"),
    "another path": replace(ROUND, path="/v1/pull"),
    "a query": replace(ROUND, query="x=1"),
    "another body": replace(ROUND, body=b"{}"),
    "no body": replace(ROUND, body=b""),
    "another token": with_headers(ROUND, authorization="Bearer other"),
    "another time": with_headers(ROUND, signature_input=_INPUT.replace("created=17", "created=18")),
    "another nonce": with_headers(ROUND, signature_input=_INPUT.replace('nonce="', 'nonce="x')),
    "less covered": with_headers(ROUND, signature_input=_INPUT.replace('"@path" ', "")),
    "the token not covered": with_headers(ROUND, signature_input=_INPUT.replace(' "authorization"', "")),
    "another order": with_headers(ROUND, signature_input=_INPUT.replace('"@path" "@query"', '"@query" "@path"')),
    "another algorithm": with_headers(ROUND, signature_input=_INPUT.replace("ed25519", "hmac-sha256")),
    "no algorithm": with_headers(ROUND, signature_input=_INPUT.replace(';alg="ed25519"', "")),
    "more said": with_headers(ROUND, signature_input=f"{_INPUT};expires=1"),
    "a second digest": with_headers(ROUND, add=(("content-digest", _DIGEST),)),
    "a second signature": with_headers(ROUND, add=(("signature", ROUND.headers["signature"]),)),
    "a second input": with_headers(ROUND, add=(("signature-input", _INPUT),)),
    "a second token": with_headers(ROUND, add=(("authorization", "Bearer abc_DEF-123"),)),
    "a second host": with_headers(ROUND, add=(("host", "elsewhere.example"),)),
    "another signature": with_headers(ROUND, signature="sf=:" + "A" * 86 + "==:"),
    "no signature": with_headers(ROUND, signature=""),
}  # fmt: skip


@pytest.mark.parametrize("sent", _NOT_SIGNED.values(), ids=_NOT_SIGNED.keys())
def test_anything_else_is_not_proved(sent: Sent) -> None:
    assert proved(sent, DEVICE, KEY.public_key()) is None


def test_another_laptops_name_or_key_is_not_proved() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()

    assert proved(ROUND, "019a0000-0000-7000-8000-000000000002", KEY.public_key()) is None
    assert proved(ROUND, DEVICE, other) is None


_USUAL = {
    "method": "POST", "host": "council.example:8400", "path": "/v1/rounds", "query": "", "bearer": "Bearer abc",
    "created": "1764", "nonce": "abcdefghijklmnop",
}  # fmt: skip
_STRANGE = {
    "method": ("get", "PATCH", ""),
    "host": ("council.example", "COUNCIL.example", "council.example:80", "a:0", "a:99999", "[::1]:1", "a..b", ".", ""),
    "path": ("", "/v1/../v2", "/%41", "//x", "/a b", "v1", "/"),
    "query": ("a=1", "a=%41", "?", "a b", "&&"),
    "bearer": ("bearer abc", " Bearer abc", "Bearer  abc", "Bearer a\tb", "Bearer abc ", ""),
    "created": ("1", "01", "-1", "1.0", "9999999999", "999999999999999"),
    "nonce": ("", 'a\\"b', "a b", "\xe9"),
}
_STRANGE_PARTS = [(part, value) for part, values in _STRANGE.items() for value in values]


@pytest.mark.parametrize(("part", "value"), [("nonce", _USUAL["nonce"]), *_STRANGE_PARTS])
def test_what_is_proved_is_what_the_library_proves(part: str, value: str) -> None:
    """Whatever a key signs in nearly the usual form: where it is proved directly, the library says the same."""
    sent = _signed_as_it_stands(**(_USUAL | {part: value}))

    found = proved(sent, DEVICE, KEY.public_key())

    assert found is None or found == in_any_form(sent, KEY.public_key())
    assert found is not None or value != _USUAL[part]


@given(st.sampled_from(sorted(_USUAL)), st.text(st.characters(max_codepoint=255), max_size=12))
def test_what_is_proved_of_any_text_is_what_the_library_proves(part: str, value: str) -> None:
    sent = _signed_as_it_stands(**(_USUAL | {part: value}))

    found = proved(sent, DEVICE, KEY.public_key())

    assert found is None or found == in_any_form(sent, KEY.public_key())


def _signed_as_it_stands(
    *, method: str, host: str, path: str, query: str, bearer: str, created: str, nonce: str
) -> Sent:
    """Sign these values whatever they are, as they would stand in the usual form."""
    names = (*SIGNED_COMPONENTS, "authorization")
    covered = " ".join(f'"{each}"' for each in names)
    said = f'({covered});created={created};keyid="{DEVICE}";alg="ed25519";nonce="{nonce}"'
    values = (method, host, path, f"?{query}", _DIGEST, bearer, said)
    base = "\n".join(f'"{name}": {value}' for name, value in zip((*names, "@signature-params"), values, strict=True))
    signature = _b64(KEY.sign(base.encode("latin-1")))
    headers = {"host": host, "authorization": bearer, "content-digest": _DIGEST}
    headers |= {"signature-input": f"sf={said}", "signature": f"sf=:{signature}:"}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    return Sent(method, host, path, query, Headers(raw=raw), ROUND.body)


def _b64(plain: bytes) -> str:
    import base64

    return base64.b64encode(plain).decode()


@dataclass(frozen=True)
class _Message:
    method: str
    url: str
    headers: Mapping[str, str]


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        return self._key


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = timedelta(days=700_000)


def in_any_form(sent: Sent, key: Ed25519PublicKey) -> dict[str, Any] | None:
    """What the library makes of it: ``created`` and ``nonce``."""
    url = f"http://{sent.host}{sent.path}" + (f"?{sent.query}" if sent.query else "")
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=_OneKey(key))
    message = _Message(sent.method, url, sent.headers)
    try:
        (result,) = verifier.verify(message, max_age=None, require_components=SIGNED_COMPONENTS, body=sent.body)
    except InvalidSignature:
        return None
    return {name: result.parameters[name] for name in ("created", "nonce")}
