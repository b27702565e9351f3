"""Carries one question to the council and its answer back: the only file that speaks HTTP."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import NoneType
from typing import Any, Generic, TypeVar, cast
from urllib.parse import urlsplit

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from sf_desktop.clock import Clock
from sf_desktop.sync import bodies, failures
from sf_desktop.sync.proving import Proving, UnprovedError
from sf_desktop.sync.signing import NONCE_BYTES, Identity, sign
from sf_record.wire.proof import PROOF_HEADER
from sf_record.wire.rounds import BODY_BYTES, Problem

T = TypeVar("T")

JSON = "application/json"
PROBLEM = "application/problem+json"
LINES = "application/x-ndjson"
BYTES = "application/octet-stream"
LONGEST_WAIT_S = 600.0
_PROBLEM_BYTES = 64_000
# What a council of another version says, which may prove nothing yet: it changes nobody's standing.
_OF_VERSIONS = frozenset({"version_ahead", "version_refused"})
_PIECE = 64 << 10
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait: to be connected, for the next bytes, and for one whole answer (a stream has no such end)."""

    connect_s: float = 6.0
    read_s: float = 30.0
    whole_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """One thing to ask: where, with what (a shape, or bytes as they are), what the answer is (``NoneType``: none), and
    who asks.
    """

    method: str
    path: str
    answer: type[T]
    body: Any = field(default=None, repr=False)
    identity: Identity | None = None
    token: str = field(default="", repr=False)


class Transport:
    """A council's address, with the connections kept open to it. Used by one thread; :meth:`abort` by any.

    ``at`` gives the moment that signatures carry, ``randomness`` bytes for their nonces.
    """

    def __init__(
        self,
        address: str,
        clock: Clock,
        at: Callable[[], datetime],
        randomness: Callable[[int], bytes],
        *,
        patience: Patience | None = None,
        proxy: str = "",
    ) -> None:
        self.address = checked_address(address)
        self._clock, self._at, self._randomness = clock, at, randomness
        self._patience = patience or Patience()
        self._sockets = _Sockets()
        self._session = _session(self._sockets, proxy)

    def ask(self, question: Question[T]) -> T:
        """Return the decoded answer; ``AnswerError`` for everything else. Nothing is sent twice."""
        with _named_failures(), self._sent(question) as response:
            is_none = question.answer is NoneType and response.status_code == 204
            if not is_none:
                _expect(response, BYTES if question.answer is bytes else JSON)
            content = self._proved(question, response, bodies.whole(self._pieces(response, self._patience.whole_s)))
            if is_none:
                return cast("T", None)
            return cast("T", content) if question.answer is bytes else bodies.decode(content, question.answer)

    def lines(self, question: Question[Any]) -> Iterator[bytes]:
        """Yield the lines of a stream as they arrive; ``AnswerError`` as soon as it is cut or wrong."""
        with _named_failures(), self._sent(question) as response:
            _expect(response, LINES)
            lines = bodies.lines(self._pieces(response, None))
            proving = _proving(question, response)
            yield from lines if proving is None else proving.lines(lines)

    def abort(self) -> None:
        """Break off for good, from another thread: whoever waits for the council, or asks it later, gets an error."""
        self._sockets.shut()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @contextmanager
    def _sent(self, question: Question[Any]) -> Iterator[requests.Response]:
        is_plain = question.body is None or isinstance(question.body, bytes)
        body, is_packed = (question.body or b"", False) if is_plain else bodies.encode(question.body)
        headers = {"Accept": f"{JSON}, {LINES}, {PROBLEM}", "Accept-Encoding": "zstd", "User-Agent": "sf-desktop"}
        if body:
            headers["Content-Type"] = "application/octet-stream" if is_plain else JSON
        if is_packed:
            headers["Content-Encoding"] = "zstd"
        if question.token:
            headers["Authorization"] = f"Bearer {question.token}"
        response = self._session.request(
            question.method,
            f"{self.address}{question.path}",
            data=body or None,
            headers=headers,
            auth=_Signature(question.identity, self._at, self._randomness) if question.identity else _Unsigned(),
            timeout=(self._patience.connect_s, self._patience.read_s),
            allow_redirects=False,
            stream=True,
        )
        try:
            if response.status_code >= 300:
                raise self._failure(question, response)
            yield response
        finally:
            response.close()

    def _pieces(self, response: requests.Response, whole_s: float | None) -> Iterator[bytes]:
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        return bodies.unpacked(self._raw(response, whole_s), coding)

    def _raw(self, response: requests.Response, whole_s: float | None) -> Iterator[bytes]:
        until = None if whole_s is None else self._clock.monotonic() + whole_s
        read = 0
        # read1 returns what has arrived, so that a line is there as soon as the council sent it.
        while piece := response.raw.read1(_PIECE):
            read += len(piece)
            if until is not None and (self._clock.monotonic() > until or read > BODY_BYTES):
                raise failures.failed("council_away", status=response.status_code)
            yield piece

    def _failure(self, question: Question[Any], response: requests.Response) -> failures.AnswerError:
        wait_s = _retry_after(response.headers.get("Retry-After", ""))
        if _content_type(response) != PROBLEM:
            return failures.unspoken(response.status_code, wait_s)
        content = bodies.whole(self._pieces(response, self._patience.whole_s), _PROBLEM_BYTES)
        problem = bodies.decode(content, Problem)
        try:
            self._proved(question, response, content)
        except UnprovedError:
            if problem.code not in _OF_VERSIONS:
                return failures.unspoken(response.status_code, wait_s)
        return failures.refused(problem, response.status_code, wait_s)

    def _proved(self, question: Question[Any], response: requests.Response, content: bytes) -> bytes:
        proving = _proving(question, response)
        if proving is not None:
            proving.check(response.status_code, content, response.headers.get(PROOF_HEADER, ""))
        return content


