"""Whoever opens TLS between laptop and council, and is trusted by the computer, can read and is believed in nothing."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.wire.rounds import Released, RoundAnswer
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.network import http_answer

TRUE, FALSE = "Pretend words: the child is safe.", "Pretend words: the child is seen."
assert len(TRUE) == len(FALSE)
_PROOF = b'{"proof":'  # how a line begins that proves a stream


def changed(answer: bytes, **more: object) -> bytes:
    """Return a round's answer with something put into it."""
    return msgspec.json.encode(
        msgspec.json.decode(answer) | {name: msgspec.to_builtins(it) for name, it in more.items()}
    )


def forged_receipt(worker: Laptop) -> bytes:
    """Return an answer that says the council holds what waits here."""
    (event_id,) = worker.waiting()
    receipt = Receipt(family_id=worker.families()[0], seq=99, at="2026-11-23T09:00:00.000000Z")
    outcome = Outcome(event_id=event_id, result=Result.ACCEPTED, receipt=receipt)
    return msgspec.json.encode(RoundAnswer(at="2026-11-23T09:00:00.000000Z", outcomes=(outcome,)))


def test_a_receipt_that_is_not_the_councils_makes_nothing_sent(town: Town) -> None:
    worker = town.loaded()
    mine = worker.note("Pretend words that nobody has yet.")
    (event_id,) = worker.waiting()
    with town.network.answering(http_answer(body=forged_receipt(worker))):
        assert worker.try_round() == "answer_unproved"
    assert worker.entry(event_id).receipt_seq is None
    assert worker.waiting() == [event_id]
    worker.connect()
    worker.round()
    assert worker.entry(event_id).receipt_seq
    assert town.loaded("colleague").find(mine) is None
    assert town.loaded("supervisor").find(mine) is not None


def test_a_record_that_was_changed_on_the_way_is_not_shown(town: Town) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    written = supervisor.note(TRUE, worker.families()[0])
    supervisor.round()
    with town.network.forging(lambda body: body.replace(TRUE.encode(), FALSE.encode())):
        assert worker.try_round() == "answer_unproved"
    assert worker.find(written) is None
    worker.connect()
    worker.round()
    assert worker.record(written).body["text"] == TRUE


def test_a_family_file_does_not_leave_because_a_proxy_says_so(town: Town) -> None:
    worker = town.loaded()
    gone = Released(family_id=worker.families()[0], reason="moved")
    with town.network.forging(lambda body: changed(body, released=[gone])):
        assert worker.try_round() == "answer_unproved"
    worker.connect()
    worker.round()
    assert gone.family_id in worker.families()


def test_what_was_answered_before_is_not_believed_again(town: Town) -> None:
    worker = town.loaded()
    kept: list[bytes] = []

    def keep(asked: bytes) -> bytes:
        kept.append(town.network.passed_on(asked))
        return kept[-1]

    with town.network.answering(keep):
        assert worker.try_round() == ""
    worker.connect()
    with town.network.answering(kept[0]):
        assert worker.try_round() == "answer_unproved"


@pytest.mark.parametrize("forge", [lambda body: body, lambda body: body + b" "], ids=["as it is", "changed"])
def test_a_proxy_may_unpack_an_answer_and_nothing_more(town: Town, forge: Callable[[bytes], bytes]) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    words = TRUE * 100
    written = supervisor.note(words, worker.families()[0])
    supervisor.round()
    with town.network.forging(forge):
        worker.connect()
        code = worker.try_round()
    assert (code, worker.find(written) is not None) == (("", True) if forge(b"") == b"" else ("answer_unproved", False))


def test_no_line_of_a_load_is_kept_that_was_changed_on_the_way(town: Town) -> None:
    supervisor = town.loaded("supervisor")
    family_id = supervisor.families()[0]
    written = [supervisor.note(f"{TRUE} {number}", family_id) for number in range(3)]
    supervisor.round()
    worker = town.laptop()
    with town.network.forging(lambda body: body.replace(f"{TRUE} 1".encode(), f"{FALSE} 1".encode())):
        assert worker.try_round() == "answer_unproved"
    assert [worker.find(each) for each in written] == [None] * 3
    worker.connect()
    worker.round()
    assert [worker.record(each).body["text"] for each in written] == [f"{TRUE} {number}" for number in range(3)]


@pytest.mark.parametrize(
    "forge",
    [
        lambda body: b"".join(line for line in body.splitlines(True) if not line.startswith(_PROOF)),
        lambda body: b"".join(reversed(body.splitlines(True))),
        lambda body: body[: body.rindex(_PROOF)],
        lambda body: body + body.splitlines(True)[0],
    ],
    ids=["without proofs", "turned round", "without its last proof", "with a line more"],
)
def test_a_load_is_proved_to_its_last_line_in_its_order(town: Town, forge: Callable[[bytes], bytes]) -> None:
    worker = town.laptop()
    with town.network.forging(lambda body: forge(body) if _PROOF in body else body):
        assert worker.try_round() == "answer_unproved"


def test_nobody_is_signed_out_by_a_proxys_words(town: Town) -> None:
    worker = town.loaded()
    said = b'{"code":"sign_in_expired","title":"Your sign-in has expired"}'
    with town.network.answering(http_answer("401 Unauthorized", said, "application/problem+json")):
        assert worker.try_round() == "not_a_council"
    assert worker.ledger.sign_in_state().tokens is not None
    worker.connect()
    assert worker.try_round() == ""


def test_the_councils_own_refusal_is_heard(town: Town) -> None:
    worker = town.loaded()
    town.council.revoke(worker.identity.device_id)
    assert worker.try_round() == "device_revoked"
