"""Opens a port of this machine as a server should: answers leave at once."""

from __future__ import annotations

import socket


def listening_socket() -> socket.socket:
    """Return a listening socket. asyncio switches Nagle's waiting off only where the protocol is named."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind(("127.0.0.1", 0))
    opened.listen(256)
    return opened
