"""Which keys the laptops of a council have pinned, and whether those of a folder are they."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select, update

from sf_council.database.laptop import devices
from sf_council.database.tables import council, laptop_audit_head, wipe_order
from sf_council.keys import PublicKeys, make_keys, public_keys
from sf_council.signed import is_signed
from sf_record.errors import InputError
from sf_record.wire.audit import AUDIT_HEAD
from sf_record.wire.orders import WIPE, Signed

_FILES = ("policy.key", "sealing.key", "recovery.pub")


def pinned_keys(connection: Connection, council_id: str, folder: Path) -> PublicKeys:
    """Return the council's public keys; those that are not there are made as long as no laptop has pinned any.

    InputError where one is missing, is damaged or is another council's: what is signed with that is believed by nobody.
    """
    if not devices.is_any(connection, council_id):
        make_keys(folder)
        keys = public_keys(folder)
        _keep(connection, council_id, keys)
        return keys
    keys = public_keys(folder)
    strange = _strange(connection, council_id, keys)
    if strange:
        *others, last = strange
        named = f"{', '.join(others)} and {last}" if others else last
        raise InputError(
            "keys_of_another_council",
            f"{named} in {folder.absolute()} {'are' if others else 'is'} not this council's",
            "Nothing was signed, ordered or taken in: laptops that are set up believe no other key. Name this council's"
            " own folder with --data, or put its keys back from their backup.",
        )
    return keys


def _strange(connection: Connection, council_id: str, keys: PublicKeys) -> list[str]:
    """Return the names of the files that do not hold what laptops pinned."""
    kept = connection.execute(select(council.c.public_keys).where(council.c.council_id == council_id)).scalar_one()
    if kept:
        return [name for name, was, now in zip(_FILES, kept.split(), _parts(keys), strict=True) if was != now]
    # Its laptops were set up by a program that kept no note of the keys: what it signed for them tells.
    if any(not is_signed(said, what, keys.policy) for said, what in _said(connection, council_id)):
        return [_FILES[0]]
    _keep(connection, council_id, keys)
    return []


def _said(connection: Connection, council_id: str) -> Iterator[tuple[Signed, str]]:
    """Yield the newest that the council signed for a laptop, of each kind that is kept."""
    order = select(wipe_order.c.text, wipe_order.c.signature).where(wipe_order.c.council_id == council_id)
    for row in connection.execute(order.order_by(wipe_order.c.number.desc()).limit(1)):
        yield Signed(text=row.text, signature=row.signature), WIPE
    head = laptop_audit_head
    shown = select(head.c.witness, head.c.witness_signature)
    shown = shown.where(head.c.council_id == council_id, head.c.witness != "")
    for row in connection.execute(shown.order_by(head.c.received_at.desc()).limit(1)):
        yield Signed(text=row.witness, signature=row.witness_signature), AUDIT_HEAD


def _keep(connection: Connection, council_id: str, keys: PublicKeys) -> None:
    said = " ".join(_parts(keys))
    mine = (council.c.council_id == council_id) & (council.c.public_keys != said)
    connection.execute(update(council).where(mine).values(public_keys=said))


def _parts(keys: PublicKeys) -> tuple[str, str, str]:
    return keys.policy, keys.sealing, keys.recovery
