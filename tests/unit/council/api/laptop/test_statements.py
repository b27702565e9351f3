"""What a council signs for one laptop: a lease in each round, or an order to wipe; and the word that it was done."""

from __future__ import annotations

import base64
from typing import Any

import msgspec
import pytest
import requests
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sf_council.database.laptop import laptops
from sf_record.wire.orders import (
    ASKS,
    BY_ORDER,
    LEASE,
    WIPE,
    WIPED,
    AsksOrder,
    Lease,
    Signed,
    Wiped,
    WipeOrder,
    to_sign,
)
from sf_record.wire.rounds import Orders, RoundAnswer
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop, plain
from tests.unit.council.conftest import Team


def a_round(laptop: PretendLaptop, **more: Any) -> RoundAnswer:
    body = {"protocol": 2, "position": "", "cursors": {}, **more}
    answer = laptop.send("POST", "/v1/rounds", body)
    assert answer.status_code == 200, answer.content
    return msgspec.json.decode(plain(answer), type=RoundAnswer)


def lease_of(council: RunningCouncil, signed: Signed | None) -> Lease:
    assert signed is not None
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(council.council.keys.policy))
    key.verify(base64.b64decode(signed.signature), to_sign(LEASE, signed.text))
    return msgspec.json.decode(signed.text, type=Lease)


def order(council: RunningCouncil, device_id: str, reason: str = "lost") -> WipeOrder:
    """Order a wipe, as the command does."""

    def make(connection: Any) -> WipeOrder:
        now = council.clock.now()
        here = laptops.known(connection, council.council.id, device_id)
        made = laptops.new_order(here, device_id, reason, now)
        signed = council.council.policy.sign(WIPE, msgspec.json.encode(made).decode())
        laptops.order(connection, council.council.id, made, signed, now)
        return made

    return council.do(make)


def test_each_round_brings_a_lease_that_names_the_laptop_and_counts_up(
    team: Team, council: RunningCouncil, clock: FrozenClock
) -> None:
    council.configure(lease_warn_hours=24, lease_lock_days=3, lease_wipe_days=10)
    first = lease_of(council, a_round(team.practitioner).lease)
    assert (first.device_id, first.warn_hours, first.lock_hours, first.wipe_hours) == (
        team.practitioner.device_id, 24, 72, 240,
    )  # fmt: skip
    clock.forward(30)
    assert lease_of(council, a_round(team.practitioner).lease).number > first.number
    council.configure(lease_warn_hours=72, lease_lock_days=7, lease_wipe_days=30)
    assert lease_of(council, a_round(team.practitioner).lease).lock_hours == 7 * 24


def test_a_lease_says_what_it_is(team: Team, council: RunningCouncil) -> None:
    signed = a_round(team.practitioner).lease
    assert signed is not None
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(council.council.keys.policy))
    with pytest.raises(InvalidSignature):
        key.verify(base64.b64decode(signed.signature), to_sign(WIPE, signed.text))


def test_an_older_program_is_told_nothing_it_does_not_know(team: Team) -> None:
    answer = team.practitioner.round()
    assert (answer.lease, answer.wipe) == (None, None)


def test_what_a_laptop_says_of_itself_is_kept_and_old_news_costs_no_write(
    team: Team, council: RunningCouncil, clock: FrozenClock
) -> None:
    laptop = team.practitioner
    a_round(laptop, report={"families": 2, "unsent": 5})

    def row() -> Any:
        return council.do(lambda c: laptops.known(c, council.council.id, laptop.device_id)).row

    first = row()
    assert (first.families, first.unsent, first.round_at) == (2, 5, first.reported_at)
    clock.forward(20)
    a_round(laptop, report={"families": 2, "unsent": 5})
    assert row() == first
    a_round(laptop, report={"families": 2, "unsent": 4})
    assert (row().unsent, row().round_at > first.round_at) == (4, True)
    clock.forward(61)
    a_round(laptop)
    assert (row().unsent, row().round_at > row().reported_at) == (4, True)


def test_an_order_takes_the_place_of_the_lease_and_its_delivery_is_noted(team: Team, council: RunningCouncil) -> None:
    laptop = team.practitioner
    before = lease_of(council, a_round(laptop).lease)
    made = order(council, laptop.device_id)
    assert made.number > before.number
    answer = a_round(laptop)
    assert answer.lease is None
    assert answer.wipe is not None
    assert msgspec.json.decode(answer.wipe.text, type=WipeOrder) == made
    (kept,) = council.do(lambda c: laptops.orders(c, council.council.id, laptop.device_id))
    assert kept.delivered_at is not None
    assert a_round(team.supervisor).wipe is None


