"""Holds an answer against the council's key: what is not its own word, said to this very request, is not believed."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sf_desktop.sync.bodies import LINE_BYTES, UnreadableError, decode
from sf_record.wire.orders import to_sign
from sf_record.wire.proof import ANSWER, LINES, PROVED_LINES_BYTES, LinesSoFar, of_answer
from sf_record.wire.rounds import PullProof

_PROOF = b'{"proof":'


class UnprovedError(Exception):
    """What came does not carry the council's signature."""


class Proving:
    """Proves the answer to one request, by its signature; ``council_key`` as it was pinned (base64)."""

    def __init__(self, council_key: str, request_signature: str) -> None:
        self._council_key, self._request_signature = council_key, request_signature

    def check(self, status: int, plain: bytes, proof: str) -> None:
        """Raise :class:`UnprovedError` unless the council signed this whole answer, without its packing."""
        self._check(ANSWER, of_answer(self._request_signature, status, plain), proof)

    def lines(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the lines of a stream, each only once the council's signature for it has come."""
        so_far = LinesSoFar(self._request_signature)
        held: list[bytes] = []
        held_bytes = 0
        for line in lines:
            if line.startswith(_PROOF):
                self._check(LINES, so_far.text(), decode(line, PullProof).proof)
                yield from held
                held, held_bytes = [], 0
                continue
            so_far.add(line + b"\n")
            held.append(line)
            held_bytes += len(line)
            if held_bytes > PROVED_LINES_BYTES + LINE_BYTES:
                raise UnreadableError("too_large")
        if held:
            raise UnprovedError

    def _check(self, what: str, text: str, proof: str) -> None:
        try:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self._council_key, validate=True))
            key.verify(base64.b64decode(proof, validate=True), to_sign(what, text))
        except (InvalidSignature, ValueError):
            raise UnprovedError from None
