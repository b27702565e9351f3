"""Keeps in the vault what is known of the lease, and believes of the council what the pinned key proves."""

from __future__ import annotations

import json

from sf_desktop.clock import Clock
from sf_desktop.store.connection import Connection
from sf_desktop.store.lease.beside import Beside, plain_tenure, read_tenure, reading
from sf_desktop.store.lease.policy import asks_order, believed_lease, believed_order, farewell
from sf_desktop.store.lease.reckoning import Reading, Tenure, begun, merged, observed
from sf_desktop.store.tables import meta, tokens
from sf_record.wire.orders import AT_LEASE_END, BY_ORDER_LOCKED, Signed, WipeOrder

_TENURE = "lease"


def in_vault(connection: Connection) -> Tenure | None:
    """Return what the vault knows; None before the council gave a lease."""
    text = meta.read(connection, _TENURE)
    return None if text is None else read_tenure(json.loads(text))


def keep(connection: Connection, tenure: Tenure) -> None:
    """Keep it in the vault."""
    meta.write(connection, _TENURE, json.dumps(plain_tenure(tenure)))


def renew(connection: Connection, signed: Signed | None, now: Reading) -> None:
    """Take a lease that a round brought; what is not the council's, for this laptop and newer changes nothing."""
    who = tokens.identity(connection)
    if signed is None or who is None:
        return
    before = in_vault(connection)
    lease = believed_lease(who.policy_key, who.device_id, signed, before.lease.number if before else 0)
    if lease is not None:
        keep(connection, begun(lease, now))


def ordered(connection: Connection, signed: Signed) -> WipeOrder | None:
    """Return an order to wipe, if the council signed it for this laptop after the lease that stands; else None."""
    who, before = tokens.identity(connection), in_vault(connection)
    if who is None:
        return None
    return believed_order(who.policy_key, who.device_id, signed, before.lease.number if before else 0)


def seen(connection: Connection, clock: Clock, beside: Beside | None = None) -> Tenure | None:
    """Look at the clocks, with what both places know together. Writes nothing."""
    known = merged(in_vault(connection), beside.tenure if beside else None)
    return None if known is None else observed(known, reading(clock))


def look(connection: Connection, clock: Clock, beside: Beside | None = None) -> Tenure | None:
    """Look at the clocks, and keep in the vault what was seen."""
    now = seen(connection, clock, beside)
    if now is not None:
        keep(connection, now)
    return now


def to_lie_beside(connection: Connection) -> Beside | None:
    """Return what the vault has to put beside itself."""
    tenure, me, who = in_vault(connection), tokens.sign_in(connection), tokens.identity(connection)
    if tenure is None or me is None or who is None:
        return None
    number = tenure.lease.number
    return Beside(
        tenure=tenure,
        address=me.address,
        farewell=farewell(me.device_key, me.device_id, number, AT_LEASE_END),
        policy_key=who.policy_key,
        asks=asks_order(me.device_key, me.device_id, number),
        obeyed=farewell(me.device_key, me.device_id, number, BY_ORDER_LOCKED),
    )
