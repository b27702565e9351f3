"""Leaves a row in the laptop's audit: who opens, reads, prints, copies or exports something calls ``record``."""

from __future__ import annotations

from collections.abc import Iterable

from sf_desktop.ops.office import Office
from sf_record.wire.audit import Look, Looked, parted

__all__ = ["Look", "record"]


def record(
    office: Office,
    what: Look,
    family_id: str = "",
    record_id: str = "",
    *,
    code: str = "",
    ids: Iterable[str] = (),
) -> None:
    """Note that the worker did this. Ids, counts and code words only: never a name, never a word of a record.

    From inside a verb marked ``reads``: what is shown does not wait for it, it is written within about a second, and
    before any lock. From any other verb, or asked by itself (``desk.ask(looks.record, Look.PRINTED, family_id)``): it
    is durable when the verb is done, so whatever must not happen unnoticed waits for that.
    """
    for each in parted(Looked(office.now(), what, family_id, record_id, code, tuple(ids))):
        office.tx.look(each)
