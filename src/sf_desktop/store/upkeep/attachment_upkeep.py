"""Keeps the folder of attachments small and clean: what nobody can read, nobody uses or nobody finished leaves it."""

from __future__ import annotations

from collections.abc import Collection

from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import Work
from sf_desktop.store.tables import attachments


def files(work: Work) -> frozenset[str]:
    """Return the names of all files that are there."""
    return frozenset(each.name for each in work.attachments.iterdir()) if work.attachments.is_dir() else frozenset()


def sweep(work: Work, sealed_ids: Collection[str], among: Collection[str]) -> int:
    """Remove of these files those that no key is known for; return how many.

    Those whose key lies sealed stay, whatever the database says: an older one may have been put back. A file that was
    put down since they were listed may belong to what is just being brought in.
    """
    rows = work.connection.execute("SELECT file FROM attachment WHERE key IS NOT NULL").fetchall()
    known = {str(each[0]) for each in rows} | {each.removeprefix(attachments.SEALED) for each in sealed_ids}
    lost = [each for each in among if each not in known]
    attachments.erase(work.attachments, lost)
    return len(lost)


def received_before(connection: Connection, moment: str) -> frozenset[str]:
    """Return the ids under which keys lie sealed whose contents the council has had since before a moment."""
    rows = connection.execute(
        "SELECT file FROM attachment WHERE state IN ('with_council', 'wanted') AND received_at < ?", (moment,)
    )
    return frozenset(f"{attachments.SEALED}{each[0]}" for each in rows)


def make_room(work: Work, keep_bytes: int, before: str) -> int:
    """Drop the copies that were not used lately, the oldest first, until the rest fits; return how many.

    Only what the council has had for so long that no safety copy of its key is owed any more.
    """
    rows = work.connection.execute(
        "SELECT id, size, file, used_at < ?1 AND received_at < ?1 FROM attachment"
        " WHERE state = 'with_council' AND is_here = 1 ORDER BY used_at DESC",
        (before,),
    ).fetchall()
    total, dropped = 0, []
    for id_, size, file, may_go in rows:
        total += int(size)
        if total > keep_bytes and may_go:
            attachments.not_here(work.connection, str(id_))
            dropped.append(str(file))
    work.after_commit(attachments.Erase(work.attachments, tuple(dropped)))
    return len(dropped)


def drop_left_over(work: Work) -> int:
    """Drop what was held with a draft that is gone for good."""
    rows = work.connection.execute(
        "SELECT id FROM attachment WHERE state = 'held' AND draft_id IS NOT NULL"
        " AND draft_id NOT IN (SELECT id FROM draft)"
    ).fetchall()
    attachments.drop(work, tuple(str(each[0]) for each in rows))
    return len(rows)
