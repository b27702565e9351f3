"""What laptops signed when copies of family files were destroyed on them, kept as the bytes that were signed."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from sf_council.database.dialect import insert_into
from sf_council.database.tables import wipe_receipt
from sf_record.wire.leaving import WipeReceipt
from sf_record.wire.orders import Signed


@dataclass(frozen=True, slots=True)
class Kept:
    """One receipt, when it came, and the text that its laptop signed."""

    receipt: WipeReceipt
    received_at: str
    signed: Signed


def keep(connection: Connection, council_id: str, receipt: WipeReceipt, signed: Signed, at: str) -> bool:
    """Keep a receipt that was found to be its laptop's own; False where it is kept already."""
    values = {"device_id": receipt.device_id, "receipt_id": receipt.id, "received_at": at}
    kept = insert_into(connection, wipe_receipt).values(
        council_id=council_id, statement=signed.text.encode(), signature=signed.signature, **values
    )
    new = kept.on_conflict_do_nothing().returning(wipe_receipt.c.receipt_id)
    return connection.execute(new).first() is not None


def of_device(connection: Connection, council_id: str, device_id: str) -> tuple[Kept, ...]:
    """Return every receipt of a laptop, oldest first."""
    asked = (
        select(wipe_receipt)
        .where(wipe_receipt.c.council_id == council_id, wipe_receipt.c.device_id == device_id)
        .order_by(wipe_receipt.c.received_at, wipe_receipt.c.receipt_id)
    )
    return tuple(
        Kept(
            msgspec.json.decode(row.statement, type=WipeReceipt),
            row.received_at,
            Signed(text=bytes(row.statement).decode(), signature=row.signature),
        )
        for row in connection.execute(asked)
    )
