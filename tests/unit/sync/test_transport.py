"""The way to the council: what is believed, what is refused, and how each failure is named."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import zstandard
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sf_desktop.clock import SystemClock
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.transport import Patience, Question, Transport, checked_address
from sf_record.wire.rounds import Greeting, Refresh, Tokens
from tests.fakes.network import Network, http_answer

GREETING = json.dumps(
    {
        "council_id": "c", "council_name": "Pretend Council", "protocol": 1, "oldest_protocol": 1,
        "at": "2026-03-02T09:00:00.000000Z", "policy_key": "", "sealing_key": "", "recovery_key": "",
    }
).encode()  # fmt: skip
GREET = Question("GET", "/v1/greeting", Greeting)
QUICK = Patience(connect_s=2.0, read_s=0.5, whole_s=2.0)


def transport(address: str, **more) -> Transport:
    return Transport(
        address, SystemClock(), lambda: datetime.now(UTC), lambda size: b"n" * size, patience=QUICK, **more
    )


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network(free_port())
    yield network
    network.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def code_of(address: str, question: Question = GREET) -> str:
    council = transport(address)
    try:
        with pytest.raises(AnswerError) as caught:
            council.ask(question)
    finally:
        council.close()
    return caught.value.code


def problem(code: str, status: str, **more: str) -> bytes:
    body = json.dumps({"code": code, "title": "t", **more}).encode()
    return http_answer(status, body, "application/problem+json")


BAD_ANSWERS = {
    "a page of a network": (http_answer(body=b"<html>Sign in</html>", content_type="text/html"), "not_a_council"),
    "a redirect to such a page": (http_answer("302 Found", headers="Location: http://127.0.0.1/\r\n"), "not_a_council"),
    "a bare 401": (http_answer("401 Unauthorized"), "not_a_council"),
    "a bare 403 as JSON": (http_answer("403 Forbidden", b'{"code":"device_revoked","title":""}'), "not_a_council"),
    "404": (http_answer("404 Not Found", b"nothing", "text/plain"), "not_a_council"),
    "429": (http_answer("429 Too Many Requests", headers="Retry-After: 7\r\n"), "council_away"),
    "500": (http_answer("500 Internal Server Error", b"oops", "text/plain"), "council_away"),
    "502 of a proxy": (http_answer("502 Bad Gateway", b"<html>", "text/html"), "council_away"),
    "503": (http_answer("503 Service Unavailable"), "council_away"),
    "504": (http_answer("504 Gateway Timeout"), "council_away"),
    "busy in the council's words": (problem("busy", "503 Service Unavailable"), "council_away"),
    "sign-in expired": (problem("sign_in_expired", "401 Unauthorized"), "sign_in_expired"),
    "device revoked": (problem("device_revoked", "403 Forbidden"), "device_revoked"),
    "too old": (problem("version_refused", "426 Upgrade Required"), "program_too_old"),
    "something new": (problem("not_thought_of_yet", "400 Bad Request"), "council_refused"),
    "a problem that is none": (http_answer("403 Forbidden", b"[]", "application/problem+json"), "answer_unreadable"),
    "nothing": (http_answer(), "answer_unreadable"),
    "JSON cut short": (http_answer(body=GREETING[:40]), "answer_unreadable"),
    "another shape": (http_answer(body=b'{"a":1}'), "answer_unreadable"),
    "a list": (http_answer(body=b"[]"), "answer_unreadable"),
    "deep nesting": (http_answer(body=b"[" * 100_000), "answer_unreadable"),
    "no UTF-8": (http_answer(body=b'{"council_id":"\xff"}'), "answer_unreadable"),
    "wrong packing": (http_answer(body=GREETING, headers="Content-Encoding: zstd\r\n"), "answer_unreadable"),
    "unknown packing": (http_answer(body=GREETING, headers="Content-Encoding: br\r\n"), "answer_unreadable"),
    "no HTTP": (b"SSH-2.0-OpenSSH\r\n", "council_away"),
    "a body cut short": (http_answer(body=GREETING).replace(b"Content-Length: ", b"Content-Length: 9"), "council_away"),
    "nothing at all": (b"", "council_away"),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "code"), BAD_ANSWERS.values(), ids=BAD_ANSWERS.keys())
def test_a_stranger_cannot_sign_anybody_out(network: Network, answer: bytes, code: str) -> None:
    with network.answering(answer):
        assert code_of(network.address) == code
        assert network.traffic.requests == 1


def test_a_council_is_understood(network: Network) -> None:
    with network.answering(http_answer(body=GREETING)):
        council = transport(network.address)
        assert council.ask(GREET).council_name == "Pretend Council"
        council.close()


def test_a_redirect_is_not_followed(network: Network) -> None:
    elsewhere = f"Location: {network.address}/v1/greeting\r\n"
    with network.answering(http_answer("307 Temporary Redirect", headers=elsewhere)):
        assert code_of(network.address) == "not_a_council"
        assert network.traffic.requests == 1


def test_only_opening_a_connection_is_retried(network: Network) -> None:
    question = Question("POST", "/v1/tokens", Tokens, Refresh(refresh_token="r"))
    with network.answering(b""):
        assert code_of(network.address, question) == "council_away"
        assert network.traffic.requests == 1


def test_a_decompression_bomb_is_refused(network: Network) -> None:
    bomb = zstandard.ZstdCompressor().compress(b" " * 200_000_000)
    assert len(bomb) < 30_000
    with network.answering(http_answer(body=bomb, headers="Content-Encoding: zstd\r\n")):
        assert code_of(network.address) == "answer_unreadable"


def test_a_bomb_that_asks_for_much_memory_is_refused(network: Network) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    bomb = packer.compress(b" " * 300_000_000) + packer.flush()
    with network.answering(http_answer(body=bomb, headers="Content-Encoding: zstd\r\n")):
        assert code_of(network.address) == "answer_unreadable"


def test_an_answer_that_never_ends_is_given_up(network: Network) -> None:
    with network.hanging():
        assert code_of(network.address) == "council_away"


def test_retry_after_is_kept_within_reason(network: Network) -> None:
    for asked, wanted in (("7", 7.0), ("99999999999", 600.0), ("-1", 0.0), ("soon", 0.0), ("", 0.0)):
        with network.answering(http_answer("503 Service Unavailable", headers=f"Retry-After: {asked}\r\n")):
            council = transport(network.address)
            with pytest.raises(AnswerError) as caught:
                council.ask(GREET)
            council.close()
            assert caught.value.failure.wait_s == wanted


def test_each_cause_has_its_own_sentence(network: Network) -> None:
    with network.offline():
        assert code_of(network.address) == "council_away"  # the name is known, nobody listens
    assert code_of("https://council.invalid") == "offline"


def test_plain_http_is_for_this_machine_only() -> None:
    for fine in ("http://127.0.0.1:8000", "http://localhost:8000/", "https://Council.example", "http://[::1]:80"):
        assert not checked_address(fine).endswith("/")
    for wrong in (
        "http://council.example", "ftp://127.0.0.1", "https://user:word@council.example", "https://council.example/page",
        "https://council.example?x=1", "council.example", "", "https://", "http://127.0.0.1.council.example", "https://[",
        "https://council.example:port",
    ):  # fmt: skip
        with pytest.raises(AnswerError) as caught:
            checked_address(wrong)
        assert caught.value.code == "address_refused"


def test_the_environment_is_not_read(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with network.answering(http_answer(body=GREETING)):
        council = transport(network.address)
        assert council.ask(GREET).protocol == 1
        council.close()


def test_a_proxy_is_used_where_it_is_set(network: Network) -> None:
    with network.answering(http_answer(body=GREETING)):
        council = transport("http://localhost:9", proxy=network.address)
        assert council.ask(GREET).protocol == 1
        council.close()


def test_a_certificate_nobody_vouches_for_is_refused() -> None:
    with tls_council(trusted_here=False) as address:
        assert code_of(address) == "certificate_refused"


def test_a_certificate_that_the_computer_trusts_is_taken(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tls_council(tmp_path / "authorities.pem", monkeypatch, trusted_here=True) as address:
        council = transport(address)
        assert council.ask(GREET).protocol == 1
        council.close()


def patient(network: Network) -> Transport:
    return Transport(
        network.address,
        SystemClock(),
        lambda: datetime.now(UTC),
        lambda size: b"n" * size,
        patience=Patience(connect_s=2, read_s=600, whole_s=600),
    )


def test_abort_ends_a_wait_at_once(network: Network) -> None:
    council = patient(network)
    began = threading.Event()

    def watch() -> None:
        while not network.traffic.requests:
            began.wait(0.01)
        council.abort()

    with network.hanging():
        thread = threading.Thread(target=watch)
        thread.start()
        with pytest.raises(AnswerError):
            council.ask(GREET)
        thread.join(5)
    council.close()


def test_abort_before_the_connection_is_open_ends_the_wait_as_well(network: Network) -> None:
    council = patient(network)
    council.abort()
    with network.hanging(), pytest.raises(AnswerError):
        council.ask(GREET)
    council.close()


@contextmanager
def tls_council(file=None, monkeypatch=None, *, trusted_here: bool) -> Iterator[str]:
    """A council behind TLS whose certificate an authority of its own has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    with TemporaryPem(pem, key) as both:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both)
    if trusted_here:
        file.write_bytes(pem)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve_tls, args=(listener, context), daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


class TemporaryPem:
    """ssl reads keys from files only."""

    def __init__(self, pem: bytes, key: ec.EllipticCurvePrivateKey) -> None:
        self._text = pem + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def __enter__(self) -> str:
        import tempfile

        self._file = tempfile.NamedTemporaryFile(suffix=".pem")
        self._file.write(self._text)
        self._file.flush()
        return self._file.name

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _serve_tls(listener: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(plain, server_side=True) as connection:
                connection.recv(10_000)
                connection.sendall(http_answer(body=GREETING))
        except OSError:
            plain.close()
