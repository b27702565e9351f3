"""A network between laptop and council that goes away, is cut, is slow, or answers something else: real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import zstandard

PIECE = 16 << 10


@dataclass
class Weather:
    """What happens to connections from now on. Counts are bytes of one connection; None means: no limit."""

    cut_up_after: int | None = None
    cut_down_after: int | None = None
    delay_s: float = 0.0
    bytes_per_s: float = 0.0
    answer: Callable[[bytes], bytes] | None = None  # instead of the council's, to each request as it was sent
    hangs: bool = False


@dataclass
class Traffic:
    """What went through, in bytes, and how many connections and requests were begun."""

    up: int = 0
    down: int = 0
    connections: int = 0
    requests: int = 0
    kept: bytearray = field(default_factory=bytearray)  # everything that went up


class Network:
    """A TCP proxy on loopback in front of a port. The laptop is given :attr:`address`."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._target = (host, port)
        self.weather = Weather()
        self.traffic = Traffic()
        self._closing = threading.Event()  # waited on instead of sleeping, so that closing never waits
        self._door = threading.Lock()  # around what is open and who works: a connection may come as all are dropped
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._threads: list[threading.Thread] = []
        self.port = self._listen(0)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._closing.set()
        self._hang_up()
        for thread in [*self._threads]:
            thread.join()

    def aim(self, port: int) -> None:
        """Lead to another port: the council came back elsewhere."""
        self._target = (self._target[0], port)

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Nobody answers: connections are dropped, and new ones refused."""
        self._hang_up()
        try:
            yield
        finally:
            self._listen(self.port)

    @contextmanager
    def cut(self, *, up: int | None = None, down: int | None = None) -> Iterator[None]:
        """Drop each connection after so many bytes towards the council, or back."""
        with self._weather(Weather(cut_up_after=up, cut_down_after=down)):
            yield

    @contextmanager
    def slow(self, *, delay_s: float = 0.05, bits_per_s: float = 10_000_000) -> Iterator[None]:
        """Take half of ``delay_s`` each way, and let no more than so many bits a second through."""
        with self._weather(Weather(delay_s=delay_s / 2, bytes_per_s=bits_per_s / 8)):
            yield

    @contextmanager
    def answering(self, answer: bytes | Callable[[bytes], bytes]) -> Iterator[None]:
        """Answer each request with these bytes, headers included, or with what is made of the request; and close."""
        with self._weather(Weather(answer=answer if callable(answer) else lambda _: answer)):
            yield

    @contextmanager
    def forging(self, forge: Callable[[bytes], bytes]) -> Iterator[None]:
        """Pass each request on, and give the laptop another body than the council's; all headers stay but its length
        and its packing.
        """
        with self.answering(lambda asked: _forged(self.passed_on(asked), forge)):
            yield

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Take everything and say nothing."""
        with self._weather(Weather(hangs=True)):
            yield

    @contextmanager
    def counted(self) -> Iterator[Traffic]:
        """Count what goes through inside the block."""
        before, self.traffic = self.traffic, Traffic()
        try:
            yield self.traffic
        finally:
            self.traffic = before

    @contextmanager
    def _weather(self, weather: Weather) -> Iterator[None]:
        before, self.weather = self.weather, weather
        self._drop()
        try:
            yield
        finally:
            self.weather = before
            self._drop()

    def _listen(self, port: int) -> int:
        listener = socket.create_server(("127.0.0.1", port), reuse_port=False)
        self._listener = listener
        with self._door:
            self._begin(self._accept, listener)
        return int(listener.getsockname()[1])

    def _begin(self, run: Callable[..., None], *args: object) -> None:
        """Begin a thread, behind the door: one that two begin at once would be forgotten, and outlive its test."""
        thread = threading.Thread(target=run, args=args, name="network", daemon=True)
        thread.start()
        self._threads = [*(each for each in self._threads if each.is_alive()), thread]

    def _hang_up(self) -> None:
        with self._door:
            listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self._drop()

    def _drop(self) -> None:
        with self._door:
            dropped, self._open = self._open, set()
        for each in dropped:
            _end(each)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            with self._door:
                if self._listener is not listener:
                    _end(near)  # it came as everybody was hung up on
                    return
                self.traffic.connections += 1
                self._open.add(near)
                self._begin(self._serve, near, self.weather)

    def _serve(self, near: socket.socket, weather: Weather) -> None:
        if weather.answer is not None or weather.hangs:
            self._answer(near, weather)
            return
        try:
            far = socket.create_connection(self._target, timeout=5)
        except OSError:
            self._forget(near)
            return
        far.settimeout(None)
        with self._door:
            if near not in self._open:
                _end(far)  # dropped meanwhile
                return
            for end in (near, far):  # a head and a body are two pieces: Nagle's algorithm would hold the second
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.add(far)
            self._begin(self._pump, far, near, weather, weather.cut_down_after, "down")
        self._pump(near, far, weather, weather.cut_up_after, "up")

    def _answer(self, near: socket.socket, weather: Weather) -> None:
        asked = b""
        with suppress(OSError):
            while piece := near.recv(PIECE):
                self.traffic.requests += piece.startswith((b"GET ", b"POST ", b"PUT "))
                asked += piece
                if weather.answer is not None and _is_whole(asked):
                    near.sendall(weather.answer(asked))
                    break
        self._forget(near)

    def passed_on(self, asked: bytes) -> bytes:
        """Return the whole answer of the council to a request."""
        with socket.create_connection(self._target, timeout=5) as far:
            far.sendall(asked.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            return b"".join(iter(lambda: far.recv(PIECE), b""))

    def _pump(self, source: socket.socket, sink: socket.socket, weather: Weather, left: int | None, way: str) -> None:
        try:
            while piece := source.recv(PIECE):
                if weather.delay_s or weather.bytes_per_s:
                    self._closing.wait(_time_on_the_way(weather, len(piece), way))
                if left is not None:
                    piece, left = piece[:left], left - len(piece)
                self._count(piece, way)  # first, or the answer may be there before it is counted
                sink.sendall(piece)
                if left is not None and left <= 0:
                    break
        except OSError:
            pass
        self._forget(source)
        self._forget(sink)

    def _count(self, piece: bytes, way: str) -> None:
        if way == "down":
            self.traffic.down += len(piece)
            return
        self.traffic.up += len(piece)
        self.traffic.requests += piece.startswith((b"GET ", b"POST ", b"PUT "))
        self.traffic.kept += piece

    def _forget(self, each: socket.socket) -> None:
        with self._door:
            self._open.discard(each)
        _end(each)


def _time_on_the_way(weather: Weather, size: int, way: str) -> float:
    # A stream pays the delay once, not for each piece: what follows is on the way already.
    pace = size / weather.bytes_per_s if weather.bytes_per_s else 0.0
    return pace if way == "down" and size == PIECE else weather.delay_s + pace


def _is_whole(asked: bytes) -> bool:
    """Say whether a request has come whole."""
    head, end, body = asked.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    return bool(end) and len(body) >= length


def _forged(answer: bytes, forge: Callable[[bytes], bytes]) -> bytes:
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = [
        line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-length", b"content-encoding"))
    ]
    if b"\r\ntransfer-encoding: chunked" in head.lower():
        lines = [line for line in lines if not line.lower().startswith(b"transfer-encoding")]
        body = _joined(body)
    if b"\r\ncontent-encoding: zstd" in head.lower():
        with zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True) as reader:
            body = reader.read()
    body = forge(body)
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(body), b"", body])


def _joined(chunks: bytes) -> bytes:
    """Return a body that came in chunks of HTTP's."""
    body = b""
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        body += rest[: int(size, 16)]
        chunks = rest[int(size, 16) + 2 :] if int(size, 16) else b""
    return body


def _end(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        each.close()


def http_answer(
    status: str = "200 OK", body: bytes = b"", content_type: str = "application/json", *, headers: str = ""
) -> bytes:
    """Return the bytes of an HTTP answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{headers}"
    return head.encode() + b"Connection: close\r\n\r\n" + body
