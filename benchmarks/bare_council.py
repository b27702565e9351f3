"""The least endpoint of the council's framework: sends stored bytes that PostgreSQL put together, and asks nobody who.

``python -m benchmarks.bare_council URL`` prints its port and serves until its input ends.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading

import psycopg
import zstandard
from fastapi import FastAPI, Request, Response

from benchmarks.listening import listening_socket
from sf_council.cli.serving import server

CONNECTIONS = 8
_PAGE = """
SELECT string_agg(line, ','::bytea ORDER BY seq) FROM (
  SELECT line, seq FROM record WHERE council_id = %s AND family_id = %s AND seq > %s ORDER BY seq LIMIT 100
) AS page
"""


def application(url: str) -> FastAPI:
    """Return the app; its connections are opened with the first requests."""
    app = FastAPI()
    free: asyncio.Queue[psycopg.AsyncConnection[tuple[bytes]]] = asyncio.Queue()
    opened = 0
    packer = zstandard.ZstdCompressor(level=3)  # one for all, as the council has one for each thread

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
            found = await (await connection.execute(_PAGE, wanted, binary=True)).fetchone()
        finally:
            free.put_nowait(connection)
        assert found is not None
        small = packer.compress(b"[%b]" % found[0])
        return Response(small, media_type="application/json", headers={"Content-Encoding": "zstd"})

    return app


def main() -> None:
    listening = listening_socket()
    print(listening.getsockname()[1], flush=True)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    server(application(sys.argv[1])).run(sockets=[listening])


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
