"""The network that tests put between laptop and council leaves nothing behind that another test would stumble over."""

from __future__ import annotations

import socket
from contextlib import ExitStack

from tests.fakes.network import Network


def test_a_connection_that_is_dropped_while_it_is_being_made_ends_quietly() -> None:
    """Its thread would end with an error in whichever test came next."""
    with ExitStack() as stack:
        busy = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        waiting = [stack.enter_context(socket.socket()) for _ in range(3)]
        for each in waiting:  # so many that the next has to wait to be taken
            each.setblocking(False)
            each.connect_ex(busy.getsockname())
        network = Network(busy.getsockname()[1])
        stack.callback(network.close)
        near = stack.enter_context(socket.create_connection(("127.0.0.1", network.port)))
        near.settimeout(30)
        while not network.traffic.connections:
            pass
        with network.offline():
            assert near.recv(1) == b""
        busy.settimeout(0.2)
        for _ in range(20):  # now it is taken
            try:
                stack.enter_context(busy.accept()[0])
            except TimeoutError:
                continue
