"""The least endpoint of the council's framework: sends stored bytes that PostgreSQL put together, and asks nobody who.

``python -m benchmarks.bare_council URL`` prints its port and serves until its input ends.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading

import psycopg
import uvicorn
import zstandard
from fastapi import FastAPI, Request, Response

from benchmarks.listening import listening_socket

CONNECTIONS = 8
_PAGE = """
SELECT coalesce(string_agg(convert_from(line, 'UTF8'), ',' ORDER BY seq), '') FROM (
  SELECT line, seq FROM record WHERE council_id = %s AND family_id = %s AND seq > %s ORDER BY seq LIMIT 100
) AS page
"""


def application(url: str) -> FastAPI:
    """Return the app; its connections are opened with the first requests."""
    app = FastAPI()
    free: asyncio.Queue[psycopg.AsyncConnection[tuple[str]]] = asyncio.Queue()
    opened = 0

    @app.post("/page")
    async def page(request: Request) -> Response:
        nonlocal opened
        wanted = (await request.body()).decode().split(" ")
        if free.empty() and opened < CONNECTIONS:
            opened += 1
            connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
        else:
            connection = await free.get()
        try:
            found = await (await connection.execute(_PAGE, wanted)).fetchone()
        finally:
            free.put_nowait(connection)
        assert found is not None
        small = zstandard.ZstdCompressor(level=3).compress(f"[{found[0]}]".encode())
        return Response(small, media_type="application/json", headers={"Content-Encoding": "zstd"})

    return app


def main() -> None:
    listening = listening_socket()
    print(listening.getsockname()[1], flush=True)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    config = uvicorn.Config(application(sys.argv[1]), log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
