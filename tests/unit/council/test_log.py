"""The council's log: its own lines, and of everybody else's only where they came from."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from sf_council import log

CANARY = "Wren Pretend of 12 Mill Lane"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    to = io.StringIO()
    log.start(to=to)
    yield to
    root.handlers[:] = before
    root.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_what_a_library_says_of_an_error_is_not_quoted(written: io.StringIO) -> None:
    """What nobody waited for is told by asyncio with the whole of its exception, and by uvicorn with its traceback."""

    async def fails() -> None:
        raise ValueError(CANARY)

    async def run() -> None:
        task = asyncio.ensure_future(fails())
        await asyncio.wait([task])

    asyncio.run(run())
    logging.getLogger("uvicorn.error").error("Traceback (most recent call last): ValueError: %s", CANARY)
    logging.getLogger("elsewhere").warning("They live at %s", CANARY, extra={"who": CANARY})
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    said = written.getvalue()
    assert "Wren" not in said
    assert "Mill" not in said
    told = lines(written)
    assert {each["from"] for each in told} == {"asyncio", "uvicorn.error", "elsewhere"}
    assert {each["event"] for each in told} == {"elsewhere"}
    assert all(each["at"] and each["level"] and each["where"] for each in told)
    assert [each["error"] for each in told if "error" in each] == ["ValueError"] * 2


def test_its_own_lines_are_whole(written: io.StringIO) -> None:
    logging.getLogger("sf_council.requests").info("answered", extra={"route": "/v1/rounds", "status": 200})
    (told,) = lines(written)
    assert (told["event"], told["route"], told["status"]) == ("answered", "/v1/rounds", 200)
