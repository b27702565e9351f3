"""The least that a server can do for the same work: sends files as they are, stores what comes, checks nothing.

``python -m benchmarks.bare_server FOLDER`` prints its port and serves until its input ends.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import zstandard


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path
    lock = threading.Lock()

    def do_GET(self) -> None:
        self._answer((self.folder / self.path.lstrip("/")).read_bytes())

    def do_POST(self) -> None:
        packed = self.rfile.read(int(self.headers["Content-Length"]))
        events = msgspec.json.decode(zstandard.ZstdDecompressor().decompress(packed))
        with self.lock, sqlite3.connect(self.folder / "bare.db") as database:
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute("CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, line BLOB)")
            rows = [(each["id"], msgspec.json.encode(each)) for each in events]
            database.executemany("INSERT OR REPLACE INTO event VALUES (?, ?)", rows)
        database.close()
        self._answer(msgspec.json.encode([{"id": each["id"], "seq": 1} for each in events]))

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    folder = Path(sys.argv[1])
    with sqlite3.connect(folder / "bare.db") as database:
        database.execute("PRAGMA journal_mode = WAL")
    database.close()
    _Handler.folder = folder
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
