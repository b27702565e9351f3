"""What every round asks of the council, in one statement: most of it finds nothing, and costs as much as what does."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, exists, func, select

from sf_council.database.laptop import laptops
from sf_council.database.laptop.laptops import Known
from sf_council.database.spelt import Spelt
from sf_council.database.tables import configuration, decision, visit_pack


@dataclass(frozen=True, slots=True)
class Facts:
    """How a laptop stands, and whether there is anything of which there mostly is nothing."""

    known: Known
    version: int  # of the configuration; 0 before there is one
    last_decision: int  # the number of the newest that the laptop is to be told; 0 where there is none
    has_packs: bool  # its worker took family files along, ever


# Made once: every round asks.
_FACTS = Spelt(
    laptops.KNOWN.add_columns(
        select(func.max(configuration.c.version))
        .where(configuration.c.council_id == bindparam("of"))
        .scalar_subquery()
        .label("version"),
        select(func.max(decision.c.number))
        .where(decision.c.council_id == bindparam("of"), decision.c.device_id == bindparam("device"))
        .scalar_subquery()
        .label("last_decision"),
        exists()
        .where(visit_pack.c.council_id == bindparam("of"), visit_pack.c.worker_id == bindparam("worker"))
        .label("has_packs"),
    )
)


def facts(connection: Connection, council_id: str, device_id: str, worker_id: str) -> Facts:
    """Return the facts of a laptop that the council knows, and of its worker."""
    found = _FACTS.row(connection, of=council_id, device=device_id, worker=worker_id)
    assert found is not None
    return Facts(laptops.read(found), found.version or 0, found.last_decision or 0, bool(found.has_packs))
