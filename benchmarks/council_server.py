"""Serves a real council on a free port of this machine: ``python -m benchmarks.council_server SETTINGS`` prints it."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

import uvicorn

from benchmarks.listening import listening_socket
from sf_council.app import create_app
from sf_council.settings import Settings


def main() -> None:
    told = json.loads(sys.argv[1])
    app = create_app(Settings(database=told["database"], data=Path(told["data"]), argon2_memory_kib=8_192))
    listening = listening_socket()
    print(listening.getsockname()[1], flush=True)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listening])


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
