"""The straight way past the framework is for endpoints in which the framework has no part."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, Depends, Request, Response

from sf_council.api.exchange.straight import Straight
from sf_council.api.identity.signatures import proven


async def anything(request: Request) -> Response:
    return Response(b"shown to whoever comes here")


async def of_one(request: Request, family_id: str) -> Response:
    return Response(family_id.encode())


def test_an_endpoint_that_leaves_anything_to_the_framework_cannot_be_reached_past_it() -> None:
    app, proved, of_family, plain = Straight(), APIRouter(), APIRouter(), APIRouter()
    proved.post("/proved", dependencies=[Depends(proven)])(anything)
    of_family.post("/of/{family_id}")(of_one)
    plain.post("/plain")(anything)

    app.lead(plain)
    for each in (proved, of_family):
        with pytest.raises(ValueError, match="nothing else"):
            app.lead(each)
