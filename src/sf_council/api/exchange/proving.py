"""Signs each answer to a signed request, so that its laptop knows whose answer it is, and to what.

A stream is signed line by line where it is made: its end is not known when its head leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sf_council.api.council import Council
from sf_record.wire.proof import ANSWER, PROOF_HEADER, of_answer

_PLAIN = "plain"


def note_plain(request: Request, plain: bytes) -> None:
    """Note what an answer says without its packing: that is what is signed."""
    request.scope.setdefault("state", {})[_PLAIN] = plain


class Proving:
    """ASGI middleware around every endpoint; inside the door, whose own answers say nothing but that it failed."""

    def __init__(self, app: ASGIApp, council: Callable[[], Council]) -> None:
        self._app = app
        self._council = council

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _signature(scope) if scope["type"] == "http" else ""
        if not asked:
            await self._app(scope, receive, send)
            return
        head: Message | None = None

        async def proved(message: Message) -> None:
            nonlocal head
            if message["type"] == "http.response.start":
                head = message
                return
            if head is not None:
                begun, head = head, None
                if not message.get("more_body", False):
                    begun = self._proved(asked, begun, _plain(scope, message))
                await send(begun)
            await send(message)

        await self._app(scope, receive, proved)

    def _proved(self, asked: str, head: Message, plain: bytes) -> Message:
        proof = self._council().policy.sign(ANSWER, of_answer(asked, head["status"], plain)).signature
        # First, so that of an answer that is cut in its head nobody believes that only its proof is missing.
        return {**head, "headers": [(PROOF_HEADER.lower().encode(), proof.encode()), *head.get("headers", ())]}


def _signature(scope: Scope) -> str:
    found = [value for name, value in scope["headers"] if name == b"signature"]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def _plain(scope: Scope, message: Message) -> bytes:
    state: dict[str, Any] = scope.get("state", {})
    return bytes(state[_PLAIN] if _PLAIN in state else message.get("body", b""))
