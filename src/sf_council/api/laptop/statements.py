"""What a council says to one laptop under its policy key: a lease in each round, or an order to wipe where one stands.

A revoked laptop, or one whose worker's account is closed, takes part in no round. It is told its order all the same:
its signature still proves which laptop it is, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from sf_council.api.council import Council, council_of
from sf_council.api.exchange.bodies import decoded, packed, raw_body
from sf_council.api.exchange.openapi import documented, open_to_all, signed_by_laptop
from sf_council.api.identity.signatures import Laptop, a_laptop
from sf_council.api.problems import Declined
from sf_council.api.scope import Caller
from sf_council.database import audit
from sf_council.database.council import configuration
from sf_council.database.held.passing_on import pass_on
from sf_council.database.laptop import devices, laptops
from sf_council.database.laptop.facts import Facts
from sf_council.database.laptop.laptops import Known, Order
from sf_council.signed import is_signed, read
from sf_record.dates import moment_text
from sf_record.ids import is_id
from sf_record.wire.orders import ASKS, AT_LEASE_END, LEASE, WIPED, AsksOrder, Lease, Signed, Wiped
from sf_record.wire.rounds import Orders, Report

router = APIRouter()
_HIGHEST = 2**53
T = TypeVar("T", Wiped, AsksOrder)


@dataclass(slots=True)
class _Terms:
    """The lease of one version of the configuration, which is large and seldom changes."""

    lease_warn_hours: int = 72
    lease_lock_days: int = 7
    lease_wipe_days: int = 30


@dataclass(frozen=True, slots=True)
class Statement:
    """What a round's answer says under the policy key, as JSON by name, and what is to be written down of it first."""

    parts: Mapping[str, bytes]
    delivers: Order | None = None
    given: Lease | None = None
    old_at: str = ""  # when a laptop was here whose program is too old to be told any of this

    async def keep(self, council: Council, caller: Caller, report: Report | None) -> None:
        """Write down what has to be, before the answer leaves."""
        if self.delivers is not None:
            await _note_delivery(council, caller.device_id, self.delivers)
        if self.given is not None:
            lease = self.given
            await council.database.noting(lambda connection: laptops.heard(connection, council.id, lease, report))
        if self.old_at:
            at, device_id = self.old_at, caller.device_id
            await council.database.noting(lambda c: laptops.heard_of_old(c, council.id, device_id, at))


def statement(
    connection: Connection, council: Council, caller: Caller, report: Report | None, here: Facts
) -> Statement:
    """Return the part of a round's answer that is signed for this laptop, read in the answer's own snapshot."""
    order = here.known.order
    if order is not None:
        return Statement({"wipe": msgspec.json.encode(_signed(order))}, delivers=order)
    now = council.now()
    terms = _terms(connection, council, here.version)
    lease = Lease(
        device_id=caller.device_id,
        number=laptops.next_number(here.known, now),
        at=moment_text(now),
        warn_hours=terms.lease_warn_hours,
        lock_hours=24 * terms.lease_lock_days,
        wipe_hours=24 * terms.lease_wipe_days,
    )
    signed = council.policy.sign(LEASE, msgspec.json.encode(lease).decode())
    is_news = laptops.is_to_be_written(here.known, report, now)
    return Statement({"lease": msgspec.json.encode(signed)}, given=lease if is_news else None)


def nothing_said(council: Council, here: Known) -> Statement:
    """Return what is said to a program that knows neither leases nor orders: nothing, but that it was here is kept."""
    now = council.now()
    return Statement({}, old_at=moment_text(now) if laptops.is_to_be_written_of_old(here, now) else "")


@router.get(
    "/v1/devices/me/orders",
    **documented(
        "What a laptop is ordered, also one that was revoked",
        gives=Orders,
        declines=signed_by_laptop(),
    ),
)
async def orders(request: Request, asked: Laptop = Depends(a_laptop)) -> Response:
    """Answer with the order that stands for the laptop that signed, and with nothing else."""
    return packed(request, await _orders(asked.council, asked.device_id))


@router.post(
    "/v1/order-asks",
    **documented(
        "What a laptop is ordered that nobody has unlocked",
        takes=Signed,
        gives=Orders,
        declines=open_to_all("signature_refused"),
    ),
)
async def asked_locked(request: Request) -> Response:
    """Answer the question that the laptop signed in advance: with the order that stands for it, and nothing else."""
    council = council_of(request)
    body = decoded(request, await raw_body(request), Signed)
    asks = _read(body, AsksOrder)
    if asks is None or not await council.database.reading(lambda c: _is_own(c, council, body, ASKS, asks.device_id)):
        raise Declined("signature_refused")
    return packed(request, await _orders(council, asks.device_id))


@router.post(
    "/v1/wipe-reports",
    **documented(
        "A laptop's word that it was wiped",
        takes=Signed,
        status=204,
        declines=open_to_all("signature_refused"),
    ),
)
async def wiped(request: Request) -> Response:
    """Keep a report that carries its laptop's own signature, made before its key was destroyed. Twice is once."""
    council = council_of(request)
    body = decoded(request, await raw_body(request), Signed)
    said = _read(body, Wiped)
    if said is None or not await council.database.reading(lambda c: _is_own(c, council, body, WIPED, said.device_id)):
        raise Declined("signature_refused")
    await council.database.writing(lambda connection: _keep(connection, council, said))
    return Response(status_code=204)


def _terms(connection: Connection, council: Council, version: int) -> _Terms:
    terms: _Terms | None = council.lease_terms.get(version)
    if terms is None:
        council.lease_terms.clear()
        terms = msgspec.json.decode(configuration.line(connection, council.id), type=_Terms)
        council.lease_terms[version] = terms
    return terms


async def _orders(council: Council, device_id: str) -> bytes:
    here = await council.database.reading(lambda connection: laptops.known(connection, council.id, device_id))
    if here.order is None:
        return msgspec.json.encode(Orders(at=council.at()))
    await _note_delivery(council, device_id, here.order)
    return msgspec.json.encode(Orders(at=council.at(), wipe=_signed(here.order)))


def _signed(order: Order) -> Signed:
    return Signed(text=order.text, signature=order.signature)


async def _note_delivery(council: Council, device_id: str, order: Order) -> None:
    """Note the delivery before the answer leaves: afterwards the laptop may have nobody to say so."""
    if order.delivered_at is not None:
        return

    def note(connection: Connection) -> None:
        if laptops.delivered(connection, council.id, device_id, order.number, council.at()):
            audit.note(connection, council.id, council.at(), audit.Note("wipe_delivered", device_id=device_id))

    await council.database.writing(note)


def _read(body: Signed, shape: type[T]) -> T | None:
    found = read(body, shape)
    return found if found and 0 <= found.number < _HIGHEST and len(getattr(found, "why", "")) < 40 else None


def _is_own(connection: Connection, council: Council, body: Signed, what: str, device_id: str) -> bool:
    row = devices.get(connection, council.id, device_id) if is_id(device_id) else None
    return row is not None and is_signed(body, what, row.public_key)


def _keep(connection: Connection, council: Council, said: Wiped) -> None:
    if laptops.wiped(connection, council.id, said.device_id, said.why, said.number, council.at()):
        what = "wiped_at_lease_end" if said.why == AT_LEASE_END else "wipe_confirmed"
        audit.note(connection, council.id, council.at(), audit.Note(what, device_id=said.device_id))
        row = devices.get(connection, council.id, said.device_id)
        if row is not None:
            pass_on(connection, council.id, row.worker_id, council.now())
