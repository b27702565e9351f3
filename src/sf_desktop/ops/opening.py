"""Furnishes the office once the vault is open: who works here, the facts, the council's configuration."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from sf_desktop.clock import Clock
from sf_desktop.ops.office import Me, Office
from sf_desktop.resources import code_sets, usual_intervals, working_days
from sf_desktop.store.sql import Work
from sf_desktop.store.tables import configuration, tokens
from sf_desktop.wording import error
from sf_record.ids import RANDOM_BYTES, new_id


def office_maker(clock: Clock) -> Callable[[Work], Office]:
    """Return what makes the office of one transaction; the facts are read from the program's files once, here."""
    codes, days, usual = code_sets(), working_days(), usual_intervals()

    def fresh_id() -> str:
        return new_id(clock.now(), secrets.token_bytes(RANDOM_BYTES))

    def office(tx: Work) -> Office:
        who = tokens.identity(tx.connection)
        if who is None:
            raise error("not_enrolled")
        decided = configuration.current(tx.connection)
        return Office(
            tx=tx,
            clock=clock,
            codes=codes,
            days=days,
            me=Me(who.worker, who.worker_name, who.device_id),
            configuration=decided if decided.intervals else replace(decided, intervals=usual),
            new_id=fresh_id,
        )

    return office
