"""Commands that run the server: ``serve`` and ``migrate``."""

from __future__ import annotations

import argparse
import os
import socket

import uvicorn
from starlette.types import ASGIApp

from sf_council import log
from sf_council.app import create_app
from sf_council.cli.parsing import Commands, add, whole
from sf_council.database.engine import open_database
from sf_council.database.lifecycle.migrate import migrate
from sf_council.settings import Settings
from sf_record.errors import InputError


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    served = add(commands, where, "serve", serve, "answer laptops")
    served.add_argument("--host", default="127.0.0.1", help="the address to listen at; 127.0.0.1 unless said")
    served.add_argument("--port", type=whole, default=8400, help="8400 unless said; 0 takes a free one")
    served.add_argument("--trust-proxy", metavar="ADDRESSES", default="", help="proxies whose X-Forwarded-For counts")
    add(commands, where, "migrate", _migrate, "bring the database to today's tables: once, and after every upgrade")


def serve(settings: Settings, told: argparse.Namespace) -> None:
    """Answer laptops until told to stop."""
    log.start()
    app = create_app(settings)
    listening = listen(told.host, told.port)
    host, port = listening.getsockname()[:2]
    print(f"Serving at http://{f'[{host}]' if ':' in host else host}:{port}", flush=True)
    server(app, told.trust_proxy).run(sockets=[listening])


def server(app: ASGIApp, trusted_proxies: str = "") -> uvicorn.Server:
    """Return the HTTP server of an application: it logs nothing itself, for that is done at the door."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=trusted_proxies or None,
    )
    return uvicorn.Server(config)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; InputError if the address cannot be had.

    Small answers are sent at once: asyncio sees to that only for sockets whose protocol is named as TCP, and otherwise
    each of them would wait 40 ms for the laptop's acknowledgement.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind((host, port))
        listening.listen(2048)
        return listening
    except (OSError, OverflowError) as error:  # the latter for a port that there is not
        listening.close()
        raise InputError(
            "port_taken", "That address cannot be listened on", "Choose another --host or --port."
        ) from error


def _migrate(settings: Settings, _told: argparse.Namespace) -> None:
    database = open_database(settings)
    try:
        migrate(database)
    finally:
        database.close()
    print("The database has today's tables.")
