"""Stands around every request: times and counts it, logs it without its content, and turns failures into Problems."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable

from fastapi import Request, Response
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sf_council.api.council import Council
from sf_council.api.problems import Declined, answer

_LOG = logging.getLogger("sf_council.requests")


class Door:
    """ASGI middleware; outermost of ours, so that no exception's text reaches a server log."""

    def __init__(self, app: ASGIApp, council: Callable[[], Council]) -> None:
        self._app = app
        self._council = council

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            status = status or 499
        except Exception as error:  # noqa: BLE001 - the last place before the server's own log, which would quote it
            declined = _declined(error)
            _log_failure(error, declined.code)
            if status:  # an answer has begun: it is cut, which the laptop notices by its missing end
                raise _Cut from None
            await answer(declined, self._council().at())(scope, receive, watched)
        finally:
            self._count(scope, status, time.perf_counter() - began)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if route != "none" else "any"
        self._council().metrics.answered(method, route, status, seconds)
        details = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 2)}
        _LOG.info("answered", extra=details)


class _Cut(Exception):
    """An answer that had begun could not be finished; the log says why."""


async def decline(request: Request, error: Exception) -> Response:
    """Answer a declined request."""
    if not isinstance(error, Declined):
        raise TypeError("only declined requests come here")
    council: Council = request.app.state.council
    council.metrics.declined.labels(error.code).inc()
    return answer(error, council.at())


def _declined(error: Exception) -> Declined:
    is_busy = isinstance(error, PoolTimeoutError | OperationalError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )
    return Declined("busy" if is_busy else "failure")


def _log_failure(error: Exception, code: str) -> None:
    """Log where it happened and the class of what happened; the text of an exception may hold what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}" for frame in frames[-6:]]
    _LOG.error("failed", extra={"code": code, "error": type(error).__name__, "where": where})
