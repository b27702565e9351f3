"""Holds: family files whose copies must not be destroyed yet, for a reason that is a code, until the end of a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select

from sf_council.database.dialect import insert_into
from sf_council.database.tables import hold


def place(connection: Connection, council_id: str, family_id: str, *, reason_code: str, until: str, at: str) -> None:
    """Hold a family file; a second time counts in place of the first."""
    values = {"reason_code": reason_code, "until": until, "placed_at": at}
    placed = insert_into(connection, hold).values(council_id=council_id, family_id=family_id, **values)
    connection.execute(placed.on_conflict_do_update(index_elements=["council_id", "family_id"], set_=values))


def lift(connection: Connection, council_id: str, family_id: str) -> bool:
    """Hold a family file no longer; False where it was not held."""
    mine = (hold.c.council_id == council_id) & (hold.c.family_id == family_id)
    return connection.execute(delete(hold).where(mine)).rowcount > 0


def until_of(connection: Connection, council_id: str, family_ids: Collection[str], today: str) -> Mapping[str, str]:
    """Return until the end of which day those of these family files are held that are."""
    asked = select(hold.c.family_id, hold.c.until).where(
        hold.c.council_id == council_id, hold.c.family_id.in_(family_ids), hold.c.until >= today
    )
    return {row.family_id: row.until for row in connection.execute(asked)}