def checked_address(address: str) -> str:
    """Return a council's address without a closing slash; ``AnswerError`` unless it is HTTPS or this very machine."""
    try:
        parts = urlsplit(address.strip())
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise failures.failed("address_refused") from None
    is_plain_here = parts.scheme == "http" and host in _LOOPBACK
    has_more = parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/")
    if not host or has_more or not (parts.scheme == "https" or is_plain_here):
        raise failures.failed("address_refused")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _session(sockets: _Sockets, proxy: str) -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # neither the environment's proxy, nor its certificates, nor .netrc
    session.headers.clear()
    if proxy:
        session.proxies = {"https": proxy, "http": proxy}
    adapter = _Adapter(sockets)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class _Sockets:
    """The sockets that are open, so that closing the program need not wait for one of them."""

    def __init__(self) -> None:
        self._open: list[socket.socket] = []
        self._is_over = False

    def opened(self, opened: socket.socket) -> None:
        self._open = [*(each for each in self._open if each.fileno() >= 0), opened]
        if self._is_over:  # it was being opened while the others were shut
            self.shut()

    def shut(self) -> None:
        self._is_over = True
        for each in self._open:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed already


class _Adapter(HTTPAdapter):
    """Checks certificates against the computer's own list, and repeats nothing but opening a connection.

    requests gives certifi's list to every context (psf/requests#6715), which would trust what the computer does not:
    so :meth:`cert_verify` is ours. A requests that leaves a given context alone frees us from it.
    """

    def __init__(self, sockets: _Sockets) -> None:
        self._sockets = sockets
        retries = urllib3.Retry(
            total=1, connect=1, read=False, redirect=False, status=False, other=False, respect_retry_after_header=False
        )
        super().__init__(pool_connections=1, pool_maxsize=2, max_retries=retries)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        super().init_poolmanager(connections, maxsize, block, ssl_context=context, **more)
        self.poolmanager.pool_classes_by_scheme = _pools(self._sockets)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002 - requests' own signature
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = conn.ca_cert_dir = None


def _pools(sockets: _Sockets) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            sockets.opened(cast("socket.socket", self.sock))

    class Tls(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            sockets.opened(cast("socket.socket", self.sock))

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}


class _Signature(AuthBase):
    """Signs what is about to be sent."""

    def __init__(self, identity: Identity, at: Callable[[], datetime], randomness: Callable[[int], bytes]) -> None:
        self._identity, self._at, self._randomness = identity, at, randomness

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        assert isinstance(body, bytes)
        sign(cast("Any", request), body, self._identity, self._at(), self._randomness(NONCE_BYTES))
        return request


class _Unsigned(AuthBase):
    """Leaves a request as it is, so that requests looks for no password of its own."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def _proving(question: Question[Any], response: requests.Response) -> Proving | None:
    """Return what proves an answer; None where the laptop is not known to any council yet, or asks for no one."""
    if question.identity is None:
        return None
    return Proving(question.identity.council_key, response.request.headers["Signature"])


def _expect(response: requests.Response, content_type: str) -> None:
    found = _content_type(response)
    if not found:  # cut in the middle of its headers: http.client takes the end of the line for the end of the headers
        raise failures.failed("council_away", status=response.status_code)
    if found != content_type:
        raise failures.failed("not_a_council", status=response.status_code)


def _content_type(response: requests.Response) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _retry_after(text: str) -> float:
    return min(float(text), LONGEST_WAIT_S) if text.isascii() and text.isdigit() else 0.0


@contextmanager
def _named_failures() -> Iterator[None]:
    """Translate everything that requests, urllib3, ssl, sockets and the decoder raise into one error of ours."""
    try:
        yield
    except bodies.UnreadableError as error:
        raise failures.failed("answer_unreadable") from error
    except UnprovedError:
        raise failures.failed("answer_unproved") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
        # Without theirs, whose text may hold an address.
        raise failures.failed(_code(error), is_unreached=_is_unreached(error)) from None


def _code(error: BaseException) -> str:
    causes = list(_causes(error))
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in causes):
        return "certificate_refused"
    if any(isinstance(each, urllib3.exceptions.NameResolutionError | socket.gaierror) for each in causes):
        return "offline"
    if any(isinstance(each, OSError) and each.errno in _NO_WAY for each in causes):
        return "offline"
    if any(isinstance(each, requests.exceptions.ConnectTimeout) for each in causes):
        return "offline"
    if any(isinstance(each, requests.exceptions.ProxyError) for each in causes):
        return "offline"
    return "council_away"


def _is_unreached(error: BaseException) -> bool:
    """Say whether no connection was made at all, so that nothing can have left."""
    return any(
        isinstance(each, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError)
        for each in _causes(error)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Walk down what an error is made of: its causes, its arguments, and the reason that urllib3 keeps."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = (each.__cause__, each.__context__, getattr(each, "reason", None), *each.args)
        waiting += [other for other in inner if isinstance(other, BaseException)]
