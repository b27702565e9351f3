"""What a council signs of its answers: nobody between it and a laptop can make one up, change one or play one again.

An answer is bound to the very request that it answers by that request's signature, which holds its nonce, and to what
it says without its packing, which a proxy may change. It is signed as a statement is (:func:`orders.to_sign`).
"""

from __future__ import annotations

import hashlib

ANSWER = "answer"
LINES = "lines"
PROOF_HEADER = "SF-Proof"  # the signature of an answer that is no stream, as base64
PROVED_LINES_BYTES = 64 << 10  # after so much of a stream comes a line that proves it, and after each piece


def of_answer(request_signature: str, status: int, plain: bytes) -> str:
    """Return the text that is signed for a whole answer. ``request_signature`` is the header's value."""
    return f"{request_signature.strip()}\n{status}\n{hashlib.sha256(plain).hexdigest()}"


class LinesSoFar:
    """All of a stream that was said yet, from its first line on; the lines that prove it do not count."""

    def __init__(self, request_signature: str) -> None:
        self._request_signature = request_signature.strip()
        self._said = hashlib.sha256()

    def add(self, lines: bytes) -> None:
        """Add lines, each with its line feed."""
        self._said.update(lines)

    def text(self) -> str:
        """Return the text that is signed for them."""
        return f"{self._request_signature}\n{self._said.hexdigest()}"
