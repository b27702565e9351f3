"""How each laptop stands: when it was last here, what it said of itself, what it was ordered, whether it was wiped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from sf_council.database.dialect import insert_into
from sf_council.database.tables import device, laptop, wipe_order, wipe_report
from sf_record.dates import moment_text
from sf_record.wire.orders import Lease, Signed, WipeOrder
from sf_record.wire.rounds import Report

WRITE_AGAIN = timedelta(minutes=1)  # a laptop that says nothing new is not written down oftener
_NO_LEASE = ""  # of a laptop whose program is too old to be given one

_LAST = wipe_order.alias()
_HERE = (laptop.c.council_id == device.c.council_id) & (laptop.c.device_id == device.c.device_id)
_ITS_LAST = (wipe_order.c.council_id == device.c.council_id) & (wipe_order.c.device_id == device.c.device_id)
_HIGHEST = (
    select(func.max(_LAST.c.number))
    .where(_LAST.c.council_id == device.c.council_id, _LAST.c.device_id == device.c.device_id)
    .scalar_subquery()
)
_ORDERED = ("number", "text", "signature", "delivered_at", "withdrawn_at")
# A laptop with its last order, for a statement that asks for more; :func:`read` takes them from its row.
KNOWN = (
    select(
        *(each for each in laptop.columns if each.name not in {"council_id", "device_id"}),
        *(wipe_order.c[name].label(f"order_{name}") for name in _ORDERED),
    )
    .select_from(device.outerjoin(laptop, _HERE).outerjoin(wipe_order, _ITS_LAST & (wipe_order.c.number == _HIGHEST)))
    .where(device.c.council_id == bindparam("of"), device.c.device_id == bindparam("device"))
)


@dataclass(frozen=True, slots=True)
class Order:
    """An order to wipe a laptop as it was signed, and what became of it."""

    number: int
    text: str
    signature: str
    delivered_at: str | None
    withdrawn_at: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a laptop, and the last order that was made for it, if there is one."""

    row: Any | None
    last_order: Order | None

    @property
    def order(self) -> Order | None:
        """Return the order that stands: one that was withdrawn does not."""
        last = self.last_order
        return last if last is not None and last.withdrawn_at is None else None

    @property
    def takes_orders(self) -> bool:
        """Say whether the program that was here last takes leases and orders; of one that never was, suppose so."""
        if self.row is None or self.row.lease_wipes_at != _NO_LEASE:
            return True
        return self.last_order is not None and (self.last_order.delivered_at or "") > self.row.round_at

    @property
    def wipes_at(self) -> str | None:
        """Return when the laptop clears itself unless it is heard of before; None where it was given no lease."""
        return str(self.row.lease_wipes_at) if self.row is not None and self.row.lease_wipes_at != _NO_LEASE else None

    @property
    def locks_at(self) -> str | None:
        """Return when the laptop locks unless it is heard of before; None where it was given no lease."""
        return str(self.row.lease_locks_at) if self.wipes_at is not None and self.row is not None else None

    @property
    def last_number(self) -> int:
        """Return the highest number that was written down; higher ones may have been given within the last minute."""
        here = self.row.lease_number if self.row is not None else 0
        return max(here, self.last_order.number if self.last_order is not None else 0)


def known(connection: Connection, council_id: str, device_id: str) -> Known:
    """Return what is known of a laptop."""
    return read(connection.execute(KNOWN, {"of": council_id, "device": device_id}).one_or_none())


def read(found: Any | None) -> Known:
    """Take what is known of a laptop from a row of ``KNOWN``."""
    if found is None:
        return Known(None, None)
    order = None if found.order_number is None else Order(*(getattr(found, f"order_{name}") for name in _ORDERED))
    return Known(found if found.round_at is not None else None, order)


def next_number(here: Known, now: datetime) -> int:
    """Return a number above all that this laptop was ever given: by time, so that rounds need write down nothing."""
    return max(here.last_number + 1, int(now.timestamp() * 1_000))


def is_to_be_written(here: Known, report: Report | None, now: datetime) -> bool:
    """Say whether what a round brought is new, or what was written down is old, or of an older program."""
    row = here.row
    if row is None or here.wipes_at is None:
        return True
    if report is not None and (row.families, row.unsent) != (report.families, report.unsent):
        return True
    return _is_old(row, now)


def is_to_be_written_of_old(here: Known, now: datetime) -> bool:
    """Say the same of a round of a program that takes no lease."""
    return here.row is None or here.wipes_at is not None or _is_old(here.row, now)


