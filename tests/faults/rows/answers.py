"""Bad answers at every place where the laptop asks: nothing lost, nobody signed out or wiped, and no hot loop.

With each comes an order to wipe that is not the council's own for this laptop, to one that is open and to one that is
locked. Two laptops are given a real one: both must be found wiped, or the looking is blind.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import msgspec

from sf_desktop.ops.lease.unattended import Unattended
from sf_desktop.store.ending.wiping import is_wiped
from sf_desktop.store.unlock.slots import has_slots
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.load import Watch, load
from sf_desktop.sync.transport import Patience
from sf_desktop.wording import error
from sf_record.wire.orders import WIPE, Signed, WipeOrder
from sf_record.wire.rounds import Orders
from tests.builders.houses import House, joined_house, orders_of_others, text
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.council import PASSWORD
from tests.fakes.network import http_answer
from tests.faults.frame import Row, Tally, Task
from tests.faults.roundtown import a_town, drained, state_of

_BRIEF = Patience(connect_s=1.0, read_s=0.5, whole_s=1.0)
_MOST_REQUESTS = 4  # one, a renewal of the tokens, and each once more
_SAID = b'{"at":"2026-11-23T09:00:00.000000Z","position":"%s"}' % (b"0" * 32)
_AT = "2026-11-23T09:00:00.000Z"
_LATE = 2**52  # a number after every lease's
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
    """Give one bad answer at one place in each try, and one order of somebody else's."""
    # The locked laptop has a council of its own: the clock of the other is put forward, and its lease would end.
    with a_town(task.folder / "town") as town, a_town(task.folder / "elsewhere") as elsewhere:
        worker = town.loaded()
        worker.patience = _BRIEF
        locked = _locked(elsewhere, task.folder)

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            name = list(BAD)[number % len(BAD)]
            ask = ASKED[number // len(BAD) % len(ASKED)]
            _nothing_is_believed(town, worker, name, ask)
            if name != "silence":  # for which the locked one waits longer; a round has met it
                with _weather(elsewhere, name):
                    _look_after(locked)
            order = WipeOrder(device_id=worker.identity.device_id, number=_LATE, at=_AT, reason="lost")
            _hear(town, worker, dice.choice(orders_of_others(town, order)))
            order = replace(order, device_id=locked.identity.device_id)
            with _told(elsewhere, dice.choice(orders_of_others(elsewhere, order))):
                _look_after(locked)

        def ordered(folder: Path) -> None:
            order = WipeOrder(device_id=worker.identity.device_id, number=_LATE, at=_AT, reason="lost")
            _hear(town, worker, town.council.council.policy.sign(WIPE, text(order)))

        def ordered_while_locked(folder: Path) -> None:
            house = _locked(elsewhere, folder, "colleague")
            order = WipeOrder(device_id=house.identity.device_id, number=_LATE, at=_AT, reason="lost")
            with _told(elsewhere, elsewhere.council.council.policy.sign(WIPE, text(order))):
                _look_after(house)

        task.control("a laptop with a real order", ordered, says="an order to wipe was believed")
        worker.ledger.ordered = None  # nothing obeys it here: the laptop of these tries has no key slots
        task.control("a locked laptop with a real order", ordered_while_locked, says="was wiped")
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


def _locked(town: Town, folder: Path, who: str = "practitioner") -> House:
    """Return a laptop that was at work once, so that its lease lies beside it, and is locked."""
    house = joined_house(town, folder, who=who)
    assert house.work() == (False, "")
    return house


def _told(town: Town, signed: Signed) -> AbstractContextManager[None]:
    body = msgspec.json.encode(Orders(at=_AT, wipe=signed))
    return town.network.answering(lambda asked: town.council.answer(asked, body))


def _hear(town: Town, worker: Laptop, signed: Signed) -> None:
    """Have an open laptop ask what it is ordered."""
    with _told(town, signed):
        worker.ledger.hear(worker.session.orders())
    assert worker.ledger.ordered is None, "an order to wipe was believed"


def _look_after(house: House) -> None:
    """Have a locked laptop ask what it is ordered, as it does now and then, and obey."""
    Unattended(house.vaults, house.home.set_aside, house.keyring.of, house.town.clock).look_after()
    assert not is_wiped(house.home), "the locked laptop was wiped"
    assert has_slots(house.home), "the locked laptop was wiped by half"


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
    after="25 bad answers (429, 503, HTML as 200, silence...) at each of five places, and orders to wipe of others",
    holds="nothing lost, nobody signed out, nothing wiped, no hot loop",
    full=20 * len(BAD) * len(ASKED),
    suite=len(BAD) * len(ASKED),
    run=run,
)
