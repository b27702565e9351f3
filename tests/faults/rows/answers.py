"""Bad answers at every place where the laptop asks: nothing lost, nobody signed out or wiped, and no hot loop."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.load import Watch, load
from sf_desktop.sync.transport import Patience
from sf_desktop.wording import error
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.council import PASSWORD
from tests.fakes.network import http_answer
from tests.faults.frame import Row, Tally, Task
from tests.faults.roundtown import a_town, drained, state_of

_BRIEF = Patience(connect_s=1.0, read_s=0.5, whole_s=1.0)
_MOST_REQUESTS = 4  # one, a renewal of the tokens, and each once more
_SAID = b'{"at":"2026-11-23T09:00:00.000000Z","position":"%s"}' % (b"0" * 32)
_PROBLEM = "application/problem+json"


def _status(line: str, body: bytes = b"", kind: str = "text/plain", headers: str = "") -> bytes:
    return http_answer(line, body, kind, headers=headers)


BAD: dict[str, bytes] = {
    "a page of a network": http_answer(body=b"<html>Sign in</html>", content_type="text/html"),
    "a redirect": _status("302 Found", headers="Location: http://127.0.0.1:9/\r\n"),
    "a bare 400": _status("400 Bad Request"),
    "a bare 401": _status("401 Unauthorized"),
    "a bare 403": _status("403 Forbidden", b'{"code":"device_revoked","title":""}', "application/json"),
    "a 404": _status("404 Not Found", b"nothing"),
    "a 408": _status("408 Request Timeout"),
    "a 413": _status("413 Content Too Large", b"<html>", "text/html"),
    "a 429 with no end": _status("429 Too Many Requests", headers="Retry-After: 99999999\r\n"),
    "a 500": _status("500 Internal Server Error", b"oops"),
    "a 502": _status("502 Bad Gateway", b"<html>", "text/html"),
    "a 503": _status("503 Service Unavailable", headers="Retry-After: soon\r\n"),
    "a 504": _status("504 Gateway Timeout"),
    "HTML as 200": http_answer(body=b"<!doctype html><p>Welcome", content_type="application/json"),
    "nothing as 200": http_answer(),
    "a JSON that ends early": http_answer(body=_SAID[:-20]),
    "a JSON of another shape": http_answer(body=b'{"records":7,"at":[]}'),
    "a problem that is none": _status("403 Forbidden", b"[]", _PROBLEM),
    "deep nesting": http_answer(body=b"[" * 200_000),
    "text that is no UTF-8": http_answer(body=b'{"at":"\xff\xfe"}'),
    "packing that is none": http_answer(body=_SAID, headers="Content-Encoding: zstd\r\n"),
    "no HTTP": b"SSH-2.0-OpenSSH\r\n",
    "a body cut short": http_answer(body=_SAID).replace(b"Content-Length: ", b"Content-Length: 9"),
    "a connection closed": b"",
    "silence": b"(hangs)",
}


def _round(laptop: Laptop) -> object:
    return laptop.round()


def _pull(laptop: Laptop) -> object:
    return load(laptop.ledger, laptop.session, Watch())


def _renewal(laptop: Laptop) -> object:
    laptop.clock.forward(60 * 60)  # the access token has run out
    return laptop.round()


def _history(laptop: Laptop) -> object:
    return laptop.session.history(laptop.families()[0], next(iter(laptop.held())))


def _sign_in(laptop: Laptop) -> object:
    laptop.session.sign_in(PASSWORD)
    return None


ASKED: tuple[Callable[[Laptop], object], ...] = (_round, _pull, _renewal, _history, _sign_in)


def run(task: Task) -> Tally:
    """Give one bad answer at one place in each try."""
    with a_town(task.folder / "town") as town:
        worker = town.loaded()
        worker.patience = _BRIEF

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            name = list(BAD)[number % len(BAD)]
            ask = ASKED[number // len(BAD) % len(ASKED)]
            _nothing_is_believed(town, worker, name, ask)

        task.control("a laptop that believes a bare 401", lambda _: _believes(worker))
        return task.each(attempt)


def _nothing_is_believed(town: Town, worker: Laptop, name: str, ask: Callable[[Laptop], object]) -> None:
    worker.connect()
    mine = worker.note(f"Pretend words before {name}.")
    before = state_of(worker)
    with town.network.counted() as traffic, _weather(town, name):
        assert error(_refusal(worker, ask)).title, f"{name} was taken for an answer"
        assert traffic.requests <= _MOST_REQUESTS, f"{traffic.requests} requests for one bad answer"
    assert state_of(worker) == before, f"{name} moved something"
    drained(worker)
    assert worker.find(mine) is not None, "a note is gone"


def _refusal(worker: Laptop, ask: Callable[[Laptop], object]) -> str:
    """Return the code under which the answer was refused; KeyError, from its wording, where it was believed."""
    try:
        ask(worker)
    except AnswerError as refused:
        return refused.code
    return "believed"


def _weather(town: Town, name: str) -> AbstractContextManager[None]:
    return town.network.hanging() if name == "silence" else town.network.answering(BAD[name])


def _believes(worker: Laptop) -> None:
    before = state_of(worker)
    worker.ledger.keep_tokens(None)
    try:
        assert state_of(worker) == before, "somebody was signed out"
    finally:
        worker.session.sign_in(PASSWORD)


ROW = Row(
    line=8,
    name="answers",
    after="25 bad answers (429, 503, HTML as 200, silence...) at each of five places where the laptop asks",
    holds="nothing lost, nobody signed out, nothing wiped, no hot loop",
    full=20 * len(BAD) * len(ASKED),
    suite=len(BAD) * len(ASKED),
    run=run,
)