def heard(connection: Connection, council_id: str, lease: Lease, report: Report | None) -> None:
    """Write down that a laptop was here, what it said of itself, and the lease that it was given."""
    values: dict[str, Any] = {
        "round_at": lease.at,
        "lease_number": lease.number,
        "lease_locks_at": moment_text(lease.locks_at),
        "lease_wipes_at": moment_text(lease.wipes_at),
    }
    if report is not None:
        values |= {"families": report.families, "unsent": report.unsent, "reported_at": lease.at}
    kept = insert_into(connection, laptop).values(council_id=council_id, device_id=lease.device_id, **values)
    connection.execute(kept.on_conflict_do_update(index_elements=["council_id", "device_id"], set_=values))


def heard_of_old(connection: Connection, council_id: str, device_id: str, at: str) -> None:
    """Write down that a laptop was here whose program takes no lease and no order; a lease from before is over."""
    values = {"round_at": at, "lease_locks_at": _NO_LEASE, "lease_wipes_at": _NO_LEASE}
    kept = insert_into(connection, laptop).values(council_id=council_id, device_id=device_id, lease_number=0, **values)
    connection.execute(kept.on_conflict_do_update(index_elements=["council_id", "device_id"], set_=values))


def new_order(here: Known, device_id: str, reason: str, now: datetime) -> WipeOrder:
    """Return an order to wipe, to be signed: above every lease that the laptop was given, also within this moment."""
    return WipeOrder(device_id=device_id, number=next_number(here, now) + 1, at=moment_text(now), reason=reason)


def order(connection: Connection, council_id: str, made: WipeOrder, signed: Signed, at: datetime) -> None:
    """Keep an order to wipe as it was signed."""
    connection.execute(
        insert(wipe_order).values(
            council_id=council_id,
            device_id=made.device_id,
            number=made.number,
            reason=made.reason,
            text=signed.text,
            signature=signed.signature,
            ordered_at=moment_text(at),
            delivered_at=None,
            withdrawn_at=None,
        )
    )


def delivered(connection: Connection, council_id: str, device_id: str, number: int, at: str) -> bool:
    """Note that an order was given to its laptop; False where that had been noted before."""
    mine = _order_of(council_id, device_id, number) & wipe_order.c.delivered_at.is_(None)
    return connection.execute(update(wipe_order).where(mine).values(delivered_at=at)).rowcount > 0


def withdraw(connection: Connection, council_id: str, device_id: str, number: int, at: datetime) -> bool:
    """Withdraw an order that its laptop has not been given; False where it has, or was withdrawn before."""
    open_ = wipe_order.c.delivered_at.is_(None) & wipe_order.c.withdrawn_at.is_(None)
    mine = _order_of(council_id, device_id, number) & open_
    return connection.execute(update(wipe_order).where(mine).values(withdrawn_at=moment_text(at))).rowcount > 0


def orders(connection: Connection, council_id: str, device_id: str) -> Sequence[Row[Any]]:
    """Return every order to wipe a laptop, oldest first."""
    asked = select(wipe_order).where(wipe_order.c.council_id == council_id, wipe_order.c.device_id == device_id)
    return connection.execute(asked.order_by(wipe_order.c.number)).all()


def wiped(connection: Connection, council_id: str, device_id: str, why: str, number: int, at: str) -> bool:
    """Keep a laptop's word that it was wiped; False where it is kept already."""
    values = {"device_id": device_id, "why": why, "number": number, "at": at}
    kept = insert_into(connection, wipe_report).values(council_id=council_id, **values).on_conflict_do_nothing()
    return connection.execute(kept.returning(wipe_report.c.device_id)).first() is not None


def reports(connection: Connection, council_id: str, device_id: str) -> Sequence[Row[Any]]:
    """Return every time that a laptop said that it was wiped, oldest first."""
    asked = select(wipe_report).where(wipe_report.c.council_id == council_id, wipe_report.c.device_id == device_id)
    return connection.execute(asked.order_by(wipe_report.c.at)).all()


def to_tell(connection: Connection, council_id: str, device_id: str, worker_id: str) -> str:
    """Return the laptop on which a worker hears what became of work from this one: where it is gone, their newest."""
    found = live(connection, council_id, worker_id)
    return device_id if device_id in found or not found else found[-1]


def live(connection: Connection, council_id: str, worker_id: str) -> tuple[str, ...]:
    """Return a worker's laptops that are not gone, oldest first: neither revoked, nor by their own word wiped."""
    said = select(wipe_report.c.device_id).where(wipe_report.c.council_id == council_id)
    here = select(device.c.device_id).where(
        device.c.council_id == council_id,
        device.c.worker_id == worker_id,
        device.c.revoked_at.is_(None),
        device.c.device_id.not_in(said),
    )
    return tuple(connection.execute(here.order_by(device.c.created_at, device.c.device_id)).scalars())


def _is_old(row: Any, now: datetime) -> bool:
    return bool(moment_text(now - WRITE_AGAIN) > row.round_at)


def _order_of(council_id: str, device_id: str, number: int) -> Any:
    here = (wipe_order.c.council_id == council_id) & (wipe_order.c.device_id == device_id)
    return here & (wipe_order.c.number == number)
