"""A slow link: passes bytes on at so many a second and so much later, in both directions, and counts them.

``python -m benchmarks.link PORT DELAY_MS MBIT`` prints its own port and, when its input ends, the bytes.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys

CHUNK = 8_192
IN_FLIGHT = 64  # chunks: more than the link holds, so that it is full and the sender feels it


class _Direction:
    def __init__(self, delay_s: float, bytes_per_s: float) -> None:
        self._delay_s = delay_s
        self._bytes_per_s = bytes_per_s
        self._free_at = 0.0
        self.carried = 0

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(IN_FLIGHT)
        sender = asyncio.create_task(self._send(waiting, target))
        now = asyncio.get_running_loop().time
        while True:
            chunk = await source.read(CHUNK)
            self.carried += len(chunk)
            self._free_at = max(now(), self._free_at) + len(chunk) / self._bytes_per_s
            await waiting.put((self._free_at + self._delay_s, chunk))
            if not chunk:
                break
        await sender

    async def _send(self, waiting: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter) -> None:
        now = asyncio.get_running_loop().time
        while True:
            due_at, chunk = await waiting.get()
            await asyncio.sleep(max(0.0, due_at - now()))
            if not chunk:
                break
            target.write(chunk)
            await target.drain()
        target.close()


async def serve(port: int, delay_s: float, bytes_per_s: float) -> None:
    """Carry connections to a port of this machine until the input ends."""
    up, down = _Direction(delay_s, bytes_per_s), _Direction(delay_s, bytes_per_s)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        both = up.carry(reader, there_writer), down.carry(there_reader, writer)
        await asyncio.gather(*both, return_exceptions=True)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)
    print(json.dumps({"up_bytes": up.carried, "down_bytes": down.carried}), flush=True)
    os._exit(0)  # connections may still be open: nobody waits for them


def main() -> None:
    port, round_trip_ms, mbit = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    asyncio.run(serve(port, round_trip_ms / 2_000, mbit * 1_000_000 / 8))


if __name__ == "__main__":
    main()