def test_a_withdrawn_order_is_not_given_and_a_given_one_is_not_withdrawn(team: Team, council: RunningCouncil) -> None:
    laptop = team.practitioner
    made = order(council, laptop.device_id)
    at, council_id = council.clock.now(), council.council.id
    assert council.do(lambda c: laptops.withdraw(c, council_id, laptop.device_id, made.number, at))
    assert lease_of(council, a_round(laptop).lease).number > made.number
    again = order(council, laptop.device_id)
    assert again.number > made.number
    a_round(laptop)
    assert not council.do(lambda c: laptops.withdraw(c, council_id, laptop.device_id, again.number, at))


def test_a_revoked_laptop_is_told_its_order_and_nothing_else(team: Team, council: RunningCouncil) -> None:
    laptop = team.practitioner

    def asked() -> Orders:
        answer = laptop.send("GET", "/v1/devices/me/orders", token="")
        assert answer.status_code == 200
        return msgspec.json.decode(plain(answer), type=Orders)

    council.revoke(laptop.device_id)
    assert asked().wipe is None
    made = order(council, laptop.device_id)
    told = asked().wipe
    assert told is not None
    assert msgspec.json.decode(told.text, type=WipeOrder) == made
    assert laptop.send("POST", "/v1/rounds", {"protocol": 2, "position": ""}).status_code == 403


def test_what_a_laptop_signed_in_advance_tells_its_order_and_opens_nothing_else(
    team: Team, council: RunningCouncil
) -> None:
    laptop = team.practitioner
    text = msgspec.json.encode(AsksOrder(device_id=laptop.device_id, number=1)).decode()

    def ask(by: PretendLaptop, what: str = ASKS) -> requests.Response:
        signature = base64.b64encode(by.key.sign(to_sign(what, text))).decode()
        body = msgspec.json.encode({"text": text, "signature": signature})
        return requests.post(f"{council.url}/v1/order-asks", data=body, timeout=30)

    assert msgspec.json.decode(ask(laptop).content, type=Orders).wipe is None
    council.revoke(laptop.device_id)
    made = order(council, laptop.device_id)
    told = msgspec.json.decode(ask(laptop).content, type=Orders).wipe
    assert told is not None
    assert msgspec.json.decode(told.text, type=WipeOrder) == made
    assert [ask(team.supervisor).status_code, ask(laptop, WIPED).status_code] == [401, 401]


def test_the_word_of_a_wiped_laptop_counts_once_and_only_its_own(team: Team, council: RunningCouncil) -> None:
    laptop = team.practitioner
    made = order(council, laptop.device_id)
    text = msgspec.json.encode(Wiped(device_id=laptop.device_id, number=made.number, why=BY_ORDER)).decode()

    def report(by: PretendLaptop, what: str = WIPED) -> int:
        signature = base64.b64encode(by.key.sign(to_sign(what, text))).decode()
        body = {"text": text, "signature": signature}
        return requests.post(f"{council.url}/v1/wipe-reports", data=msgspec.json.encode(body), timeout=30).status_code

    assert report(team.supervisor) == 401
    assert report(laptop, LEASE) == 401
    council.revoke(laptop.device_id)
    assert [report(laptop), report(laptop)] == [204, 204]
    (kept,) = council.do(lambda c: laptops.reports(c, council.council.id, laptop.device_id))
    assert (kept.why, kept.number) == (BY_ORDER, made.number)


DEEP = '{"x":' + "[" * 100_000


@pytest.mark.parametrize("path", ["/v1/wipe-reports", "/v1/order-asks"])
@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '{"device_id":"x","number":-1,"why":"order"}', "\x00", DEEP],
    ids=["nothing", "empty", "a list", "below nought", "a control", "deep"],
)
def test_a_word_that_is_none_is_refused(council: RunningCouncil, path: str, text: str) -> None:
    body = msgspec.json.encode({"text": text, "signature": "%%%"})
    assert requests.post(f"{council.url}{path}", data=body, timeout=30).status_code == 401
