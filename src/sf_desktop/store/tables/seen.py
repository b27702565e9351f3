"""Knows when each child was last seen, from the visits that stand: kept true by whatever writes a visit.

Today asks it of every family file. The texts of their last visits lie far apart: a page or two to decrypt for each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sf_desktop.store.coding import read_record
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables.merges import OF_KIND
from sf_record.record import Record

VISIT = "visit"
ANY = ""  # in a child's place: the last visit, whoever was seen

_Seen = dict[tuple[str, str], str]  # moments, by family file and child


def said(visits: Iterable[Record]) -> _Seen:
    """Return what these visits say: when each child was last seen at one of them that was not entered in error."""
    found: _Seen = {}
    for each in visits:
        if each.kind == VISIT and each.in_error is None:
            at = str(each.body.get("started_at") or each.written_at)
            for child in (ANY, *_children(each)):
                key = each.family_id, child
                found[key] = max(at, found.get(key, ""))
    return found


def of_all(connection: Connection) -> dict[str, dict[str, str]]:
    """Return moments by family file and child, as the visits name the children."""
    found: dict[str, dict[str, str]] = {}
    for family_id, child, at in connection.execute("SELECT family_id, child, at FROM seen"):
        found.setdefault(family_id, {})[child] = at
    return found


def of_family(connection: Connection, family_id: str) -> dict[str, str]:
    """Return moments by child, as the visits name the children."""
    return dict(connection.execute("SELECT child, at FROM seen WHERE family_id = ?", (family_id,)).fetchall())


def as_one(moments: Mapping[str, str], stands: Mapping[str, str]) -> dict[str, str]:
    """Return the same by the records that stand for children who were recorded twice."""
    found: dict[str, str] = {}
    for child, at in moments.items():
        one = stands.get(child, child)
        found[one] = max(at, found.get(one, ""))
    return found


def added(connection: Connection, records: Iterable[Record]) -> None:
    """Take in new records."""
    _later(connection, said(records))


def changed(connection: Connection, before: Record, after: Record) -> None:
    """Take in that a record reads otherwise than before."""
    was, now = said((before,)), said((after,))
    if any(now.get(key, "") < at for key, at in was.items()):  # somebody was not seen after all, or sooner
        gone(connection, {before.family_id, after.family_id})
    elif now != was:
        _later(connection, now)


def gone(connection: Connection, family_ids: Collection[str]) -> None:
    """Work out family files anew in which a visit does not stand any more."""
    for family_id in family_ids:
        connection.execute("DELETE FROM seen WHERE family_id = ?", (family_id,))
        rows = connection.execute(f"{OF_KIND} AND family_id = ?", (VISIT, family_id)).fetchall()
        _later(connection, said(read_record(each[0]) for each in rows))


def _later(connection: Connection, found: _Seen) -> None:
    if found:
        connection.executemany(
            "INSERT INTO seen (family_id, child, at) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET at = excluded.at WHERE excluded.at > at",
            [(*key, at) for key, at in found.items()],
        )


def _children(visit: Record) -> list[str]:
    """Return who was seen; nobody where a newer program gave the rows another shape."""
    try:
        return [str(row["person"]) for row in visit.body.get("children") or () if row.get("seen") and row.get("person")]
    except (TypeError, AttributeError):
        return []
