"""Every laptop's own audit as the council keeps it: rows are only ever added, and each must follow the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, insert, select, update

from sf_council.database.audit import in_order
from sf_council.database.dialect import insert_into
from sf_council.database.tables import device, laptop_audit, laptop_audit_head, laptop_look
from sf_record.ids import is_id
from sf_record.wire.audit import AuditRow, Head, first_broken, linked

HeadRow: TypeAlias = Row[Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a laptop's chain stands here; ``refused`` and ``agreed`` as in ``AuditAnswer``."""

    head: Head
    refused: str = ""
    agreed: int = 0


def begin(connection: Connection, council_id: str, device_id: str, at: str) -> None:
    """Make the laptop's head if it is not there, and lock it until commit."""
    values = dict.fromkeys(("chain", "text", "signature", "refused", "witness", "witness_signature"), "")
    made = insert_into(connection, laptop_audit_head).values(
        council_id=council_id, device_id=device_id, number=0, received_at=at, **values
    )
    connection.execute(made.on_conflict_do_nothing())
    connection.execute(select(laptop_audit_head.c.number).where(*_mine(council_id, device_id)).with_for_update())


def head(connection: Connection, council_id: str, device_id: str) -> HeadRow | None:
    """Return the row that says where a laptop's chain stands."""
    return connection.execute(select(laptop_audit_head).where(*_mine(council_id, device_id))).one_or_none()


def judge(connection: Connection, council_id: str, device_id: str, rows: Sequence[AuditRow]) -> Standing:
    """Say whether these rows may be added: those that are here already are as they were, the others follow them."""
    stands = head(connection, council_id, device_id)
    here = Head() if stands is None else Head(number=stands.number, chain=stands.chain)
    if not rows:
        return Standing(here)
    if rows[0].number > here.number + 1:
        return Standing(here, "gap")
    known = _chains(connection, council_id, device_id, rows[0].number - 1, rows[-1].number)
    before, agreed = known.get(rows[0].number - 1, ""), 0
    for expected, row in enumerate(rows, start=rows[0].number):
        is_linked = row.number == expected and row.chain == linked(before, row)
        if not is_linked or known.get(row.number, row.chain) != row.chain:
            return Standing(here, "fork", agreed)
        before = row.chain
        if row.number <= here.number:
            agreed = row.number
    return Standing(here, "", agreed)


def _chains(connection: Connection, council_id: str, device_id: str, first: int, last: int) -> dict[int, str]:
    asked = select(laptop_audit.c.number, laptop_audit.c.chain).where(
        laptop_audit.c.council_id == council_id,
        laptop_audit.c.device_id == device_id,
        laptop_audit.c.number.between(first, last),
    )
    return {row.number: row.chain for row in connection.execute(asked)}


def add(connection: Connection, council_id: str, device_id: str, rows: Collection[AuditRow], at: str) -> Head:
    """Add rows that :func:`judge` let pass and that are not here yet; return the head that they lead to."""
    mine = {"council_id": council_id, "device_id": device_id}
    values = [{**mine, "received_at": at, **_values(row)} for row in rows]
    connection.execute(insert(laptop_audit), values)
    looks = [{**mine, "family_id": family_id, "number": row.number} for row in rows for family_id in _families_of(row)]
    if looks:
        connection.execute(insert(laptop_look), looks)
    last = max(rows, key=lambda row: row.number)
    return Head(number=last.number, chain=last.chain)


def _families_of(row: AuditRow) -> frozenset[str]:
    named = row.ids.split(" ") if row.what == "searched" else ()
    return frozenset(each for each in (row.family_id, *named) if is_id(each))


def _values(row: AuditRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AuditRow.__dataclass_fields__}


def stand(connection: Connection, council_id: str, device_id: str, **values: Any) -> None:
    """Keep where a laptop's chain stands, what it signed of it, and what was said of it."""
    connection.execute(update(laptop_audit_head).where(*_mine(council_id, device_id)).values(**values))


def heads(connection: Connection, council_id: str) -> Sequence[HeadRow]:
    """Return every laptop's head with its worker and public key, by laptop."""
    asked = (
        select(laptop_audit_head, device.c.public_key, device.c.worker_id)
        .join(
            device,
            (device.c.council_id == laptop_audit_head.c.council_id)
            & (device.c.device_id == laptop_audit_head.c.device_id),
        )
        .where(laptop_audit_head.c.council_id == council_id)
        .order_by(laptop_audit_head.c.device_id)
    )
    return connection.execute(asked).all()


def broken(connection: Connection, council_id: str, device_id: str, stands: Head) -> int | None:
    """Return the number of a laptop's first row that was changed, removed, added or moved; None for a whole chain."""
    return first_broken(rows(connection, council_id, device_id), Head(), stands)


def rows(connection: Connection, council_id: str, device_id: str) -> Iterator[AuditRow]:
    """Yield a laptop's rows in order."""
    names = tuple(AuditRow.__dataclass_fields__)
    mine = (laptop_audit.c.council_id == council_id) & (laptop_audit.c.device_id == device_id)
    asked = select(*(laptop_audit.c[name] for name in names)).where(mine)
    for row in in_order(connection, asked, laptop_audit.c.number):
        yield AuditRow(**dict(zip(names, row, strict=True)))


def of_family(connection: Connection, council_id: str, family_id: str, first: str, last: str) -> Iterator[Row[Any]]:
    """Yield what was done with a family file between two moments on any laptop, oldest first, with whose it is."""
    asked = (
        select(laptop_audit, device.c.worker_id)
        .join(
            laptop_look,
            (laptop_look.c.council_id == laptop_audit.c.council_id)
            & (laptop_look.c.device_id == laptop_audit.c.device_id)
            & (laptop_look.c.number == laptop_audit.c.number),
        )
        .join(
            device,
            (device.c.council_id == laptop_audit.c.council_id) & (device.c.device_id == laptop_audit.c.device_id),
        )
        .where(
            laptop_look.c.council_id == council_id,
            laptop_look.c.family_id == family_id,
            laptop_audit.c.at >= first,
            laptop_audit.c.at < last,
        )
        .order_by(laptop_audit.c.at, laptop_audit.c.device_id, laptop_audit.c.number)
    )
    yield from connection.execute(asked)


def _mine(council_id: str, device_id: str) -> tuple[Any, ...]:
    return (laptop_audit_head.c.council_id == council_id, laptop_audit_head.c.device_id == device_id)
