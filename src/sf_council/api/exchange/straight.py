"""The framework with a straight way past it: what nearly every request asks goes from the server to its endpoint.

The framework's layers look for what no endpoint of ours has (forms, files, limits, dependencies), which takes longer
than proving who asks. Only an endpoint that takes a request and returns a response can be reached so; it stays in the
framework's list as well, for the description, for other methods and for whoever looks through the routes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from sf_council.api.exchange.door import Door, decline
from sf_council.api.exchange.proving import Proving
from sf_council.api.problems import Declined


class Straight(FastAPI):
    """A FastAPI application; requests for what was given to :meth:`lead` pass ``Door`` and ``Proving`` and
    none of its layers.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._ways: dict[tuple[str, str], ASGIApp] = {}

    def lead(self, router: APIRouter) -> None:
        """Lead requests straight to a router's endpoints; ValueError where the framework has a part in one."""
        for route in router.routes:
            if isinstance(route, APIRoute):
                self._lead(route)

    def _lead(self, route: APIRoute) -> None:
        asks = route.dependant
        read = (asks.path_params, asks.query_params, asks.header_params, asks.cookie_params, asks.body_params)
        if asks.dependencies or any(read):
            raise ValueError("only an endpoint that takes a request and nothing else can be reached so")
        proving = Proving(_Endpoint(self, route), council=lambda: self.state.council)
        way = Door(proving, council=lambda: self.state.council)
        self._ways |= {(method, route.path): way for method in route.methods or ()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        way = self._ways.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if way is None or scope.get("root_path"):  # behind a prefix the framework tells which part is the path
            await super().__call__(scope, receive, send)
        else:
            await way(scope, receive, send)


class _Endpoint:
    def __init__(self, app: Straight, route: APIRoute) -> None:
        self._app = app
        self._route = route
        self._endpoint: Callable[[Request], Awaitable[Response]] = route.endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"], scope["route"] = self._app, self._route
        request = Request(scope, receive, send)
        try:
            response = await self._endpoint(request)
        except Declined as declined:
            response = await decline(request, declined)
        await response(scope, receive, send)
