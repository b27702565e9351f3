"""Asks a server as fast as it answers: requests written beforehand, over a few connections that stay open."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence

CONNECTIONS = 4


def answered(port: int, requests: Sequence[bytes]) -> tuple[float, int]:
    """Send all requests and return answers per second and the bytes of the last one; RuntimeError for a refusal."""
    waiting = iter(requests)
    lock = threading.Lock()
    failures: list[str] = []
    sizes: list[int] = []

    def work() -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while not failures:
                with lock:
                    request = next(waiting, None)
                if request is None:
                    return
                connection.sendall(request)
                status, size = _answer(connection)
                sizes.append(size)
                if status != 200:
                    failures.append(f"status {status}")

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    if failures or not sizes:
        raise RuntimeError(f"the server refused: {failures[:1]}")
    return len(sizes) / took, sizes[-1]


def request(path: str, port: int, body: bytes, headers: dict[str, str] | None = None) -> bytes:
    """Return the bytes of a POST."""
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _answer(connection: socket.socket) -> tuple[int, int]:
    read = b""
    while b"\r\n\r\n" not in read:
        read += _some(connection)
    head, _, rest = read.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    size = int(headers["content-length"])
    left = size - len(rest)
    while left > 0:
        left -= len(_some(connection))
    return int(lines[0].split(" ")[1]), size


def _some(connection: socket.socket) -> bytes:
    piece = connection.recv(262_144)
    if not piece:
        raise RuntimeError("the server closed the connection")
    return piece
