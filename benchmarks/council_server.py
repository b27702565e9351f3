"""Serves a real council on a free port of this machine, as ``sf-council serve`` does; its log lies beside its keys.

``python -m benchmarks.council_server SETTINGS`` prints the port.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from benchmarks.listening import listening_socket
from sf_council import log
from sf_council.app import create_app
from sf_council.cli.serving import server
from sf_council.settings import Settings


def main() -> None:
    told = json.loads(sys.argv[1])
    data = Path(told["data"])
    log.start(to=(data / "log.jsonl").open("a", encoding="utf-8"))
    app = create_app(Settings(database=told["database"], data=data, argon2_memory_kib=8_192))
    listening = listening_socket()
    print(listening.getsockname()[1], flush=True)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    server(app).run(sockets=[listening])


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
